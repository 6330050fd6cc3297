"""Colour of 16 bits a channel, which Pillow cuts to 8: TIFF by tifffile, PNG by OpenCV."""

from __future__ import annotations

import io
import logging
import math
import struct
import zlib
from typing import Any, BinaryIO

import cv2
import numpy as np
import tifffile
from PIL import ImageFile

from restorekit.documents.pixels import BAND_ROWS
from restorekit.orientation import ORIENTATION_TAG, upright

logging.getLogger("tifffile").addHandler(logging.NullHandler())  # it raises what matters, too

_BITS_TAG, _STRIP_COUNTS_TAG, _TILE_COUNTS_TAG = 258, 279, 325
_BYTE, _ASCII, _SHORT = 1, 2, 3  # types of tags
XMP_TAG = 700
_RGB, _IN_PLANES = 2, 2
_PREMULTIPLIED, _STRAIGHT = 1, 2  # kinds of alpha
_TIFFFILE_CODECS = (1, 8, 32773, 32946)  # none, deflate, PackBits, old deflate; it needs more code for others
_PNG_HEADER_BYTES = 33  # signature and IHDR


def is_deep(image: ImageFile.ImageFile) -> bool:
    """Whether an opened, not yet loaded picture has several channels of 16 bits."""
    if image.format == "TIFF":
        bits = image.tag_v2.get(_BITS_TAG, ())  # type: ignore[attr-defined]
        return isinstance(bits, tuple) and len(bits) >= 3 and set(bits) == {16}
    if image.format == "PNG" and image.tile:
        arguments = image.tile[0][3]
        raw = arguments if isinstance(arguments, str) else (arguments or ("",))[0]
        return isinstance(raw, str) and raw.endswith(";16B") and not raw.startswith("I")
    return False


def read_deep_png(file: BinaryIO) -> np.ndarray:
    """``(H, W, 3)`` or ``(H, W, 4)`` uint16 as stored, whatever the EXIF orientation.

    Raises:
        OSError: the file is damaged.
    """
    return _rgb(cv2.imdecode(np.frombuffer(file.read(), np.uint8), cv2.IMREAD_UNCHANGED))


def read_deep_tiff(file: BinaryIO, number: int) -> np.ndarray:
    """Page ``number``, from 1, as ``(H, W, 3)`` or ``(H, W, 4)`` uint16: upright, alpha not multiplied in.

    Raises:
        ValueError: its colours or its compression are not supported.
        OSError: the file is damaged.
    """
    try:
        with tifffile.TiffFile(file) as tiff:
            page: Any = tiff.pages[number - 1]
            alpha = (*page.extrasamples, _STRAIGHT)[0]
            unsupported = _unsupported(page)
            array = np.empty((0, 0, 3)) if unsupported else _decoded(page, file, number)
    except (ValueError, IndexError, zlib.error, struct.error, cv2.error) as error:
        raise OSError(str(error)) from error
    if unsupported:
        raise ValueError(
            f"16-bit pixels stored as {unsupported} are not supported; save it as RGB without compression"
        )
    if array.shape[2] == 4 and alpha == _PREMULTIPLIED:
        return _with_straight_alpha(array)
    return array if alpha == _STRAIGHT else np.ascontiguousarray(array[..., :3])


def _unsupported(page: Any) -> str:
    if page.photometric != _RGB or page.dtype != np.uint16:
        return f"{_name(page.photometric)} {page.dtype}"
    in_planes = page.planarconfig == _IN_PLANES and page.compression not in _TIFFFILE_CODECS
    return f"planes compressed by {_name(page.compression)}" if in_planes else ""


def _decoded(page: Any, file: BinaryIO, number: int) -> np.ndarray:
    if page.compression in _TIFFFILE_CODECS:
        counts = page.tags.valueof(_TILE_COUNTS_TAG if page.is_tiled else _STRIP_COUNTS_TAG, default=())
        if len(counts) != math.prod(page.chunked) or 0 in counts:
            raise ValueError("a part of its pixels is missing")  # tifffile takes it for black
        planes = page.asarray().astype(np.uint16, copy=False).reshape(page.shaped)[:, 0]
        array = planes[0] if len(planes) == 1 else np.concatenate(planes, axis=-1)
        return upright(array, int(page.tags.valueof(ORIENTATION_TAG, default=1)))
    file.seek(0)
    data = np.frombuffer(file.read(), np.uint8)
    return _rgb(cv2.imdecodemulti(data, cv2.IMREAD_UNCHANGED)[1][number - 1])


def unsupported_tiff(file: BinaryIO) -> str:
    """How a TIFF file that Pillow does not know stores its pixels; empty where the file is damaged."""
    try:
        with tifffile.TiffFile(file) as tiff:
            page: Any = tiff.pages[0]
            packed = f" compressed by {_name(page.compression)}" if page.compression > 1 else ""
            return f"{page.samplesperpixel} x {page.bitspersample} bits of {_name(page.photometric)}{packed}"
    except (ValueError, IndexError, struct.error):
        return ""


def write_deep_png(file: BinaryIO, array: np.ndarray, options: dict[str, Any]) -> None:
    """OpenCV writes the pixels, as they are stored; what it knows nothing of goes between header and them.

    Args:
        file: where to.
        array: ``(H, W, 3)`` or ``(H, W, 4)`` uint16.
        options: those with which Pillow would write it.
    """
    order = cv2.COLOR_RGBA2BGRA if array.shape[2] == 4 else cv2.COLOR_RGB2BGR
    data = cv2.imencode(".png", cv2.cvtColor(array, order))[1].tobytes()
    chunks = []
    if "icc_profile" in options:
        chunks.append(png_chunk(b"iCCP", b"ICC\0\0" + zlib.compress(options["icc_profile"])))
    if "dpi" in options:
        x, y = (round(value / 0.0254) for value in options["dpi"])
        chunks.append(png_chunk(b"pHYs", struct.pack(">IIB", x, y, 1)))
    if options.get("exif"):
        chunks.append(png_chunk(b"eXIf", options["exif"].removeprefix(b"Exif\0\0")))
    if "pnginfo" in options:
        chunks += [png_chunk(*chunk[:2]) for chunk in options["pnginfo"].chunks]
    file.write(data[:_PNG_HEADER_BYTES] + b"".join(chunks) + data[_PNG_HEADER_BYTES:])


def write_deep_tiff(file: BinaryIO, array: np.ndarray, options: dict[str, Any]) -> None:
    """Write a page of a TIFF; see ``write_deep_png``."""
    dpi, texts = options.get("dpi"), options.get("tiffinfo", {})
    buffer = io.BytesIO()
    tifffile.imwrite(
        buffer,
        array,
        byteorder="<",
        photometric="rgb",
        extrasamples=["unassalpha"] if array.shape[2] == 4 else None,
        compression="zlib" if options.get("compression") else None,
        resolution=(float(dpi[0]), float(dpi[1])) if dpi else None,
        resolutionunit="inch" if dpi else None,
        iccprofile=options.get("icc_profile"),
        metadata=None,
        software=False,
        extratags=[_tag(tag, value) for tag, value in texts.items()],
    )
    file.write(buffer.getbuffer())


def _rgb(array: np.ndarray | None) -> np.ndarray:
    if array is None or array.dtype != np.uint16 or array.ndim != 3:
        raise OSError("its 16-bit pixels cannot be decoded")
    return cv2.cvtColor(array, cv2.COLOR_BGRA2RGBA if array.shape[2] == 4 else cv2.COLOR_BGR2RGB)


def _with_straight_alpha(array: np.ndarray) -> np.ndarray:
    """``(H, W, 4)`` uint16 with its colours divided by alpha."""
    for top in range(0, len(array), BAND_ROWS):
        band = array[top : top + BAND_ROWS]
        alpha = np.maximum(band[..., 3:], 1).astype(np.uint64)
        band[..., :3] = np.minimum((band[..., :3].astype(np.uint64) * 65535 + alpha // 2) // alpha, 65535)
    return array


def _tag(tag: int, value: Any) -> tuple[int, int, int, Any, bool]:
    """A tag as tifffile writes it: a text, the numbers of a page, or XMP."""
    if tag == XMP_TAG:
        return tag, _BYTE, len(value), value, True
    if isinstance(value, str | bytes):
        text = value.encode("latin-1", "replace") if isinstance(value, str) else value
        return tag, _ASCII, 0, text, True
    return tag, _SHORT, len(value), value, True


def _name(value: Any) -> str:
    return str(getattr(value, "name", value))


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG file (RFC 2083, 3.2)."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
