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


def test_a_rule_breaks_where_it_goes_over_to_the_next_row_of_pixels():
    mask = worn(generator(3, 2), 1000, Wear((0, 0, 0), 0.9, 0.6, 0.008))
    broken = np.convolve(mask.max(0) < 128, np.ones(25) / 25, "same") > 0.4
    starts = np.nonzero(np.diff(broken.astype(int)) == 1)[0]
    gaps = np.diff(starts)[np.diff(starts) > 60]
    assert len(gaps) >= 4 and np.abs(gaps - 125).max() < 30, "every 1 / 0.008 pixels"


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
