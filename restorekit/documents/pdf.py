"""PDF files as documents: pages that bear a picture are rendered, the others pass through."""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image
from pypdfium2 import raw as pdfium

from restorekit.documents.metadata import save_options
from restorekit.documents.options import EraseOptions
from restorekit.documents.page import Page
from restorekit.documents.pdf_markup import has_form_text, has_markup, hidden_markup

_lock = threading.RLock()  # PDFium is not made for several threads
_POINTS = 72.0
_LEAST_PICTURE = 0.05  # share of the page; below it a picture is a logo
_TEXT_DPI = 200.0  # of pages without a picture, where they are rendered, and at least of others with text
_WHOLE = 0.5  # share of the page from which on a picture is the page, and its resolution taken whatever it is
_DPI_RANGE = (72.0, 600.0)  # of pages whose pictures fill less
_SAME = 0.01
_PAGES_AN_OPENING = 8


@dataclass(frozen=True)
class StoredPdfPage:
    """How a rendered page is written again.

    Attributes:
        box: left, bottom, right and top of what the page shows, in its points.
        rotation: degrees clockwise by which it is shown: 0, 90, 180 or 270.
        jpeg: the tables and sampling of a JPEG; None for lossless.
        bilevel: black and white alone, as all of the page's pictures are.
    """

    box: tuple[float, float, float, float]
    rotation: int
    jpeg: dict[str, Any] | None
    bilevel: bool


class PdfDocument:
    """A PDF file; see ``restorekit.documents.page.Document``.

    Args:
        source: the file, or its bytes.
        name: what messages call it.
        options: how pages are rendered, and which inks are to go.

    Raises:
        ValueError: the file cannot be opened, or has no pages; the message names it and the mend.
    """

    format = "PDF"

    def __init__(self, source: Path | bytes, *, name: str, options: EraseOptions) -> None:
        self.source, self.name, self.options = source, name, options
        with _lock:
            self._pdf, self._pages_read = self._opened(), 0
            self.page_count = len(self._pdf)
        if self.page_count == 0:
            self.close()
            raise ValueError(f"{name} has no pages; export or scan it again")

    def size(self, number: int) -> tuple[int, int]:
        """``(height, width)`` in px of page ``number`` as rendered; ``(0, 0)`` where it passes through."""
        with _lock, self._page(number) as page:
            return self._size(page)

    def read(self, number: int) -> Page:
        """Page ``number``, from 1, with annotations and filled-in forms."""
        with _lock:
            self._let_go()
            with self._page(number) as page:
                return self._read(number, page)

    def _read(self, number: int, page: pypdfium2.PdfPage) -> Page:
        height, width = self._size(page)
        if height == 0:
            return Page(number, None)
        limit = self.options.max_megapixels
        if height * width / 1e6 > limit:
            raise ValueError(
                f"{self.name}, page {number} would have {height * width / 1e6:.4g} megapixels, over the"
                f" limit of {limit:.4g}; lower dpi (--dpi), or raise max_megapixels (--max-megapixels)"
            )
        array = _render(page, height, width)
        pictures = _objects(page, pdfium.FPDF_PAGEOBJ_IMAGE)
        if array.min() == array.max() and not all(_is_shown(picture) for picture in pictures):
            raise ValueError(
                f"{self.name}, page {number} comes out blank, for a picture on it cannot be decoded;"
                " export or scan it again"
            )
        jpeg = _jpeg_options(pictures) if pictures else None
        bilevel = bool(pictures) and all(_bits(picture) == 1 for picture in pictures)
        stored = StoredPdfPage(page.get_bbox(), page.get_rotation(), jpeg, bilevel)
        if not self._loses_markup(page):
            return Page(number, array, stored)
        with hidden_markup(page):
            beneath = _render(page, height, width)
        if beneath.ndim < array.ndim:
            beneath = np.repeat(beneath[..., None], 3, axis=2)
        alone = not (self._is_rendered(page, pictures) or self.options.only)
        return Page(number, array, stored, beneath, alone)

    def close(self) -> None:
        """Let go of the file."""
        with _lock:
            self._pdf.close()

    def _opened(self) -> pypdfium2.PdfDocument:
        try:
            pdf = pypdfium2.PdfDocument(self.source)
        except pypdfium2.PdfiumError as error:
            raise ValueError(_why_not(self.source, self.name)) from error
        if pdf.get_formtype():
            pdf.init_forms()
        return pdf

    def _let_go(self) -> None:
        """Open the file anew every few pages: PDFium keeps all that it has read of it."""
        if self._pages_read == _PAGES_AN_OPENING:
            self._pdf.close()
            self._pdf, self._pages_read = self._opened(), 0
        self._pages_read += 1

    @contextmanager
    def _page(self, number: int) -> Iterator[pypdfium2.PdfPage]:
        """A page, closed with the lock still held: left to Python, that would be done without it."""
        try:
            page = self._pdf[number - 1]
        except pypdfium2.PdfiumError as error:
            raise ValueError(
                f"{self.name}, page {number} is damaged ({error}); export or scan it again"
            ) from error
        with closing(page):
            yield page

    def _size(self, page: pypdfium2.PdfPage) -> tuple[int, int]:
        objects = _objects(page)
        pictures = [item for item in objects if item.type == pdfium.FPDF_PAGEOBJ_IMAGE]
        if not self._is_rendered(page, pictures) and not self._loses_markup(page):
            return 0, 0
        dpi_x = dpi_y = self.options.dpi or _TEXT_DPI
        if _is_borne(page, pictures) and self.options.dpi is None:
            layers = [picture for picture in pictures if _area(picture) >= _WHOLE * _page_area(page)]
            picture = max(layers, key=_density) if layers else max(pictures, key=_area)
            least, most = (0.0, math.inf) if layers else _DPI_RANGE
            others = objects[objects.index(picture) + 1 :] if layers else objects
            if any(_is_finer(item, picture) for item in others) or has_form_text(page):
                least = _TEXT_DPI
            dpi_x, dpi_y = _own_dpi(picture, page.get_rotation() % 180 == 90, least, most)
        width, height = page.get_size()
        return max(round(height / _POINTS * dpi_y), 1), max(round(width / _POINTS * dpi_x), 1)

    def _is_rendered(self, page: pypdfium2.PdfPage, pictures: list[Any]) -> bool:
        """Whether the page itself, without what somebody wrote on it since, may bear ink."""
        return self.options.pdf_mode == "all" or _is_borne(page, pictures)

    def _loses_markup(self, page: pypdfium2.PdfPage) -> bool:
        """Whether what somebody wrote on the page with a PDF program goes by itself."""
        return not self.options.full and has_markup(page)


def _why_not(source: Path | bytes, name: str) -> str:
    """Why PDFium did not open a file; its own word on that can be that of an earlier file."""
    try:
        with pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source) as pdf:
            if len(pdf.pages) == 0:
                return f"{name} has no pages; export or scan it again"
    except pikepdf.PasswordError:
        return f"{name} is protected by a password; save a copy without one (print it to PDF, say)"
    except (pikepdf.PdfError, RuntimeError, ValueError):
        pass
    return f"{name} is truncated or damaged; export or scan it again"


def _objects(page: pypdfium2.PdfPage, *kinds: int) -> list[Any]:
    """What a page is drawn of, from the lowest to the uppermost; of these kinds alone where any are named."""
    return list(page.get_objects(filter=kinds, max_depth=5))


def _is_borne(page: pypdfium2.PdfPage, pictures: list[Any]) -> bool:
    return sum(_area(picture) for picture in pictures) >= _LEAST_PICTURE * _page_area(page)


def _on_page(picture: Any) -> pypdfium2.PdfMatrix:
    """The matrix that lays the unit square where a picture lies; PDFium's own stops at the form around it."""
    matrix, form = picture.get_matrix(), picture.container
    while form is not None:
        matrix, form = matrix.multiply(form.get_matrix()), form.container
    return matrix


def _area(picture: Any) -> float:
    left, bottom, right, top = _on_page(picture).on_rect(0, 0, 1, 1)
    return (right - left) * (top - bottom)


def _density(picture: Any) -> float:
    width, height = picture.get_px_size()
    return width * height / max(_area(picture), 1e-6)


def _is_finer(item: Any, picture: Any) -> bool:
    """Whether pixels as large as a picture's would show less of an object than there is to see."""
    if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
        return _density(item) > _density(picture)
    if item.type == pdfium.FPDF_PAGEOBJ_TEXT:  # a scan's text layer is not seen
        return pdfium.FPDFTextObj_GetTextRenderMode(item) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    return item.type == pdfium.FPDF_PAGEOBJ_PATH


def _is_shown(picture: Any) -> bool:
    """Whether PDFium can decode a picture; it leaves out the others without a word."""
    try:
        picture.get_bitmap()  # let go of at once: closing it, pypdfium2 would warn
    except pypdfium2.PdfiumError:
        return False
    return True


def _bits(picture: Any) -> int:
    return int(picture.get_metadata().bits_per_pixel)


def _page_area(page: pypdfium2.PdfPage) -> float:
    width, height = page.get_size()
    return width * height


def _own_dpi(picture: Any, lying: bool, least: float, most: float) -> tuple[float, float]:
    """Pixels an inch across and down the shown page of a picture on it.

    Args:
        picture: the picture.
        lying: the page is rotated.
        least: what comes out at least, in dpi.
        most: what comes out at most.
    """
    matrix = _on_page(picture)
    left, bottom, right, top = matrix.on_rect(0, 0, 1, 1)
    pixels = list(picture.get_px_size())
    if abs(matrix.b) > abs(matrix.a):  # the picture itself lies on its side
        pixels.reverse()
    x = pixels[0] / max(right - left, 1e-6) * _POINTS
    y = pixels[1] / max(top - bottom, 1e-6) * _POINTS
    if abs(x - y) > _SAME * max(x, y):  # pixels that are not square
        x = y = max(x, y)
    if not least <= x <= most:
        x = y = min(max(x, least), most)
    return (y, x) if lying else (x, y)


def _render(page: pypdfium2.PdfPage, height: int, width: int) -> np.ndarray:
    """The page as RGB, or grey where it has no colour, at exactly this size."""
    flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGR, rev_byteorder=True)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
    if page.formenv:
        pdfium.FPDF_FFLDraw(page.formenv, bitmap, page, 0, 0, width, height, 0, flags)
    array = bitmap.to_numpy()
    first = array[..., 0]
    grey = all(np.array_equal(first, array[..., channel]) for channel in (1, 2))
    copy = (first if grey else array).copy()
    bitmap.close()
    return copy


def _jpeg_options(pictures: list[Any]) -> dict[str, Any] | None:
    """How Pillow writes a JPEG like the largest picture; None where not every picture is lossy."""
    lossy = [picture for picture in pictures if {"DCTDecode", "JPXDecode"} & set(picture.get_filters())]
    if len(lossy) < len(pictures):
        return None
    options: dict[str, Any] = {"quality": 95, "subsampling": 0}
    largest = max(lossy, key=_area)
    if "DCTDecode" in largest.get_filters():
        try:
            with Image.open(io.BytesIO(bytes(largest.get_data(decode_simple=True)))) as image:
                options = save_options(image, "JPEG")
        except (OSError, ValueError):
            return options
        for key in ("exif", "icc_profile", "xmp", "comment"):
            options.pop(key, None)
    return options
