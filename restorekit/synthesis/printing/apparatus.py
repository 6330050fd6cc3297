"""Printed apparatus: vessels with liquid, glass tubes and leader lines to labels; circuits of thin lines."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.printing.curves import (
    arc,
    area,
    curves,
    hatching,
    line_width,
    put_label,
    small_type,
)
from restorekit.synthesis.printing.geometry import Readings
from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.textures import Rng

WHITE = (255, 255, 255)
POWDER = 0.3
"""The share of the filled vessels with a solid in them; the others hold a liquid."""
MARKED = "XYZ"
"""What vessels are called by in a figure, as options are called by A, B and C."""


def _mirrored(*left: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    """An outline of which the left side is given, down to its foot."""
    return (*left, *((1 - x, y) for x, y in reversed(left)))


VESSELS = (
    (  # a bottle
        *((0.32, 0), (0.32, 0.16), (0.1, 0.26), (0.02, 0.36), (0.02, 0.95), (0.08, 1)),
        *((0.92, 1), (0.98, 0.95), (0.98, 0.36), (0.9, 0.26), (0.68, 0.16), (0.68, 0)),
    ),
    (  # a beaker
        *((-0.06, 0), (0, 0.06), (0, 0.95), (0.05, 1)),
        *((0.95, 1), (1, 0.95), (1, 0.06), (1.06, 0)),
    ),
    (  # a conical flask
        *((0.36, 0), (0.38, 0.03), (0.38, 0.3), (0, 0.92), (0.08, 1)),
        *((0.92, 1), (1, 0.92), (0.62, 0.3), (0.62, 0.03), (0.64, 0)),
    ),
    _mirrored(  # a round flask
        (0.38, 0),
        *((0.5 - 0.48 * np.sin(t), 0.66 - 0.34 * np.cos(t)) for t in np.linspace(0.2527, np.pi, 10)),
    ),
    _mirrored(  # a tube to try things in
        *((0.28, 0), (0.33, 0.02)),
        *((0.5 - 0.17 * np.cos(t), 0.88 + 0.12 * np.sin(t)) for t in np.linspace(0, 0.5 * np.pi, 6)),
    ),
)
"""Outlines in the unit square, from the left of the mouth down and up to its right."""


def apparatus(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """One to three vessels on a table, glass tubes from one to the next, each marked by a letter.

    Which of ``VESSELS`` they are is read from it.
    """
    line, em = line_width(sheet, rng), small_type(sheet).size
    count = int(np.clip((width - 2 * em) / (3.5 * em), 1, rng.integers(1, 4)))
    step = width / count
    wide, tall = min(0.55 * step, 0.5 * height), 0.62 * height
    floor, top = y + height - 0.1 * em, y + height - tall
    mouths, marks, kinds = [], [], rng.permutation(len(VESSELS))[:count].tolist()
    for place in range(count):
        left = x + step * (place + 0.5) - 0.5 * wide
        shape = np.array(VESSELS[kinds[place]], np.float64)
        outline = shape * (wide, floor - top) + (left, top)
        curves(sheet, [outline], line)
        if rng.random() < 0.8:
            (_powder if rng.random() < POWDER else _liquid)(sheet, rng, outline, line)
        neck = shape[-1, 0] - shape[0, 0]
        if neck < 0.6 and rng.random() < 0.7:
            ends = left + wide * np.array([0.5 - 0.47 * neck, 0.5 + 0.47 * neck])
            stopper = [(ends[0], top - 0.25 * em), (ends[1], top - 0.25 * em)]
            area(sheet, [*stopper, (ends[1], top + 0.3 * em), (ends[0], top + 0.3 * em)], sheet.colour)
        mouths.append((left + 0.5 * wide, top))
        edge = _across(outline, top + 0.6 * tall)
        marks.append((edge[int(2 * place >= count)], top + 0.6 * tall))
    for one, two in zip(mouths[:-1], mouths[1:], strict=True):
        reach = top - rng.uniform(0.08, 0.2) * height
        _glass(sheet, np.array([(one[0], top + 0.2 * tall), (one[0], reach), (two[0], reach)]), line)
        _glass(sheet, np.array([(two[0], reach), (two[0], top + rng.uniform(0.3, 0.85) * tall)]), line)
    if rng.random() < 0.5:
        curves(sheet, [[(x, floor), (x + width, floor)]], line)
    for place, point in enumerate(marks):
        _point_out(sheet, rng, point, MARKED[place], x + step * (place + 0.5), line)
    return {"vessels": tuple(map(str, kinds))}


def _liquid(sheet: Sheet, rng: Rng, outline: np.ndarray, line: float) -> tuple[float, float]:
    """The level of a liquid and short dashes below it; returns a point in it."""
    top, floor = outline[:, 1].min(), outline[:, 1].max()
    level = top + (floor - top) * rng.uniform(0.4, 0.75)
    dash, pitch = 0.3 * sheet.unit, 0.28 * sheet.unit
    paths = []
    for row, at in enumerate(np.arange(level, floor - 0.3 * pitch, pitch)):
        left, right = _across(outline, at)
        starts = np.arange(left + (0.2 + 0.8 * (row % 2)) * dash, right - dash, 2 * dash)
        paths += [[(start, at), (start + dash, at)] for start in starts]
    left, right = _across(outline, level)
    curves(sheet, [[(left, level), (right, level)], *paths], line)
    return 0.5 * (left + right) + 0.2 * (right - left), 0.5 * (level + floor)


def _powder(sheet: Sheet, rng: Rng, outline: np.ndarray, line: float) -> tuple[float, float]:
    """A solid at the bottom: dots, strokes aslant or a tone; returns a point in it."""
    top, floor = outline[:, 1].min(), outline[:, 1].max()
    level = floor - (floor - top) * rng.uniform(0.1, 0.3)
    heights = np.linspace(level, floor - line, 8)
    sides = np.array([_across(outline, at) for at in heights])
    middle = 0.5 * (sides[0, 0] + sides[0, 1])
    heap = [(middle, level - 0.15 * (sides[0, 1] - sides[0, 0]) * rng.random())]
    corners = np.array(
        [*heap, *zip(sides[:, 1], heights, strict=True)] + [*zip(sides[:, 0], heights, strict=True)][::-1]
    )
    kind = rng.random()
    if kind < 0.35:
        area(sheet, corners, (int(rng.integers(20, 190)),) * 3)
    elif kind < 0.6:
        hatching(sheet, corners, sheet.unit * rng.uniform(0.14, 0.25), line, falling=bool(rng.random() < 0.5))
    else:
        for at in np.arange(level + 2 * line, floor - 0.08 * sheet.unit - line, 0.2 * sheet.unit):
            left, right = _across(outline, at)
            for a in np.arange(left + 2 * line, right - 2 * line, 0.24 * sheet.unit):
                slip = rng.normal(0, 0.04, 2) * sheet.unit
                area(sheet, arc(a + slip[0], at + slip[1], max(0.8, 0.04 * sheet.unit)), sheet.colour)
    curves(sheet, [corners[[-1, 0, 1]]], line)
    return middle, float(0.5 * (level + floor))


def _across(outline: np.ndarray, level: float) -> tuple[float, float]:
    """From where to where an outline reaches at ``level``."""
    half = len(outline) // 2
    left = np.interp(level, outline[:half, 1], outline[:half, 0])
    right = np.interp(level, outline[: half - 1 : -1, 1], outline[: half - 1 : -1, 0])
    return float(left), float(right)


def _glass(sheet: Sheet, path: np.ndarray, line: float) -> None:
    """A bent tube: two lines beside each other."""
    bore = max(3 * line, 0.2 * sheet.unit)
    curves(sheet, [path], bore + 2 * line)
    curves(sheet, [path], bore, WHITE)


def _point_out(
    sheet: Sheet, rng: Rng, point: tuple[float, float], mark: str, middle: float, line: float
) -> None:
    """A leader line from a point of a vessel's side, away from its middle, to the letter it is called by."""
    kind = small_type(sheet)
    em = kind.size
    side = 1 if point[0] > middle else -1
    end = point[0] + side * rng.uniform(0.5, 0.9) * em, point[1] - rng.uniform(-0.3, 0.8) * em
    curves(sheet, [[point, end]], 0.8 * line)
    put_label(sheet, end[0] + side * 0.15 * em, end[1] + 0.35 * em, mark, kind, align=0.5 - 0.5 * side)


def circuit(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """A battery, a closed switch, an ammeter, and a resistor that a voltmeter may lie across; the current."""
    line, kind = line_width(sheet, rng), small_type(sheet)
    em = kind.size
    left, right, top, floor = x + em, x + width - em, y + 1.4 * em, y + height - 2.2 * em
    loop = [(left, floor), (left, top), (right, top), (right, floor), (left, floor)]
    wires, branch = [loop], rng.random() < 0.4 and floor - top > 4 * em
    middle = 0.5 * (top + floor)
    if branch:
        wires.append([(left, middle), (right, middle)])
        for end in (left, right):
            area(sheet, arc(end, middle, 2 * line), sheet.colour)
    curves(sheet, wires, line)
    room = int(np.clip((right - left) / (3.2 * em), 1, 3))
    below = [("cell", ""), ("switch", "S")] + [("meter", "A")] * (room > 2)
    above = [("resistor", "R")] + [("meter", "A")] * (room == 2)
    rows = [(floor, below), (top, above)] + [(middle, [("meter", "V")])] * branch
    for level, parts in rows:
        for place, at in enumerate(rng.permutation(len(parts)).tolist()):
            part, name = parts[at]
            _part(sheet, part, name, left + (right - left) * (place + 0.5) / len(parts), level, line)
    current = int(rng.choice([1, 2, 3, 4, 6]))
    put_label(sheet, 0.5 * (left + right), y + height, f"I={current} A", kind)
    return {"see_resistance": (f"12÷{current}", f"={12 // current}")}


SIZES = {"resistor": (0.8, 0.3), "switch": (0.8, 0.3), "cell": (0.2, 0.6), "meter": (0.6, 0.6)}
"""Half the width and half the height of parts of circuits, in ems of their labels."""


def _part(sheet: Sheet, part: str, name: str, x: float, y: float, line: float) -> None:
    """One of ``SIZES`` with its name, in the wire that it stands in the way of."""
    kind = small_type(sheet)
    em = kind.size
    half, tall = SIZES[part]
    a, b, c, d = x - half * em, y - tall * em, x + half * em, y + tall * em
    box = [(a, b), (c, b), (c, d), (a, d), (a, b)]
    area(sheet, arc(x, y, 0.6 * em) if part == "meter" else box, WHITE)
    if part == "resistor":
        curves(sheet, [box], line)
    elif part == "switch":  # closed: its lever lies on the other contact
        curves(sheet, [[(a, y), (c, y - 0.08 * em)]], line)
        for end in (a, c):
            area(sheet, arc(end, y, 2 * line), sheet.colour)
    elif part == "cell":
        curves(sheet, [[(a, b), (a, d)], [(c, y - 0.3 * em), (c, y + 0.3 * em)]], line)
    else:
        curves(sheet, [arc(x, y, 0.6 * em)], line)
        put_label(sheet, x, y + 0.35 * em, name, kind)
        return
    if name:
        put_label(sheet, x, y - 0.75 * em, name, kind)
