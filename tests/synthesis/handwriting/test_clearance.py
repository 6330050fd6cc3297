"""Ink keeps clear of ink."""

from dataclasses import replace

import numpy as np

from restorekit.synthesis.handwriting.clearance import Part, drawn_apart, lay_clear
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.pens import writing_pen
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import new_sheet

BLOCK = Part(np.full((20, 10), 255, np.uint8), 50, 40, 62.0)


def somebody() -> Writer:
    rng = generator(1, 20)
    pen = writing_pen(rng)._replace(width=0.1)
    layer = Layer(pen, np.zeros((100, 200), np.uint8))
    return Writer(rng, new_sheet(rng, 100, 200, "en"), new_hand(rng, "en"), layer, 30.0)


def test_on_bare_paper_a_part_stays_where_it_was_drawn():
    by = somebody()
    assert lay_clear(by, BLOCK) == 62.0
    assert (by.canvas[40:60, 50:60] == 255).all() and np.count_nonzero(by.canvas) == 200


def test_a_part_is_set_farther_on_until_it_is_clear_of_ink():
    by = somebody()
    by.canvas[:, 45:55] = 255
    end = lay_clear(by, BLOCK)
    gap = np.flatnonzero(~by.canvas[50, 45:].astype(bool))[0]
    columns = np.flatnonzero(by.canvas[50])
    assert gap == 10 and end is not None and end - 62.0 == columns.max() - 59
    assert 1 + round(by.pen_px) <= columns.max() - 9 - 54 <= 3 + round(by.pen_px)


def test_on_top_of_ink_nothing_is_laid():
    by = somebody()
    by.canvas[:, 40:150] = 255
    before = by.canvas.copy()
    assert lay_clear(by, BLOCK) is None
    assert (by.canvas == before).all()


def test_what_is_drawn_apart_is_not_on_the_page_and_cut_to_its_ink():
    by = somebody()

    def draw(other: Writer) -> float:
        other.canvas[30:33, 60:80] = 200
        return 82.5

    part = drawn_apart(by, draw, 58, 40)
    assert not by.canvas.any()
    assert (part.left, part.top, part.right, part.bottom, part.end) == (60, 30, 80, 33, 82.5)
    assert (part.ink == 200).all()
    nothing = drawn_apart(replace(by), lambda _: 70.0, 58, 40)
    assert nothing.ink.shape == (0, 12) and lay_clear(by, nothing) == 70.0
