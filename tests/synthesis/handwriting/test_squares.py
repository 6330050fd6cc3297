"""Squares of composition paper."""

import cv2
import numpy as np
import pytest

from restorekit.synthesis.handwriting import pens
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.squares import write_in_cell
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


def test_characters_stand_in_the_middle_of_their_squares_stops_at_the_foot_and_quotes_at_the_head():
    sheet, side, off = new_sheet(generator(3, 16), 200, 200, "zh", unit=30), 60, {}
    for seed in range(20):
        hand = new_hand(generator(seed, 23), "zh")
        for sign in "水。，”":
            layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 200), np.uint8))
            slot = Slot("cell", 70 + 6, 70, 70 + side, 70 + 51, sign)
            write_in_cell(Writer(generator(seed, 30), sheet, hand, layer, 40.0), slot)
            x, y, wide, tall = cv2.boundingRect(layer.coverage)
            off.setdefault(sign, []).append((x + wide / 2 - 100, y + tall / 2 - 100))
            assert 20 < max(wide, tall) < side or sign != "水"
            assert sign not in "。，" or 70 < x < x + wide < 130 and y + tall < 130, "inside the square"
    assert np.median(off["水"], 0) == pytest.approx([0, 0], abs=2) and np.abs(off["水"]).max() < 7
    for stop in "。，":
        assert np.median(off[stop], 0)[0] < -8 and np.median(off[stop], 0)[1] > 8
    assert np.median(off["”"], 0)[1] < -12
