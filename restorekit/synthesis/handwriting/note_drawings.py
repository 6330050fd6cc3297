"""What is drawn among notes: ovals and boxes with arrows, tables, curves, figures, matrices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.formulas import write_formula
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.texts import notes_on, phrases

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, pixels."""
ALONG = 0.55
"""The share of frames, tables, axes and rows of arrows that are drawn along the paper's rules."""
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


def _label(writer: Writer) -> str:
    """A short name of a thing: a letter with an index, a number or a word."""
    rng, language = writer.rng, writer.sheet.language
    kind = rng.random()
    if kind < 0.35:
        return f"{rng.choice(list('ABCDRxyn'))}_{int(rng.integers(0, 10))}"
    if kind < 0.5:
        return f"{rng.choice(list('ABCDEFG'))}"
    word = notes_on.word(rng, language, writer.sheet.topic)
    return word if len(word) <= (4 if writer.eastern else 9) else str(rng.choice(list("ABCDEFG")))


def _named(writer: Writer, text: str, x: float, y: float, size: float, room: float = float("inf")) -> None:
    """Write a label with its middle about ``(x, y)``, smaller where a box of so much ``room`` is narrow."""
    reach = writer.reach(text.replace("_", ""))
    size = min(size, max(LEAST * size, FILLED * room / max(reach, 1e-6)))
    long = reach * size
    write_formula(writer, text, x - 0.5 * long, y + 0.35 * size, size)


def _node(writer: Writer, box: Box, oval: bool, text: str, size: float) -> None:
    left, top, right, bottom = box
    if oval:
        inset = 0.12 * (bottom - top)
        inner = (left + inset, top + inset, right - inset, bottom - inset)
        marks.circle(writer.canvas, writer.rng, inner, writer.pen_px)
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


def lattice(writer: Writer, box: Box) -> None:
    """Rows of ovals or boxes joined upwards by arrows or lines."""
    rng, (left, top, right, bottom) = writer.rng, box
    rows = max(2, min(int(rng.integers(2, 5)), int((bottom - top) / (3 * writer.size))))
    oval, arrows = rng.random() < 0.6, rng.random() < 0.7
    most = max(1, min(5, int((right - left) / (5 * writer.size))))
    step = (bottom - top) / rows
    size, half = 0.85 * writer.size, min(0.3 * step, 0.9 * writer.size)
    above: list[float] = []
    for row in range(rows):
        count = 1 if row in (0, rows - 1) and rng.random() < 0.7 else int(rng.integers(1, most + 1))
        y, across = top + (row + 0.5) * step, (right - left) / count
        centres = [left + (place + 0.5) * across + rng.normal(0, 0.06) * across for place in range(count)]
        for x in centres:
            text = _label(writer)
            reach = min(0.5 * (len(text) + 1.5) * writer.step * size + 0.4 * size, 0.46 * across)
            _node(writer, (x - reach, y - half, x + reach, y + half), oval, text, size)
            for other in above:
                if len(above) == 1 or abs(other - x) < 1.2 * across or rng.random() < 0.25:
                    ends = (x, y - 1.15 * half, other + 0.15 * (x - other), y - step + 1.25 * half)
                    if arrows:
                        arrow(writer, *ends)
                    else:
                        marks.line(writer.canvas, rng, *ends, writer.pen_px)
        above = centres


def flow(writer: Writer, box: Box) -> None:
    """Things in a row, arrows from each to the next, now and then a word above an arrow."""
    rng, (left, top, right, bottom) = writer.rng, box
    size, y = 0.85 * writer.size, (top + bottom) / 2
    half, gap = min(0.75 * writer.size, 0.4 * (bottom - top)), writer.size * rng.uniform(1.2, 3)
    boxed, oval, x = rng.random() < 0.7, rng.random() < 0.3, left
    y = _onto(writer, x, y)[1] if rng.random() < ALONG else y
    for place in range(int(rng.integers(2, 6))):
        text = _label(writer)
        wide = (len(text.replace("_", "")) * writer.step + 1.0) * size
        start = x + gap if place else x
        if start + wide > right:
            return
        if place:
            arrow(writer, x + 0.15 * size, y, start - 0.15 * size, y + rng.normal(0, 0.1) * size)
            if gap > 2 * writer.size and rng.random() < 0.3:
                _named(writer, _label(writer)[:3], (x + start) / 2, y - 0.6 * size, 0.6 * size)
        x = start + wide
        if boxed:
            _node(writer, (start, y - half, x, y + half), oval, text, size)
        else:
            _named(writer, text, start + 0.5 * wide, y, size)


def table(writer: Writer, box: Box) -> None:
    """A table drawn by a free hand: a head, and numbers or words below."""
    rng, (left, top, right, bottom) = writer.rng, box
    rows = max(2, min(int(rng.integers(2, 7)), int((bottom - top) / (1.5 * writer.size))))
    columns = max(2, min(int(rng.integers(2, 7)), int((right - left) / (3.5 * writer.size))))
    step = min((right - left) / columns, writer.size * rng.uniform(3.5, 7))
    tall = min((bottom - top) / rows, 1.7 * writer.size)
    framed, along = rng.random() < 0.5, rng.random() < ALONG
    bow = 0.003 if along or rng.random() < 0.3 else 0.012  # rules guide the hand, or a ruler does
    if along:
        (left, top), (step, tall) = _onto(writer, left, top), _steps(writer, step, tall)
        rows, columns = min(rows, int((bottom - top) / tall)), min(columns, int((right - left) / step))
    for row in range(0 if framed else 1, rows + framed):
        y = top + row * tall
        if framed or row == 1:
            marks.line(writer.canvas, rng, left, y, left + columns * step, y, writer.pen_px, bow=bow)
    for column in range(0 if framed else 1, columns + framed):
        x = left + column * step
        if framed or column == 1:
            marks.line(writer.canvas, rng, x, top, x, top + rows * tall, writer.pen_px, bow=bow)
    for row in range(rows):
        for column in range(columns):
            head = row == 0 or column == 0
            text = _label(writer) if head and rng.random() < 0.7 else str(int(rng.integers(0, 100)))
            x, y = left + (column + 0.5) * step, top + (row + 0.5) * tall
            _named(
                writer, text[: max(1, int(step / writer.size / writer.step))], x, y, 0.8 * writer.size, step
            )


def curve(writer: Writer, box: Box) -> None:
    """Axes with arrows and names, a curve or two, some ticks."""
    rng, (left, top, right, bottom) = writer.rng, box
    right = min(right, left + 1.6 * (bottom - top))
    canvas, pen, size = writer.canvas, writer.pen_px, writer.size
    across, down = right - left, bottom - top
    foot = bottom - down * (rng.uniform(0.3, 0.5) if rng.random() < 0.3 else 0.06)
    start = left + across * (rng.uniform(0.3, 0.5) if rng.random() < 0.3 else 0.06)
    if rng.random() < ALONG:
        start, foot = _onto(writer, start, foot)
    arrow(writer, left, foot, right, foot)
    arrow(writer, start, bottom, start, top)
    names = ("x", "y") if rng.random() < 0.6 else ("t", str(rng.choice(list("vsQT"))))
    _named(writer, names[0], right, foot + 0.7 * size, 0.8 * size)
    _named(writer, names[1], start - 0.6 * size, top + 0.2 * size, 0.8 * size)
    for _ in range(int(rng.integers(1, 3))):
        along = np.linspace(0.04, 0.92, 14)
        kind, power = int(rng.integers(0, 4)), rng.uniform(0.5, 2.5)
        shapes = (along**power, 0.5 + 0.4 * np.sin(9 * along + power), 1 - along**power)
        height = shapes[kind] if kind < 3 else 4 * (along - 0.5) ** 2
        points = [(left + across * a, bottom - 0.85 * down * b) for a, b in zip(along, height, strict=True)]
        marks.draw_stroke(canvas, rng, points, pen, shake=0.01 * down)
    if rng.random() < 0.6:
        gap = across * rng.uniform(0.1, 0.2)
        for place in range(1, int((right - start) / gap)):
            x = start + place * gap
            marks.line(canvas, rng, x, foot - 0.15 * size, x, foot + 0.15 * size, pen)
            if rng.random() < 0.6:
                _named(writer, str(place), x, foot + 0.7 * size, 0.6 * size)


def figure(writer: Writer, box: Box) -> None:
    """A triangle or a circle of geometry, its points named."""
    rng, (left, top, right, bottom) = writer.rng, box
    pen, size, tall = writer.pen_px, writer.size, bottom - top
    right = min(right, left + 1.5 * tall)
    if rng.random() < 0.35:
        x, y, radius = left + 0.5 * tall, (top + bottom) / 2, 0.36 * tall
        round_: Box = (x - 0.74 * radius, y - 0.77 * radius, x + 0.74 * radius, y + 0.77 * radius)
        marks.circle(writer.canvas, rng, round_, pen)
        turns = rng.uniform(0, 2 * np.pi, 3)
        points = [(x, y), *((x + radius * np.cos(turn), y + radius * np.sin(turn)) for turn in turns)]
        joints, middle = [(0, 1), (0, 2), (2, 3)], np.array([x, y])
        names = "OABC"
    else:
        apex = left + (right - left) * rng.uniform(0.05, 0.95)
        foot = bottom - 0.6 * size
        points = [(left, foot), (right, foot - rng.uniform(0, 0.2) * tall), (apex, top + 0.6 * size)]
        joints, names, middle = [(0, 1), (1, 2), (2, 0)], "ABC", np.mean(points, 0)
        if rng.random() < 0.5:
            points.append((apex, foot))
            joints, names = [*joints, (2, 3)], "ABCH"
    for a, b in joints:
        marks.line(writer.canvas, rng, *points[a], *points[b], pen)
    for name, point in zip(names, points, strict=True):
        out = np.array(point) - middle
        at = np.array(point) + 0.6 * size * out / max(1.0, float(np.hypot(*out)))
        _named(writer, name, float(at[0]), float(at[1]), 0.75 * size)


def matrix(writer: Writer, box: Box) -> None:
    """Numbers in square brackets, once or in an equation."""
    rng, (left, top, right, bottom) = writer.rng, box
    rows, columns = int(rng.integers(2, 4)), int(rng.integers(1, 4))
    size = min(0.85 * writer.size, (bottom - top) / rows / 1.4)
    x, y = left, (top + bottom) / 2
    for place in range(int(rng.integers(1, 4))):
        wide = 1.6 * size * columns + 0.4 * size
        if x + wide > right:
            return
        if place:
            x = write_formula(writer, str(rng.choice(["=", "+", "·", "→"])), x, y + 0.3 * size) + 0.3 * size
        half, lip = 0.68 * rows * size, 0.3 * size
        for edge, inward in ((x, lip), (x + wide, -lip)):
            turns = [(edge + inward, y - half), (edge, y - half), (edge, y + half), (edge + inward, y + half)]
            for start, stop in zip(turns[:-1], turns[1:], strict=True):
                marks.line(writer.canvas, rng, *start, *stop, writer.pen_px)
        for row in range(rows):
            for column in range(columns):
                number = str(int(rng.integers(0, 10))) if rng.random() < 0.8 else f"-{rng.integers(1, 9)}"
                at = (x + size + 1.6 * size * column, y + (row - (rows - 1) / 2) * 1.35 * size)
                _named(replace(writer, size=size), number, *at, size)
        x += wide + 0.4 * size


def tree(writer: Writer, box: Box) -> None:
    """A word and what it falls into, fanned out to its right."""
    rng, (left, top, right, bottom) = writer.rng, box
    size, count = 0.9 * writer.size, int(rng.integers(2, 5))
    count = max(2, min(count, int((bottom - top) / (1.2 * size))))
    y, step = (top + bottom) / 2, (bottom - top) / count
    end = write_formula(writer, _label(writer), left, y + 0.3 * size, size) + 0.4 * size
    fan = end + 3 * size
    for place in range(count):
        at = top + (place + 0.5) * step
        arrow(writer, end, y, fan, at)
        room = int((right - fan - size) / size / writer.step)
        text = notes_on.word(rng, writer.sheet.language, writer.sheet.topic)
        writer.write(phrases.shorten(text, max(1, room)), fan + 0.4 * size, at + 0.3 * size, size)


DRAWINGS: dict[str, tuple[Drawing, float, float]] = {
    "lattice": (lattice, 9.5, 1.0),
    "flow": (flow, 3.0, 1.0),
    "table": (table, 7.0, 1.0),
    "curve": (curve, 7.0, 0.9),
    "figure": (figure, 6.0, 0.8),
    "matrix": (matrix, 3.6, 1.0),
    "tree": (tree, 4.0, 0.7),
}
"""Each drawing, how many ems tall it is, and how often it comes by the others."""
