"""Icons: small drawings of things, solid for logos and as outlines for the figures of school books."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from PIL import Image, ImageDraw

from restorekit.synthesis.assets import ICONS, Font, load_font
from restorekit.synthesis.textures import Rng

THINGS: dict[str, tuple[int, ...]] = {
    "fruit": (963, 1314, 1315, 1391, 1409),
    "animal": (719, 863, 876, 877, 1103, 1131),
    "vehicle": (106, 126, 132, 572, 1005, 1016, 1250),
    "ball": (852, 857, 859, 860, 892, 1308),
    "flower": (816, 886, 1134, 1247, 1371),
    "tree": (822, 823, 1020, 1021),
    "food": (815, 898, 904, 907, 945, 952, 956, 1215, 1399),
}
"""The icons that school books show to be counted, by what is counted alike."""


def draw_icon(rng: Rng, side: int, among: Sequence[int] = range(ICONS), *, turned: float = 0.3) -> np.ndarray:
    """An icon that fills a square.

    Args:
        rng: source of chance.
        side: of the square, in pixels.
        among: the numbers of the icons to draw from.
        turned: the share of them that look the other way.

    Returns:
        uint8 ``(side, side)``, 255 inside.
    """
    path, icon = "icons/phosphor_fill.ttf", chr(0xE000 + among[int(rng.integers(0, len(among)))])
    left, top, right, bottom = _reach(icon, load_font(path, 256))
    font = load_font(path, int(256 * (side - 2) / max(right - left, bottom - top)))
    left, top, right, bottom = _reach(icon, font)
    picture = Image.new("L", (side, side))
    corner = ((side - left - right) // 2, (side - top - bottom) // 2)
    ImageDraw.Draw(picture).text(corner, icon, fill=255, font=font)
    return np.asarray(picture)[:, :: -1 if rng.random() < turned else 1]


def _reach(character: str, font: Font) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is drawn of a character at (0, 0); its advance does not count."""
    mask, (x, y) = font.getmask2(character, "L")
    left, top, right, bottom = mask.getbbox()
    return x + left, y + top, x + right, y + bottom


def outline(icon: np.ndarray, weight: int) -> np.ndarray:
    """The edges of an icon as lines ``weight`` pixels wide: uint8, 255 on them."""
    reach = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (weight + 1,) * 2)
    return cv2.morphologyEx(icon, cv2.MORPH_GRADIENT, reach)
