"""A user's own marks, to be laid over pictures as watermarks."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from restorekit.reading import read_rgba
from restorekit.synthesis.user_pages import list_pictures, read_picture

LARGEST = 1024
"""The longer side that a mark is brought to where it is larger, px."""
NOTHING = 8
"""An alpha up to this much of 255 is none."""
RIM = 2
"""So many px of nothing around a mark keep its edges soft when it is turned."""


@lru_cache(maxsize=4)
def user_marks(folder: str) -> tuple[np.ndarray, ...]:
    """The marks in a folder, each a picture with transparency, or a mark on white; none where it is "".

    Returns:
        uint8 ``(H, W, 4)`` each: R, G, B and the mark's shape, 255 where it is as opaque as it gets; cut out.

    Raises:
        FileNotFoundError: no such folder.
        ValueError: no picture in it, or one without a mark.
    """
    return tuple(_cut_out(path) for path in list_pictures(folder, "marks")) if folder else ()


def _cut_out(path: Path) -> np.ndarray:
    pixels = read_rgba(path) if path.is_file() else _opaque(read_picture(str(path)))
    colours, shape = pixels[..., :3].astype(np.float32), pixels[..., 3].astype(np.float32)
    if shape.min() == 255:  # no transparency: what a mark of full colours on white looks like
        shape = 255 - colours.min(-1)
        colours = 255 - (255 - colours) * 255 / np.maximum(shape, 1)[..., None]
    seen = shape > NOTHING
    if not seen.any():
        raise ValueError(
            f"marks: {path} holds no mark; expected a picture with transparency, or a mark on white"
        )
    colours[~seen] = colours[seen].mean(0)  # no other colour comes in where edges are smoothed
    shape = np.where(seen, shape * 255 / shape.max(), 0)
    mark = np.dstack([colours, shape]).round().clip(0, 255).astype(np.uint8)
    x, y, width, height = cv2.boundingRect(seen.astype(np.uint8))
    mark = mark[y : y + height, x : x + width]
    scale = LARGEST / max(width, height)
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        mark = cv2.resize(mark, size, interpolation=cv2.INTER_AREA)
    rim = tuple(int(value) for value in colours[seen].mean(0).round()) + (0,)
    return cv2.copyMakeBorder(mark, RIM, RIM, RIM, RIM, cv2.BORDER_CONSTANT, value=rim)


def _opaque(rgb: np.ndarray) -> np.ndarray:
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])
