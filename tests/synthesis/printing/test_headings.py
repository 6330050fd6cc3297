"""Headings of parts: what is behind and around them."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.headings import INSET, put_heading
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.printing.type_plan import HEADINGS


def set_heading(way, text="Part A. Grammar", accent=(20, 20, 20)):
    sheet = new_sheet(generator(1, 9), 300, 700, "en", unit=24)
    sheet.plan = sheet.plan._replace(heading=way, accent=accent)
    sheet.head = sheet.head._replace(size=24, colour=(0, 0, 0))
    end = put_heading(sheet, generator(2, 9), text, sheet.head, Style(), 50, 650, 40)
    return sheet, end


@pytest.mark.parametrize("way", HEADINGS)
def test_a_heading_and_what_is_around_it_stand_between_where_it_begins_and_ends(way):
    for text in ("Part A. Grammar", "Part A. " + "Read all of the text and then answer " * 3):
        sheet, end = set_heading(way, text)
        rows, columns = np.nonzero(np.asarray(sheet.image.convert("L")) < 235)
        assert rows.min() >= 40 and rows.max() <= end + 0.35 * 24
        assert columns.min() >= 49 and columns.max() <= 690
        lines = [slot for slot in sheet.slots if slot.kind == "text"]
        assert (
            lines and min(slot.left for slot in lines) == 50 + int(INSET.get(way, 0) * 24) or way == "badge"
        )


def test_letters_on_a_ribbon_are_white_and_in_a_frame_dark():
    for way, filled in (("ribbon", True), ("capsule", False), ("block", False), ("shelf", False)):
        sheet, _ = set_heading(way)
        (slot,) = (slot for slot in sheet.slots if slot.kind == "text")
        tones = np.asarray(sheet.image.convert("L"))[slot.top : slot.bottom, slot.left : slot.right]
        assert (np.median(tones) < 60) == filled


def test_most_headings_are_plain():
    assert sum(HEADINGS.values()) == pytest.approx(1) and HEADINGS["left"] + HEADINGS["middle"] > 0.6
