"""What goes anywhere on a sheet: workings, notes and remarks where there is room, mostly, and blots."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.texts import calculations

TRIES = 40
OVER_PRINT = 0.001
"""The chance of a try to write where something is written or printed already."""
NEAR = 7
"""Workings stand within so many ems of where their question begins, up or down the sheet."""
BARE = 0.012
"""A place is blank where less than this share of it is print or ink."""
SKETCHES, REMARKS = 0.05, 0.05
"""The chance of a blank place to take a drawing, and to take words or any sum where no question is left to
work out: people seldom write without a cause."""


def fill_blanks(writer: Writer, goal: float) -> None:
    """Write in blank places until ``goal``, a share of the sheet, is ink, or no place is found."""
    sheet, rng = writer.sheet, writer.rng
    unit = sheet.unit
    size = (max(1, sheet.width // unit), max(1, sheet.height // unit))
    print_ = (np.asarray(sheet.image.convert("L")) < 190).astype(np.uint8) * np.uint8(255)
    taken = _taken(writer, print_, size)
    workings = list(sheet.workings)
    for _ in range(TRIES):
        if np.count_nonzero(writer.canvas[::4, ::4]) > goal * writer.canvas[::4, ::4].size:
            return
        columns = min(size[0], int(rng.integers(6, 26)))
        rows = min(size[1], int(rng.integers(2, 9)))
        left = int(rng.integers(0, size[0] - columns + 1))
        top = int(rng.integers(0, size[1] - rows + 1))
        if taken[top : top + rows, left : left + columns].mean() < BARE or rng.random() < OVER_PRINT:
            lines = _nearest_working(workings, top * unit, NEAR * unit)
            if lines or rng.random() < REMARKS:
                _write_block(writer, left * unit, top * unit, columns * unit, rows * unit, lines)
            taken = _taken(writer, print_, size)


def _nearest_working(workings: list[tuple[float, tuple[str, ...]]], top: float, reach: float) -> list[str]:
    """Take from ``workings`` how the question nearest to ``top`` is worked out; nothing if all are far."""
    nearest = min(workings, key=lambda each: abs(each[0] - top), default=None)
    if nearest is None or abs(nearest[0] - top) > reach:
        return []
    workings.remove(nearest)
    return list(nearest[1])


def _taken(writer: Writer, print_: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """How much of each square of one em is print or ink: float32, ``size`` squares across and down."""
    full = cv2.max(print_, writer.canvas)
    return cv2.resize(full, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def _write_block(writer: Writer, left: int, top: int, width: int, height: int, lines: list[str]) -> None:
    rng = writer.rng
    if rng.random() < SKETCHES:
        marks.sketch(writer.canvas, rng, (left, top, left + width, top + height), writer.pen_px)
        return
    if not lines and rng.random() < 0.4:
        lines = calculations.working(rng)
    sums = bool(lines)
    leading = writer.size * rng.uniform(1.2, 1.7)
    for y in np.arange(top + 1.1 * writer.size, top + height, leading):
        if sums and not lines:
            return
        text = lines.pop(0) if lines else writer.next_line(0.85 * width, 14)
        writer.write(text, left + rng.uniform(0, 0.6) * writer.size, float(y))


def drop_blots(writer: Writer, count: int) -> None:
    """Blots anywhere, print below or not."""
    rng, sheet = writer.rng, writer.sheet
    for _ in range(count):
        x, y = rng.uniform(0, sheet.width * 0.85), rng.uniform(0.04, 0.97) * sheet.height
        marks.blot(writer.canvas, rng, x, y, sheet.unit * rng.uniform(0.06, 0.5))
