"""What is drawn among notes: boxes with arrows, tables, graphs, triangles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.formulas import write_formula
from restorekit.synthesis.handwriting.writer import CLEAREST, Writer

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, pixels."""
ALONG = 0.55
"""The share of frames, tables, axes and rows of arrows that are drawn along the paper's rules."""
AROUND = 1.0
"""How much longer boxes are than what is written in them, in ems."""
FILLED, LEAST = 0.85, 0.55
"""How much of a box its label takes at most, and how much smaller than usual it gets for that."""
Drawing = Callable[[Writer, Box], None]


def arrow(writer: Writer, x0: float, y0: float, x1: float, y1: float) -> None:
    """An arrow from one point to another."""
    rng, size, pen = writer.rng, writer.size, writer.pen_px
    marks.line(writer.canvas, rng, x0, y0, x1, y1, pen)
    turn = float(np.arctan2(y0 - y1, x0 - x1))
    for side in (-1, 1):
        bend, reach = turn + side * rng.uniform(0.35, 0.6), size * rng.uniform(0.3, 0.45)
        end = (x1 + reach * float(np.cos(bend)), y1 + reach * float(np.sin(bend)))
        marks.line(writer.canvas, rng, x1, y1, *end, pen)


def _named(writer: Writer, text: str, x: float, y: float, size: float, room: float = float("inf")) -> None:
    """Write a label with its middle about ``(x, y)``, smaller where a box of so much ``room`` is narrow."""
    reach = writer.reach(text.replace("_", ""))
    size = min(size, max(LEAST * size, FILLED * room / max(reach, 1e-6)))
    long = reach * size
    write_formula(replace(writer, over=True), text, x - 0.5 * long, y + 0.35 * size, size)


def _node(writer: Writer, box: Box, oval: bool, text: str, size: float) -> None:
    left, top, right, bottom = box
    if oval:
        inset = 0.12 * (bottom - top)
        inner = (left + inset, top + inset, right - inset, bottom - inset)
        marks.circle(writer.canvas, writer.rng, inner, writer.pen_px, loose=0)
    else:
        frame(writer, box)
    _named(writer, text, (left + right) / 2, (top + bottom) / 2, size, right - left)


def _onto(writer: Writer, x: float, y: float) -> tuple[float, float]:
    """The nearest crossing of the sheet's rules, as far as it has any."""
    return writer.sheet.ruling.nearest(x, y) if writer.sheet.ruling else (x, y)


def _steps(writer: Writer, across: float, down: float) -> tuple[float, float]:
    """Widths and heights in whole squares or, on lines, heights in whole lines."""
    ruling = writer.sheet.ruling
    if not ruling or ruling.loose:
        return across, down
    side = ruling.square or ruling.pitch
    wide = max(1, round(across / side)) * side if ruling.square else across
    return wide, max(1, round(down / side)) * side


def frame(writer: Writer, box: Box) -> None:
    """A box in four strokes, its corners seldom quite met; on squares often along their rules."""
    left, top, right, bottom = box
    ruling = writer.sheet.ruling
    if ruling and ruling.square and writer.rng.random() < ALONG:
        half = 0.45 * ruling.square  # outwards, to keep clear of what is in it
        (left, top), (right, bottom) = (
            ruling.nearest(left - half, top - half),
            ruling.nearest(right + half, bottom + half),
        )
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    slip = 0.06 * writer.size
    for place, start in enumerate(corners):
        ends = np.array([start, corners[(place + 1) % 4]]) + writer.rng.normal(0, slip, (2, 2))
        (x0, y0), (x1, y1) = ends.tolist()
        marks.line(writer.canvas, writer.rng, x0, y0, x1, y1, writer.pen_px)


def _long(writer: Writer, names: Sequence[str], size: float, gap: float) -> float:
    """How long a row of boxes with names is, pixels."""
    return sum((writer.reach(name) + AROUND) * size + gap for name in names) - gap


def flow(writer: Writer, box: Box, names: Sequence[str]) -> None:
    """Things in a row, arrows from each to the next, as close as it takes to get all in."""
    rng, (left, top, right, bottom) = writer.rng, box
    size, y = 0.85 * writer.size, (top + bottom) / 2
    half, gap = min(0.75 * writer.size, 0.45 * (bottom - top)), writer.size * rng.uniform(1.2, 3)
    size = max(size, CLEAREST) if writer.eastern else size
    boxed, oval, x = rng.random() < 0.6, rng.random() < 0.3, left
    if _long(writer, names, size, gap) > right - left:
        gap = 1.1 * writer.size
    while len(names) > 2 and _long(writer, names, size, gap) > right - left:
        names = names[:-1]  # no room for more
    y = _onto(writer, x, y)[1] if rng.random() < ALONG else y
    widths = [(writer.reach(name) + AROUND) * size for name in names]
    share = min(1.0, (right - left - gap * (len(names) - 1)) / sum(widths))
    for place, (name, wide) in enumerate(zip(names, widths, strict=True)):
        start = x + gap if place else x
        if place:
            arrow(writer, x + 0.15 * size, y, start - 0.15 * size, y + rng.normal(0, 0.1) * size)
        x = start + share * wide
        if boxed:
            _node(writer, (start, y - half, x, y + half), oval, name, size)
        else:
            _named(writer, name, (start + x) / 2, y, size, x - start)


def table(writer: Writer, box: Box, rows: Sequence[Sequence[str]]) -> None:
    """A table drawn by a free hand or along the rules of the paper: a head, and what stands below."""
    rng, (left, top, right, bottom) = writer.rng, box
    columns = max(map(len, rows))
    widest = max(writer.reach(one) for row in rows for one in row)
    step = min((right - left) / columns, writer.size * (0.9 * widest + rng.uniform(1.2, 3)))
    tall = (bottom - top) / len(rows)
    framed, along = rng.random() < 0.5, rng.random() < ALONG
    bow = 0.003 if along or rng.random() < 0.3 else 0.012  # rules guide the hand, or a ruler does
    if along:
        (left, top), (step, tall) = _onto(writer, left, top), _steps(writer, step, tall)
    for row in range(0 if framed else 1, len(rows) + framed):
        y = top + row * tall
        if framed or row == 1:
            marks.line(writer.canvas, rng, left, y, left + columns * step, y, writer.pen_px, bow=bow)
    for column in range(0 if framed else 1, columns + framed):
        x = left + column * step
        if framed or column == 1:
            marks.line(writer.canvas, rng, x, top, x, top + len(rows) * tall, writer.pen_px, bow=bow)
    for down, texts in enumerate(rows):
        for across, text in enumerate(texts):
            x, y = left + (across + 0.5) * step, top + (down + 0.5) * tall
            _named(writer, text.strip(), x, y, 0.8 * writer.size, step)


def graph(writer: Writer, box: Box) -> None:
    """Axes with arrows and names, a straight line that rises, some ticks."""
    rng, (left, top, right, bottom) = writer.rng, box
    right = min(right, left + 1.6 * (bottom - top))
    canvas, pen, size = writer.canvas, writer.pen_px, writer.size
    across, down = right - left, bottom - top
    foot, start = bottom - down * rng.uniform(0.25, 0.4), left + across * rng.uniform(0.25, 0.45)
    if rng.random() < ALONG:
        start, foot = _onto(writer, start, foot)
    arrow(writer, left, foot, right, foot)
    arrow(writer, start, bottom, start, top)
    _named(writer, "x", right, foot + 0.7 * size, 0.8 * size)
    _named(writer, "y", start - 0.6 * size, top + 0.2 * size, 0.8 * size)
    x0, x1 = left + across * rng.uniform(0.05, 0.15), left + across * rng.uniform(0.75, 0.9)
    y0, y1 = bottom - down * rng.uniform(0.0, 0.1), top + down * rng.uniform(0.05, 0.25)
    marks.line(canvas, rng, x0, y0, x1, y1, pen, bow=0.003)
    _named(writer, "O", start - 0.6 * size, foot + 0.7 * size, 0.6 * size)
    if rng.random() < 0.6:
        gap = across * rng.uniform(0.1, 0.2)
        for place in range(1, int((right - start) / gap)):
            x = start + place * gap
            marks.line(canvas, rng, x, foot - 0.15 * size, x, foot + 0.15 * size, pen)
            if rng.random() < 0.6:
                _named(writer, str(place), x, foot + 0.7 * size, 0.6 * size)


def isosceles(writer: Writer, box: Box) -> None:
    """A triangle ABC with two sides alike, and the foot D below A."""
    (left, top, right, bottom), size = box, writer.size
    wide = min(right - left, (bottom - top) * writer.rng.uniform(0.8, 1.3))
    foot, middle = bottom - 0.6 * size, left + wide / 2
    points = [(middle, top + 0.6 * size), (left, foot), (left + wide, foot), (middle, foot)]
    _joined(writer, points, [(0, 1), (1, 2), (2, 0), (0, 3)], "ABCD")


def right(writer: Writer, box: Box) -> None:
    """A triangle with a right angle, its sides named a, b and c."""
    (left, top, right_, bottom), size = box, writer.size
    wide = min(right_ - left, (bottom - top) * writer.rng.uniform(1.0, 1.6))
    head, foot, corner = top + 0.4 * size, bottom - 0.8 * size, 0.5 * size
    points = [(left, foot), (left, head), (left + wide, foot)]
    _joined(writer, points, [(0, 1), (0, 2), (1, 2)], "")
    square = [(left, foot - corner), (left + corner, foot - corner), (left + corner, foot)]
    _joined(writer, square, [(0, 1), (1, 2)], "")
    middle = (head + foot) / 2
    named = {"a": (left - 0.6 * size, middle), "b": (left + wide / 2, foot + 0.6 * size)}
    for name, (x, y) in {**named, "c": (left + wide / 2 + 0.6 * size, middle - 0.4 * size)}.items():
        _named(writer, name, x, y, 0.75 * size)


def _joined(
    writer: Writer, points: list[tuple[float, float]], joints: list[tuple[int, int]], names: str
) -> None:
    middle = np.mean(points[:3], 0)
    for a, b in joints:
        marks.line(writer.canvas, writer.rng, *points[a], *points[b], writer.pen_px)
    for name, point in zip(names, points, strict=False):
        out = np.array(point) - middle
        at = np.array(point) + 0.6 * writer.size * out / max(1.0, float(np.hypot(*out)))
        _named(writer, name, float(at[0]), float(at[1]), 0.75 * writer.size)


DRAWINGS: dict[str, tuple[Drawing, float]] = {
    "graph": (graph, 7.0),
    "isosceles": (isosceles, 6.0),
    "right": (right, 5.5),
}
"""Each drawing, and how many ems tall it is."""
