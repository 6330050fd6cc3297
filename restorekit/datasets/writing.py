"""Pictures as the bytes of a file."""

from __future__ import annotations

import cv2
import numpy as np


def encode_image(image: np.ndarray, extension: str) -> bytes:
    """``(H, W)`` or ``(H, W, 3)`` uint8 RGB as the bytes of a file of that type (``".png"``, ``".jpg"``).

    Raises:
        ValueError: there is no such type.
    """
    pixels = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    try:
        written, data = cv2.imencode(extension.lower(), pixels)
    except cv2.error:
        written = False
    if not written:
        raise ValueError(f"{extension!r} is no image type that can be written; use .png or .jpg")
    return data.tobytes()
