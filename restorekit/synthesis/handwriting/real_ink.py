"""Real ink: words cut out of scans, the shipped ones or a user's own crops."""

from __future__ import annotations

import json
from collections.abc import Sequence
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


@lru_cache(maxsize=4)
def ink_words(folder: str = "") -> list[InkWord]:
    """The shipped words, or those found in a folder of ink crops (dark on white or on nothing).

    Raises:
        FileNotFoundError: no such folder.
        ValueError: no picture in it, or no ink in the pictures.
    """
    if not folder:
        return _shipped()
    found: list[InkWord] = []
    for path in list_pictures(folder, "ink"):
        found += _words_of(255 - read_picture(str(path)).min(-1))
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


def one_writer(rng: Rng, words: Sequence[InkWord]) -> tuple[InkWord, ...]:
    """Neighbours of about one size, which are likely by one hand."""
    start = int(rng.integers(0, max(1, len(words) - 80)))
    near = words[start : start + 80]
    middle = float(np.median([word.x_height for word in near]))
    return tuple(word for word in near if 0.7 < word.x_height / middle < 1.5)


def paste_word(
    rng: Rng, words: Sequence[InkWord], canvas: np.ndarray, x: float, y: float, x_height: float
) -> float:
    """Lay a word drawn at random into ``canvas`` (uint8 coverage) from ``x`` on, standing on ``y``, in place.

    Returns:
        How far it reaches, pixels; 0 where there is no room.
    """
    word = words[int(rng.integers(0, len(words)))]
    scale = x_height / max(6, word.x_height)
    size = (max(1, round(word.amount.shape[1] * scale)), max(1, round(word.amount.shape[0] * scale)))
    if x + size[0] >= canvas.shape[1]:
        return 0.0
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    patch = cv2.resize(word.amount, size, interpolation=method)
    top = max(0, round(y - word.baseline * scale))
    part = canvas[top : top + size[1], int(x) : int(x) + size[0]]
    np.maximum(part, patch[: part.shape[0], : part.shape[1]], out=part)
    return float(size[0])
