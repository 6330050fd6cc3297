"""Texts in faces that look written: whole ones, in a face that has all their characters."""

import numpy as np
import pytest

from restorekit.synthesis.assets import words
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import scripts
from restorekit.synthesis.printing.paper_blocks import put_block
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.sheets import Type, new_sheet
from restorekit.synthesis.texts.whole_papers import Block


@pytest.mark.parametrize("language", list(scripts.FACES))
def test_faces_can_set_the_words_of_their_languages(language):
    text = " ".join(words(language)[:6])
    for path in scripts.FACES[language]:
        assert scripts.scripted(Type("print/zh_kai.ttf", 20), path, text).path == path


def test_a_text_with_a_character_that_a_face_lacks_keeps_its_type():
    kind = Type("print/la_serif_regular.ttf", 20)
    assert scripts.scripted(kind, scripts.LATIN[0], "one \u4e00") == kind
    assert scripts.scripted(kind, "", "one") == kind


def test_few_papers_have_one_and_their_texts_alone():
    drawn = [scripts.script_face(generator(seed, 7), "en") for seed in range(300)]
    assert np.mean([bool(one) for one in drawn]) == pytest.approx(scripts.SCRIPTED, abs=0.06)
    printed = []
    for kind in ("text", "line"):
        for script in ("", scripts.LATIN[0]):
            sheet = new_sheet(generator(1, 8), 300, 600, "en", unit=20)
            put_block(
                sheet, generator(2, 8), Block(kind, ("A short text",)), Style(script=script), 20, 580, 40
            )
            printed.append(np.asarray(sheet.image))
    assert not np.array_equal(printed[0], printed[1])
    assert np.array_equal(printed[2], printed[3])
