"""Fractions as answers."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import answering, formulas, fractions
from restorekit.synthesis.handwriting.fractions import reach_of, stacks
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.pens import writing_pen
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet

GAP = Slot("gap", 100, 60, 240, 100, "3/14")


def somebody(seed: int, *, ruled: bool = False) -> Writer:
    sheet = new_sheet(generator(3, 16), 240, 500, "en", unit=30)
    if ruled:
        sheet.draw.rectangle([100, 101, 240, 102], fill=(0, 0, 0))
    hand = new_hand(generator(1, 23), "en")._replace(western="", rethinks=0.0, slant=0.0, wobble=0.002)
    hand = hand._replace(style=next(style for style in range(99) if stacks(style)))
    return Writer(generator(seed, 30), sheet, hand, Layer(writing_pen(generator(1, 31)), blank()), 40.0)


def blank() -> np.ndarray:
    return np.zeros((240, 500), np.uint8)


def test_most_writers_put_one_number_above_the_other():
    assert np.mean([stacks(style) for style in range(400)]) == pytest.approx(fractions.STACKED, abs=0.05)


def written(monkeypatch, by: Writer, slot: Slot) -> dict[str, tuple[float, float]]:
    said: dict[str, tuple[float, float]] = {}
    with monkeypatch.context() as patch:
        patch.setattr(
            Writer,
            "write",
            lambda self, text, x, y, size=None, **_: said.update({text: (x, y)}) or x + 20 * len(text),
        )
        patch.setattr(formulas.marks, "line", lambda _, __, x0, y, x1, *___, **____: said.update(bar=(x1, y)))
        answering.fill(by, slot, right=True)
    return said


@pytest.mark.parametrize("ruled", [False, True])
def test_one_number_stands_above_the_bar_and_the_other_below_it(monkeypatch, ruled):
    bars = []
    for seed in range(20):
        said = written(monkeypatch, somebody(seed, ruled=ruled), GAP)
        assert set(said) - {""} == {"3", "14", "bar"}
        assert said["3"][1] < said["bar"][1] + 3 < said["14"][1]
        bars.append(said["bar"][1])
    if not ruled:  # on the middle of the print
        assert np.mean(bars) == pytest.approx(GAP.bottom - 0.36 * 30, abs=2)


def test_units_dates_and_names_keep_their_slash(monkeypatch):
    for text in ("60 km/h", "12/05/2024", "either/or"):
        assert text in written(monkeypatch, somebody(1), GAP._replace(hint=text))


def test_fractions_are_no_taller_than_their_rows_and_no_wider_than_their_room():
    for seed in range(12):
        by = somebody(seed)
        by.sheet.slots += [GAP, GAP._replace(top=110, bottom=150), GAP._replace(top=10, bottom=50)]
        answering.fill(by, GAP, right=True)
        rows, columns = np.nonzero(by.canvas > 127)
        assert np.ptp(rows) < 1.45 * 50
        assert columns.min() > 90 and columns.max() < 250
    assert reach_of(by, "3/14") < by.reach("3 14") + 1


def test_a_quantity_by_another_stands_above_it(monkeypatch):
    said = written(monkeypatch, somebody(1), GAP._replace(hint="v=s/t"))
    assert said["s"][1] < said["bar"][1] + 3 < said["t"][1] and "v=" in said
