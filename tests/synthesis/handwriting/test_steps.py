"""Workings and proofs by hand."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.pens import writing_pen
from restorekit.synthesis.handwriting.steps import draw_braces, fold, indents, write_step
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import new_sheet


def somebody(seed: int) -> Writer:
    rng = generator(seed, 20)
    hand = new_hand(rng, "en")._replace(ink=None, climb=0.0, sit=0.0, slant=0.0, western="")
    layer = Layer(writing_pen(rng)._replace(width=0.15), np.zeros((300, 600), np.uint8))
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
    assert not by.canvas[86:94].any(1).all(), "two braces, and bare paper between them"


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


def test_equals_signs_of_a_working_stand_under_one_another_with_half_of_the_writers():
    lines, apart = ["3x+12=45", "3x=33", "x=11"], {0: [], 1: []}
    for style in range(24):
        sheet = new_sheet(generator(0, 16), 300, 600, "en", unit=20)
        hand = new_hand(generator(1, 23), "en")._replace(style=style)
        layer = Layer(writing_pen(generator(1, 31)), np.zeros((300, 600), np.uint8))
        writer = Writer(generator(style, 30), sheet, hand, layer, 30.0)
        starts = indents(writer, lines)
        ends = [start + writer.reach(line.split("=")[0]) for start, line in zip(starts, lines, strict=True)]
        apart[style % 2].append((np.ptp(ends), np.ptp(starts)))
        assert min(starts) == 0
    assert max(signs for signs, _ in apart[0]) < 0.5
    assert max(edge for _, edge in apart[1]) < 0.5


def test_the_first_line_of_a_sum_may_begin_farther_in_than_its_equals_signs_and_the_edge_drifts_slowly():
    inner = []
    for style in range(1, 30, 2):
        sheet = new_sheet(generator(0, 16), 300, 600, "en", unit=20)
        hand = new_hand(generator(1, 23), "en")._replace(style=style)
        layer = Layer(writing_pen(generator(1, 31)), np.zeros((300, 600), np.uint8))
        first, *others = indents(
            Writer(generator(style, 30), sheet, hand, layer, 30.0), ["24÷3+1", "=8+1", "=9"]
        )
        assert np.ptp(others) < 0.3
        inner.append(first - others[0] > 0.5)
    assert 0.4 < np.mean(inner) < 0.9
