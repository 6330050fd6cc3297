"""Pages back into picture files."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any, BinaryIO

import cv2
import numpy as np
import tifffile
from PIL import TiffImagePlugin

from restorekit.documents.metadata import converted_options
from restorekit.documents.page import Document, Page
from restorekit.documents.pictures import StoredPicture
from restorekit.documents.pixels import StoredPixels, direct, to_image

_PNG_HEADER_BYTES = 33  # signature and IHDR
_OPTIMIZED_PIXELS = 16_000_000  # above it Pillow's buffer for optimised JPEG weighs more than the gain


class PictureWriter:
    """Writes a picture file; see ``restorekit.documents.page.Writer``.

    Args:
        file: where to, open for reading and writing at its start.
        document: what the pages come from.
        format: ``'JPEG'``, ``'PNG'``, ``'TIFF'``, ``'WEBP'`` or ``'BMP'``.
    """

    def __init__(self, file: BinaryIO, document: Document, format: str) -> None:
        self.file, self.document, self.format = file, document, format
        many = document.page_count > 1
        self.frames = TiffImagePlugin.AppendingTiffWriter(file, new=True) if many else None

    def add(self, page: Page, array: np.ndarray) -> None:
        """Write ``page`` with the pixels of ``array``."""
        stored: StoredPicture = page.stored
        pixels, options = stored.pixels, stored.options
        if stored.format != self.format:
            check_conversion(array, options, self.format, self.document.name)
            options = converted_options(options, self.format, colour=array.ndim == 3 and array.shape[2] > 2)
            pixels = _as_shown(array)
        self._write(pixels, array, options)

    def keep(self, number: int) -> None:
        """Write a white page: what could not be read keeps its place among the pages."""
        array = np.full(self.document.size(number), 255, np.uint8)
        self._write(_as_shown(array), array, {"compression": "tiff_adobe_deflate"})

    def finish(self) -> None:
        """Close the last page of a TIFF."""
        if self.frames is not None:
            self.frames.finalize()

    def _write(self, pixels: StoredPixels, array: np.ndarray, options: dict[str, Any]) -> None:
        file: Any = self.file if self.frames is None else self.frames
        if pixels.mode in ("RGB;16", "RGBA;16"):
            write = _write_deep_tiff if self.format == "TIFF" else _write_deep_png
            write(file, array, options)
        else:
            if self.format == "JPEG" and array.shape[0] * array.shape[1] > _OPTIMIZED_PIXELS:
                options = options | {"optimize": False}
            to_image(pixels, array).save(file, format=self.format, **options)
        if self.frames is not None:
            self.frames.newFrame()


def check_conversion(array: np.ndarray, options: dict[str, Any], format: str, name: str) -> None:
    """Raise a ValueError where ``format`` cannot hold a page."""
    alpha = (array.ndim == 3 and array.shape[2] in (2, 4)) or "transparency" in options
    if format in ("JPEG", "BMP") and alpha:
        raise ValueError(f"{name} has transparency, which {format} cannot hold; name the output .png")
    if format in ("JPEG", "BMP", "WEBP") and array.dtype != np.uint8:
        raise ValueError(f"{name} has 16 bits a channel, which {format} cannot hold; name the output .png")


def _as_shown(array: np.ndarray) -> StoredPixels:
    if array.dtype == np.uint16 and array.ndim == 3 and array.shape[2] > 2:
        return direct(array)
    return StoredPixels("L", 1, array)


def _write_deep_png(file: BinaryIO, array: np.ndarray, options: dict[str, Any]) -> None:
    """OpenCV writes the 16-bit pixels; what it knows nothing of goes between the header and them."""
    order = cv2.COLOR_RGBA2BGRA if array.shape[2] == 4 else cv2.COLOR_RGB2BGR
    data = cv2.imencode(".png", cv2.cvtColor(array, order))[1].tobytes()
    chunks = []
    if "icc_profile" in options:
        chunks.append(_png_chunk(b"iCCP", b"ICC\0\0" + zlib.compress(options["icc_profile"])))
    if "dpi" in options:
        x, y = (round(value / 0.0254) for value in options["dpi"])
        chunks.append(_png_chunk(b"pHYs", struct.pack(">IIB", x, y, 1)))
    if "exif" in options:
        chunks.append(_png_chunk(b"eXIf", options["exif"].removeprefix(b"Exif\0\0")))
    file.write(data[:_PNG_HEADER_BYTES] + b"".join(chunks) + data[_PNG_HEADER_BYTES:])


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _write_deep_tiff(file: BinaryIO, array: np.ndarray, options: dict[str, Any]) -> None:
    dpi = options.get("dpi")
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
    )
    file.write(buffer.getbuffer())
