"""Writing where the sheet has room: workings, notes and remarks in blank paper, some of them over print."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis import phrases
from restorekit.synthesis.writer import Writer

TRIES = 14
OVER_PRINT = 0.12
"""The share of notes that do not mind what is printed below them."""


def fill_blanks(writer: Writer, goal: float) -> None:
    """Write in blank places until ``goal``, a share of the sheet, is ink, or no place is found."""
    sheet, rng = writer.sheet, writer.rng
    unit = sheet.unit
    size = (max(1, sheet.width // unit), max(1, sheet.height // unit))
    grey = np.asarray(sheet.image.convert("L"))
    taken = cv2.resize((grey < 190).astype(np.float32), size, interpolation=cv2.INTER_AREA)
    taken += cv2.resize(writer.canvas, size, interpolation=cv2.INTER_AREA) / np.float32(255)
    for _ in range(TRIES):
        if np.count_nonzero(writer.canvas[::4, ::4]) > goal * writer.canvas[::4, ::4].size:
            return
        columns = min(size[0], int(rng.integers(6, 26)))
        rows = min(size[1], int(rng.integers(2, 9)))
        left = int(rng.integers(0, size[0] - columns + 1))
        top = int(rng.integers(0, size[1] - rows + 1))
        part = taken[top : top + rows, left : left + columns]
        if part.mean() < 0.012 or rng.random() < OVER_PRINT:
            part += 1
            _write_block(writer, left * unit, top * unit, columns * unit, rows * unit)


def _write_block(writer: Writer, left: int, top: int, width: int, height: int) -> None:
    rng = writer.rng
    algebra = rng.random() < 0.35
    leading = writer.size * rng.uniform(1.2, 1.7)
    for y in np.arange(top + 1.1 * writer.size, top + height + 0.3 * writer.size, leading):
        text = phrases.formula(rng) if algebra else phrases.sentence(rng, writer.sheet.language, 14)
        room = max(2, int(width / writer.size / writer.step))
        writer.write(phrases.shorten(text, room), left + rng.uniform(0, 0.6) * writer.size, float(y))
