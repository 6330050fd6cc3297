"""How pictures lie in their files: the EXIF orientation (CIPA DC-008, tag 0x0112)."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
from PIL import Image

ORIENTATION_TAG = 0x0112
LYING = (5, 6, 7, 8)
"""Orientations that swap the sides."""


def orientation_of(image: Image.Image) -> int:
    """The orientation of an opened picture, 1 to 8; 1 is upright, as where EXIF data is damaged or none."""
    with suppress(Exception):  # Pillow raises whatever damaged data leads it to
        return int(image.getexif().get(ORIENTATION_TAG, 1))
    return 1


def upright(array: np.ndarray, orientation: int) -> np.ndarray:
    """A view of pixels ``(H, W, ...)``, as a file stores them, as they are to be shown."""
    if orientation in LYING:
        array = array.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        array = array[::-1]
    if orientation in (2, 3, 6, 7):
        array = array[:, ::-1]
    return array
