"""One picture of many pages, for a person to look at."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from restorekit.datasets.masks import soft_mask
from restorekit.datasets.page_report import PageReport
from restorekit.reading import read_grey, read_rgb

CELL = 240
TEXT_HEIGHT = 56

_GAP = 8
_COLUMNS = ("input", "ground truth", "mask (red) over input", "difference")
_PAPER, _INK, _ALARM, _QUIET = (246, 246, 244), (20, 20, 20), (190, 20, 20), (110, 110, 110)


def choose_pages(pages: Sequence[PageReport], *, most: int) -> list[PageReport]:
    """Pages for a sheet: those with problems, then with notes, then others evenly spread over the folder."""
    problems = [page for page in pages if page.has_problem]
    notes = [page for page in pages if page.findings and not page.has_problem]
    others = [page for page in pages if not page.findings]
    chosen = (problems + notes)[:most]
    room = min(most - len(chosen), len(others))
    return chosen + [others[index * len(others) // room] for index in range(room)]


def draw_sheet(pages: Sequence[PageReport]) -> np.ndarray:
    """Draw each page as a row: input, ground truth, mask over input, difference; findings above it.

    Args:
        pages: what to draw, in order; see ``choose_pages``.

    Returns:
        ``(H, W, 3)`` uint8 RGB.
    """
    width = len(_COLUMNS) * (CELL + _GAP) + _GAP
    if not pages:
        return np.full((TEXT_HEIGHT, width, 3), _PAPER, np.uint8)
    return np.concatenate([_draw_row(page, width) for page in pages])


def _draw_row(page: PageReport, width: int) -> np.ndarray:
    cells = [_fit(cell) for cell in _cells(page)]
    height = max((cell.shape[0] for cell in cells if cell is not None), default=0)
    row = np.full((TEXT_HEIGHT + height + _GAP, width, 3), _PAPER, np.uint8)
    for index, cell in enumerate(cells):
        if cell is not None:
            left = _GAP + index * (CELL + _GAP)
            row[TEXT_HEIGHT : TEXT_HEIGHT + cell.shape[0], left : left + cell.shape[1]] = cell
    canvas = Image.fromarray(row)
    draw = ImageDraw.Draw(canvas)
    title, small = ImageFont.load_default(15), ImageFont.load_default(12)
    draw.text((_GAP, 4), _latin(f"{page.folder.name}/{page.name}"), fill=_INK, font=title)
    told = "; ".join(f"{finding.kind}: {finding.message}" for finding in page.findings) or "nothing found"
    draw.text((_GAP, 22), _latin(told)[:170], fill=_ALARM if page.has_problem else _QUIET, font=small)
    for index, name in enumerate(_COLUMNS):
        draw.text((_GAP + index * (CELL + _GAP), 39), name, fill=_QUIET, font=small)
    return np.asarray(canvas)


def _cells(page: PageReport) -> list[np.ndarray | None]:
    """The row's four pictures at full size; None where one cannot be had."""
    planes: dict[str, np.ndarray] = {}
    for kind, path in page.files.items():
        try:
            planes[kind] = read_grey(path) if kind == "mask" else read_rgb(path)
        except ValueError:
            continue
    image, target, mask = (planes.get(kind) for kind in ("image", "target", "mask"))
    difference = None
    if image is not None and target is not None and image.shape == target.shape:
        difference = soft_mask(image, target)
        mask = difference if mask is None else mask
    overlay = None
    if image is not None and mask is not None and image.shape[:2] == mask.shape:
        overlay = image.copy()
        overlay[mask > 127] = (255, 0, 0)
    grey = None if difference is None else cv2.cvtColor(255 - difference, cv2.COLOR_GRAY2RGB)
    return [image, target, overlay, grey]


def _fit(picture: np.ndarray | None) -> np.ndarray | None:
    if picture is None:
        return None
    scale = min(1.0, CELL / max(picture.shape[:2]))
    size = [max(1, round(side * scale)) for side in picture.shape[1::-1]]
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def _latin(text: str) -> str:
    """The built-in font knows no more."""
    return text.encode("latin-1", "replace").decode("latin-1")
