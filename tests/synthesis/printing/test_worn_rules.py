"""Rules to write on that copies of copies have worn."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import paper_blocks
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.printing.type_plan import WORN, Plan, Wear, draw_plan
from restorekit.synthesis.printing.worn_rules import worn, writing_rule
from restorekit.synthesis.texts.whole_papers import Block


def test_what_is_left_of_a_rule_is_broken_and_uneven_but_most_of_it_is_there():
    mask = worn(generator(1, 2), 600, Wear((90, 90, 90), 1.2, 0.75, 0.004))
    along = mask.max(0)
    assert 0.5 < (along > 60).mean() < 0.98, "broken"
    assert len(np.unique(along)) > 20, "uneven"
    rows = np.nonzero(mask > 60)[0]
    assert np.ptp(rows) <= 6, "thin"


def test_a_lower_threshold_leaves_more_of_it():
    left = [
        (worn(generator(1, 2), 600, Wear((0, 0, 0), 1.0, cut, 0.008)) > 60).sum() for cut in (0.3, 0.5, 0.7)
    ]
    assert left == sorted(left, reverse=True) and left[0] > 1.2 * left[2]


def test_a_rule_is_paler_where_it_goes_over_to_the_next_row_of_pixels():
    masks = [worn(generator(seed, 2), 1000, Wear((0, 0, 0), 0.9, 0.5, 0.008)).max(0) for seed in range(8)]
    smooth = [np.convolve(one, np.ones(25) / 25, "valid") for one in masks]
    tones = [np.abs(np.fft.rfft(one - one.mean())) for one in smooth]
    assert np.median([one[5:12].max() / one[14:].max() for one in tones]) > 2, "about every 1 / 0.008 pixels"


def test_rules_of_a_page_do_not_all_break_at_even_distances():
    wear, gaps = Wear((0, 0, 0), 0.9, 0.5, 0.008), []
    for seed in range(20):
        broken = np.convolve(worn(generator(seed, 2), 1500, wear).max(0) < 40, np.ones(9) / 9, "same") > 0.6
        gaps.extend(np.diff(np.nonzero(np.diff(broken.astype(int)) == 1)[0]))
    assert len(gaps) > 4 and np.ptp(gaps) > 100
    whole = [(worn(generator(seed, 2), 1500, wear).max(0) > 60).mean() for seed in range(20)]
    assert np.median(whole) > 0.75


@pytest.mark.parametrize("wear", [None, Wear((80, 80, 110), 1.5, 0.35, 0.0)])
def test_a_rule_stands_where_it_is_set_whole_or_worn(wear):
    sheet = new_sheet(generator(1, 3), 100, 300, "en", unit=24)
    sheet.plan = Plan(wear=wear)
    writing_rule(sheet, generator(1, 4), 20, 50, 280)
    rows, columns = np.nonzero(np.asarray(sheet.image).min(2) < 230)
    assert rows.mean() == pytest.approx(50, abs=1.2)
    assert 18 <= columns.min() < 40 and 260 < columns.max() <= 281
    tones = np.asarray(sheet.image)[rows, columns]
    assert (tones[:, 2] > tones[:, 0]).any() == (wear is not None), "bluish where it says so"


def test_some_plans_wear_their_rules_and_answers_stand_on_them(monkeypatch):
    worn_ones = [draw_plan(generator(seed, 5)).wear for seed in range(300)]
    assert np.mean([wear is not None for wear in worn_ones]) == pytest.approx(WORN, abs=0.07)
    drawn = []
    monkeypatch.setattr(paper_blocks, "writing_rule", lambda *args, **_: drawn.append(args))
    sheet = new_sheet(generator(1, 3), 900, 700, "en", unit=24)
    sheet.plan = Plan(lines="rule")
    block = Block("question", ("Why?",), 1, answer="Because it is so.")
    paper_blocks.put_block(sheet, generator(2, 3), block, Style(), 40, 660, 20)
    assert len(drawn) == sum(slot.kind == "line" for slot in sheet.slots) > 0
