"""A file in, the file without its ink out."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import BinaryIO

import numpy as np

from restorekit.atomic import atomic_file, whole_to
from restorekit.documents.ink import (
    changed_pixels,
    doubt_mask,
    ink_mask,
    ink_of_colours,
    keep_print,
)
from restorekit.documents.judging import judge
from restorekit.documents.opening import format_of, open_document, open_writer
from restorekit.documents.options import EraseOptions
from restorekit.documents.page import Document, ErasedPage, Page, PageSummary, Restore, Writer
from restorekit.wording import counted

File = str | os.PathLike | BinaryIO
"""A path, or a file that is open: for reading, or for writing."""
_OPEN_FILE = "the open file"
OnPage = Callable[[ErasedPage | None, PageSummary], None]


def erase_file(
    restore: Restore, source: File, target: File, options: EraseOptions | None = None
) -> list[PageSummary]:
    """Erase a file; see ``restorekit.Restorer.erase_file``."""
    options = options or EraseOptions()
    with closing(_opened(source, options)) as document, _written(target) as file:
        paths = _path(source), _path(target)
        same = "" not in paths and os.path.realpath(paths[0]) == os.path.realpath(paths[1])
        format = format_of(paths[1], document)
        return erase_document(restore, document, file, options, format=format, in_place=same)


def erase_pages(restore: Restore, source: File, options: EraseOptions | None = None) -> Iterator[ErasedPage]:
    """The erased pages of a file; see ``restorekit.Restorer.erase_pages``."""
    options = options or EraseOptions()
    return _pages(restore, _opened(source, options), options)


def _pages(restore: Restore, document: Document, options: EraseOptions) -> Iterator[ErasedPage]:
    with closing(document):
        for number in _wanted(document, options):
            yield erase_page(restore, document.read(number), options)


def _wanted(document: Document, options: EraseOptions) -> list[int]:
    """The pages of a document to erase; a ValueError where it has none of them."""
    wanted = options.wanted_pages(document.page_count)
    if not wanted:
        raise ValueError(
            f"{document.name} has {counted(document.page_count, 'page')}, and none of those that are to be"
            " erased; give pages (--pages) that it has"
        )
    return wanted


def _path(file: File) -> str:
    """Where a file lies; empty for one that is open."""
    return str(os.fspath(file)) if isinstance(file, str | os.PathLike) else ""


def _opened(source: File, options: EraseOptions) -> Document:
    if isinstance(source, str | os.PathLike):
        return open_document(Path(source), name=str(source), options=options)
    _check_open(source, "source", "read")
    return open_document(source.read(), name=_OPEN_FILE, options=options)


def _written(target: File) -> AbstractContextManager[BinaryIO]:
    if isinstance(target, str | os.PathLike):
        return atomic_file(Path(target))
    _check_open(target, "target", "write")
    return whole_to(target, _OPEN_FILE)


def _check_open(file: object, name: str, method: str) -> None:
    if not hasattr(file, method) or isinstance(file, io.TextIOBase):
        raise TypeError(
            f"{name} must be a path, or a binary file open to {method}; got {type(file).__name__}. Of bytes,"
            ' io.BytesIO(data) is one; open(path) needs "rb" or "wb"'
        )


def erase_document(
    restore: Restore,
    document: Document,
    file: BinaryIO,
    options: EraseOptions,
    *,
    format: str,
    in_place: bool = False,
    on_page: OnPage | None = None,
) -> list[PageSummary]:
    """Erase the wanted pages of a document one by one, each written before the next is read.

    A page that fails comes out as it was, or blank where a picture file's page cannot even be read, and its
    summary has the error. A document of one page raises it, as does one that would lose a page for good.

    Args:
        restore: how a page is restored.
        document: what to erase; closed at the end, so that the file may take its place on any system.
        file: where to, open for reading and writing at its start.
        options: how.
        format: the format to write, see ``format_of``.
        in_place: the source will be replaced.
        on_page: called with each page that was erased or passed through, and with None for one that failed.

    Raises:
        ValueError, OSError: the document cannot be written, or none of the wanted pages be erased.
    """
    wanted, writer, summaries = _wanted(document, options), open_writer(file, document, format), []
    for number in range(1, document.page_count + 1):
        page = None
        if number not in wanted:
            _pass_over(writer, document, number)
            continue
        try:
            page = document.read(number)
            writer.check(page)
            erased = erase_page(restore, page, options)
        except (ValueError, OSError, RuntimeError, MemoryError) as error:
            if document.page_count == 1:
                raise
            _leave(writer, document, number, page, error, in_place=in_place)
            summaries.append(PageSummary(number, error=str(error) or type(error).__name__))
            if on_page is not None:
                on_page(None, summaries[-1])
            continue
        summaries.append(summarise(erased, options))
        if on_page is not None:
            on_page(erased, summaries[-1])
        after = erased.after
        del erased
        if after is None:
            writer.keep(number)
        else:
            writer.add(page, after)
        del page, after
    writer.finish()
    document.close()
    if all(summary.error for summary in summaries):
        raise ValueError(f"{document.name}: no page could be erased; the first: {summaries[0].error}")
    return summaries


def _pass_over(writer: Writer, document: Document, number: int) -> None:
    """Write a page that is not to be erased as it was."""
    if document.format == "PDF":
        writer.keep(number)
        return
    page = document.read(number)
    assert page.array is not None  # a picture has pixels
    writer.add(page, page.array)


def _leave(
    writer: Writer, document: Document, number: int, page: Page | None, error: Exception, *, in_place: bool
) -> None:
    """Write a page that failed as it was, or keep the place of one that could not be read.

    Raises:
        ValueError: that would lose the page for good.
    """
    if document.format == "PDF":
        writer.keep(number)
    elif page is not None and page.array is not None:
        writer.add(page, page.array)
    elif in_place:
        raise ValueError(f"{error}; the file stays as it is, for this page would be lost") from error
    else:
        writer.keep(number)


def erase_page(restore: Restore, page: Page, options: EraseOptions) -> ErasedPage:
    """Erase one page as ``options`` say; one that passes through stays None."""
    before = page.array
    if before is None:
        return ErasedPage(page.number, None, None, None, asked=False)
    beneath = before if page.beneath is None else page.beneath
    image, probability = (beneath, None) if page.alone else restore(beneath)
    if np.shares_memory(image, beneath):
        image = image.copy()
    ink = ink_mask(beneath, image, probability)
    if page.beneath is not None:
        ink[changed_pixels(before, beneath)] = 255
    kept: np.ndarray | None = None
    if options.only:
        chosen = ink_of_colours(before, image, ink, options.only)
        kept, ink = ink - chosen, chosen
    if not options.full:
        keep_print(before, image, ink, grow_px=options.grow_px, fade_px=options.fade_px, kept=kept)
    return ErasedPage(page.number, before, image, ink, doubt_mask(probability), not page.alone)


def summarise(erased: ErasedPage, options: EraseOptions) -> PageSummary:
    """What changed on an erased page, and why somebody should look at it."""
    if erased.before is None or erased.after is None or erased.mask is None:
        return PageSummary(erased.number, passed=True)
    changed = changed_pixels(erased.before, erased.after)
    warnings: tuple[str, ...] = ()
    if erased.asked:  # else it is sure
        warnings = judge(erased.before, erased.after, erased.mask, erased.doubt, options)
    height, width = changed.shape
    share = float(np.count_nonzero(changed)) / changed.size
    return PageSummary(erased.number, (height, width), share, warnings)
