"""Squares of composition paper: one character in each, about in its middle."""

from __future__ import annotations

from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Slot

SIDE = 1.2
"""The side of a square, by the height of what of it takes writing; it ends where that ends on the right."""
FILLS, ASTRAY = 0.8, 0.03
"""How tall characters are by the squares, and how far off their middle, at one standard deviation."""
FOOT = 0.28, 0.72
"""Where in its square the middle of a stop or a comma is, along and down."""
AT_FOOT, AT_HEAD = "，。、．,.：；:;", "“”‘’\"'"
"""What stands at the foot of its square, on the left, as in print, and at its head."""


def write_in_cell(writer: Writer, slot: Slot) -> None:
    """Write a character into its square, a stop or a comma in its lower left quarter, as in print."""
    if not slot.hint:
        return
    rng, side = writer.rng, SIDE * (slot.bottom - slot.top)
    size = min(FILLS * side, 1.6 * writer.size)
    along, down = FOOT if slot.hint in AT_FOOT else (0.5, 0.2 if slot.hint in AT_HEAD else 0.5)
    x, y = slot.right - (1 - along) * side, slot.top + down * side
    astray = rng.normal(0, ASTRAY, 2) * side
    writer.write_around(slot.hint, x + astray[0], y + astray[1], size)
