"""Texts to be read: whole, each once, in justified paragraphs."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import layouts, reading_texts
from restorekit.synthesis.printing.reading_texts import Manner, new_manner, tell
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.grammar import passages


@pytest.mark.parametrize("language", ["en", "zh", "el"])
@pytest.mark.parametrize("told", ["letters", "lines", ""])
def test_texts_are_told_whole_and_once_each(language, told, print_of):
    printed = print_of(reading_texts)
    sheet, joint = new_sheet(generator(1, 1), 4000, 900, language, unit=20), " " if language != "zh" else ""
    texts, lines = {joint.join(one) for one in passages(language)}, 0
    for place in range(len(texts)):
        printed.clear()
        del sheet.slots[:]
        assert tell(sheet, generator(place, 2), 40, 860, 40, Manner(told)) > 40
        said = [slot.hint for slot in sheet.slots if slot.kind == "text"]
        texts.remove(joint.join(said))
        lines += len(said)
        if told == "letters":
            assert printed[0][2] == (chr(65 + place % 26) if language == "en" else str(place + 1))
        elif told == "lines":
            counted = [text for _, x, text in printed if x < 40]
            assert counted == [str(number) for number in range(5, len(said) + 1, 5)]
    assert not texts and tell(sheet, generator(1, 3), 40, 860, 40, Manner(told)) == 40


@pytest.mark.parametrize("language", ["en", "zh", "ru"])
def test_justified_lines_end_below_each_other(language):
    for justified in (True, False):
        sheet = new_sheet(generator(3, 16), 2000, 900, language, unit=20)
        y = 40.0
        for seed in range(8):
            y = tell(sheet, generator(seed, 45), 40, 691, y, Manner("", justified))
        edges = [slot.right for slot in sheet.slots if slot.kind == "text"]
        assert (np.mean(np.abs(np.array(edges) - 691) <= 1) > 0.5) == justified and max(edges) <= 701
        ink = np.asarray(sheet.image.convert("L"))
        assert ink[:, 703:].min() == 255


def test_readers_are_in_small_print_and_each_in_one_manner(monkeypatch):
    assert len({new_manner(generator(seed, 6)) for seed in range(60)}) == 6
    seen = []
    monkeypatch.setattr(layouts, "tell", lambda *given, manner: seen.append(manner) or tell(*given, manner))
    for seed in range(6):
        seen.clear()
        sheet = new_sheet(generator(seed, 9), 1500, 1100, "en")
        layouts._article(sheet, generator(seed, 10))
        assert sheet.body.size == sheet.unit <= 23 and len(set(seen)) == 1
        assert sum(slot.kind == "text" for slot in sheet.slots) > 20
