"""Printed figures of geometry: polygons, triangles, circles and solids with their letters and lengths."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.printing.angle_marks import WAYS, mark_angle, mark_corners, mark_side
from restorekit.synthesis.printing.curves import arc, curves, dashes, small_type
from restorekit.synthesis.printing.labels import around, put_clear
from restorekit.synthesis.printing.sheets import Sheet, put_text, text_width
from restorekit.synthesis.texts.units import unit_in
from restorekit.synthesis.textures import Rng

Readings = dict[str, tuple[str, ...]]
"""How what can be asked about a figure is worked out, line by line, by the grammar's symbol for it."""
FANNED, MARKED = 0.3, 0.5
"""The shares of the polygons with lines from one corner, and of the others with marks at angles or sides."""
MARKABLE = 4.5
"""How tall a triangle with its height is at least where angles are marked besides, in ems."""
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


def _corners(rng: Rng, count: int, x: float, y: float, width: float, height: float) -> np.ndarray:
    """The corners of a polygon that fills a box, ``(count, 2)``."""
    angles = (np.arange(count) + rng.uniform(0, 0.6, count)) * 2 * np.pi / count  # no two are close together
    around = np.column_stack([np.cos(angles), np.sin(angles)])
    return np.asarray((x, y) + (0.5 + 0.45 * around) * (width, height))


def _beyond(sheet: Sheet, point: np.ndarray, middle: np.ndarray, text: str) -> None:
    """A letter at a corner, clear of the figure around ``middle``."""
    kind = small_type(sheet)
    put_clear(sheet, around(point, point - middle, (0.8 * kind.size, 1.1 * kind.size)), text, kind)


def polygon_alone(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> int:
    """A polygon without letters; returns how many corners it has, three to six."""
    count = int(rng.integers(3, 7))
    points = _corners(rng, count, x, y, width, height).tolist()
    curves(sheet, [[*points, points[0]]], EDGE * sheet.unit)
    return count


def polygon(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """Three to five corners, now and then a fan of lines from one of them, a diagonal, marks or a circle."""
    count = int(rng.integers(3, 6))
    points = _corners(rng, count, x, y, width, height)
    for place, start in enumerate(points):
        edge(sheet, *start, *points[(place + 1) % count], dashed=rng.random() < 0.15)
    kind = rng.random()
    if kind < FANNED:
        _fan(sheet, rng, points)
    elif kind < 0.75:
        edge(sheet, *points[0], *points[count // 2 + 1 - count % 2], dashed=rng.random() < 0.5)
    if kind > FANNED and rng.random() < MARKED:
        mark_corners(sheet, rng, points)
    if rng.random() < 0.1:
        ring(sheet, x + width / 2, y + height / 2, 0.42 * min(width, height))
    for name, point in zip("ABCDEF", points, strict=False):
        _beyond(sheet, point, np.array([x + width / 2, y + height / 2]), name)
    return {"see_corners": (str(count),)}


def _fan(sheet: Sheet, rng: Rng, points: np.ndarray) -> None:
    """Lines from the first corner to points of the sides opposite, and mostly a mark in each angle."""
    far = points[1:]
    along = np.sort(rng.uniform(0.15, len(far) - 1.15, int(rng.integers(1, 4))))
    places = np.floor(along).astype(int)
    feet = far[places] + (along - places)[:, None] * (far[places + 1] - far[places])
    for foot in feet:
        edge(sheet, *points[0], *foot)
    if rng.random() < 0.7:
        way = WAYS[int(rng.choice(len(WAYS), p=(0.5, 0.15, 0.05, 0.3)))]
        rays = [points[1], *feet, points[-1]]
        for number, (one, other) in enumerate(zip(rays[:-1], rays[1:], strict=True), 1):
            mark_angle(sheet, points[0], one, other, way, str(number))


def triangle(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """A triangle with its height, and the lengths of that and of its base."""
    em = small_type(sheet).size
    left, right, apex, top, floor = _sides(sheet, rng, x, y, width, height, rng.uniform(0.15, 0.85))
    _base_labels(sheet, left, right, floor, "BC")
    base = 2 * int(rng.integers(3, 15))
    tall = max(2, round(base * (floor - top) / (right - left)))
    point_label(sheet, (left + right) / 2 - em, floor + 1.9 * em, f"{base} {unit_in(sheet.language, 'cm')}")
    edge(sheet, apex, top, apex, floor, dashed=rng.random() < 0.5)
    if floor - top > MARKABLE * em and rng.random() < MARKED:
        mark_corners(sheet, rng, np.array([(apex, top), (right, floor), (left, floor)]))
    point_label(sheet, apex - 0.3 * em, floor + em, "D")
    kind, said = small_type(sheet), f"{tall}"
    aside = 0.5 * text_width(said, kind) + 0.35 * em
    levels = top + (floor - top) * np.array([0.5, 0.6, 0.68, 0.4])
    places = [np.array([apex + side * aside, level]) for level in levels for side in (1, -1)]
    put_clear(sheet, places, said, kind)
    return {"see_area": (f"{base}×{tall}÷2", f"={base * tall}÷2", f"={base * tall // 2}")}


def right_triangle(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """A right-angled triangle with the size of another of its angles."""
    em = small_type(sheet).size
    left, right, _, top, floor = _sides(sheet, rng, x, y, width, height, 0.0)
    _base_labels(sheet, left, right, floor, "CB")
    angle = round(float(np.degrees(np.arctan2(right - left, floor - top))))
    curves(sheet, [arc(left, top, 1.4 * em, 0.5 * np.pi - np.radians(angle), 0.5 * np.pi)], EDGE * sheet.unit)
    half, apex = 0.5 * np.pi - 0.5 * np.radians(angle), np.array([left, top])
    within = [apex + reach * em * np.array([np.cos(half), np.sin(half)]) for reach in (2.2, 2.5, 2.9, 3.4)]
    within = [place for place in within if place[1] < floor - 0.4 * em]
    put_clear(sheet, [*within, apex + (-1.1 * em, 1.2 * em)], f"{angle}°", small_type(sheet))
    return {"see_angle": (f"180-90-{angle}", f"={90 - angle}")}


def isosceles(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """A triangle with a stroke across two equal sides and the size of the angle between them.

    Now and then it is halved from there, with a dot in both halves.
    """
    em = small_type(sheet).size
    angle = 2 * int(rng.integers(15, 55))
    floor, top = y + height - 1.2 * em, y + 1.1 * em
    slope = np.tan(np.radians(angle / 2))
    half = min(slope * (floor - top), 0.5 * width - 1.2 * em)
    top = floor - half / slope
    across = x + width / 2
    apex, left, right = (
        np.array(at) for at in ((across, top), (across - half, floor), (across + half, floor))
    )
    curves(sheet, [np.stack([left, right, apex, left])], EDGE * sheet.unit)
    for one in (left, right):
        mark_side(sheet, apex, one, 1)
    point_label(sheet, across - 0.3 * em, top - 0.25 * em, "A")
    _base_labels(sheet, left[0], right[0], floor, "BC")
    if rng.random() < 0.5:
        foot = np.array((across, floor))
        edge(sheet, *apex, *foot)
        point_label(sheet, across - 0.3 * em, floor + em, "D")
        for one in (left, right):
            mark_angle(sheet, apex, one, foot, "dot")
        beside = [apex + (1.7 * em, (down - 0.25) * em) for down in (0, -0.2, -0.4)]
        put_clear(sheet, beside, f"{angle}°", small_type(sheet))
    else:
        mark_angle(sheet, apex, left, right, "arc")
        shares = (0.5, 0.58, 0.66, 0.74, 0.82, 0.9)
        below = [np.array([across, top + share * (floor - top)]) for share in shares]
        put_clear(sheet, below, f"{angle}°", small_type(sheet))
    return {"see_angle": (f"(180-{angle})÷2", f"={90 - angle // 2}")}


def _base_labels(sheet: Sheet, left: float, right: float, floor: float, names: str) -> None:
    """Two letters at the ends of a base."""
    em = small_type(sheet).size
    for at, name in zip((left - 0.9 * em, right + 0.3 * em), names, strict=True):
        point_label(sheet, at, floor + 0.3 * em, name)


def _sides(
    sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float, share: float
) -> tuple[float, float, float, float, float]:
    """Draw a triangle whose top A is over ``share`` of its base, the right angle below that marked.

    Returns:
        where it is at the left, at the right, across its top, up and down.
    """
    em, side = small_type(sheet).size, 0.5 * small_type(sheet).size
    floor, top, left, right = y + height - 2.4 * em, y + 1.1 * em, x + 1.2 * em, x + width - 1.6 * em
    apex = left + (right - left) * share
    curves(sheet, [[(left, floor), (right, floor), (apex, top), (left, floor)]], EDGE * sheet.unit)
    point_label(sheet, apex - 0.3 * em, top - 0.25 * em, "A")
    sheet.draw.rectangle([apex, floor - side, apex + side, floor], outline=sheet.colour, width=sheet.rule_px)
    return left, right, apex, top, floor


def circle(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """A circle with its centre, chords and radii, the length of one of them beside it."""
    em = small_type(sheet).size
    tall = height - 1.2 * em
    radius, middle = 0.5 * min(width, tall) - 1.1 * em, np.array([x + width / 2, y + tall / 2])
    across, down = middle.tolist()
    ring(sheet, across, down, radius)
    ring(sheet, across, down, sheet.rule_px)
    count = int(rng.integers(1, 4))
    turns = np.pi * (rng.uniform(0.8, 1.2) + 2 * (np.arange(count) + rng.uniform(0.1, 0.6, count)) / count)
    rim = middle + radius * np.column_stack([np.cos(turns), np.sin(turns)])
    for place, point in enumerate(rim):
        start = middle if place == 0 or rng.random() < 0.3 else rim[place - 1]
        edge(sheet, *start, *point, dashed=bool(place) and rng.random() < 0.15)
    for name, point in zip("ABCDE", rim, strict=False):
        _beyond(sheet, point, middle, name)
    put_clear(sheet, around(middle, np.array([0.5, 0.8]), (0.75 * em, em)), "O", small_type(sheet))
    length = int(rng.integers(2, 13))
    area, text = f"{3.14 * length * length:g}", f"OA = {length} {unit_in(sheet.language, 'cm')}"
    point_label(sheet, max(x, across - 2 * em), y + height, text)
    return {"see_area": (f"3.14×{length}×{length}", f"={area}")}


def cuboid(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """A box with its lengths, its hidden edges dashed."""
    em = small_type(sheet).size
    long, deep, tall = (int(part) for part in rng.integers(2, 13, 3))
    long, deep = max(long, tall // 2), min(deep, 2 * long)
    # what goes back is drawn at half its length, at 45 degrees or less
    shift, lift = 0.45 * deep, 0.3 * deep
    scale = min((0.9 * width - 3.5 * em) / (long + shift), (height - 1.1 * em) / (tall + lift))
    wide, shift, lift = scale * long, scale * shift, scale * lift
    left, floor = x + 0.05 * width, y + height - 1.1 * em
    top = floor - scale * tall
    point_label(
        sheet, max(x, left + 0.5 * wide - 1.1 * em), floor + em, f"{long} {unit_in(sheet.language, 'cm')}"
    )
    point_label(
        sheet,
        left + wide + 0.5 * shift + 0.45 * em,
        floor - 0.5 * lift + 0.7 * em,
        f"{deep} {unit_in(sheet.language, 'cm')}",
    )
    point_label(
        sheet,
        left + wide + shift + 0.3 * em,
        0.5 * (top + floor) - lift,
        f"{tall} {unit_in(sheet.language, 'cm')}",
    )
    front = [(left, top), (left + wide, top), (left + wide, floor), (left, floor), (left, top)]
    curves(sheet, [front], EDGE * sheet.unit)
    for a, b in ((left, top), (left + wide, top), (left + wide, floor)):
        edge(sheet, a, b, a + shift, b - lift)
    edge(sheet, left + shift, top - lift, left + wide + shift, top - lift)
    edge(sheet, left + wide + shift, top - lift, left + wide + shift, floor - lift)
    for a, b in ((left, floor), (left + shift, top - lift), (left + wide + shift, floor - lift)):
        edge(sheet, left + shift, floor - lift, a, b, dashed=True)
    worked = (f"{long}×{deep}×{tall}", f"={long * deep}×{tall}", f"={long * deep * tall}")
    return {"see_volume": worked, "see_faces": ("6",)}


def solid(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """A cylinder or a cone, its hidden edges dashed."""
    lift, wide = height * 0.22, width * rng.uniform(0.4, 0.7)
    left, top, floor = x + width * 0.05, y + lift, y + height * 0.95
    oval = (arc(0, 0, 1) * (0.5, 0.5 * lift / wide)) * wide + (left + 0.5 * wide, floor - 0.5 * lift)
    curves(sheet, [oval], EDGE * sheet.unit)
    if rng.random() < 0.5:
        curves(sheet, [oval + (0, top - floor)], EDGE * sheet.unit)
        for a in (left, left + wide):
            edge(sheet, a, top - lift / 2, a, floor - lift / 2)
        return {"see_faces": ("3",)}
    for a in (left, left + wide):
        edge(sheet, a, floor - lift / 2, left + wide / 2, y)
    edge(sheet, left + wide / 2, y, left + wide / 2, floor - lift / 2, dashed=True)
    return {"see_faces": ("2",)}
