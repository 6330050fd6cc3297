"""Texts to be read: whole, each once, below its number."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import reading_texts
from restorekit.synthesis.printing.reading_texts import tell
from restorekit.synthesis.printing.sheets import new_sheet, text_width
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.grammar import passages

NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


@pytest.mark.parametrize("language", ["en", "zh", "el"])
def test_texts_are_told_whole_and_once_each_below_its_number(language, print_of):
    printed = print_of(reading_texts)
    sheet, joint = new_sheet(generator(1, 1), 4000, 900, language, unit=20), " " if language != "zh" else ""
    texts = {joint.join(one) for one in passages(language)}
    for place in range(len(texts)):
        printed.clear()
        assert tell(sheet, generator(place, 2), 40, 860, 40) > 40
        number, *lines = (text for _, _, text in printed)
        assert number == (f"（{NUMBERS[place]}）" if language == "zh" and place < 12 else number)
        assert language == "zh" or number == str(place + 1)
        texts.remove(joint.join(lines))
    assert not texts and tell(sheet, generator(1, 3), 40, 860, 40) == 40


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("way", ["bold", "wave"])
def test_what_is_printed_to_be_seen_is_a_phrase_or_a_number(monkeypatch, language, way):
    printed = []
    monkeypatch.setattr(reading_texts, "emphasise", lambda *given: printed.append(given))
    for seed in range(40):
        printed.clear()
        sheet = new_sheet(generator(seed, 16), 900, 900, language, unit=20)
        sheet.plan = sheet.plan._replace(keys=way, texts="")
        tell(sheet, generator(seed, 45), 40, 860, 40)
        texts = [slot for slot in sheet.slots if slot.kind == "text" and len(slot.hint) > 3]
        lines = {slot.bottom: slot.hint for slot in texts}
        for _, _, x0, x1, y, kind, said in printed:
            line = lines[int(y)]
            spans = phrases.key_places(line) + phrases.whole_phrases(line, language) * (way == "wave")
            start = 40 + (sheet.plan.indent * kind.size if int(y) == min(lines) else 0)
            assert (x0, x1) in [tuple(start + text_width(line[:at], kind) for at in span) for span in spans]
            assert said == way


def test_a_text_stands_on_a_tint_or_in_a_frame_all_of_it():
    for texts, level in (("tint", 215), ("frame", 255)):
        sheet = new_sheet(generator(2, 16), 900, 900, "en", unit=20)
        sheet.plan = sheet.plan._replace(keys="", texts=texts, heading="left")
        end = round(tell(sheet, generator(3, 45), 40, 860, 40))
        grey = np.asarray(sheet.image.convert("L"))
        assert (grey[:, 45] < 255).sum() > 60 or texts == "frame"
        assert grey[:, 40].min() < 250 and grey[end:].min() == 255
        assert np.median(grey[90 : end - 40, 60:840]) >= level
