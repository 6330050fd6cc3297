"""Chains of boxes and arrows, and what a brace holds."""

import numpy as np

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.joined import chain, links_of, tree
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.whole_papers import Block, Piece


def test_what_is_in_brackets_stands_over_the_arrow_to_the_next_thing():
    assert [link.over for link in links_of("12 | (-8) | [20] | sea")] == ["", "−8", ""]
    assert links_of("12 | [20|21]")[1].line == [Piece("blank", "20", ("21",))]


def test_the_blanks_of_a_chain_are_bare_and_it_goes_on_below_where_it_is_long():
    for seed in range(8):
        sheet = new_sheet(generator(seed, 1), 300, 420, "en", unit=20)
        block = Block("chain", ("sea | (sun) | [clouds] | rain | [rivers] | land | [sea]",))
        end = chain(sheet, generator(seed, 2), block, Style(), 20, 400, 10)
        gaps = [slot for slot in sheet.slots if slot.kind == "gap"]
        assert [slot.hint for slot in gaps] == ["clouds", "rivers", "sea"]
        assert len({slot.bottom for slot in gaps}) > 1 and end <= 300
        grey = np.asarray(sheet.image.convert("L"))
        for slot in gaps:
            middle = slice((2 * slot.top + slot.bottom) // 3, slot.bottom - 4)  # ovals round its corners
            assert grey[middle, slot.left + 6 : slot.right - 6].min() == 255
            assert slot.right <= 400
        assert grey[: int(end), 20:400].min() < 200 and grey[int(end) + 1 :].min() == 255


def test_a_brace_stands_between_a_word_and_what_it_holds():
    sheet = new_sheet(generator(1, 1), 200, 420, "en", unit=20)
    sheet.plan = sheet.plan._replace(leading=1.8, brackets=True)
    end = tree(sheet, generator(1, 2), Block("tree", ("Matter | gases | [liquids]",)), Style(), 20, 400, 10)
    root, leaf, *_ = (slot for slot in sheet.slots if slot.kind == "text")
    (gap,) = (slot for slot in sheet.slots if slot.kind == "gap")
    assert gap.hint == "liquids" and root.hint == "Matter" and leaf.hint == "gases"
    between = np.asarray(sheet.image.convert("L"))[:, root.right + 3 : leaf.left - 3] < 128
    rows = np.flatnonzero(between.any(1))
    assert np.ptp(rows) > 1.8 * 20 and rows.max() <= end and (np.diff(rows) == 1).all()
    assert abs(0.5 * (leaf.bottom + gap.bottom) - root.bottom) < 3
