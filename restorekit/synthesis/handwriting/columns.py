"""Sums in columns by hand: figures below each other, lines drawn freely, or along the rules of the paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.rooms import RULED
from restorekit.synthesis.handwriting.writer import DARK, FIGURES, Writer
from restorekit.synthesis.printing.paper_sums import FIGURE, PAST
from restorekit.synthesis.printing.sheets import Slot
from restorekit.synthesis.texts.columns import Layout

APART = 0.85
"""How far columns are apart on paper without squares, by the reach of a figure beside them: an em's share."""
CLEAR = 0.86
"""How wide figures are at most by how far columns are apart."""
LEADING = 1.45
"""How far rows are apart there, in ems."""


UNDER, ASTRAY = 1.25, 0.07
"""How tall figures are at most below printed ones, and how far off their columns, in ems of the print."""


def is_under_columns(writer: Writer, slot: Slot) -> bool:
    """Whether a place is below the rule of a printed sum in columns: it is as long, and no box or table."""
    sheet, unit = writer.sheet, writer.sheet.unit
    left, top, right = slot.left - unit // 2, slot.top - unit // 3, slot.right + unit // 2
    if slot.kind != "gap" or not slot.hint.isdecimal() or min(left, top) < 0 or right > sheet.width:
        return False
    dark = np.asarray(sheet.image.crop((left, top, right, slot.top + 2)).convert("L")) < DARK
    beside, within = np.split(dark, [unit // 3, dark.shape[1] - unit // 3], 1)[::2], dark[:, unit:-unit]
    if not within.size or not (within.mean(1) > RULED).any() or any(side.any() for side in beside):
        return False
    return not writer.printed(slot.left, slot.top + 0.4 * unit, slot.right, slot.bottom + 0.2 * unit)


def write_under_columns(writer: Writer, slot: Slot, text: str) -> None:
    """Write what comes out, figure by figure from the right, each about below those of its column."""
    rng, unit = writer.rng, writer.sheet.unit
    size = min(writer.size, UNDER * unit / writer.hand.latin)
    by = _narrow(replace(writer, size=size), FIGURE * unit)
    off, low = rng.normal(0, ASTRAY) * unit, rng.normal(0.15, 0.08) * unit
    for at, one in enumerate(reversed(text)):
        middle = slot.right - PAST * unit - (at + 0.5) * FIGURE * unit + off + rng.normal(0, ASTRAY) * unit
        y = slot.bottom + low + rng.normal(0, 0.05) * unit
        by.write(one, middle - 0.5 * by.reach(one) * size, y, size, over=True)


def steps_of(writer: Writer, square: float = 0.0) -> tuple[float, float]:
    """How far columns and rows of a writer's sums are apart, pixels; ``square`` is the paper's, or 0."""
    em = writer.size * writer.hand.latin
    return (square, square) if square else (APART * em, LEADING * em)


def _narrow(writer: Writer, across: float) -> Writer:
    """The writer with figures no wider than columns are apart, ``across`` pixels: none lies on others."""
    hand = writer.hand._replace(ink=None, climb=0.0)
    share = CLEAR * across / (writer.reach(FIGURES) / len(FIGURES) * writer.size)
    narrower = hand._replace(aspect=min(1.0, share) * hand.aspect, spacing=min(0.0, hand.spacing))
    return replace(writer, hand=narrower, reaches={})


def write_columns(writer: Writer, layout: Layout, x: float, y: float, square: float = 0.0) -> float:
    """Write a sum in columns whose first column begins at ``x`` and whose first row stands on ``y``.

    On squared paper ``square`` is its pitch, and ``(x, y)`` a crossing of its rules. Returns what the last
    row stands on.
    """
    rng, (across, down) = writer.rng, steps_of(writer, square)
    size = writer.size * writer.hand.latin  # how tall a figure is
    by = _narrow(writer, across)
    stray = 0.05 if square else 0.09
    for row, column, one in layout.cells:
        left = x + (column + 0.5 + rng.normal(0, stray)) * across - 0.5 * by.reach(one) * by.size
        by.write(one, left, y + row * down + rng.normal(0, stray) * 0.5 * size, by.size)
    low = 0.0 if square else 0.2 * size
    for row, first, last in layout.rules:
        ends = x + first * across, x + (last + 1) * across
        _rule(by, ends, y + row * down + low, along=bool(square))
    for column, first, last in layout.walls:
        left, top, floor = x + column * across, y + (first - 1) * down + low, y + last * down + low
        if layout.bowed:
            bow = rng.uniform(0.1, 0.35) * size
            path = [(left, top), (left + 0.15 * bow, top + 0.35 * down), (left - bow, floor)]
            marks.draw_stroke(by.canvas, rng, path, by.pen_px)
        else:
            slip = rng.normal(0, 0.05, 2) * size
            marks.line(by.canvas, rng, left + slip[0], top, left + slip[1], floor, by.pen_px)
    return y + (layout.size[1] - 1) * down


def _rule(writer: Writer, ends: tuple[float, float], y: float, *, along: bool) -> None:
    """A level line, by a free hand, or within a pixel or two of a printed rule."""
    rng, size, pen = writer.rng, writer.size, writer.pen_px
    x0, x1 = ends[0] + rng.normal(-0.1, 0.12) * size, ends[1] + rng.normal(0.15, 0.15) * size
    rise = rng.normal(0, 0.004 if along else 0.02) * (x1 - x0)
    y += rng.normal(0, 0.6) if along else rng.normal(0, 0.04) * size
    marks.line(writer.canvas, rng, x0, y, x1, y - rise, pen, bow=0.003 if along else 0.012)


def room_for(writer: Writer, layout: Layout, square: float = 0.0) -> tuple[float, float]:
    """How wide and how tall a sum in columns is, pixels, with some paper round it."""
    (columns, rows), (across, down) = layout.size, steps_of(writer, square)
    return (columns + 1) * across, (rows + 0.6) * down
