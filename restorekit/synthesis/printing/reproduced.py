"""Figures that were not drawn for the page: in coarse pixels or dots, copies of copies, or drawn by hand."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.textures import Rng, smooth_noise

BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32)
"""The order in which the pixels of a square turn black as a tone is made of black and white."""
MARGINS = (0.7, 0.2, 0.7, 0.6)
"""How far labels reach out of a figure's box to the left, up, to the right and down, ems of the text."""
FINE = 2
"""Dots and lines are drawn so many times as large and shrunk, which rounds them."""
GROUND = 0.5
"""The share of figures pasted in whose paper is seen."""
SKETCHED = (1.8, 0.45)
"""How far apart hands swerve and tremble, ems."""
LINE = 0.9
"""What is darker than this share of what is around it is a line or a letter, and stays as it is."""


def reproduce(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    """Redraw what stands in a box, in pixels, as the sheet's plan has it: as it is, or in one of ``WAYS``."""
    if not sheet.plan.figures:
        return
    em = sheet.unit
    left, top = max(0, int(x - MARGINS[0] * em)), max(0, int(y - MARGINS[1] * em))
    box = left, top, int(x + width + MARGINS[2] * em), int(y + height + MARGINS[3] * em)
    if box[2] - left < 16 or box[3] - top < 16 or box[2] > sheet.width or box[3] > sheet.height:
        return
    drawn = np.asarray(sheet.image.crop(box).convert("L"))
    made = WAYS[sheet.plan.figures](rng, drawn, em)
    sheet.image.paste(Image.fromarray(made).convert("RGB"), box[:2])


def pixelated(rng: Rng, drawn: np.ndarray, em: float) -> np.ndarray:
    """A drawing in black and white, its greys a pattern of pixels, 16 to 24 to the em: uint8 ``(H, W)``."""
    tall, wide = drawn.shape
    step = max(1.15, em / rng.uniform(16, 24))
    size = max(8, int(wide / step)), max(8, int(tall / step))
    tone = cv2.resize(drawn, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    around = cv2.morphologyEx(tone, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    tiled = np.tile((BAYER + 0.5) / 16, (size[1] // 4 + 1, size[0] // 4 + 1))[: size[1], : size[0]]
    made = np.where(around < np.clip(tiled, 0.1, 0.93), 0, 255).astype(np.uint8)
    large = cv2.resize(made, (FINE * wide, FINE * tall), interpolation=cv2.INTER_NEAREST)
    return _with_lines(drawn, large, em)


def screened(rng: Rng, drawn: np.ndarray, em: float) -> np.ndarray:
    """A drawing in black and white whose greys are dots of black on a slanting screen: uint8 ``(H, W)``."""
    tall, wide = drawn.shape
    pitch = FINE * max(2.6, em * rng.uniform(0.11, 0.16))
    turn = np.float32(np.deg2rad(45 + rng.normal(0, 4)))
    down, across = np.mgrid[: FINE * tall, : FINE * wide].astype(np.float32) * np.float32(2 * np.pi / pitch)
    along, beside = across * np.cos(turn) + down * np.sin(turn), down * np.cos(turn) - across * np.sin(turn)
    screen = np.cos(along) * np.cos(beside)
    tone = _around(_enlarged(drawn), em)
    large = np.where(tone < np.clip(0.5 + 0.42 * screen, 0.12, 0.9), 0, 255).astype(np.uint8)
    return _with_lines(drawn, large, em)


def copied(rng: Rng, drawn: np.ndarray, em: float) -> np.ndarray:
    """A drawing that was cut out of a copy, pasted in and copied again, a little askew: uint8 ``(H, W)``.

    Its lines are ragged, thicker here and thinner there, its greys blotches; what it was cut out of may be
    seen, faintly grey or by an edge.
    """
    large = _enlarged(drawn)
    tall, wide = large.shape
    turn = np.deg2rad(rng.normal(0, 0.5))
    down, across = np.mgrid[:tall, :wide].astype(np.float32)
    waver = FINE * np.float32(rng.uniform(0.1, 0.45))
    x = across + np.float32(turn) * (down - tall / 2) + waver * smooth_noise(rng, tall, wide, 0.4 * FINE * em)
    y = down - np.float32(turn) * (across - wide / 2) + waver * smooth_noise(rng, tall, wide, 0.4 * FINE * em)
    soft = cv2.GaussianBlur(large, (0, 0), 0.9)
    seen = cv2.remap(soft, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    level = rng.uniform(0.5, 0.68) + 0.06 * smooth_noise(rng, tall, wide, 3 * FINE * em)
    grain = rng.uniform(0.05, 0.14) * smooth_noise(rng, tall, wide, FINE * rng.uniform(0.9, 1.6))
    ink = rng.uniform(0.85, 1.0) * cv2.GaussianBlur((seen + grain < level).astype(np.float32), (0, 0), 0.8)
    if rng.random() < GROUND:
        left, top, right, bottom = FINE * em * rng.uniform(0.1, 0.35, 4)
        edges = np.min([x - left, wide - right - x, y - top, tall - bottom - y], 0)
        pale = np.clip(edges + 0.5, 0, 1) * rng.uniform(0.02, 0.1)
        broken = np.clip(smooth_noise(rng, tall, wide, FINE * em), 0, 1)
        pale += np.exp(-((edges / FINE) ** 2)) * broken * rng.uniform(0, 0.35)
        ink = np.maximum(ink, pale)
    made = cv2.resize((1 - ink).astype(np.float32), drawn.shape[::-1], interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.convertScaleAbs(made, alpha=255))


def sketched(rng: Rng, drawn: np.ndarray, em: float) -> np.ndarray:
    """A drawing that somebody drew after it by hand: no line is straight or of one thickness, nor any letter.

    Takes and returns uint8 ``(H, W)``.
    """
    large = _enlarged(drawn)
    tall, wide = large.shape
    down, across = np.mgrid[:tall, :wide].astype(np.float32)
    for cell, reach in zip(SKETCHED, (rng.uniform(0.05, 0.1), rng.uniform(0.012, 0.025)), strict=True):
        for axis in (across, down):
            axis += np.float32(reach * FINE * em) * smooth_noise(rng, tall, wide, cell * FINE * em)
    seen = cv2.remap(large, across, down, cv2.INTER_LINEAR, borderValue=1.0)
    thick = np.clip(rng.uniform(0.1, 0.5) + 0.35 * smooth_noise(rng, tall, wide, 1.2 * FINE * em), 0, 1)
    swollen = cv2.erode(seen, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3)))
    made = seen + thick * (swollen - seen)
    return cv2.convertScaleAbs(cv2.resize(made, drawn.shape[::-1], interpolation=cv2.INTER_AREA), alpha=255)


def _enlarged(drawn: np.ndarray) -> np.ndarray:
    """A drawing ``FINE`` times as large: float32 in [0, 1]."""
    tall, wide = drawn.shape
    large = cv2.resize(drawn, (FINE * wide, FINE * tall), interpolation=cv2.INTER_LINEAR)
    return np.asarray(large, np.float32) / 255


def _around(large: np.ndarray, em: float) -> np.ndarray:
    """An enlarged drawing without its lines and letters."""
    side = max(5, 2 * int(0.15 * FINE * em) + 1)
    return np.asarray(cv2.morphologyEx(large, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)))


def _with_lines(drawn: np.ndarray, tones: np.ndarray, em: float) -> np.ndarray:
    """Enlarged tones, shrunk, with the lines and letters of a drawing as they are: uint8 ``(H, W)``."""
    side = 2 * max(2, int(0.15 * em)) + 1
    around = cv2.morphologyEx(drawn, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    made = cv2.resize(tones, drawn.shape[::-1], interpolation=cv2.INTER_AREA)
    return np.where(drawn < LINE * around.astype(np.float32), drawn, made).astype(np.uint8)


WAYS = {"pixels": pixelated, "dots": screened, "copied": copied, "sketched": sketched}
"""What plans call them."""
