"""Fields at the top of papers, and tables of values to complete."""

import numpy as np
import pytest

from restorekit.synthesis.assets import labels
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import forms
from restorekit.synthesis.printing.sheets import new_sheet

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")


@pytest.mark.parametrize("language", LANGUAGES)
def test_papers_ask_for_each_thing_once(language):
    kinds = list(labels(language).values())
    assert len(set(kinds)) == len(kinds) and kinds[0] == "name"
    sheet = new_sheet(generator(1, 1), 900, 700, language, unit=16)
    named = 0
    for seed in range(16):
        before = set(sheet.asked)
        forms.fields(sheet, generator(seed, 1), 20, 680, 20)
        named += len(sheet.asked - before)
    assert sheet.asked == set(labels(language)) and named == len(kinds)
    blanks, scores = [slot.kind for slot in sheet.slots], kinds.count("score")
    assert sorted(blanks) == ["field"] * (len(kinds) - scores) + ["score"] * scores


@pytest.mark.parametrize("style", list(forms.FIELDS))
def test_room_behind_a_label_is_shown_in_each_way_and_is_empty(style, monkeypatch):
    monkeypatch.setattr(forms, "choose", lambda *_: style)
    sheet = new_sheet(generator(3, 1), 200, 900, "en", unit=20)
    forms.fields(sheet, generator(4, 1), 20, 880, 20)
    slot = sheet.slots[0]
    grey = np.asarray(sheet.image.convert("L"))
    middle = grey[slot.top + 8 : slot.bottom - 3, slot.left + 8 : slot.right - 14]
    assert middle.min() == 255, "nothing stands where one writes"
    assert style != "brackets" or grey[slot.top : slot.bottom, slot.left : slot.right].min() == 255
    around = grey[slot.top - 12 : slot.bottom + 14, slot.left - 8 : slot.right + 4]
    assert (around.min() < 140) == (style != "bare")


def test_fields_without_borders_leave_room_for_writing_as_large_as_elsewhere(monkeypatch):
    for style, least, most in (("rule", 1.5, 1.7), ("frame", 1.1, 1.3)):
        monkeypatch.setattr(forms, "FIELDS", {style: 1.0})
        sheet = new_sheet(generator(3, 16), 600, 900, "en", unit=20)
        forms.fields(sheet, generator(4, 16), 40, 860, 60)
        places = [slot for slot in sheet.slots if slot.kind == "field"]
        tall = [(slot.bottom - slot.top) / sheet.body.size for slot in places]
        assert tall and least < min(tall) <= max(tall) < most


def test_room_for_names_is_as_wide_for_each_thing_or_by_what_it_takes(monkeypatch):
    monkeypatch.setattr(forms, "FIELDS", {"frame": 1.0})
    for alike in (0.0, 1.0):
        monkeypatch.setattr(forms, "ALIKE", alike)
        for seed in range(20):
            sheet = new_sheet(generator(seed, 17), 600, 1500, "zh", unit=20)
            forms.fields(sheet, generator(seed, 18), 40, 1460, 60)
            wide = [(slot.right - slot.left) / sheet.body.size for slot in sheet.slots]
            assert min(wide) > 3.2
            assert (np.ptp(wide) < 0.11) == (alike == 1.0) or len(wide) < 2
