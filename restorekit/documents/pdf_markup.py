"""What somebody wrote on a PDF's pages with a PDF program: markup (ISO 32000-1, 12.5.6.2) and forms' text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
from pypdfium2 import raw as pdfium

MARKUP = {
    "/Text": pdfium.FPDF_ANNOT_TEXT,
    "/FreeText": pdfium.FPDF_ANNOT_FREETEXT,
    "/Line": pdfium.FPDF_ANNOT_LINE,
    "/Square": pdfium.FPDF_ANNOT_SQUARE,
    "/Circle": pdfium.FPDF_ANNOT_CIRCLE,
    "/Polygon": pdfium.FPDF_ANNOT_POLYGON,
    "/PolyLine": pdfium.FPDF_ANNOT_POLYLINE,
    "/Highlight": pdfium.FPDF_ANNOT_HIGHLIGHT,
    "/Underline": pdfium.FPDF_ANNOT_UNDERLINE,
    "/Squiggly": pdfium.FPDF_ANNOT_SQUIGGLY,
    "/StrikeOut": pdfium.FPDF_ANNOT_STRIKEOUT,
    "/Stamp": pdfium.FPDF_ANNOT_STAMP,
    "/Caret": pdfium.FPDF_ANNOT_CARET,
    "/Ink": pdfium.FPDF_ANNOT_INK,
}
"""Their subtypes, and PDFium's names of these; attachments and sounds are no writing."""
_TEXT_FIELDS = (
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
)
_EMPTY_BYTES = 2  # of a value in UTF-16, with its end
_KINDS = frozenset(MARKUP.values())
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW


def has_markup(page: pypdfium2.PdfPage) -> bool:
    """Whether somebody wrote on the page, for others to see, with a PDF program."""
    return any(not flags & _UNSEEN for _, flags in _markup(page))


def has_form_text(page: pypdfium2.PdfPage) -> bool:
    """Whether a field of a form on the page holds text."""
    return page.formenv is not None and any(
        _holds_text(page, index) for index in range(pdfium.FPDFPage_GetAnnotCount(page))
    )


def _holds_text(page: pypdfium2.PdfPage, index: int) -> bool:
    with _annotation(page, index) as annotation:
        kind = pdfium.FPDFAnnot_GetFormFieldType(page.formenv, annotation)
        length = pdfium.FPDFAnnot_GetFormFieldValue(page.formenv, annotation, None, 0)
    return kind in _TEXT_FIELDS and length > _EMPTY_BYTES


@contextmanager
def hidden_markup(page: pypdfium2.PdfPage) -> Iterator[None]:
    """The page as it was before anybody wrote on it so."""
    before = dict(_markup(page))
    for index, flags in before.items():
        _set_flags(page, index, flags | pdfium.FPDF_ANNOT_FLAG_HIDDEN)
    try:
        yield
    finally:
        for index, flags in before.items():
            _set_flags(page, index, flags)


def _markup(page: pypdfium2.PdfPage) -> Iterator[tuple[int, int]]:
    """The places of a page's markup among its annotations, and their flags."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        with _annotation(page, index) as annotation:
            kind, flags = pdfium.FPDFAnnot_GetSubtype(annotation), pdfium.FPDFAnnot_GetFlags(annotation)
        if kind in _KINDS:
            yield index, flags


def _set_flags(page: pypdfium2.PdfPage, index: int, flags: int) -> None:
    with _annotation(page, index) as annotation:
        pdfium.FPDFAnnot_SetFlags(annotation, flags)


@contextmanager
def _annotation(page: pypdfium2.PdfPage, index: int) -> Iterator[Any]:
    annotation = pdfium.FPDFPage_GetAnnot(page, index)
    try:
        yield annotation
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)
