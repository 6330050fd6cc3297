"""Picture files as documents: JPEG, PNG, WebP and BMP of one page, TIFF of one or many."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from PIL import (
    BmpImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from restorekit.documents.deep import is_deep, read_deep_png, read_deep_tiff, unsupported_tiff
from restorekit.documents.metadata import png_bits, save_options, webp_is_lossless
from restorekit.documents.page import Page
from restorekit.documents.pixels import StoredPixels, direct, from_image
from restorekit.orientation import LYING, orientation_of

SUFFIXES = {
    **dict.fromkeys((".jpg", ".jpeg", ".jpe", ".jfif"), "JPEG"),
    **dict.fromkeys((".tif", ".tiff"), "TIFF"),
    **{".png": "PNG", ".webp": "WEBP", ".bmp": "BMP"},
}
_FORMATS = (
    JpegImagePlugin.JpegImageFile.format,
    PngImagePlugin.PngImageFile.format,
    TiffImagePlugin.TiffImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
    BmpImagePlugin.BmpImageFile.format,
)
_TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_OPTIONAL_CODECS = ("jpeg", "lzma", "tiff_jpeg", "webp", "zstd")  # libtiff may have been built without them
_TIFF_MEND = "save it as 8- or 16-bit grey or RGB without compression"
_pillow_limit = threading.Lock()


@dataclass(frozen=True)
class StoredPicture:
    """A picture's pixels as the file holds them, and how it is written again."""

    pixels: StoredPixels
    format: str
    options: dict[str, Any]


class PictureDocument:
    """A picture file; see ``restorekit.documents.page.Document``.

    Args:
        source: the file, or its bytes.
        name: what messages call it.
        max_megapixels: larger pages are refused before they are decoded.

    Raises:
        ValueError: the file is no picture that can be read; the message names it and the mend.
    """

    def __init__(self, source: Path | bytes, *, name: str, max_megapixels: float) -> None:
        self.source, self.name, self.max_megapixels = source, name, max_megapixels
        with self._open() as image:
            self.format = "JPEG" if image.format == "MPO" else str(image.format)
            self.page_count = 1 if image.format == "MPO" else int(getattr(image, "n_frames", 1))
        if self.page_count > 1 and self.format != "TIFF":
            raise ValueError(
                f"{name} is an animation of {self.page_count} pictures; save one of them as a still picture"
            )

    def size(self, number: int) -> tuple[int, int]:
        """``(height, width)`` in px, upright, from the header."""
        with self._open(number) as image:
            width, height = image.size
            lying = self.format != "TIFF" and orientation_of(image) in LYING
            return (width, height) if lying else (height, width)

    def read(self, number: int) -> Page:
        """Page ``number``, from 1."""
        with self._open(number) as image:
            megapixels = image.width * image.height / 1e6
            if megapixels > self.max_megapixels:
                raise ValueError(
                    f"{self._page_name(number)} has {megapixels:.4g} megapixels, over the limit of"
                    f" {self.max_megapixels:.4g}; if you trust it, raise max_megapixels (--max-megapixels)"
                )
            deep = is_deep(image)
            if not deep:
                self._load(image, number)
            options = save_options(image, self.format)
            if self.format == "WEBP":
                with self._file() as file:
                    options["lossless"] = webp_is_lossless(file)
            if self.format == "PNG" and image.mode == "L":
                with self._file() as file:
                    options["bits"] = png_bits(file)
            upright = self.format == "TIFF"  # Pillow and tifffile turn its pages
            orientation = 1 if upright else orientation_of(image)
            try:
                pixels = self._deep(number, orientation) if deep else from_image(image, orientation)
            except ValueError as error:
                raise ValueError(f"{self._page_name(number)}: {error}") from error
        return Page(number, pixels.page, StoredPicture(pixels, self.format, options))

    def _load(self, image: ImageFile.ImageFile, number: int) -> None:
        try:
            image.load()
        except OSError as error:
            if not _lacks_codec(image):
                raise
            told = f"pixels compressed by {image.info['compression']} cannot be decoded here; {_TIFF_MEND}"
            raise ValueError(f"{self._page_name(number)}: {told}") from error

    def _deep(self, number: int, orientation: int) -> StoredPixels:
        with self._file() as file:
            array = read_deep_tiff(file, number) if self.format == "TIFF" else read_deep_png(file)
        return direct(array, orientation)

    def close(self) -> None:
        """Nothing is held open."""

    @contextmanager
    def _open(self, number: int = 1) -> Iterator[ImageFile.ImageFile]:
        """The opened picture at a page; whatever goes wrong inside is told as a ValueError."""
        try:
            with self._file() as file, self._decoder(file) as image:
                if number > 1:
                    with _without_pillow_limit():
                        image.seek(number - 1)
                yield image
        except UnidentifiedImageError as error:
            raise ValueError(self._not_a_picture()) from error
        except (OSError, SyntaxError, EOFError, KeyError, IndexError, TypeError, MemoryError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise ValueError(
                f"{self._page_name(number)} is truncated or damaged ({error}); copy or scan it again"
            ) from error
        except ValueError as error:
            if self.name in str(error):
                raise
            raise ValueError(
                f"{self._page_name(number)} is damaged ({error}); copy or scan it again"
            ) from error

    def _file(self) -> BinaryIO:
        return io.BytesIO(self.source) if isinstance(self.source, bytes) else self.source.open("rb")

    @staticmethod
    def _decoder(file: BinaryIO) -> ImageFile.ImageFile:
        with _without_pillow_limit():
            return Image.open(file, formats=_FORMATS)

    def _page_name(self, number: int) -> str:
        return f"{self.name}, page {number}" if getattr(self, "page_count", 1) > 1 else self.name

    def _not_a_picture(self) -> str:
        with self._file() as file:
            start = file.read(64)
            file.seek(0)
            pixels = unsupported_tiff(file) if start.startswith(_TIFF_STARTS) else ""
        known = "JPEG, PNG, TIFF, WebP, BMP or PDF"
        if pixels:
            return f"{self.name}: pixels of {pixels} are not supported; {_TIFF_MEND}"
        if start.startswith((b"\xff\xd8", b"\x89PNG", *_TIFF_STARTS, b"RIFF", b"BM")):
            return f"{self.name} is truncated or damaged; copy or scan it again"
        if start[:6] in (b"GIF87a", b"GIF89a") or start[4:8] == b"ftyp":
            return f"{self.name} is no {known} (a GIF, HEIC or AVIF, it seems); save it as one of these"
        return f"{self.name} is no picture: {known} is expected; save it as one of these"


def _lacks_codec(image: ImageFile.ImageFile) -> bool:
    """Whether this libtiff was built without what compressed a TIFF's pixels; its errors do not say."""
    codec = image.info.get("compression")
    if image.format != "TIFF" or codec not in _OPTIONAL_CODECS:
        return False
    try:
        Image.new("RGB", (16, 16)).save(io.BytesIO(), format="TIFF", compression=codec)
    except OSError:
        return True
    return False


@contextmanager
def _without_pillow_limit() -> Iterator[None]:
    """Pillow's own limit on pixels, one for the whole process, gives way to ``max_megapixels``."""
    with _pillow_limit:
        limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS = limit
