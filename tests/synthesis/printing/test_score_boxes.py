"""Where points are entered: empty, as a marker finds it, and with words that the language has."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.score_boxes import part_boxes, score_table
from restorekit.synthesis.printing.sheets import new_sheet

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_of_points_has_an_empty_cell_for_each_part_and_the_total(language):
    sheet = new_sheet(generator(1, 1), 400, 900, language, unit=20)
    below = score_table(sheet, generator(2, 1), 20, 880, 20, {"I": 30, "II": 20, "III": 50})
    *cells, slot = sheet.slots
    assert [cell.hint for cell in (*cells, slot)] == ["30", "20", "50", ""]
    assert slot.kind == "score" and 20 < slot.top < slot.bottom <= below
    inside = np.asarray(sheet.image.convert("L"))[slot.top + 4 : slot.bottom - 2, slot.left : slot.right - 3]
    assert inside.min() == 255


def test_a_table_that_has_no_room_is_left_out():
    sheet = new_sheet(generator(1, 1), 400, 200, "en", unit=20)
    assert score_table(sheet, generator(2, 1), 20, 180, 20, dict.fromkeys("12345", 20)) == 20
    assert np.asarray(sheet.image).min() == 255


@pytest.mark.parametrize(("language", "lower"), [("zh", True), ("en", False)])
def test_boxes_of_a_part_stand_above_its_heading_or_beside_it(language, lower):
    sheet = new_sheet(generator(1, 1), 300, 600, language, unit=20)
    below = part_boxes(sheet, generator(2, 1), 20, 580, 20)
    assert (below > 20) == lower
    dark = np.nonzero((np.asarray(sheet.image.convert("L")) < 128).any(0))[0]
    assert dark.min() == pytest.approx(20, abs=2) if lower else dark.max() == pytest.approx(580, abs=2)
