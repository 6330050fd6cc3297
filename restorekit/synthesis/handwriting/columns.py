"""Sums in columns by hand: figures below each other, lines drawn freely, or along the rules of the paper."""

from __future__ import annotations

from dataclasses import replace

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.texts.columns import Layout

APART = 0.85
"""How far columns are apart on paper without squares, by the reach of a figure beside them: an em's share."""
LEADING = 1.45
"""How far rows are apart there, in ems."""


def steps_of(writer: Writer, square: float = 0.0) -> tuple[float, float]:
    """How far columns and rows of a writer's sums are apart, pixels; ``square`` is the paper's, or 0."""
    em = writer.size * writer.hand.latin
    return (square, square) if square else (APART * em, LEADING * em)


def write_columns(writer: Writer, layout: Layout, x: float, y: float, square: float = 0.0) -> float:
    """Write a sum in columns whose first column begins at ``x`` and whose first row stands on ``y``.

    On squared paper ``square`` is its pitch, and ``(x, y)`` a crossing of its rules. Returns what the last
    row stands on.
    """
    rng, (across, down) = writer.rng, steps_of(writer, square)
    size = writer.size * writer.hand.latin  # how tall a figure is
    by = replace(writer, hand=writer.hand._replace(ink=None, climb=0.0))
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
