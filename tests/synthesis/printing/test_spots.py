"""Pictures in bare corners: clear of print and of where one writes."""

import numpy as np
import pytest

from restorekit.synthesis.assets import faces_for, has_glyph
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import spots
from restorekit.synthesis.printing.sheets import new_sheet


def page(language="en"):
    sheet = new_sheet(generator(1, 9), 800, 600, language, unit=20)
    sheet.topic = "mathematics_1"
    sheet.draw.rectangle([40, 60, 560, 300], fill=(0, 0, 0))
    sheet.slot("area", 40, 320, 300, 700)
    return sheet


def test_pictures_leave_print_and_places_to_write_alone(monkeypatch):
    monkeypatch.setattr(spots, "ILLUSTRATED", {True: 1.0, False: 1.0})
    drawn = 0
    for seed in range(40):
        sheet = page()
        before = np.asarray(sheet.image).copy()
        spots.spots(sheet, generator(seed, 1))
        changed = (np.asarray(sheet.image) != before).any(2)
        drawn += changed.any()
        assert not changed[:306, 30:566].any() and not changed[320:700, 40:300].any()
        assert not changed[:30].any() and not changed[-20:].any()
        assert len(sheet.slots) == 1, "nobody writes on them"
    assert drawn > 30


def test_a_box_is_bare_or_none_is_found():
    sheet = page()
    taken = np.zeros((800, 600), bool)
    left, top, wide, tall = spots.bare_box(sheet, generator(1, 2), taken)
    assert left > 30 and top > 40 and left + wide < 570 and top + tall < 760
    assert spots.bare_box(sheet, generator(1, 2), ~taken) is None


def test_papers_of_the_first_years_have_more_of_them():
    shares = []
    for topic in ("mathematics_1", "mathematics_2"):
        changed = 0
        for seed in range(60):
            sheet = page()
            sheet.topic = topic
            before = np.asarray(sheet.image).copy()
            spots.spots(sheet, generator(seed, 3))
            changed += (np.asarray(sheet.image) != before).any()
        shares.append(changed / 60)
    assert 0.25 < shares[0] < 0.65 and 0.03 < shares[1] < shares[0] - 0.1


@pytest.mark.parametrize("language", spots.HINTS)
def test_what_they_say_can_be_printed(language):
    for face in faces_for(language):
        assert all(has_glyph(face.path, one) for one in "".join(spots.HINTS[language]) if one.strip())
