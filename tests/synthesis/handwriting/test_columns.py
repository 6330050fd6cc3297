"""Sums in columns by hand."""

from dataclasses import replace

import numpy as np
import pytest

from restorekit.synthesis.handwriting import columns
from restorekit.synthesis.handwriting.columns import room_for, write_columns
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.pens import writing_pen
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet, rule
from restorekit.synthesis.texts.columns import divided, stacked


def somebody(seed: int) -> Writer:
    rng = generator(seed, 20)
    hand = new_hand(rng, "en")._replace(ink=None, slant=0.0)
    layer = Layer(writing_pen(rng), np.zeros((400, 500), np.uint8))
    return Writer(rng, new_sheet(rng, 400, 500, "en"), hand, layer, 30.0)


@pytest.mark.parametrize("seed", range(4))
def test_on_squares_the_line_runs_along_a_rule_of_the_paper(seed):
    by = somebody(seed)
    write_columns(by, stacked(345, "-", 27), 80, 90, 30.0)
    near = by.canvas[116:125, 80:200] > 80
    assert near.any(0).mean() > 0.9 and (near.sum(0) > 7).mean() < 0.3


@pytest.mark.parametrize("seed", range(4))
def test_what_is_worked_out_takes_no_more_room_than_was_foreseen(seed):
    for square in (0.0, 30.0):
        by, layout = somebody(seed), divided(1536, 7)
        wide, tall = room_for(by, layout, square)
        end = write_columns(by, layout, 90, 80, square)
        rows, across = np.nonzero(by.canvas > 127)
        assert across.min() > 60 and across.max() < 90 + wide
        assert rows.min() > 30 and rows.max() < 80 + tall
        assert abs(end - rows.max()) < 20


def test_figures_keep_clear_of_the_rule_between_them(monkeypatch):
    levels, clear = [], []
    monkeypatch.setattr(columns.marks, "line", lambda _, __, ___, y, *____, **_____: levels.append(y))
    for seed in range(20):
        by, said = somebody(seed), []
        monkeypatch.setattr(Writer, "write", lambda _, one, x, y, size, said=said: said.append(y) or x)
        write_columns(by, stacked(345, "-", 27), 80, 90)
        upper, lower = max(y for y in said if y < levels[-1]), min(y for y in said if y > levels[-1])
        assert levels[-1] - upper > 0 and lower - levels[-1] > 30
        clear.append(levels[-1] - upper)
    assert np.median(clear) > 3


def test_what_comes_out_stands_below_the_figures_of_a_printed_sum():
    sheet = new_sheet(generator(3, 16), 300, 600, "zh", unit=30)
    slot = Slot("gap", 200, 106, 320, 142, "428")
    by = Writer(
        generator(5, 30),
        sheet,
        new_hand(generator(2, 23), "zh")._replace(slant=0.0),
        Layer(writing_pen(generator(1, 31)), np.zeros((300, 600), np.uint8)),
        45.0,
    )
    assert not columns.is_under_columns(by, slot)
    rule(sheet, 200, 103, 320, 103)
    assert columns.is_under_columns(by, slot)
    assert not columns.is_under_columns(by, slot._replace(hint="m"))
    columns.write_under_columns(by, slot, "428")
    wider = new_sheet(generator(3, 16), 300, 600, "zh", unit=30)
    rule(wider, 150, 103, 370, 103)
    assert not columns.is_under_columns(replace(by, sheet=wider), slot), "a table"
    inked = by.canvas.max(0) > 127
    for at in range(3):
        middle = int(320 - columns.PAST * 30 - (at + 0.5) * columns.FIGURE * 30)
        assert inked[middle - 9 : middle + 10].any()
    assert not inked[:225].any() and not inked[330:].any()
