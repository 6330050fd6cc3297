"""Figures that were not drawn for the page: from a book, in coarse pixels or with a screen of dots."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.textures import Rng

BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32)
"""The order in which the pixels of a square turn black as a tone is made of black and white."""
MARGINS = (0.7, 0.2, 0.7, 0.6)
"""How far labels reach out of a figure's box to the left, up, to the right and down, ems of the text."""
FINE = 2
"""Dots are drawn so many times as large and shrunk, which rounds them."""


def reproduce(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    """Redraw what stands in a box, in pixels, as the sheet's plan has it: as it is, in pixels or in dots."""
    if not sheet.plan.figures:
        return
    em = sheet.unit
    left, top = max(0, int(x - MARGINS[0] * em)), max(0, int(y - MARGINS[1] * em))
    box = left, top, int(x + width + MARGINS[2] * em), int(y + height + MARGINS[3] * em)
    if box[2] - left < 16 or box[3] - top < 16 or box[2] > sheet.width or box[3] > sheet.height:
        return
    drawn = np.asarray(sheet.image.crop(box).convert("L"))
    made = (pixelated if sheet.plan.figures == "pixels" else screened)(rng, drawn, em)
    sheet.image.paste(Image.fromarray(made).convert("RGB"), box[:2])


def pixelated(rng: Rng, drawn: np.ndarray, em: float) -> np.ndarray:
    """A drawing in black and white pixels, 13 to 20 to the em: uint8 ``(H, W)`` in and out.

    Lines and letters become black, and areas of grey a pattern of pixels.
    """
    tall, wide = drawn.shape
    step = max(1.15, em / rng.uniform(13, 20))
    size = max(8, int(wide / step)), max(8, int(tall / step))
    tone = cv2.resize(drawn, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    around = cv2.morphologyEx(tone, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    tiled = np.tile((BAYER + 0.5) / 16, (size[1] // 4 + 1, size[0] // 4 + 1))[: size[1], : size[0]]
    black = (tone < (around - 0.05) * rng.uniform(0.72, 0.85)) | (around < np.clip(tiled, 0.1, 0.93))
    made = np.where(black, 0, 255).astype(np.uint8)
    return cv2.resize(made, (wide, tall), interpolation=cv2.INTER_LINEAR)


def screened(rng: Rng, drawn: np.ndarray, em: float) -> np.ndarray:
    """Greys as dots of black on a slanting screen, blacks and whites as they are: uint8 in and out."""
    tall, wide = drawn.shape
    pitch = FINE * max(2.6, em * rng.uniform(0.11, 0.16))
    turn = np.float32(np.deg2rad(45 + rng.normal(0, 4)))
    down, across = np.mgrid[: FINE * tall, : FINE * wide].astype(np.float32) * np.float32(2 * np.pi / pitch)
    along, beside = across * np.cos(turn) + down * np.sin(turn), down * np.cos(turn) - across * np.sin(turn)
    screen = np.cos(along) * np.cos(beside)
    large = cv2.resize(drawn, (FINE * wide, FINE * tall), interpolation=cv2.INTER_LINEAR)
    tone = large.astype(np.float32) / 255
    black = tone < np.clip(0.5 + 0.42 * screen, 0.12, 0.9)
    made = np.where(black, 0, 255).astype(np.uint8)
    return cv2.resize(made, (wide, tall), interpolation=cv2.INTER_AREA)
