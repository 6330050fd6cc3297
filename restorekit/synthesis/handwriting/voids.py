"""What is asked to be struck out on a sheet: words, and the rows of tables that are left over."""

from __future__ import annotations

from restorekit.synthesis.handwriting import marks, strikes
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Slot


def strike(writer: Writer, slot: Slot) -> None:
    """Strike out words or a row of a table, or all its rows that are left over: by a slanting line or a Z."""
    rng, canvas, pen = writer.rng, writer.canvas, writer.pen_px
    if slot.hint != "rest":
        strikes.strike_along(canvas, rng, slot[1:5], pen)
        return
    slip = rng.uniform(0.01, 0.12, 4) * (slot.right - slot.left)
    x0, x1, x2, x3 = slot.left + slip[0], slot.right - slip[1], slot.left + slip[2], slot.right - slip[3]
    marks.line(canvas, rng, x2, slot.bottom, x1, slot.top, pen, bow=0.02)
    if rng.random() < 0.5:
        marks.line(canvas, rng, x0, slot.top, x1, slot.top, pen)
        marks.line(canvas, rng, x2, slot.bottom, x3, slot.bottom, pen)
