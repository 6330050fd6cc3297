"""Figures of geometry: their slanting and round lines are smooth."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.geometry import edge, ring
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
