"""How files are read and erased."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral
from typing import Literal, get_args

PdfMode = Literal["pictures", "all"]
PDF_MODES = get_args(PdfMode)
INKS = ("black", "red", "yellow", "green", "blue", "purple")
MAX_MEGAPIXELS = 400.0
WHOLE_PICTURE_TASKS = ("watermark",)
"""What is erased in the whole picture unless told otherwise: a watermark has no outside worth the name."""


@dataclass(frozen=True)
class EraseOptions:
    """How files are read and erased; the defaults are those of ``restorekit erase`` for handwriting.

    Attributes:
        full: give the network's whole picture, as is the default for watermarks; else outside the predicted
            ink every pixel keeps its value.
        pages: the pages to erase, as ranges of their numbers from 1, such as ``(range(1, 2), range(4, 7))``;
            the others stay as they are. Empty for all.
        only: the ink colours to erase, of ``INKS``; empty for all. It excludes ``full``.
        dpi: resolution at which PDF pages are rendered; None for that of their own pictures.
        pdf_mode: ``'pictures'`` erases the PDF pages that bear a picture and passes the others through;
            ``'all'`` renders every page.
        max_megapixels: pages larger than this are refused.
        grow_px: the ink is grown by this before it is erased.
        fade_px: the edge fades over twice this; ``grow_px + 2 * fade_px`` from the ink on, nothing changes.

    Raises:
        ValueError: a value that none of these may have, or ``only`` with ``full``.
    """

    pages: tuple[range, ...] = ()
    full: bool = False
    only: tuple[str, ...] = ()
    dpi: float | None = None
    pdf_mode: PdfMode = "pictures"
    max_megapixels: float = MAX_MEGAPIXELS
    grow_px: int = 2
    fade_px: int = 2

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if not all(isinstance(part, range) and part and min(part[0], part[-1]) >= 1 for part in self.pages):
            raise ValueError(
                f"pages takes ranges of numbers from 1, as in (range(4, 7),); got {self.pages!r}"
            )
        if isinstance(self.only, str):  # its letters would be taken for names
            raise ValueError(f"only takes several names, as in ({self.only!r},); got the text {self.only!r}")
        unknown = [colour for colour in self.only if colour not in INKS]
        if unknown:
            raise ValueError(f"only takes {', '.join(INKS)}; got {', '.join(map(repr, unknown))}")
        if self.only and self.full:
            raise ValueError("only and full exclude each other: the whole picture has every ink erased")
        if self.pdf_mode not in PDF_MODES:
            raise ValueError(f"pdf_mode must be one of {', '.join(PDF_MODES)}; got {self.pdf_mode!r}")
        if self.dpi is not None and not 18 <= self.dpi <= 2400:
            raise ValueError(f"dpi must lie between 18 and 2400; got {self.dpi:g}")
        if not self.max_megapixels > 0:  # nan, too
            raise ValueError(f"max_megapixels must be positive; got {self.max_megapixels:g}")
        if not all(isinstance(px, Integral) and px >= 0 for px in (self.grow_px, self.fade_px)):
            raise ValueError(
                "grow_px and fade_px must be whole and must not be negative;"
                f" got {self.grow_px} and {self.fade_px}"
            )

    def wanted_pages(self, page_count: int) -> list[int]:
        """The numbers of the pages to erase, of a file that has ``page_count``."""
        numbers = range(1, page_count + 1)
        return [number for number in numbers if not self.pages or any(number in part for part in self.pages)]
