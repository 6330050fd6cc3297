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
SHORTER = 4
"""So many of the blocks that follow are tried in the room that one was too long for."""
EMPTY = 24
"""After so many blocks that had nothing to print, a text is at its end."""


def fill_column(
    sheet: Sheet, rng: Rng, blocks: Iterator[Block], left: float, right: float, top: float
) -> float:
    """Set blocks below each other as far as they fit; one too long is taken back, and a shorter one tried.

    Args:
        sheet: to print on.
        rng: source of chance.
        blocks: in their order, without end.
        left: of the column in pixels.
        right: of the column.
        top: where to begin.

    Returns:
        Where the next block might begin, pixels.
    """
    foot, y, empty, missed = sheet.height - FOOT * sheet.unit, top, 0, 0
    while y < foot and empty < EMPTY and missed <= SHORTER:
        start, kept = y, state(sheet)
        end = next(blocks)(sheet, rng, left, right, y)
        if end <= foot:
            empty = empty + 1 if end == y else 0
            y = end + sheet.plan.between * sheet.unit * (end > y)
            continue
        if start < foot - LONG * (foot - top):
            cut_off(sheet, left, right, foot)
            return foot
        take_back(sheet, left, right, start, kept)
        missed += 1
    return y


def state(sheet: Sheet) -> tuple[int, int, set[str]]:
    """How many slots and questions a sheet has, and what it has asked."""
    return len(sheet.slots), sheet.questions, set(sheet.asked)


def take_back(sheet: Sheet, left: float, right: float, y: float, kept: tuple[int, int, set[str]]) -> None:
    """Take all from ``y`` on off a column again, back to what ``state`` said of the sheet."""
    _erase(sheet, left, right, y)
    slots, sheet.questions, sheet.asked = kept
    del sheet.slots[slots:]


def cut_off(sheet: Sheet, left: float, right: float, foot: float) -> None:
    """Leave out what of a column stands below ``foot``, whole lines of it: that is on the next page."""
    lost = [slot for slot in sheet.slots if slot.bottom >= foot and slot.left <= right and slot.right > left]
    kept = [slot for slot in sheet.slots if slot not in lost]
    areas = [
        slot._replace(bottom=int(foot))
        for slot in lost
        if slot.kind == "area" and slot.top < foot - sheet.unit
    ]
    sheet.slots[:] = kept + areas
    tops = [slot.top for slot in lost if slot.kind in ("text", "option", "sum", "gap", "judge")]
    _erase(sheet, left, right, min([foot, *(head - 0.5 * sheet.unit for head in tops)]))


def _erase(sheet: Sheet, left: float, right: float, y: float) -> None:
    """Leave paper white below the descenders of what ends at ``y``, from gutter to gutter."""
    top = min(y + 0.35 * sheet.unit, sheet.height)
    box = [left - 1.8 * sheet.unit, top, right + 0.9 * sheet.unit, sheet.height]
    if left < 0.3 * sheet.width:
        box[0] = 0
    if right > 0.7 * sheet.width:
        box[2] = sheet.width
    sheet.draw.rectangle(box, fill=(255, 255, 255))
