"""Which kind of document a file is, and what writes it again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from restorekit.documents.options import EraseOptions
from restorekit.documents.page import Document, Writer
from restorekit.documents.pictures import SUFFIXES, PictureDocument

PDF_SUFFIX = ".pdf"
_PDF_HEADER_BYTES = 1024  # the header may stand anywhere in them


def is_supported(path: Path) -> bool:
    """Whether a file is a document by its name."""
    return path.suffix.lower() in SUFFIXES or path.suffix.lower() == PDF_SUFFIX


def open_document(source: Path | bytes, *, name: str, options: EraseOptions) -> Document:
    """Open a file by its content, whatever its name ends in; close it afterwards.

    Args:
        source: the file, or its bytes.
        name: what messages call it.
        options: see ``EraseOptions``.

    Raises:
        FileNotFoundError, ValueError, OSError: it cannot be opened; the message names it and the mend.
    """
    start = source[:_PDF_HEADER_BYTES] if isinstance(source, bytes) else _start_of(source, name)
    if not start:
        raise ValueError(f"{name} is empty (0 bytes); copy or scan it again")
    if b"%PDF-" in start:
        from restorekit.documents.pdf import PdfDocument

        return PdfDocument(source, name=name, options=options)
    return PictureDocument(source, name=name, max_megapixels=options.max_megapixels)


def _start_of(source: Path, name: str) -> bytes:
    try:
        with source.open("rb") as file:
            return file.read(_PDF_HEADER_BYTES)
    except FileNotFoundError as error:
        raise FileNotFoundError(f"there is no {name}; check the path") from error
    except IsADirectoryError as error:
        raise IsADirectoryError(f"{name} is a folder; a file is expected here") from error
    except PermissionError as error:
        raise PermissionError(f"{name} cannot be read: permission denied") from error


def open_writer(file: BinaryIO, document: Document, format: str) -> Writer:
    """What writes ``document`` again, in ``format``."""
    if format == "PDF":
        from restorekit.documents.pdf_writing import PdfWriter

        return PdfWriter(file, document, document.source)  # type: ignore[attr-defined]
    from restorekit.documents.picture_writing import PictureWriter

    return PictureWriter(file, document, format)


def format_of(target: str | os.PathLike, document: Document) -> str:
    """The format to write: the picture format that ``target`` names by its suffix, or the document's own.

    The document's own is taken where ``target`` has no suffix, or that of the document, be it a wrong one.

    Raises:
        ValueError: the document cannot be written so.
    """
    suffix = Path(target).suffix.lower()
    if suffix in ("", Path(document.name).suffix.lower()):
        return document.format
    if not is_supported(Path(target)):
        known = ", ".join((*SUFFIXES, PDF_SUFFIX))
        raise ValueError(
            f"{target}: no format has the suffix {suffix}; expected {known}, or a / after a folder"
        )
    named = "PDF" if suffix == PDF_SUFFIX else SUFFIXES[suffix]
    if named == document.format:
        return named
    if "PDF" in (named, document.format) or document.page_count > 1:
        pages = "" if document.page_count == 1 else f" of {document.page_count} pages"
        raise ValueError(
            f"{document.name} is a {document.format}{pages} and cannot be written as {named}; give the output"
            f" the suffix of a {document.format}"
        )
    return named
