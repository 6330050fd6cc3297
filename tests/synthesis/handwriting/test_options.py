"""Letters of answers, chosen and ruled out."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import options, pens
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.options import OptionHabit, option_habit, rule_out, ruled_out
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


def test_only_answers_that_were_not_given_are_ruled_out():
    habit = OptionHabit(out="stroke", share=1.0)
    said = [ruled_out(generator(seed, 1), habit, "B") for seed in range(60)]
    assert said.count("ACD") > 35, "all of them mostly"
    assert set("".join(said)) == set("ACD") and len(set(said)) > 2
    assert not ruled_out(generator(1, 1), habit, "")
    assert not ruled_out(generator(1, 1), OptionHabit(share=1.0), "B")


def test_some_writers_rule_out_and_each_in_one_way():
    habits = [option_habit(generator(seed, 2)) for seed in range(200)]
    out = [habit.out for habit in habits if habit.out]
    assert len(out) / 200 == pytest.approx(options.RULE_OUT, abs=0.1)
    assert set(out) == {"stroke", "cross", "tick"}


@pytest.mark.parametrize("out", ["stroke", "cross", "tick"])
def test_a_letter_is_ruled_out_by_ink_right_over_it(out):
    sheet = new_sheet(generator(3, 16), 200, 200, "en", unit=30)
    over = []
    for seed in range(20):
        rng = generator(seed, 3)
        layer = Layer(pens.writing_pen(rng), np.zeros((200, 200), np.uint8))
        writer = Writer(rng, sheet, new_hand(rng, "en"), layer, 30.0)
        rule_out(writer, Slot("option", 90, 90, 110, 113, "A"), OptionHabit(out=out))
        rows, columns = np.nonzero(layer.coverage)
        assert np.ptp(rows) < 70 and np.ptp(columns) < 90
        over.append(layer.coverage[90:113, 90:110].any())
    assert np.mean(over) > 0.9
