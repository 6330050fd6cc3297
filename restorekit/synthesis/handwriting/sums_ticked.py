"""Ticks over rows of answers: teachers look down a column or over a block, and tick all of it at one go."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.handwriting.ticks import tick, tick_form
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Slot

Seen = tuple[Slot, Slot, bool]
SUMS = {"": 0.3, "block": 0.4, "column": 0.3}
"""How teachers tick rows of sums: one by one, or a block or a column of them at one go."""
ROW, MOSTLY, BELOW = 5, 0.6, 4.0
"""A row ticked at one go has so many answers, of which this share is right, and so many ems at most from one
to the next."""
OTHERS = 0.6
"""The share of the rows of other answers than sums that those tick at one go who do so with sums."""


def tick_over_sums(teacher: Writer, seen: list[Seen], by: str, *, ticks: bool) -> list[Seen]:
    """Tick rows of sums, and some of other answers, at one go.

    Args:
        teacher: who.
        seen: the answers: their slots, where they are written, and whether they are right.
        by: block or column.
        ticks: whether what is right is marked at all.

    Returns:
        What is left to mark by itself: what is wrong, and rows with many mistakes.
    """
    blocks: list[list[Seen]] = []
    for one in seen:
        before = blocks[-1][-1][0] if blocks else None
        goes_on = before is not None and 0 <= one[0].top - before.top < BELOW * teacher.sheet.unit
        if before is not None and before.kind == one[0].kind and goes_on:
            blocks[-1].append(one)
        else:
            blocks.append([one])
    if by == "column":
        blocks = [
            [one for one in block if left in (None, one[0].left)]
            for block in blocks
            for left in _edges(block)
        ]
    left_over = list[Seen]()
    for block in blocks:
        right = [place for _, place, good in block if good]
        other = block[0][0].kind != "sum" and teacher.rng.random() > OTHERS
        if len(block) < ROW or len(right) < MOSTLY * len(block) or other:
            left_over += block
            continue
        left_over += [one for one in block if not one[2]]
        if ticks:
            _tick_over(teacher, right)
    return left_over


def _edges(block: list[Seen]) -> list[int | None]:
    """Where the columns of a block of sums begin; of other answers, which stand in none, None."""
    return list(dict.fromkeys(slot.left if slot.kind == "sum" else None for slot, *_ in block))


def _tick_over(teacher: Writer, places: list[Slot]) -> None:
    """One large tick over what is right in a block of sums, about in its middle or at its right."""
    rng, unit, form = teacher.rng, teacher.sheet.unit, tick_form(teacher.hand.style)
    left, right = min(one.left for one in places), max(one.right for one in places)
    top, floor = min(one.top for one in places), max(one.bottom for one in places)
    tall = float(np.clip(rng.uniform(0.3, 0.7) * (floor - top), 2.5 * unit, 9 * unit))
    x = left + rng.uniform(0.2, 0.7) * (right - left)
    y = floor - rng.uniform(0, 0.35) * (floor - top)
    tick(teacher.canvas, rng, x, y, tall / form.rise, 1.1 * teacher.pen_px, teacher.hand.style)
