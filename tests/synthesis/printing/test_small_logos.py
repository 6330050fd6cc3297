"""Small logos: few, small, at the rim, some in colour."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import small_logos
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.printing.small_logos import badge_before, maker_mark


def test_marks_of_makers_stand_at_the_rim_and_many_are_coloured(monkeypatch):
    monkeypatch.setattr(small_logos, "MADE", 1.0)
    colourful = []
    for seed in range(60):
        sheet = new_sheet(generator(1, 3), 877, 620, "en", unit=14)
        sheet.kind = "notebook"
        maker_mark(sheet, generator(seed, 4))
        picture = np.asarray(sheet.image).astype(int)
        rows = np.nonzero((picture < 250).any((1, 2)))[0]
        assert rows.max() < 60 or rows.min() > 877 - 80, "at the head or at the foot"
        colourful.append(np.ptp(picture, axis=2).max() > 60)
    assert 0.4 < np.mean(colourful) < 0.98


def test_stationery_alone_bears_them():
    marked = {}
    for kind in ("notebook", "paper", "form"):
        marked[kind] = 0
        for seed in range(120):
            sheet = new_sheet(generator(1, 3), 120, 100, "en", unit=14)
            sheet.kind = kind
            maker_mark(sheet, generator(seed, 5))
            marked[kind] += int(np.asarray(sheet.image).min() < 250)
    assert marked["notebook"] / 120 == pytest.approx(small_logos.MADE, abs=0.12)
    assert marked["paper"] == marked["form"] == 0


def test_a_badge_stands_before_a_heading_in_the_second_colour():
    sheet = new_sheet(generator(1, 3), 100, 300, "en", unit=24)
    sheet.plan = sheet.plan._replace(accent=(10, 120, 60), heading="badge")
    begins = badge_before(sheet, generator(1, 4), 20, 60, sheet.head)
    rows, columns = np.nonzero((np.asarray(sheet.image) == (10, 120, 60)).all(2))
    assert columns.min() >= 20 and columns.max() < begins < 20 + 2.2 * sheet.head.size
    assert rows.min() < 60 - 0.5 * sheet.head.size and rows.max() < 60 + 0.4 * sheet.head.size
    again = new_sheet(generator(1, 3), 100, 300, "en", unit=24)
    again.plan, again.given = sheet.plan, sheet.given
    badge_before(again, generator(9, 4), 20, 60, sheet.head)
    assert np.array_equal(again.image, sheet.image), "the same for all headings"
