"""What the parts of ``restorekit.documents`` hand to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np


@dataclass(frozen=True)
class Page:
    """A page as it was read.

    Attributes:
        number: from 1.
        array: upright; ``(H, W)`` grey or ``(H, W, 3)`` RGB, either with alpha as the last channel
            (``(H, W, 2)``, ``(H, W, 4)``); uint8 or uint16. None for a PDF page that passes through.
        stored: how the file holds the page; only its writer reads it.
        beneath: ``array`` without what somebody wrote on a PDF's page with a PDF program and which is to go;
            None where that is nothing.
        alone: nothing else is to go, so no network is asked.
    """

    number: int
    array: np.ndarray | None
    stored: Any = None
    beneath: np.ndarray | None = None
    alone: bool = False


class Writer(Protocol):
    """Writes the pages of one file, in order."""

    def check(self, page: Page) -> None:
        """Raise a ValueError where ``page`` cannot be written, before the work of erasing it."""

    def add(self, page: Page, array: np.ndarray) -> None:
        """Write ``page`` with the pixels of ``array``, shaped and typed as the page's own."""

    def keep(self, number: int) -> None:
        """Leave the page of this number as it was, or blank where a picture file's page was not read."""

    def finish(self) -> None:
        """Write what belongs after the last page."""


class Document(Protocol):
    """A file that holds pages.

    Attributes:
        name: what messages call it.
        format: ``'JPEG'``, ``'PNG'``, ``'TIFF'``, ``'WEBP'``, ``'BMP'`` or ``'PDF'``.
        page_count: at least 1.
    """

    name: str
    format: str
    page_count: int

    def size(self, number: int) -> tuple[int, int]:
        """``(height, width)`` in px that page ``number`` will have; ``(0, 0)`` where it passes through."""

    def read(self, number: int) -> Page:
        """Page ``number``, from 1; a ValueError names the file and the mend."""

    def close(self) -> None:
        """Let go of the file."""


Restore = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray | None]]
"""How a page is restored: ``restorekit.Restorer.restore``.

A page as in ``Page.array`` to the restored page, shaped and typed alike, and ``(H, W)`` uint8, 255 where the
network is sure of ink (None where it predicts no mask).
"""


class ErasedPage(NamedTuple):
    """A page before and after.

    Attributes:
        number: from 1.
        before: see ``Page.array``; None for a PDF page that passes through.
        after: the same with the ink gone.
        mask: ``(H, W)`` uint8, 255 where ink was found (and, with ``only``, of a wanted colour).
        doubt: ``(H, W)`` bool, where the network is unsure of it; None where it predicts no mask.
        asked: a network was asked.
    """

    number: int
    before: np.ndarray | None
    after: np.ndarray | None
    mask: np.ndarray | None
    doubt: np.ndarray | None = None
    asked: bool = True


@dataclass(frozen=True)
class PageSummary:
    """What happened on a page.

    Attributes:
        number: from 1.
        size: ``(height, width)`` in px.
        changed: share of pixels that differ from the input, 0 to 1.
        warnings: why somebody should look at the page.
        error: why the page came out as it was; empty where nothing failed.
        passed: a PDF page without pictures, which was passed through.
    """

    number: int
    size: tuple[int, int] = (0, 0)
    changed: float = 0.0
    warnings: tuple[str, ...] = ()
    error: str = ""
    passed: bool = False
