"""Real ink: words cut out of scans, the shipped ones or a user's own crops."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image

from restorekit.synthesis.assets import FOLDER
from restorekit.synthesis.textures import Rng
from restorekit.synthesis.user_pages import list_pictures, read_picture

FAINT_INK = 40
"""A pixel this much darker than white belongs to the ink of a crop."""
LETTER = 0.95
"""How far a letter of the shipped words reaches, in heights of small letters, with the gap to the next."""
NEIGHBOURS = 80
"""So many crops of a user's folder that follow each other are taken for one hand's."""
CHOICE = 16
"""Of so many words the one is taken whose length is most like the one that is meant."""


class InkWord(NamedTuple):
    """A word that somebody wrote.

    Attributes:
        amount: uint8 ``(H, W)``, 255 for full ink.
        baseline: the row of ``amount`` that stands on the line.
        x_height: height of its small letters in pixels.
    """

    amount: np.ndarray
    baseline: int
    x_height: int


@dataclass(frozen=True)
class Ink:
    """What one writer wrote.

    Attributes:
        words: in the order in which they were cut out.
        x_height: height of small letters in pixels, the median.
        stroke: width of the strokes in pixels, the median.
        used: how often each of the words stands on the page already, by its place among them.
    """

    words: tuple[InkWord, ...]
    x_height: float
    stroke: float
    used: Counter[int] = field(default_factory=Counter)


@lru_cache(maxsize=4)
def ink_words(folder: str = "") -> list[InkWord]:
    """The shipped words, or those found in a folder of ink crops (dark on white or on nothing).

    Raises:
        FileNotFoundError: no such folder.
        ValueError: no picture in it, no ink in the pictures, or most of them are dark, as masks are.
    """
    if not folder:
        return _shipped()
    found: list[InkWord] = []
    paths, dark = list_pictures(folder, "ink"), []
    for path in paths:
        amount = 255 - read_picture(str(path)).min(-1)
        found += _words_of(amount)
        if np.median(amount) > FAINT_INK:  # alone, it may be a dash
            dark.append(path)
    if 2 * len(dark) > len(paths):
        raise ValueError(
            f"ink: {len(dark)} of the {len(paths)} pictures in {folder} are dark over half of them, such as"
            f" {dark[0].name}; expected crops of dark ink on white: invert masks, and whiten grey paper"
        )
    if not found:
        raise ValueError(f"ink: no writing found in {folder}; expected crops of dark ink on white")
    return found


def _shipped() -> list[InkWord]:
    with Image.open(FOLDER / "ink_words.png") as opened:
        atlas = np.array(opened)
    boxes = json.loads((FOLDER / "ink_words.json").read_text(encoding="utf-8"))["words"]
    return [InkWord(atlas[y : y + h, x : x + w], base, x_height) for x, y, w, h, base, x_height in boxes]


def _words_of(amount: np.ndarray) -> list[InkWord]:
    """Cut a line of ink at its wide gaps; its densest rows are those of the small letters."""
    inked = amount > FAINT_INK
    rows = inked.sum(1)
    if rows.max() < 3:
        return []
    band = np.flatnonzero(rows > 0.4 * np.percentile(rows, 97))
    baseline, x_height = int(band.max()), int(band.max() - band.min() + 1)
    columns = np.flatnonzero(inked.any(0))
    parts = np.split(columns, np.flatnonzero(np.diff(columns) > max(8, 0.8 * x_height)) + 1)
    words = []
    for part in parts:
        left, right = int(part[0]), int(part[-1]) + 1
        tall = np.flatnonzero(inked[:, left:right].any(1))
        if right - left >= 0.5 * x_height:
            piece = amount[tall[0] : tall[-1] + 1, left:right]
            strong = max(60.0, float(np.percentile(piece[piece > FAINT_INK], 90)))
            full = cv2.convertScaleAbs(piece, alpha=230 / strong)
            words.append(InkWord(full, baseline - int(tall[0]), x_height))
    return words


def one_writer(rng: Rng, words: Sequence[InkWord], *, own: bool = False) -> Ink:
    """All words of about one size: one hand wrote the shipped ones.

    Of a user's ``own`` words some neighbours, which are likely by one hand.
    """
    start = int(rng.integers(0, max(1, len(words) - NEIGHBOURS))) if own else 0
    near = words[start : start + NEIGHBOURS] if own else words
    middle = float(np.median([word.x_height for word in near]))
    chosen = tuple(word for word in near if 0.7 < word.x_height / middle < 1.5) or tuple(near)
    return Ink(chosen, max(6.0, middle), float(np.median([stroke_width(word) for word in chosen])))


def stroke_width(word: InkWord) -> float:
    """How wide a word's strokes are, in its pixels: twice their area by the length of their edges."""
    ink = word.amount > 127
    steps = (ink[:, 1:] != ink[:, :-1]).sum() + (ink[1:] != ink[:-1]).sum()
    # along rows and columns an edge is 4 / pi as long as it is, in the mean of all slants
    return 2 * float(ink.sum()) / max(1.0, float(steps) * np.pi / 4)


def _unlike(ink: Ink, place: int, letters: int) -> float:
    """How little a word is as long as one of so many ``letters``."""
    wide = ink.words[place].amount.shape[1] / (LETTER * ink.x_height * letters)
    return abs(float(np.log(wide)))


def paste_word(
    rng: Rng, ink: Ink, canvas: np.ndarray, x: float, y: float, x_height: float, letters: int
) -> float:
    """Lay a word of about as many ``letters`` into ``canvas`` from ``x`` on, standing on ``y``.

    None comes again before all have come.

    Args:
        rng: source of chance.
        ink: one writer's words; counts the one that is taken.
        canvas: uint8 coverage ``(H, W)``, changed in place.
        x: px, where the word begins.
        y: px, the line it stands on.
        x_height: px, of the writer's small letters in the middle.
        letters: how long a word is meant.

    Returns:
        How far it reaches, pixels; 0 where there is no room.
    """
    places = range(len(ink.words))
    least = min(ink.used[place] for place in places)
    fresh = [place for place in places if ink.used[place] == least]
    drawn = rng.choice(fresh, min(CHOICE, len(fresh)), replace=False).tolist()
    place = min(drawn, key=lambda place: _unlike(ink, place, letters))
    word = ink.words[place]
    # one pen wrote them all: where strokes are thinner, the scan was smaller
    scale = x_height / ink.x_height * float(np.clip(ink.stroke / max(1.0, stroke_width(word)), 0.7, 1.4))
    size = (max(1, round(word.amount.shape[1] * scale)), max(1, round(word.amount.shape[0] * scale)))
    if x + size[0] >= canvas.shape[1]:
        return 0.0
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    patch = cv2.resize(word.amount, size, interpolation=method)
    top = max(0, round(y - word.baseline * scale))
    ink.used[place] += 1
    part = canvas[top : top + size[1], int(x) : int(x) + size[0]]
    np.maximum(part, patch[: part.shape[0], : part.shape[1]], out=part)
    return float(size[0])
