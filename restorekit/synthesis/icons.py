"""Icons: small drawings of things, solid for logos and as outlines for the figures of school books."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from restorekit.synthesis.assets import ICONS, Font, load_font
from restorekit.synthesis.textures import Rng


def draw_icon(rng: Rng, side: int) -> np.ndarray:
    """An icon that fills a square: uint8 ``(side, side)``, 255 inside."""
    path, icon = "icons/phosphor_fill.ttf", chr(0xE000 + int(rng.integers(0, ICONS)))
    left, top, right, bottom = _reach(icon, load_font(path, 256))
    font = load_font(path, int(256 * (side - 2) / max(right - left, bottom - top)))
    left, top, right, bottom = _reach(icon, font)
    picture = Image.new("L", (side, side))
    corner = ((side - left - right) // 2, (side - top - bottom) // 2)
    ImageDraw.Draw(picture).text(corner, icon, fill=255, font=font)
    return np.asarray(picture)[:, :: -1 if rng.random() < 0.3 else 1]


def _reach(character: str, font: Font) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is drawn of a character at (0, 0); its advance does not count."""
    mask, (x, y) = font.getmask2(character, "L")
    left, top, right, bottom = mask.getbbox()
    return x + left, y + top, x + right, y + bottom


def outline(icon: np.ndarray, weight: int) -> np.ndarray:
    """The edges of an icon as lines ``weight`` pixels wide: uint8, 255 on them."""
    reach = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (weight + 1,) * 2)
    return cv2.morphologyEx(icon, cv2.MORPH_GRADIENT, reach)
