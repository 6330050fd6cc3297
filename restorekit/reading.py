"""Image files as upright RGB or grey arrays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
from PIL import Image

from restorekit.orientation import LYING, orientation_of, upright

EXTENSIONS = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"})
Answer = TypeVar("Answer")
_PHOTOMETRIC_TAG, _WHITE_IS_ZERO = 262, 0
_SUBFILE_TAG, _REDUCED = 254, 1


def is_negative(image: Image.Image) -> bool:
    """Whether an opened picture is a TIFF page of 16-bit grey in which 0 is white: decoders leave it so."""
    return (
        image.format == "TIFF"
        and image.mode.startswith("I;16")
        and image.tag_v2.get(_PHOTOMETRIC_TAG) == _WHITE_IS_ZERO  # type: ignore[attr-defined]
    )


def read_rgb(path: str | Path) -> np.ndarray:
    """The image in a file as ``(H, W, 3)`` uint8 RGB, upright.

    Grey becomes three equal channels, 16 bits are rounded to 8, alpha is laid over white paper, and the EXIF
    orientation is applied.

    Raises:
        ValueError: the file is no image that can be decoded; the message names it.
    """
    pixels = _to_uint8(_decode(path), path)
    if pixels.ndim == 2:
        rgb = cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB)
    elif pixels.shape[2] == 4:
        alpha = pixels[..., 3:].astype(np.uint16)
        over_white = (pixels[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255
        rgb = cv2.cvtColor(over_white.astype(np.uint8), cv2.COLOR_BGR2RGB)
    else:
        rgb = cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)
    return np.ascontiguousarray(upright(rgb, _orientation(path)))


def read_rgba(path: str | Path) -> np.ndarray:
    """The same with its alpha as ``(H, W, 4)`` uint8, and the colours below it as they are; without one, 255.

    Raises:
        ValueError: the file is no image that can be decoded; the message names it.
    """
    pixels = _to_uint8(_decode(path), path)
    code = {2: cv2.COLOR_GRAY2RGBA, 3: cv2.COLOR_BGR2RGBA, 4: cv2.COLOR_BGRA2RGBA}
    rgba = cv2.cvtColor(pixels, code[2 if pixels.ndim == 2 else pixels.shape[2]])
    return np.ascontiguousarray(upright(rgba, _orientation(path)))


def read_grey(path: str | Path) -> np.ndarray:
    """The mask in a file as ``(H, W)`` uint8, upright; a colour image becomes its luma.

    Raises:
        ValueError: the file is no image that can be decoded; the message names it.
    """
    pixels = _to_uint8(_decode(path), path)
    if pixels.ndim == 3:
        pixels = cv2.cvtColor(np.ascontiguousarray(pixels[..., :3]), cv2.COLOR_BGR2GRAY)
    return np.ascontiguousarray(upright(pixels, _orientation(path)))


def image_size(path: str | Path) -> tuple[int, int]:
    """``(height, width)`` of the upright image, from the file's header where that is enough.

    Raises:
        ValueError: the file is no image that can be decoded; the message names it.
    """
    try:
        with Image.open(path) as image:
            width, height = image.size
            lying = orientation_of(image) in LYING
            known = not (lying and image.format == "TIFF")  # Pillow's versions differ on which side is which
    except Exception:  # formats that Pillow does not know, such as 16-bit colour TIFF
        known = False
    if not known:
        height, width = read_grey(path).shape
        return height, width
    return (width, height) if lying else (height, width)


def page_count(path: str | Path) -> int:
    """How many pages a TIFF has, or pictures an animation; readers take the first. Previews do not count."""
    return max(_of_header(path, _count, 1), 1)


def _count(image: Image.Image) -> int:
    frames = 1 if image.format == "MPO" else int(getattr(image, "n_frames", 1))  # the rest are previews
    if image.format != "TIFF" or frames == 1:
        return frames
    whole = 0
    for frame in range(frames):
        image.seek(frame)
        whole += not image.tag_v2.get(_SUBFILE_TAG, 0) & _REDUCED  # type: ignore[attr-defined]
    return whole


def _decode(path: str | Path) -> np.ndarray:
    try:
        data = np.fromfile(path, np.uint8)  # unlike imread, takes any file name on any system
        pixels = cv2.imdecode(data, cv2.IMREAD_UNCHANGED) if data.size else None
    except cv2.error:
        pixels = None
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror or error}") from error
    if pixels is None or pixels.size == 0:
        raise ValueError(
            f"{path} cannot be decoded as an image; it may be cut short or not be what its name says."
            " Open it in an image viewer, and replace or remove it"
        )
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = pixels[..., 0]
    if pixels.ndim == 3 and pixels.shape[2] == 2:  # grey and alpha
        pixels = pixels[..., [0, 0, 0, 1]]
    if pixels.ndim == 2 and pixels.dtype == np.uint16 and _of_header(path, is_negative, False):
        pixels = 65535 - pixels
    return pixels


def _to_uint8(pixels: np.ndarray, path: str | Path) -> np.ndarray:
    if pixels.dtype == np.uint8:
        return pixels
    if pixels.dtype == np.uint16:
        return ((pixels.astype(np.uint32) + 128) // 257).astype(np.uint8)
    raise ValueError(f"{path} holds {pixels.dtype} samples; save it with 8 or 16 bits a channel")


def _orientation(path: str | Path) -> int:
    """The EXIF orientation that OpenCV has left to us: it turns TIFF pages itself."""
    return _of_header(path, lambda image: 1 if image.format == "TIFF" else orientation_of(image), 1)


def _of_header(path: str | Path, tell: Callable[[Image.Image], Answer], unknown: Answer) -> Answer:
    """What an opened picture tells; Pillow does not know all that OpenCV reads."""
    try:
        with Image.open(path) as image:
            return tell(image)
    except Exception:
        return unknown
