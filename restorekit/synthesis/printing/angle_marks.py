"""Small marks of geometry: arcs, dots or numbers in angles, strokes across sides that are equal."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.printing.curves import arc, area, curves, small_type
from restorekit.synthesis.printing.labels import put_clear
from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.textures import Rng

THIN = 0.045
"""Marks are drawn a little thinner than edges, in ems of the body type."""
DOT = 0.07
"""The radius of a dot in an angle, ems: as large as a full stop."""
SIDES = 0.3
"""The share of the marked polygons whose sides are, and not their angles."""
WAYS = ("dot", "arc", "arcs", "number")
"""How an angle is marked: by a dot, an arc, two arcs, or a number in an arc or without."""


def mark_angle(
    sheet: Sheet, corner: np.ndarray, one: np.ndarray, other: np.ndarray, way: str, text: str = "1"
) -> None:
    """Mark the angle at ``corner`` between two points, ``(2,)`` each, in pixels, in one of ``WAYS``."""
    em = small_type(sheet).size
    first, second = (np.arctan2(*(point - corner)[::-1]) for point in (one, other))
    turn = (second - first + np.pi) % (2 * np.pi) - np.pi
    middle = first + 0.5 * turn
    short = float(min(np.hypot(*(point - corner)) for point in (one, other)))
    # in a narrow angle a mark stands farther out, where there is room for it
    reach = min(0.5 * short, em * (0.55 + 0.35 / max(0.25, abs(np.sin(0.5 * turn)))))
    ahead = np.array([np.cos(middle), np.sin(middle)])
    at = corner + reach * ahead
    if way == "dot":
        area(sheet, arc(at[0], at[1], max(1.0, DOT * sheet.unit)), sheet.colour)
    elif way == "number":
        farther = [
            corner + share * reach * ahead for share in (1, 1.2, 1.4, 1.6) if share * reach < 0.8 * short
        ]
        put_clear(sheet, farther or [at], text, small_type(sheet)._replace(size=max(8, int(0.8 * em))))
    else:
        radii = (0.75, 0.95) if way == "arcs" else (0.8,)
        paths = [arc(corner[0], corner[1], share * reach, first, first + turn) for share in radii]
        curves(sheet, paths, THIN * sheet.unit)


def mark_side(sheet: Sheet, one: np.ndarray, other: np.ndarray, count: int) -> None:
    """``count`` short strokes across the middle of the side between two points, ``(2,)`` each, in pixels."""
    em = small_type(sheet).size
    ahead = (other - one) / max(1.0, float(np.hypot(*(other - one))))
    across = 0.22 * em * np.array([-ahead[1], ahead[0]])
    places = 0.16 * em * (np.arange(count) - 0.5 * (count - 1))
    middles = 0.5 * (one + other) + places[:, None] * ahead
    curves(sheet, [[middle - across, middle + across] for middle in middles], THIN * sheet.unit)


def mark_corners(sheet: Sheet, rng: Rng, corners: np.ndarray) -> None:
    """Mark some angles of a polygon, ``(N, 2)``, or two of its sides by a stroke and by two."""
    count = len(corners)
    chosen = rng.permutation(count)[: int(rng.integers(2, count + 1))].tolist()
    if rng.random() < SIDES:
        for strokes, place in enumerate(chosen[:2], 1):
            mark_side(sheet, corners[place], corners[(place + 1) % count], strokes)
        return
    way = WAYS[int(rng.integers(0, len(WAYS)))]
    for number, place in enumerate(sorted(chosen), 1):
        before, after = corners[place - 1], corners[(place + 1) % count]
        mark_angle(sheet, corners[place], before, after, way, str(number))
