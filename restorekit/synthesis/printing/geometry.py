"""Printed figures of geometry: polygons, triangles, circles and solids with their letters."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.printing.curves import arc, curves, dashes, small_type
from restorekit.synthesis.printing.sheets import Sheet, put_text
from restorekit.synthesis.textures import Rng

EDGE = 0.055
"""Edges of figures are as thick as other rules, 0.6 pt, in ems of a body type of 10.5 pt."""


def point_label(sheet: Sheet, x: float, y: float, text: str) -> None:
    """Letters at a point of a figure."""
    put_text(sheet, x, y, text, small_type(sheet), slot=False)


def ring(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """A circle about ``(x, y)``."""
    curves(sheet, [arc(x, y, radius)], EDGE * sheet.unit)


def edge(sheet: Sheet, x0: float, y0: float, x1: float, y1: float, *, dashed: bool = False) -> None:
    """A line of a figure, whole or dashed, smooth where it slants."""
    path = [(x0, y0), (x1, y1)]
    curves(sheet, dashes(path, 0.3 * sheet.unit) if dashed else [path], EDGE * sheet.unit)


def polygon(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    """Three to five corners, now and then a diagonal and a circle."""
    corners = int(rng.integers(3, 6))
    angles = np.sort(rng.uniform(0, 2 * np.pi, corners) * 0.25 + np.arange(corners) * 2 * np.pi / corners)
    points = [(x + width * (0.5 + 0.45 * np.cos(a)), y + height * (0.5 + 0.45 * np.sin(a))) for a in angles]
    for place, start in enumerate(points):
        stop = points[(place + 1) % corners]
        edge(sheet, *start, *stop, dashed=rng.random() < 0.15)
        em, out = small_type(sheet).size, np.array(start) - (x + width / 2, y + height / 2)
        at = start + 0.5 * em * out / max(1.0, float(np.hypot(*out))) + (-0.3 * em, 0.35 * em)
        point_label(sheet, float(at[0]), float(at[1]), "ABCDEF"[place])
    if rng.random() < 0.6:
        edge(sheet, *points[0], *points[corners // 2 + 1 - corners % 2], dashed=rng.random() < 0.5)
    if rng.random() < 0.1:
        ring(sheet, x + width / 2, y + height / 2, 0.42 * min(width, height))


def triangle(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    """A triangle with its height, its right angle, an arc and a length."""
    em = small_type(sheet).size
    floor, top = y + height * 0.85, y + height * 0.1
    left, right, foot = x + width * 0.08, x + width * 0.9, x + width * rng.uniform(0.1, 0.9)
    high = rng.random() < 0.6
    apex = foot if high else left
    curves(sheet, [[(left, floor), (right, floor), (apex, top), (left, floor)]], EDGE * sheet.unit)
    for a, b, name in ((left - em, floor, "B"), (right, floor, "C"), (apex, top, "A")):
        point_label(sheet, a, b, name)
    if high:
        edge(sheet, foot, top, foot, floor, dashed=rng.random() < 0.5)
        point_label(sheet, foot, floor + em, "D")
    side = 0.5 * em
    sheet.draw.rectangle([apex, floor - side, apex + side, floor], outline=sheet.colour, width=sheet.rule_px)
    curves(sheet, [arc(right, floor, 2 * side, np.pi, 1.2 * np.pi)], EDGE * sheet.unit)
    if rng.random() < 0.5:
        point_label(sheet, (left + right) / 2, floor + em, f"{int(rng.integers(2, 30))} cm")


def circle(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    """A circle with its centre, chords and radii."""
    em, radius = small_type(sheet).size, 0.42 * min(width, height)
    across, down = x + width / 2, y + height / 2
    ring(sheet, across, down, radius)
    if rng.random() < 0.3:
        ring(sheet, across, down, radius * rng.uniform(0.3, 0.8))
    ring(sheet, across, down, sheet.rule_px)
    point_label(sheet, across + 3, down + 3, "O")
    turns = rng.uniform(0, 2 * np.pi, int(rng.integers(2, 5)))
    rim = [(across + radius * np.cos(turn), down + radius * np.sin(turn)) for turn in turns]
    for place, (a, b) in enumerate(rim):
        from_x, from_y = (across, down) if rng.random() < 0.4 else rim[place - 1]
        edge(sheet, from_x, from_y, a, b, dashed=rng.random() < 0.15)
        out = 0.25 * em / radius
        point_label(sheet, a + out * (a - across), b + out * (b - down), "ABCDE"[place])


def solid(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    """A box, a cylinder or a cone, its hidden edges dashed."""
    shape, line = rng.random(), sheet.rule_px
    lift, wide = height * 0.22, width * rng.uniform(0.4, 0.7)
    left, top, floor = x + width * 0.05, y + lift, y + height * 0.95
    if shape < 0.5:
        shift = wide * 0.35
        sheet.draw.rectangle([left, top, left + wide, floor], outline=sheet.colour, width=line)
        for a, b in ((left, top), (left + wide, top), (left + wide, floor)):
            edge(sheet, a, b, a + shift, b - lift)
        edge(sheet, left + shift, top - lift, left + wide + shift, top - lift)
        edge(sheet, left + wide + shift, top - lift, left + wide + shift, floor - lift)
        for a, b in ((left, floor), (left + shift, top - lift), (left + wide + shift, floor - lift)):
            edge(sheet, left + shift, floor - lift, a, b, dashed=True)
        return
    base = [left, floor - lift, left + wide, floor]
    sheet.draw.ellipse(base, outline=sheet.colour, width=line)
    if shape < 0.75:
        sheet.draw.ellipse([left, top - lift, left + wide, top], outline=sheet.colour, width=line)
        for a in (left, left + wide):
            edge(sheet, a, top - lift / 2, a, floor - lift / 2)
    else:
        for a in (left, left + wide):
            edge(sheet, a, floor - lift / 2, left + wide / 2, y)
        edge(sheet, left + wide / 2, y, left + wide / 2, floor - lift / 2, dashed=True)
