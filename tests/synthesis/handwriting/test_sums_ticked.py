"""Teachers tick rows of sums at one go."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import pens, sums_ticked
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.sums_ticked import tick_over_sums
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


def test_sums_that_are_right_are_ticked_by_the_block_or_column_and_wrong_ones_marked_alone(monkeypatch):
    ticked = []
    monkeypatch.setattr(sums_ticked, "tick", lambda _, __, x, y, *___: ticked.append((x, y)))
    sheet = new_sheet(generator(0, 16), 900, 900, "en", unit=20)
    sheet.slots = [
        Slot("sum", 50 + 200 * (n % 4), 40 * (n // 4), 250 + 200 * (n % 4), 40 * (n // 4) + 30, str(n))
        for n in range(40)
    ]
    other = Slot("gap", 50, 500, 90, 530, "8")
    pen = Layer(pens.marking_pen(generator(1, 31)), np.zeros((900, 900), np.uint8))
    for by, count in (("block", 1), ("column", 4)):
        ticked.clear()
        teacher = Writer(generator(1, 21), sheet, new_hand(generator(1, 23), "en"), pen, 20)
        seen = [(slot, slot, slot.hint != "17") for slot in sheet.slots] + [(other, other, True)]
        left = tick_over_sums(teacher, seen, by, ticks=True)
        assert len(ticked) == count
        assert {slot for slot, *_ in left} == {sheet.slots[17], other}


def test_some_rows_of_other_answers_are_ticked_at_one_go(monkeypatch):
    ticked = []
    monkeypatch.setattr(sums_ticked, "tick", lambda _, __, x, y, *___: ticked.append((x, y)))
    sheet = new_sheet(generator(0, 16), 900, 900, "en", unit=20)
    sheet.slots = [Slot("gap", 300 + 30 * (n % 3), 60 * n, 400, 60 * n + 30, "7") for n in range(8)]
    pen = Layer(pens.marking_pen(generator(1, 31)), np.zeros((900, 900), np.uint8))
    left = []
    for seed in range(60):
        teacher = Writer(generator(seed, 21), sheet, new_hand(generator(1, 23), "en"), pen, 20)
        seen = [(slot, slot, place != 4) for place, slot in enumerate(sheet.slots)]
        left.append(len(tick_over_sums(teacher, seen, "column", ticks=True)))
    assert set(left) == {1, 8} and np.mean(np.array(left) == 1) == pytest.approx(sums_ticked.OTHERS, abs=0.18)
    assert len(ticked) == left.count(1)
