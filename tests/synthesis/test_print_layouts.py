"""Printed sheets of every kind and language, and where they invite ink."""

import numpy as np
import pytest

from restorekit.synthesis import phrases, print_blocks, print_extras, print_layouts
from restorekit.synthesis.pages import generator
from restorekit.synthesis.sheets import Type, new_sheet, wrap

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")
BLOCKS = [
    *(print_blocks.paragraph, print_blocks.headline, print_blocks.choice, print_blocks.gaps),
    *(print_blocks.answer_lines, print_blocks.workings, print_blocks.sums, print_blocks.table),
    *(print_blocks.figure, print_blocks.fields, print_blocks.footnote),
    *(print_extras.equation, print_extras.emphasis, print_extras.panel, print_extras.leaders),
    *(print_extras.checklist, print_extras.bubbles, print_extras.grid, print_extras.match),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.__name__)
def test_every_block_prints_below_its_start_and_moves_on(block):
    for seed, language in enumerate(("en", "zh", "ru", "ko")):
        rng = generator(seed, 11)
        sheet = new_sheet(rng, 600, 460, language)
        end = block(sheet, rng, 40, 420, 100)
        assert end > 100
        picture = np.asarray(sheet.image)
        assert picture.min() < 250, f"{language}: nothing was printed"


def test_slots_lie_on_the_sheet():
    for seed in range(8):
        sheet = print_layouts.print_sheet(generator(seed, 12), 500, 400)
        for slot in sheet.slots:
            assert slot.left < slot.right
            assert slot.top < slot.bottom
            assert slot.left < sheet.width
            assert 0 < slot.bottom < sheet.height


def test_sheets_are_of_many_kinds():
    sheets = [print_layouts.print_sheet(generator(seed, 13), 128, 200) for seed in range(24)]
    assert len({sheet.body.path for sheet in sheets}) > 8
    assert {"zh", "en"} <= {sheet.language for sheet in sheets}


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_are_made_of_the_languages_words(language):
    rng = generator(1, 14)
    assert len(phrases.sentence(rng, language)) > 3
    assert phrases.phrase(rng, language)
    assert phrases.label(rng, language)


def test_arithmetic_is_right():
    rng = generator(2, 14)
    for _ in range(200):
        printed, answer = phrases.arithmetic(rng)
        python = printed.rstrip("=").replace("×", "*").replace("÷", "//")
        assert eval(python) == int(answer), printed


def test_wrap_keeps_within_the_width_and_loses_nothing():
    kind = Type("print/la_serif_regular.ttf", 20)
    text = "one two three four five six seven"
    lines = wrap(text, kind, 120, "en")
    assert " ".join(lines) == text
    assert all(kind.font.getlength(line) <= 120 for line in lines)


def test_chinese_lines_do_not_begin_with_a_full_stop():
    kind = Type("print/zh_song_regular.otf", 20)
    lines = wrap("的一是中国。的一是中国。", kind, 100, "zh")
    assert lines == ["的一是中国。", "的一是中国。"]
