"""How a column of a page is filled: block below block down to its foot, what does not fit in the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.textures import Rng

Block = Callable[[Sheet, Rng, float, float, float], float]
"""``block(sheet, rng, left, right, y) -> y`` of the next block, in pixels."""
FOOT = 2.6
"""Ems between the last line and the edge of the sheet, where the page has its number."""
HEAD = 1.2
"""Ems above the first block, where the running head stands."""
LONG = 0.35
"""Blocks that would leave more than this share of a column empty are broken at its foot instead."""
EMPTY = 6
"""After so many blocks that had nothing to print, a text is at its end."""


def fill_column(
    sheet: Sheet, rng: Rng, blocks: Iterator[tuple[Block, bool]], left: float, right: float, top: float
) -> float:
    """Set blocks below each other until one does not fit, which is taken back; returns where the rest ends.

    Args:
        sheet: to print on.
        rng: source of chance.
        blocks: each with whether it is a heading, which never stands last.
        left: of the column in pixels.
        right: of the column.
        top: where to begin.
    """
    foot, y, start, empty = sheet.height - FOOT * sheet.unit, top, top, 0
    slots, questions, before_heading = len(sheet.slots), sheet.questions, False
    while y < foot and empty < EMPTY:
        block, heads = next(blocks)
        if not before_heading:
            start, slots, questions = y, len(sheet.slots), sheet.questions
        before_heading = heads
        end = block(sheet, rng, left, right, y)
        empty = empty + 1 if end == y else 0
        y = end + sheet.plan.between * sheet.unit * (end > y)
    if y <= foot and not before_heading:
        return y
    if start < foot - LONG * (foot - top):  # one long block: lines below the foot are on the next page
        start, slots = foot, len(sheet.slots)
        sheet.slots[:] = [slot for slot in sheet.slots if slot.bottom < foot or slot.left > right]
    _erase(sheet, left, right, start)
    if start < foot:
        del sheet.slots[slots:]
        sheet.questions = questions
    return start


def _erase(sheet: Sheet, left: float, right: float, y: float) -> None:
    """Leave paper white below the descenders of what ends at ``y``, from gutter to gutter."""
    top = min(y + 0.35 * sheet.unit, sheet.height)
    box = [left - 1.8 * sheet.unit, top, right + 0.9 * sheet.unit, sheet.height]
    if left < 0.3 * sheet.width:
        box[0] = 0
    if right > 0.7 * sheet.width:
        box[2] = sheet.width
    sheet.draw.rectangle(box, fill=(255, 255, 255))
