"""Small logos in colour: makers' marks at the rim of stationery, badges at headings."""

from __future__ import annotations

import numpy as np
from PIL import Image

from restorekit.synthesis.badges import named
from restorekit.synthesis.emblems import draw_emblem
from restorekit.synthesis.icons import draw_icon
from restorekit.synthesis.printing.sheets import Colour, Sheet, Type
from restorekit.synthesis.textures import Rng

MADE = 0.3
"""The share of the sheets of exercise books and pads with the mark of who made them."""
BADGES = (188, 188, 189, 113, 349, 448, 537, 281, 371)
"""The icons before headings: ticks most of all, an open book, a bulb, a pencil, a star, a flag, a lens."""
TILED = (113, 349, 448)
"""Those of them that are cut out of a tile."""
COLOURS: tuple[Colour, ...] = (
    *((30, 140, 70), (60, 160, 90), (20, 80, 170), (0, 140, 160), (200, 40, 50), (225, 120, 20)),
    *((110, 60, 140), (90, 95, 105), (40, 45, 50)),
)
"""Greens most of all, as makers of recycled paper have them, then blues, reds, greys."""
BARE = 225
"""Where something is darker than this level, there is no room for a mark."""
TALL = (3.0, 9.0)
"""How tall makers' marks are, in millimetres of an A4 sheet."""


def maker_mark(sheet: Sheet, rng: Rng) -> None:
    """A small emblem and a name in the middle or at an end of the head or the foot of stationery; or none."""
    if sheet.kind != "notebook" or rng.random() >= MADE:
        return
    mm = sheet.width / 210
    logo = named(rng, draw_emblem(rng, max(12, int(mm * rng.uniform(*TALL)))))
    colour = _shade(rng, COLOURS[int(rng.integers(0, len(COLOURS)))])
    rim = mm * rng.uniform(3, 9)
    free = max(0.0, sheet.width - logo.shape[1] - 2 * rim)
    x = rim + free * float(rng.choice([0.0, 0.5, 1.0], p=[0.25, 0.3, 0.45]))
    foot = rng.random() < 0.75
    y = sheet.height - len(logo) - mm * rng.uniform(2, 5) if foot else mm * rng.uniform(2, 5)
    place = round(x), round(y), round(x) + logo.shape[1], round(y) + len(logo)
    if np.asarray(sheet.image.crop(place)).min() > BARE:
        _stamp(sheet, logo, x, y, colour)


def badge_before(sheet: Sheet, rng: Rng, x: float, baseline: float, kind: Type) -> float:
    """An icon in the second colour, cut out of a tile mostly, before a heading; returns where that begins."""
    side = max(12, round(1.15 * kind.size))
    badge = np.zeros((side, side), np.uint8)
    if "badge" not in sheet.given:  # all headings of a sheet have the same
        sheet.given = {**sheet.given, "badge": str(BADGES[int(rng.integers(0, len(BADGES)))])}
    icon = int(sheet.given["badge"])
    inner = draw_icon(rng, max(8, round(0.7 * side)), (icon,), turned=0.0)
    if icon in TILED:
        badge[:] = 255
        inner = 255 - inner
    edge = (side - len(inner)) // 2
    badge[edge : edge + len(inner), edge : edge + len(inner)] = inner
    _stamp(sheet, badge, x, baseline - 0.95 * kind.size, sheet.plan.accent)
    return x + side + 0.5 * kind.size


def _shade(rng: Rng, colour: Colour) -> Colour:
    """No two printers mix a colour alike, and many logos are pale."""
    pale = float(rng.choice([0.0, rng.uniform(0, 0.5)]))
    red, green, blue = (int(np.clip(one + pale * (255 - one) + rng.normal(0, 10), 0, 240)) for one in colour)
    return red, green, blue


def _stamp(sheet: Sheet, mask: np.ndarray, x: float, y: float, colour: Colour) -> None:
    left, top = round(x), round(y)
    box = left, top, left + mask.shape[1], top + len(mask)
    sheet.image.paste(colour, box, Image.fromarray(mask))
