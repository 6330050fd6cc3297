"""Between Pillow's pixel modes and pages: grey or RGB, with alpha or without, uint8 or uint16.

What a page cannot hold as it is (palette indices, CMYK, one bit a pixel) is kept beside it, so that every
pixel which comes back unchanged is written as it was.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from restorekit.orientation import upright
from restorekit.reading import is_negative

BAND_ROWS = 256
_BITS_TAG = 258
DIRECT_MODES = ("L", "LA", "RGB", "RGBA", "I;16", "I;16L", "I;16B")
ALIASES = {"RGBX": "RGB", "RGBa": "RGBA", "La": "LA", "YCbCr": "RGB", "PA": "RGBA"}


@dataclass(frozen=True)
class StoredPixels:
    """How a file holds a page's pixels.

    Attributes:
        mode: Pillow's mode.
        orientation: the EXIF orientation that is still to be applied, 1 to 8.
        page: the page as it was read, upright.
        raw: the pixels in ``mode`` where the page does not hold them, not upright.
        palette: ``(256, 3)`` or ``(256, 4)`` uint8 in mode ``'P'``.
    """

    mode: str
    orientation: int
    page: np.ndarray
    raw: np.ndarray | None = None
    palette: np.ndarray | None = None


def from_image(image: Image.Image, orientation: int) -> StoredPixels:
    """The pixels of a loaded Pillow image.

    Raises:
        ValueError: a mode that cannot be erased, such as 32-bit floats.
    """
    mode = ALIASES.get(image.mode, image.mode)
    if image.mode != mode:
        image = image.convert(mode)
    if mode == "I" and image.format == "PNG":  # some versions of Pillow open 16-bit grey so
        return _direct("I;16", to_array(image).astype(np.uint16), orientation)
    if mode in DIRECT_MODES:
        array = to_array(image)
        if is_negative(image):
            array = 65535 - array
        if mode == "I;16" and _has_twelve_bits(image):
            array = array << 4 | array >> 8
        native = array.dtype.newbyteorder("=")
        return _direct("I;16" if mode[0] == "I" else mode, array.astype(native, copy=False), orientation)
    if mode == "1":
        return _direct("1", to_array(image.convert("L")), orientation)
    if mode == "P":
        raw, palette = to_array(image), _palette(image)
        return StoredPixels("P", orientation, upright(palette[raw], orientation), raw, palette)
    if mode == "CMYK":
        raw = to_array(image)
        return StoredPixels("CMYK", orientation, upright(_rgb_of_cmyk(raw), orientation), raw)
    raise ValueError(
        f"pixels stored as {image.mode!r} are not supported; save it as 8- or 16-bit grey or RGB"
    )


def _has_twelve_bits(image: Image.Image) -> bool:
    """Whether a page is a TIFF's whose levels end at 4095; Pillow leaves them so."""
    return image.format == "TIFF" and image.tag_v2.get(_BITS_TAG) == (12,)  # type: ignore[attr-defined]


def direct(array: np.ndarray, orientation: int) -> StoredPixels:
    """Pixels that were read without Pillow: 16-bit RGB or RGBA."""
    return _direct("RGB;16" if array.shape[2] == 3 else "RGBA;16", array, orientation)


def _direct(mode: str, array: np.ndarray, orientation: int) -> StoredPixels:
    return StoredPixels(mode, orientation, upright(array, orientation))


def to_image(stored: StoredPixels, after: np.ndarray) -> Image.Image:
    """A Pillow image in the stored mode and orientation with the pixels of an erased page."""
    array = np.ascontiguousarray(laid(after, stored.orientation))
    if stored.mode == "1":
        return Image.fromarray(np.where(array >= 128, np.uint8(255), np.uint8(0))).convert(
            "1", dither=Image.Dither.NONE
        )
    if stored.raw is None:
        return Image.fromarray(array)
    before = laid(stored.page, stored.orientation)
    changed = (array != before).any(-1)
    raw = stored.raw.copy()
    if stored.palette is not None:
        raw[changed] = _nearest(stored.palette, array[changed])
        image = Image.frombytes("P", (raw.shape[1], raw.shape[0]), raw.tobytes())
        image.putpalette(stored.palette[:, :3].tobytes())
        return image
    raw[changed] = np.concatenate(
        [255 - array[changed], np.zeros((np.count_nonzero(changed), 1), np.uint8)], axis=1
    )
    return Image.frombytes("CMYK", (raw.shape[1], raw.shape[0]), raw.tobytes())


def to_array(image: Image.Image) -> np.ndarray:
    """The pixels of a loaded image, in bands: Pillow's own way holds them three times over."""
    width, height = image.size
    array: np.ndarray | None = None
    for top in range(0, height, BAND_ROWS):
        bottom = min(top + BAND_ROWS, height)
        band = np.asarray(image.crop((0, top, width, bottom)))
        if array is None:
            array = np.empty((height, *band.shape[1:]), band.dtype)
        array[top:bottom] = band
    assert array is not None  # Pillow opens no image without rows
    return array


def laid(array: np.ndarray, orientation: int) -> np.ndarray:
    """The reverse of ``upright``."""
    return upright(array, {6: 8, 8: 6}.get(orientation, orientation))


def _palette(image: Image.Image) -> np.ndarray:
    """256 entries, as an index may be any; what the file lacks repeats its first, and so is never nearest."""
    entries = np.asarray(image.getpalette("RGB"), np.uint8).reshape(-1, 3)
    transparency = image.info.get("transparency")
    if transparency is not None:
        alpha = np.full(256, 255, np.uint8)
        if isinstance(transparency, bytes):
            alpha[: len(transparency)] = np.frombuffer(transparency, np.uint8)
        else:
            alpha[int(transparency)] = 0
        entries = np.concatenate([entries, alpha[: len(entries), None]], axis=1)
    return np.concatenate([entries, np.repeat(entries[:1], 256 - len(entries), axis=0)])


def _nearest(palette: np.ndarray, pixels: np.ndarray) -> np.ndarray:
    """Indices of the palette's nearest colours to ``(N, C)`` pixels."""
    table = palette.astype(np.int32)
    padded = np.zeros((len(pixels), 4), np.uint8)  # seen as one number each, since few differ
    padded[:, : pixels.shape[1]] = pixels
    numbers, places = np.unique(padded.view(np.uint32)[:, 0], return_inverse=True)
    colours = numbers.view(np.uint8).reshape(-1, 4)[:, : pixels.shape[1]].astype(np.int32)
    nearest = np.empty(len(colours), np.uint8)
    for start in range(0, len(colours), 4096):
        part = colours[start : start + 4096]
        nearest[start : start + 4096] = ((part[:, None] - table) ** 2).sum(-1).argmin(1)
    return nearest[places]


def _rgb_of_cmyk(raw: np.ndarray) -> np.ndarray:
    rgb = np.empty((*raw.shape[:2], 3), np.uint8)
    for top in range(0, len(raw), BAND_ROWS):
        inks = raw[top : top + BAND_ROWS].astype(np.uint16)
        rgb[top : top + BAND_ROWS] = (255 - inks[..., :3]) * (255 - inks[..., 3:]) // 255
    return rgb
