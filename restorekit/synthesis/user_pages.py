"""A user's own clean pages as sheets: read them, cut them to size, find where somebody could write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from restorekit.reading import EXTENSIONS, read_rgb
from restorekit.synthesis.printing.sheets import Sheet, new_sheet
from restorekit.synthesis.textures import Rng


def list_pictures(folder: str | Path, argument: str = "pages") -> list[Path]:
    """The pictures of a folder, sorted by name; a PDF counts as its pages, ``NAME.pdf#0`` and so on.

    Args:
        folder: where to look; its subfolders are not searched.
        argument: what the user calls the folder, for the message.

    Raises:
        FileNotFoundError: no such folder.
        ValueError: no picture in it.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(f"{argument}: there is no folder {folder}")
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue  # what systems and editors leave there
        if path.suffix.lower() in EXTENSIONS:
            found.append(path)
        elif path.suffix.lower() == ".pdf":
            with _open_pdf(str(path)) as document:
                found += [path.with_name(f"{path.name}#{page}") for page in range(len(document))]
    if not found:
        expected = ", ".join((*sorted(EXTENSIONS), ".pdf"))
        raise ValueError(f"{argument}: {folder} holds no picture; expected files of {expected}")
    return found


@lru_cache(maxsize=8)
def read_picture(path: str) -> np.ndarray:
    """A picture, upright, or a page of a PDF as uint8 RGB ``(H, W, 3)``, over white paper. Read-only.

    Raises:
        ValueError: the file is no picture that can be read.
    """
    name, _, page = path.rpartition("#")
    array = _pdf_page(name, int(page)) if name.lower().endswith(".pdf") else read_rgb(path)
    array.flags.writeable = False
    return array


@contextmanager
def _open_pdf(path: str) -> Iterator[Any]:
    import pypdfium2  # only those who have PDFs need it

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"{path} cannot be read as a PDF: {error}") from error
    try:
        yield document
    finally:
        document.close()


def _pdf_page(path: str, page: int) -> np.ndarray:
    """A page at 200 dots an inch."""
    with _open_pdf(path) as document:
        return np.array(document[page].render(scale=200 / 72).to_pil().convert("RGB"))


def cut(rng: Rng, picture: np.ndarray, height: int, width: int, *, least: float = 1.0) -> np.ndarray:
    """A window of ``height`` x ``width`` out of a picture; gaps are mirrored.

    The picture is scaled to ``least`` to ``least + 0.5`` times the window's width. Below 1 it is small and
    full of detail, as pictures on the web are.
    """
    zoom = width / picture.shape[1] * rng.uniform(least, least + 0.5)
    size = (max(8, round(picture.shape[1] * zoom)), max(8, round(picture.shape[0] * zoom)))
    scaled = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if zoom < 1 else cv2.INTER_CUBIC)
    below, right = max(0, height - scaled.shape[0]), max(0, width - scaled.shape[1])
    scaled = cv2.copyMakeBorder(scaled, 0, below, 0, right, cv2.BORDER_REFLECT)
    y = int(rng.integers(0, scaled.shape[0] - height + 1))
    x = int(rng.integers(0, scaled.shape[1] - width + 1))
    return np.ascontiguousarray(scaled[y : y + height, x : x + width])


def sheet_of(rng: Rng, page: np.ndarray) -> Sheet:
    """A sheet whose places to write are found in a clean page, uint8 RGB ``(H, W, 3)``."""
    height, width = page.shape[:2]
    sheet = new_sheet(rng, height, width, str(rng.choice(["en", "zh"])))
    sheet.image = Image.fromarray(page)
    boxes = _text_boxes(page)
    if boxes:
        heights = np.array([bottom - top for _, top, _, bottom in boxes])
        sheet.unit = int(np.clip(np.median(heights) * 1.15, 12, 90))
    unit = sheet.unit
    dark = _dark(page)
    for left, top, right, bottom in boxes:
        sheet.slot("text", left, top, right, bottom)
        if rng.random() < 0.3:
            sheet.slot("number", left - 1.6 * unit, top, left + unit, bottom)
        beside = dark[top:bottom, right + unit // 2 :]
        empty = int(np.argmax(beside.any(0))) if beside.any() else beside.shape[1]
        if empty > 4 * unit:
            sheet.slot("gap", right + unit, top, right + unit // 2 + empty, bottom)
    _blank_areas(sheet, dark)
    return sheet


def _dark(page: np.ndarray) -> np.ndarray:
    """Where a page is print: darker than the paper around it."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    paper = cv2.GaussianBlur(cv2.dilate(grey, np.ones((15, 15), np.uint8)), (0, 0), 15)
    return grey.astype(np.int16) < paper.astype(np.int16) * 0.75


def _text_boxes(page: np.ndarray) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom of what looks like printed lines."""
    reach = 12
    wide = cv2.dilate(_dark(page).astype(np.uint8), np.ones((1, 2 * reach + 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(wide)
    boxes = [tuple(int(value) for value in row[:4]) for row in stats[1:]]
    return [
        (x + reach, y, x + w - reach, y + h)
        for x, y, w, h in boxes
        if 9 <= h <= 80 and w > 1.5 * h and w < page.shape[1]
    ]


def _blank_areas(sheet: Sheet, dark: np.ndarray) -> None:
    """Stretches without print across the page, at least three lines high."""
    empty = ~dark[:, sheet.width // 10 : -sheet.width // 10].any(1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], empty.astype(np.int8), [0]])))
    for top, bottom in zip(edges[::2], edges[1::2], strict=True):
        if bottom - top > 2.5 * sheet.unit:
            sheet.slot("area", 0.1 * sheet.width, top, 0.9 * sheet.width, bottom - 1)
