"""Photographs and maps in papers, in dots, greys, colours or copied again, and below them what they show."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image

from restorekit.synthesis.printing.maps import MAPS
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.sheets import Sheet, put_text, text_width
from restorekit.synthesis.printing.specimens import SPECIMENS
from restorekit.synthesis.printing.views import VIEWS
from restorekit.synthesis.texts.whole_papers import Block
from restorekit.synthesis.textures import Rng, choose, fine_noise, smooth_noise

PICTURES: dict[str, Callable[[Rng, int, int], np.ndarray]] = {**VIEWS, **SPECIMENS, **MAPS}
WAYS = {"dots": 0.3, "greys": 0.3, "copied": 0.22, "colours": 0.18}
"""How often they are printed in each way."""
OF_LINES = ("greys", "copied")
"""The ways for maps, whose lines dots would break."""
ACROSS, TALL = (11.0, 19.0), (0.5, 0.72)
"""How wide they are, ems of the text, and how tall, of that."""
PITCH = (0.1, 0.16)
"""How far dots are apart, ems: 50 to 85 to the inch."""
FRAMED = 0.35
"""The share in a frame."""
BLACK = 90
"""Print with a brighter colour than that is not black: then pictures are printed in it, too."""
FINE = 2
"""Dots are drawn so many times as large and shrunk, which rounds them."""


def put_picture(
    sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float
) -> float:
    """Set a picture, ``name | what it shows``, and that below it; returns where the next block may begin."""
    name, _, said = block.lines[0].partition(" | ")
    em, kind = sheet.unit, sheet.body._replace(size=max(8, round(0.85 * sheet.unit)))
    wide = min(right - left, em * rng.uniform(*ACROSS))
    width, height = int(wide), int(wide * rng.uniform(*TALL))
    x, top = int(left + (right - left - wide) * float(rng.choice([0.0, 0.5, 0.5]))), int(y + 0.7 * em)
    paste_picture(sheet, rng, name, (x, top, width, height))
    floor = top + height + 1.3 * kind.size
    put_text(sheet, max(left, x + 0.5 * (width - text_width(said, kind))), floor, said, kind, slot=False)
    return floor + 0.5 * em


def paste_picture(sheet: Sheet, rng: Rng, name: str, box: tuple[int, int, int, int]) -> None:
    """Print one of ``PICTURES`` in a box, its left, top, width and height in pixels, some in a frame."""
    x, top, width, height = box
    ways = (
        OF_LINES if name in MAPS else [way for way in WAYS if way != "colours" or max(sheet.colour) < BLACK]
    )
    way = choose(rng, {way: WAYS[way] for way in ways})
    made = printed(rng, PICTURES[name](rng, height, width), sheet.unit, way)
    if max(sheet.colour) >= BLACK:  # all is printed in one colour
        ink = 1 - np.array(sheet.colour, np.float32) / 255
        made = _whole(1 - (1 - made.astype(np.float32) / 255) * ink)
    sheet.image.paste(Image.fromarray(made), (x, top))
    if rng.random() < FRAMED:
        corners = [x, top, x + width - 1, top + height - 1]
        sheet.draw.rectangle(corners, outline=sheet.colour, width=sheet.rule_px)


def printed(rng: Rng, picture: np.ndarray, em: float, way: str) -> np.ndarray:
    """A photograph as it comes out of a press, a printer or a copier.

    Args:
        rng: source of chance.
        picture: float32 RGB ``(H, W, 3)`` in [0, 1], about.
        em: of the text, pixels.
        way: one of ``WAYS``.

    Returns:
        uint8 RGB ``(H, W, 3)``.
    """
    picture = np.clip(cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 0.6), 0, 1)
    if way == "colours":
        pale, grain = rng.uniform(0.0, 0.2), smooth_noise(rng, len(picture), picture.shape[1], 1.5)[..., None]
        ink = picture + (picture.mean(-1, keepdims=True) - picture) * rng.uniform(-0.1, 0.5)
        made = 1 - (1 - ink) * (1 - pale) * (1 + 0.03 * grain)
        made[..., 0] = np.roll(made[..., 0], int(rng.integers(-1, 2)), 1)  # plates are not quite in register
        return _whole(made)
    tone = cv2.transform(picture, np.array([[0.3, 0.59, 0.11]], np.float32))
    made = {"dots": _dots, "greys": _greys, "copied": _copied}[way](rng, tone, em)
    return cv2.merge([_whole(made)] * 3)


def _dots(rng: Rng, tone: np.ndarray, em: float) -> np.ndarray:
    """A screen of dots, as presses have it."""
    height, width = tone.shape
    pitch, turn = FINE * max(2.2, em * rng.uniform(*PITCH)), np.deg2rad(45 + rng.normal(0, 5))
    places = np.mgrid[: FINE * height, : FINE * width].astype(np.float32)
    down, across = places * np.float32(2 * np.pi / pitch)
    along, aside = across * np.cos(turn) + down * np.sin(turn), down * np.cos(turn) - across * np.sin(turn)
    large = cv2.resize(tone, (FINE * width, FINE * height), interpolation=cv2.INTER_LINEAR)
    screen = 0.5 + 0.46 * np.cos(along) * np.cos(aside)
    made = (0.06 + 0.9 * large > screen).astype(np.float32)
    return cv2.resize(cv2.GaussianBlur(made, (0, 0), 0.6), (width, height), interpolation=cv2.INTER_AREA)


def _greys(rng: Rng, tone: np.ndarray, em: float) -> np.ndarray:
    """What a laser printer makes of a file: steep tones, fine grain, faint bands across."""
    steep = np.clip(0.5 + rng.uniform(0.85, 1.4) * (tone - 0.5), 0, 1)
    bands = np.repeat(smooth_noise(rng, len(tone), 2, rng.uniform(2, 9))[:, :1], tone.shape[1], 1)
    grain = fine_noise(rng, len(tone), tone.shape[1], 1.3)
    ink = (1 - steep) * rng.uniform(0.75, 0.95)
    return 1 - ink * (1 + rng.uniform(0.01, 0.05) * bands + rng.uniform(0.04, 0.14) * grain)


def _copied(rng: Rng, tone: np.ndarray, em: float) -> np.ndarray:
    """A copy of a copy: light tones are gone, dark ones have run together, blotches where neither is sure."""
    height, width = tone.shape
    large = cv2.resize(tone, (FINE * width, FINE * height), interpolation=cv2.INTER_LINEAR)
    size = large.shape[0], large.shape[1]
    blotches, drift = (smooth_noise(rng, *size, FINE * cell) for cell in (1.6, width / 4))
    level = np.clip(np.quantile(tone, rng.uniform(0.25, 0.5)), 0.25, 0.62) + 0.05 * drift
    black = (large + rng.uniform(0.04, 0.12) * blotches < level).astype(np.float32)
    ink = cv2.GaussianBlur(black, (0, 0), rng.uniform(0.8, 1.5))
    left = rng.uniform(0, 0.12) * np.clip(1.1 - large, 0, 1)  # what of the greys it still shows
    made = 1 - np.maximum(rng.uniform(0.8, 0.97) * ink, left)
    return cv2.resize(made, (width, height), interpolation=cv2.INTER_AREA)


def _whole(made: np.ndarray) -> np.ndarray:
    return np.clip(255 * made + 0.5, 0, 255).astype(np.uint8)
