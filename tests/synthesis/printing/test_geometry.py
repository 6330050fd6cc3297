"""Figures of geometry: their slanting and round lines are smooth."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.geometry import edge, isosceles, ring
from restorekit.synthesis.printing.sheets import new_sheet


@pytest.mark.parametrize("dashed", [False, True])
def test_slanting_edges_are_smooth(dashed):
    sheet = new_sheet(generator(1, 1), 200, 300, "en", unit=24)
    edge(sheet, 20, 20, 280, 130, dashed=dashed)
    assert len(np.unique(np.asarray(sheet.image))) > 5


def test_a_ring_is_round_and_smooth():
    sheet = new_sheet(generator(1, 1), 200, 200, "en", unit=24)
    ring(sheet, 100, 100, 60)
    rows, columns = np.nonzero(np.asarray(sheet.image.convert("L")) < 200)
    assert np.hypot(rows + 0.5 - 100, columns + 0.5 - 100) == pytest.approx(60, abs=1.6)
    assert len(np.unique(np.asarray(sheet.image))) > 5


def test_angles_of_an_isosceles_triangle_make_up_two_right_ones():
    for seed in range(20):
        sheet = new_sheet(generator(1, 1), 240, 320, "en", unit=22)
        term, result = isosceles(sheet, generator(seed, 2), 20, 20, 280, 200)["see_angle"]
        angle = int(term[len("(180-") : -len(")÷2")])
        assert 2 * int(result[1:]) + angle == 180
        dark = np.asarray(sheet.image.convert("L")) < 200
        assert dark[:, :20].sum() == 0 and dark[:, 300:].sum() == 0
