"""A teacher who goes over a page."""

import numpy as np

from restorekit.synthesis.handwriting import pens
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.marking import mark_work
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator


def mark(seed, sheet, graded, written=None):
    """Have a zealous teacher go over a sheet."""
    rng = generator(seed, 21)
    pen = Layer(pens.marking_pen(rng), np.zeros((sheet.height, sheet.width), np.uint8))
    mark_work(Writer(rng, sheet, new_hand(rng, "en"), pen, 20), graded, written=written)
