"""Ink masks computed from a pair: where the input differs from its ground truth, there is ink.

With d = the mean over R, G and B of ``|image - target|`` in levels (0..255), the contest recipe's two forms
are ``min(d / 20, 1)`` (soft) and ``d > 25`` grown by one 3x3 dilation (hard).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import cv2
import numpy as np

SOFT_FULL_LEVEL = 20
HARD_THRESHOLD = 25

# Indexed by the difference summed over three channels (0..765), so that the forms are exact and quick.
_SOFT_TABLE = np.rint(np.minimum(np.arange(766) / (3 * SOFT_FULL_LEVEL), 1) * 255).astype(np.uint8)
_HARD_TABLE = np.where(np.arange(766) > 3 * HARD_THRESHOLD, 255, 0).astype(np.uint8)


def summed_difference(image: np.ndarray, target: np.ndarray) -> np.ndarray:
    """``|image - target|`` summed over the channels: ``(H, W, 3)`` uint8 twice to ``(H, W)`` uint16, 0..765.

    Raises:
        ValueError: the two differ in shape, or are no ``(H, W, 3)`` uint8 pages.
    """
    for name, page in (("image", image), ("target", target)):
        if page.ndim != 3 or page.shape[2] != 3 or page.dtype != np.uint8:
            raise ValueError(
                f"{name} is {page.dtype} of shape {page.shape}; expected uint8 of (H, W, 3), RGB"
            )
    if image.shape != target.shape:
        raise ValueError(
            f"image is {_size(image)} and target is {_size(target)} (width x height); a pair has one size"
        )
    channels = cv2.absdiff(np.asarray(image), np.asarray(target))
    total = channels[..., 0].astype(np.uint16)
    total += channels[..., 1]
    total += channels[..., 2]
    return total


def soft_mask(image: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The soft mask of a pair: ``min(d / 20, 1)``, as ``(H, W)`` uint8 where 255 is ink.

    Args:
        image: the page with ink, ``(H, W, 3)`` uint8 RGB.
        target: its ground truth, of the same shape.

    Raises:
        ValueError: the shapes differ, or these are no pages.
    """
    return _SOFT_TABLE.take(summed_difference(image, target))


def hard_mask(image: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The hard mask of a pair: ``d > 25``, grown by one 3x3 dilation, as ``(H, W)`` uint8 of 0 and 255.

    Arguments and errors are those of ``soft_mask``.
    """
    return cv2.dilate(_HARD_TABLE.take(summed_difference(image, target)), np.ones((3, 3), np.uint8))


MaskKind = Literal["soft", "hard"]
MakeMask = Callable[[np.ndarray, np.ndarray], np.ndarray]
MASK_KINDS: dict[MaskKind, MakeMask] = {"soft": soft_mask, "hard": hard_mask}


def _size(page: np.ndarray) -> str:
    return f"{page.shape[1]}x{page.shape[0]}"
