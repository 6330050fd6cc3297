"""Pages back into picture files."""

from __future__ import annotations

from typing import Any, BinaryIO

import numpy as np
from PIL import Image, TiffImagePlugin

from restorekit.documents.deep import XMP_TAG, write_deep_png, write_deep_tiff
from restorekit.documents.exif import add_to_tiff
from restorekit.documents.metadata import converted_options
from restorekit.documents.page import Document, Page
from restorekit.documents.pictures import StoredPicture
from restorekit.documents.pixels import StoredPixels, direct, laid, to_image
from restorekit.documents.shallow import SHALLOW_BITS, write_shallow_png

_OPTIMIZED_PIXELS = 16_000_000  # above it Pillow's buffer for optimised JPEG weighs more than the gain
_LONGEST_SIDES = {"JPEG": 65_500, "WEBP": 16_383}  # px, of libjpeg and RFC 9649


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

    def check(self, page: Page) -> None:
        """Raise a ValueError where the format cannot hold ``page``."""
        stored: StoredPicture = page.stored
        if stored.format != self.format and page.array is not None:
            check_conversion(page.array, stored.options, self.format, self.document.name)

    def add(self, page: Page, array: np.ndarray) -> None:
        """Write ``page`` with the pixels of ``array``."""
        stored: StoredPicture = page.stored
        pixels, options = stored.pixels, stored.options
        if stored.format != self.format:
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
        exif = b""
        if self.format == "TIFF":
            options = dict(options)
            exif = options.pop("exif", b"")
            if xmp := options.pop("xmp", b""):
                options["tiffinfo"][XMP_TAG] = xmp
        if self.format == "BMP":
            options = {"dpi": (0, 0)} | options  # or Pillow says 96
        if pixels.mode in ("RGB;16", "RGBA;16"):
            write = write_deep_tiff if self.format == "TIFF" else write_deep_png
            write(file, np.ascontiguousarray(laid(array, pixels.orientation)), options)
        elif self.format == "PNG" and pixels.mode == "L" and options.get("bits") in SHALLOW_BITS:
            write_shallow_png(file, to_image(pixels, array), options)
        elif self.format == "JPEG":
            save_jpeg(to_image(pixels, array), file, options)
        else:
            to_image(pixels, array).save(file, format=self.format, **options)
        if self.frames is not None:
            self.frames.newFrame()
        elif exif:
            add_to_tiff(self.file, exif)


def save_jpeg(image: Image.Image, file: BinaryIO, options: dict[str, Any]) -> None:
    """Write a JPEG; a plain one where ``options`` ask for a coding that needs more than Pillow's buffer.

    Pillow guesses how long an optimised or progressive one becomes: too short for grain at the best quality.
    """
    if image.width * image.height > _OPTIMIZED_PIXELS:
        options = options | {"optimize": False}
    start = file.tell()
    try:
        image.save(file, format="JPEG", **options)
    except OSError as error:
        if error.errno is not None:
            raise
        file.seek(start)
        file.truncate()
        image.save(file, format="JPEG", **options | {"optimize": False, "progressive": False})


def check_conversion(array: np.ndarray, options: dict[str, Any], format: str, name: str) -> None:
    """Raise a ValueError where ``format`` cannot hold a page."""
    alpha = (array.ndim == 3 and array.shape[2] in (2, 4)) or "transparency" in options
    if format in ("JPEG", "BMP") and alpha:
        raise ValueError(f"{name} has transparency, which {format} cannot hold; name the output .png")
    longest = max(array.shape[:2])
    if longest > _LONGEST_SIDES.get(format, longest):
        raise ValueError(
            f"{name} has a side of {longest} px, where {format} holds {_LONGEST_SIDES[format]}; name the"
            " output .png"
        )
    if format in ("JPEG", "BMP", "WEBP") and array.dtype != np.uint8:
        raise ValueError(f"{name} has 16 bits a channel, which {format} cannot hold; name the output .png")


def _as_shown(array: np.ndarray) -> StoredPixels:
    if array.dtype == np.uint16 and array.ndim == 3 and array.shape[2] > 2:
        return direct(array, 1)
    return StoredPixels("L", 1, array)
