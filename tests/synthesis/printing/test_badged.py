"""Numbers and letters in badges: where they stand, and that they leave the text alone."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import badged, paper_blocks
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.sheets import new_sheet, put_text, text_width
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
@pytest.mark.parametrize("number", ["3. ", "12. "])
def test_a_number_stands_in_its_badge_and_the_text_behind_it_stays(way, number):
    bare, sheet = printed(), printed(numbers=way)
    for one in (bare, sheet):
        put_text(one, 100, 100, f"{number}Name", one.body)
    wide = int(text_width(number, sheet.body))
    badged.number_badge(sheet, 100, 100, number, sheet.body)
    assert (np.asarray(bare.image)[:, 100 + wide :] == np.asarray(sheet.image)[:, 100 + wide :]).all()
    rows, columns = np.nonzero(dark(sheet)[:, : 99 + wide])
    assert columns.min() > 75 and 65 < rows.min() < 80 and 95 < rows.max() < 112, "around the line's middle"
    share = dark(sheet)[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].mean()
    assert (share > 0.5) == (way in ("disc", "tile"))


def test_no_badge_is_printed_where_the_plan_has_none_or_there_is_no_room():
    for numbers, letters, wide in (("", "", 40), ("disc", "ring", 20)):
        sheet = printed(numbers, letters)
        put_text(sheet, 100, 100, "A.", sheet.body)
        before = np.asarray(sheet.image).copy()
        badged.letter_badge(sheet, 100, 100, "A", wide, sheet.body)
        badged.number_badge(sheet, 100, 100, "-", sheet.body)
        assert (before == np.asarray(sheet.image)).all()


def test_questions_of_a_paper_have_badges_where_its_plan_has_them():
    block = Block("question", ("Which is it? [B]",), 4, options=("one", "two", "three", "four"))
    pages = []
    for numbers, letters in (("", ""), ("disc", "disc")):
        sheet = printed(numbers, letters)
        paper_blocks.put_block(sheet, generator(2, 3), block, Style(), 60, 660, 10)
        pages.append((dark(sheet), list(sheet.slots)))
    assert pages[0][1] == pages[1][1], "nobody writes elsewhere"
    assert pages[1][0].sum() > 1.3 * pages[0][0].sum()
