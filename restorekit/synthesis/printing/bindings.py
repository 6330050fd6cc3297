"""The holes by which the leaves of a binder or a pad are held."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.printing.sheets import Colour, Sheet
from restorekit.synthesis.textures import Rng


def bind(sheet: Sheet, rng: Rng, mm: float) -> float:
    """Holes for rings, those of a wire, or nothing; the shadow of a fold is the light's.

    Args:
        sheet: what to draw on.
        rng: source of chance.
        mm: a millimetre in pixels.

    Returns:
        Where there is room beside the holes, pixels from the left.
    """
    kind = rng.random()
    seen = (int(rng.integers(40, 235)),) * 3
    if kind < 0.17:  # three or two holes of 6 to 7 mm
        radius, x = rng.uniform(2.8, 3.5) * mm, rng.uniform(8, 13) * mm
        parts = (0.12, 0.5, 0.88) if rng.random() < 0.7 else (0.36, 0.64)
        for part in parts:
            _hole(sheet, x, part * sheet.height, radius, seen)
        return x + radius + 2 * mm
    if kind < 0.27:  # a wire's holes, three an inch
        for place in np.arange(rng.uniform(3, 9), sheet.height / mm, 25.4 / 3) * mm:
            _hole(sheet, 5 * mm, place, 1.9 * mm, seen)
        return 9 * mm
    return 0.0


def _hole(sheet: Sheet, x: float, y: float, radius: float, seen: Colour) -> None:
    """A hole through which something else shows, with the shadow of its rim."""
    if y - radius > sheet.height:
        return
    box = [x - radius, y - radius, x + radius, y + radius]
    dark = (int(0.7 * seen[0]), int(0.7 * seen[1]), int(0.7 * seen[2]))
    sheet.draw.ellipse(box, fill=dark)
    shift = 0.12 * radius
    sheet.draw.ellipse([box[0] + shift, box[1] + shift, box[2], box[3]], fill=seen)
