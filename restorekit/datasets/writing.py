"""Files written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import cv2
import numpy as np


def write_whole(path: str | Path, data: bytes) -> None:
    """Write a file under another name and rename it, so that nobody ever sees half of it."""
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


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
