"""What is asked to be struck out."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import pens
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.voids import strike
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


@pytest.mark.parametrize(
    "slot", [Slot("strike", 100, 200, 300, 220), Slot("strike", 60, 200, 500, 400, "rest")]
)
def test_words_and_rows_left_over_are_struck_from_side_to_side(slot):
    sheet = new_sheet(generator(0, 16), 600, 600, "en", unit=20)
    for seed in range(12):
        rng = generator(seed, 42)
        layer = Layer(pens.writing_pen(rng), np.zeros((600, 600), np.uint8))
        strike(Writer(rng, sheet, new_hand(rng, "en"), layer, 30.0), slot)
        rows, columns = np.nonzero(layer.coverage)
        assert np.ptp(columns) > 0.7 * (slot.right - slot.left)
        assert rows.min() > slot.top - 22 and rows.max() < slot.bottom + 22
        assert not slot.hint or np.ptp(rows) > 0.9 * (slot.bottom - slot.top), "from corner to corner"
