"""Room for a short answer as papers print it: brackets of several kinds, a frame, dots that lead to it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from restorekit.synthesis.assets import has_glyph
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, text_width
from restorekit.synthesis.textures import Rng

FRAME = "□"
"""What a plan has in place of brackets where there is a frame around the room."""
STEP = 0.5
"""Typists make room by blanks; one more or less is about so many ems."""


class Room(NamedTuple):
    """What is free for an answer from left to right, and where what is around it ends, pixels."""

    left: float
    right: float
    end: float


def pair_of(sheet: Sheet, kind: Type) -> tuple[str, str]:
    """The opening and the closing bracket of a sheet, plain ones where its face lacks them or has a frame."""
    pair = sheet.plan.pair
    able = pair != FRAME and all(has_glyph(kind.path, one) for one in pair)
    return (pair[0], pair[1]) if able else ("(", ")")


def room_width(sheet: Sheet, kind: Type) -> float:
    """How far the widest room of a sheet reaches with what is around it, pixels."""
    around = 0.2 * kind.size if sheet.plan.pair == FRAME else text_width("".join(pair_of(sheet, kind)), kind)
    return (sheet.plan.room + STEP * sheet.plan.uneven) * kind.size + around


def put_room(sheet: Sheet, rng: Rng, x: float, y: float, kind: Type, *, framed: bool = True) -> Room:
    """Print brackets, or a frame where the plan has it and ``framed``, from ``x`` on the baseline ``y``."""
    em, plan = kind.size, sheet.plan
    wide = (plan.room + STEP * plan.uneven * int(rng.integers(-1, 2))) * em
    if plan.pair == FRAME and framed:
        left = x + 0.1 * em
        box = [left, y - 1.0 * em, left + wide, y + 0.25 * em]
        sheet.draw.rectangle(box, outline=kind.colour, width=sheet.rule_px)
        return Room(left, left + wide, left + wide + 0.1 * em)
    opening, closing = pair_of(sheet, kind)
    left = put_text(sheet, x, y, opening, kind, slot=False)
    return Room(left, left + wide, put_text(sheet, left + wide, y, closing, kind, slot=False))


def put_room_after(sheet: Sheet, rng: Rng, end: float, right: float, y: float, kind: Type) -> Room:
    """The same behind a text that ends at ``end``, or at the right edge, where dots may lead to it."""
    plan, em = sheet.plan, kind.size
    if not plan.aside:
        return put_room(sheet, rng, end + 0.2 * em, y, kind)
    x = right - room_width(sheet, kind)
    if plan.leaders and x - end > 3 * em:
        dot = text_width(".", kind) * 1.6
        for at in np.arange(x - 0.4 * em - dot, end + 0.6 * em, -dot):
            put_text(sheet, float(at), y, ".", kind, slot=False)
    return put_room(sheet, rng, x, y, kind)
