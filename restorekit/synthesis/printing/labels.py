"""Labels of figures stand clear of lines and of each other, as a draughtsman sets them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from restorekit.synthesis.printing.curves import put_label
from restorekit.synthesis.printing.sheets import Sheet, Type, text_width

CAPITAL = 0.72
"""How tall capitals and figures are, in ems."""
CLEAR = 0.12
"""How far labels keep from lines, in ems."""
TURNS = np.radians([0, 25, -25, 50, -50, 80, -80, 110, -110])
"""How far aside a label moves from where it stands best, radians."""


def put_clear(sheet: Sheet, places: Iterable[np.ndarray], text: str, kind: Type) -> None:
    """Set ``text`` about the first of ``places``, ``(2,)`` each, where nothing is printed, or least is."""
    em = kind.size
    half = np.array([0.5 * text_width(text, kind), 0.5 * CAPITAL * em]) + CLEAR * em
    best, least = np.zeros(2), float("inf")
    for place in places:
        (left, top), (right, bottom) = np.floor(place - half).tolist(), np.ceil(place + half).tolist()
        printed = 255.0 - np.asarray(
            sheet.image.crop((int(left), int(top), int(right), int(bottom))).convert("L")
        )
        beyond = min(left, top, sheet.width - right, sheet.height - bottom) < 0
        if (found := float(printed.sum()) + 1e9 * beyond) < least:
            best, least = place, found
        if not least:
            break
    put_label(sheet, float(best[0]), float(best[1]) + 0.5 * CAPITAL * em, text, kind)


def around(point: np.ndarray, way: np.ndarray, reaches: Iterable[float]) -> list[np.ndarray]:
    """Places so many pixels from ``point``, the nearest first, on the ``way`` from it and beside that."""
    turn = np.arctan2(way[1], way[0]) + TURNS
    ways = np.column_stack([np.cos(turn), np.sin(turn)])
    return [point + reach * one for reach in reaches for one in ways]
