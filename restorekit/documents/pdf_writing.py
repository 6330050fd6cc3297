"""Rendered pages back into their PDF: same pages, same boxes, same outline; a picture instead of the ink."""

from __future__ import annotations

import io
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pikepdf
from PIL import Image

from restorekit.documents.metadata import without_thumbnails
from restorekit.documents.page import Document, Page
from restorekit.documents.pdf import StoredPdfPage
from restorekit.documents.pdf_markup import MARKUP
from restorekit.documents.picture_writing import save_jpeg

_MARKUP = frozenset((*MARKUP, "/Popup"))  # with what opens beside it
_OLD_LOOKS = ("/Thumb", "/Metadata", "/PieceInfo", "/B", "/AA", "/StructParents")
_MOST_HELD_BYTES = 128 << 20  # of pictures, in memory
_INK = ("/AP", "/InkList", "/Contents", "/RC")  # of annotations, which a form or the structure may still hold


class PdfWriter:
    """Writes a PDF; see ``restorekit.documents.page.Writer``.

    A page that was rendered gets one picture, which fills what the page shows; its text, its annotations
    except links, and its thumbnail go, for they show what was erased. Of a page on which there is nothing to
    erase but what a PDF program wrote, that goes and all else stays. Every other page, page sizes, rotation,
    outline and metadata stay.

    Args:
        file: where to, open for writing.
        document: what the pages come from.
        source: the PDF file, or its bytes.

    Raises:
        ValueError: the PDF is damaged; the message names it and the mend.
    """

    def __init__(self, file: BinaryIO, document: Document, source: Path | bytes) -> None:
        self.file, self.document, self._held_bytes = file, document, 0
        try:
            self.pdf = pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source)
        except pikepdf.PdfError as error:
            raise ValueError(f"{document.name} is damaged ({error}); export or scan it again") from error
        self._drop_thumbnails()

    def check(self, page: Page) -> None:
        """A PDF holds pages of all kinds."""

    def add(self, page: Page, array: np.ndarray) -> None:
        """Replace the page's content by the pixels of ``array``."""
        stored: StoredPdfPage = page.stored
        if page.alone:
            _drop_annotations(self.pdf.pages[page.number - 1].obj, lambda kind: kind in _MARKUP)
            _forget(self.pdf.pages[page.number - 1].obj, ("/Thumb", "/Metadata"))
            return
        if stored.bilevel and array.ndim == 2:
            array = np.where(array >= 128, np.uint8(255), np.uint8(0))
        picture = self._picture(array, stored.jpeg)
        target = self.pdf.pages[page.number - 1]  # not before: laying pictures down opens the file anew
        matrix = " ".join(f"{value:.4f}" for value in _placement(stored))
        target.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=picture))
        target.obj["/Contents"] = self.pdf.make_stream(f"q {matrix} cm /Page Do Q".encode())
        _forget(target.obj, _OLD_LOOKS)
        _drop_annotations(target.obj, lambda kind: kind != "/Link")

    def keep(self, number: int) -> None:
        """The page stays as it is."""

    def finish(self) -> None:
        """Write the file."""
        self._save(self.file)
        self.pdf.close()

    def _drop_thumbnails(self) -> None:
        xmp = self.pdf.Root.get("/Metadata")
        if isinstance(xmp, pikepdf.Stream):
            try:
                xmp.write(without_thumbnails(xmp.read_bytes()))
            except pikepdf.PdfError:  # nobody can read it
                del self.pdf.Root["/Metadata"]

    def _save(self, file: BinaryIO) -> None:
        self.pdf.save(file, encryption=self.pdf.is_encrypted)  # with the same passwords and permissions

    def _stream(self, data: bytes, settings: dict[str, Any]) -> pikepdf.Object:
        """A stream of the PDF, which holds those that it is given in memory but reads those of a file."""
        if self._held_bytes + len(data) > _MOST_HELD_BYTES:
            file = tempfile.TemporaryFile()  # noqa: SIM115  (gone with the PDF that reads it)
            self._save(file)
            self.pdf.close()
            file.seek(0)
            self.pdf, self._held_bytes = pikepdf.open(file), 0
        self._held_bytes += len(data)
        return self.pdf.make_stream(data, settings)

    def _picture(self, array: np.ndarray, jpeg: dict[str, Any] | None) -> pikepdf.Object:
        grey = array.ndim == 2
        settings: dict[str, Any] = {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": array.shape[1],
            "/Height": array.shape[0],
            "/ColorSpace": pikepdf.Name.DeviceGray if grey else pikepdf.Name.DeviceRGB,
            "/BitsPerComponent": 8,
        }
        if jpeg is not None:
            if grey:
                jpeg = {key: value for key, value in jpeg.items() if key != "subsampling"}
            buffer = io.BytesIO()
            save_jpeg(Image.fromarray(array), buffer, jpeg)
            settings["/Filter"] = pikepdf.Name.DCTDecode
            return self._stream(buffer.getvalue(), settings)
        if grey and bool(np.isin(array, (0, 255)).all()):
            data, settings["/BitsPerComponent"] = np.packbits(array > 0, axis=1), 1
        else:
            data = array
        settings["/Filter"] = pikepdf.Name.FlateDecode
        return self._stream(zlib.compress(np.ascontiguousarray(data).data), settings)


def _forget(item: pikepdf.Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in item:
            del item[key]


def _drop_annotations(page: pikepdf.Object, goes: Callable[[str], bool]) -> None:
    """Take the annotations off a page whose subtypes go."""
    kept = []
    for item in page.get("/Annots", ()):
        if isinstance(item, pikepdf.Dictionary):
            if goes(str(item.get("/Subtype"))):
                _forget(item, _INK)
            else:
                kept.append(item)
    if "/Annots" in page:
        page["/Annots"] = pikepdf.Array(kept)


def _placement(stored: StoredPdfPage) -> tuple[float, ...]:
    """The matrix that lays a unit square, upright as shown, over what the page shows."""
    x0, y0, x1, y1 = stored.box
    width, height = x1 - x0, y1 - y0
    return {
        0: (width, 0, 0, height, x0, y0),
        90: (0, height, -width, 0, x1, y0),
        180: (-width, 0, 0, -height, x1, y1),
        270: (0, -height, width, 0, x0, y1),
    }[stored.rotation]
