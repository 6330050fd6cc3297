"""What answers are worth, so that points taken off, the points of parts and the score of a page agree."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import NamedTuple

import numpy as np

from restorekit.synthesis.handwriting.questions import is_heading
from restorekit.synthesis.printing.sheets import Sheet, Slot

EACH = re.compile(r"每\D{1,3}?(\d+)分|(\d+) (?:marks?|points?) each")
"""What a heading says that each answer of its part is worth."""
WHOLE = re.compile(r"(\d+)分(?:，[^\d]*)?[）)]|\((\d+) (?:marks|points)\)")
"""What a heading says that all of its part is worth."""
WHOLE_PAGE, MOST = 100, 5
"""What a paper is worth, and the most that one answer is where no heading says it."""
ANSWERED = frozenset(("gap", "sum", "judge", "line", "area", "match"))


class Part(NamedTuple):
    """A part of a paper: the box for its points, what it is worth and each answer, 0 unknown; its answers."""

    box: Slot | None
    whole: int
    each: int
    answers: tuple[Slot, ...]


def parts_of(sheet: Sheet) -> list[Part]:
    """The parts of a sheet, the first of which may have no heading."""
    found: list[tuple[Slot | None, str, list[Slot]]] = [(None, "", [])]
    box, options = None, {(slot.left, slot.bottom) for slot in sheet.slots if slot.kind == "option"}
    for slot in sheet.slots:
        if slot.kind == "score" and slot.hint == "part":
            box = slot
        elif (slot.left, slot.bottom) in options:  # these begin as headings may
            pass
        elif slot.kind == "text" and is_heading(slot, sheet.unit):
            if found[-1][2] or box:
                found.append((box, slot.hint, []))
                box = None
            else:  # a heading of more than one line
                found[-1] = (found[-1][0], found[-1][1] + slot.hint, [])
        elif slot.kind in ANSWERED and not (slot.kind == "line" and slot.hint.isdecimal()):
            found[-1][2].append(slot)
    return [Part(box, _said(WHOLE, text), _said(EACH, text), tuple(slots)) for box, text, slots in found]


def _said(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return int(next(filter(None, found.groups()))) if found else 0


def lost_points(sheet: Sheet, graded: dict[Slot, bool], empty: Set[Slot]) -> dict[Slot, int]:
    """The points that each wrong or empty answer costs."""
    parts = parts_of(sheet)
    count = sum(len(part.answers) for part in parts)
    usual = int(sheet.given.get("marks") or np.clip(round(WHOLE_PAGE / max(1, count)), 1, MOST))
    lost = {}
    for part in parts:
        share = round(part.whole / len(part.answers)) if part.answers else 0
        each = part.each or max(1, min(share, MOST)) if part.whole or part.each else usual
        for slot in part.answers:
            if not graded.get(slot, slot not in empty):
                lost[slot] = each
    return lost
