"""Printed graphs: lines and curves between axes, whose ends and highest points can be read off."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.printing.charts import frame, ticks
from restorekit.synthesis.printing.curves import arc, area, curves, dashes, line_width, put_label, small_type
from restorekit.synthesis.printing.geometry import Readings
from restorekit.synthesis.printing.sheets import Sheet, text_width
from restorekit.synthesis.textures import Rng

STEPS = (0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
"""How far apart the ticks of an axis are in its unit."""
REACH = 0.87
"""How far to the right the lines go, of the axis."""


def line_graph(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """One to three lines or curves between axes, with dashed lines from points of theirs to the axes.

    The first one turns and ends at ticks; where there are none, its end and its highest point are numbered.
    """
    kind, line = small_type(sheet), line_width(sheet, rng)
    em = kind.size
    room = frame(sheet, rng, x, y, width, height, line)
    left, top, right, floor = room.tolist()
    put_label(sheet, left - 0.2 * em, floor + 0.9 * em, "O" if rng.random() < 0.5 else "0", kind, align=1.0)
    ticked, step = rng.random() < 0.5, float(rng.choice(STEPS))
    worth = ticks(sheet, rng, room, line, step) if ticked else step * rng.integers(3, 8) / (floor - top)
    most = max(2, int(worth * (floor - top) / step + 1e-6))  # ticks that the highest point may be at
    nodes = int(rng.integers(3, 8))
    places = left + REACH * (right - left) * np.linspace(0, 1, nodes)
    _number_across(sheet, rng, places, floor, line)
    levels, read = np.zeros(0), np.zeros(0)
    for place in range(int(rng.choice([1, 2, 3], p=[0.95, 0.04, 0.01]))):
        straight = rng.random() < 0.5
        if straight:
            high = _steps(rng, nodes, most)
        else:
            high = _curve(rng, np.linspace(0, 1, 40), most, swing=place > 0)
        points = np.column_stack([np.linspace(places[0], places[-1], len(high)), floor - high * step / worth])
        curves(sheet, [points], 1.2 * line)
        if rng.random() < 0.5:
            for point in points[:: 1 if straight else 8]:
                area(sheet, arc(point[0], point[1], 1.6 * line), sheet.colour)
        if not place:
            levels, read = high, points
        if rng.random() < 0.4:
            a, b = points[-1].tolist()
            put_label(sheet, a + 0.2 * em, b, "abcABC"[place + 3 * int(ticked)], kind, align=0.0)
    said = {at: f"{round(step * float(levels[at]), 2):g}" for at in (len(levels) - 1, int(levels.argmax()))}
    for at, value in said.items():
        if not ticked or rng.random() < 0.4:
            _drop(sheet, read[at], room, line, "" if ticked else value)
    return {"see_end": (said[len(levels) - 1],), "see_largest": (said[int(levels.argmax())],)}


def _number_across(sheet: Sheet, rng: Rng, places: np.ndarray, floor: float, line: float) -> None:
    """Ticks and even numbers along the axis across, as many of these as have room."""
    kind, step = small_type(sheet), float(rng.choice([1, 2, 5, 10, 20]))
    tick, pitch = 0.25 * kind.size, float(places[1] - places[0])
    widest = text_width(f"{step * (len(places) - 1):g}", kind) + 0.5 * kind.size
    every = max(1, int(np.ceil(widest / pitch)))
    for number, x in enumerate(places.tolist()):
        if number:
            curves(sheet, [[(x, floor), (x, floor - tick)]], line)
        if number and number % every == 0:
            put_label(sheet, x, floor + 1.0 * kind.size, f"{step * number:g}", kind)


def _steps(rng: Rng, count: int, most: int) -> np.ndarray:
    """Heights in ticks of points with straight lines between them, as of a journey."""
    rises = rng.choice([-1, 0, 1, 2], count) if most > 3 else rng.choice([-1, 0, 1], count)
    high = np.clip(np.cumsum(rises), 0, most)
    return high if high[-1] else np.round(np.linspace(0, most - 1, count))


def _curve(rng: Rng, across: np.ndarray, most: int, *, swing: bool = False) -> np.ndarray:
    """Heights in ticks at ``across`` in [0, 1]: a power, one that levels off, falls off or may ``swing``.

    All but the last begin and end at ticks.
    """
    kind, bend = int(rng.integers(0, 4 if swing else 3)), rng.uniform(0.5, 2.5)
    end = int(rng.integers(max(1, most - 2), most + 1))
    if kind == 0:
        return end * across**bend
    if kind == 1:
        return end * (1 - np.exp(-3 * bend * across)) / (1 - np.exp(-3 * bend))
    if kind == 2:
        low = int(rng.integers(1, end)) if end > 1 else 0
        return end / (1 + (end / low - 1) * across) if low else end * (1 - across)
    return most * (0.5 + rng.uniform(0.2, 0.4) * np.sin(across * 2 * np.pi * bend))


def _drop(sheet: Sheet, point: np.ndarray, room: np.ndarray, line: float, beside: str) -> None:
    """Dashed lines from a point to both axes, and what is read at the left one."""
    kind = small_type(sheet)
    left, _, _, floor = room.tolist()
    a, b = point.tolist()
    curves(sheet, dashes([(left, b), (a, b), (a, floor)], 0.22 * kind.size), line)
    if beside:
        put_label(sheet, left - 0.25 * kind.size, b + 0.35 * kind.size, beside, kind, align=1.0)
