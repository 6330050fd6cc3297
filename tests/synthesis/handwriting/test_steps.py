"""Workings and proofs by hand."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.pens import writing_pen
from restorekit.synthesis.handwriting.steps import draw_braces, fold, write_step
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import new_sheet


def somebody(seed: int) -> Writer:
    rng = generator(seed, 20)
    hand = new_hand(rng, "en")._replace(ink=None, climb=0.0, sit=0.0, slant=0.0, western="")
    layer = Layer(writing_pen(rng), np.zeros((300, 600), np.uint8))
    return Writer(rng, new_sheet(rng, 300, 600, "en"), hand, layer, 30.0)


def test_reasons_that_have_no_room_stand_in_a_line_of_their_own():
    by, line = somebody(1), "⎧AB=AC(common side)"
    assert fold(by, [line], 1000) == [line]
    assert fold(by, [line], 200) == ["⎧AB=AC", "⎨(common side)"]
    assert fold(by, ["f(-12345)=1234567890"], 20) == ["f(-12345)=1234567890"], "no reason"


@pytest.mark.parametrize("seed", range(4))
def test_a_brace_stands_before_all_the_lines_that_are_under_it_and_no_others(seed):
    by = somebody(seed)
    draw_braces(by, ["a", "⎧b", "⎨c", "⎨d", "e"], 100, [40, 80, 120, 160, 200])
    rows, columns = np.nonzero(by.canvas > 127)
    assert 45 < rows.min() < 70 and 155 < rows.max() < 175
    assert columns.min() > 90 and columns.max() < 130
    by.canvas[:] = 0
    draw_braces(by, ["⎧a", "⎨b", "⎧c", "⎨d"], 100, [40, 80, 120, 160])
    assert not by.canvas[88:91].any(), "two braces"


def test_what_stands_under_a_brace_is_set_in():
    starts = []
    for line in ("3+4", "⎧3+4"):
        by = somebody(1)
        write_step(by, line, 50, 100)
        starts.append(np.flatnonzero((by.canvas > 127).any(0)).min())
    assert starts[1] - starts[0] > 15


def test_signs_of_proofs_are_drawn():
    for sign in "∵∴∠△≅≌∥":
        by = somebody(2)
        assert write_step(by, sign, 50, 100) > 55
        assert (by.canvas > 100).sum() > 15, sign
