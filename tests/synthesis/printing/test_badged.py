"""Numbers and letters in badges: where they stand, and that the text is clear of them."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import badged, paper_blocks
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.whole_papers import Block


def printed(numbers="", letters="", unit=30):
    sheet = new_sheet(generator(1, 9), 200, 700, "en", unit=unit)
    sheet.plan = sheet.plan._replace(numbers=numbers, letters=letters, accent=(40, 40, 40), stop=". ")
    sheet.colour = (0, 0, 0)
    sheet.body = sheet.body._replace(colour=(0, 0, 0), spacing=0.0)
    return sheet


def dark(sheet):
    return np.asarray(sheet.image.convert("L")) < 128


@pytest.mark.parametrize("way", ["disc", "tile", "ring", "box"])
@pytest.mark.parametrize("number", ["3", "12"])
def test_a_number_stands_in_its_badge_and_its_text_clear_of_that(way, number):
    sheet = printed(numbers=way)
    start = badged.number_badge(sheet, 100, 100, number, sheet.body)
    rows, columns = np.nonzero(dark(sheet))
    assert 98 <= columns.min() <= 101 and 65 < rows.min() < 80 and 95 < rows.max() < 112, "about the middle"
    assert start - columns.max() > 0.33 * sheet.unit
    share = dark(sheet)[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].mean()
    assert (share > 0.5) == (way in ("disc", "tile"))


@pytest.mark.parametrize("way", ["", "disc", "tile", "ring", "box"])
def test_an_answers_text_stands_clear_of_its_letter(way):
    sheet = printed(letters=way)
    start = badged.put_letter(sheet, 100, 100, "D", ". ", sheet.body)
    assert start - 100 == pytest.approx(badged.letter_width(sheet, ". ", sheet.body))
    columns = np.nonzero(dark(sheet))[1]
    assert start - columns.max() > 0.2 * sheet.unit
    (option,) = sheet.slots
    assert columns.min() - 2 < (option.left + option.right) / 2 - 6 < columns.max() and option.hint == "D"


def test_questions_of_a_paper_have_badges_where_its_plan_has_them():
    block = Block("question", ("Which is it? [B]",), 4, options=("one", "two", "three", "four"))
    pages = []
    for numbers, letters in (("", ""), ("disc", "disc")):
        sheet = printed(numbers, letters)
        paper_blocks.put_block(sheet, generator(2, 3), block, Style(), 60, 660, 10)
        pages.append((dark(sheet), list(sheet.slots)))
    first, second = ([slot for slot in slots if slot.kind == "option"] for _, slots in pages)
    assert [slot.hint for slot in first] == [slot.hint for slot in second] == list("ABCD")
    assert pages[1][0].sum() > 1.3 * pages[0][0].sum()


@pytest.mark.parametrize("path", ["print/la_lato_400.ttf", "print/la_mono_regular.ttf"])
def test_a_text_stands_as_far_from_its_stop_as_a_tab_puts_it_even_where_spaces_are_narrow(path):
    kind = printed().body._replace(path=path, latin="")
    assert badged.gap_behind(". ", kind) >= 0.34 * kind.size > 0 == badged.gap_behind("．", kind)
