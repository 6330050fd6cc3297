"""Where the questions of a sheet are: the print of each, and the places to write that belong to it."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from restorekit.synthesis.printing.sheets import Sheet, Slot

BEFORE = 3
"""So many places at most belong to a question that are noted before its number: its first line and what is
in that."""
APART = 2.5
"""What stands farther below a question, in ems, is not part of it."""
HEADING = re.compile(r"(?:[A-G]|[IVX]+)\. |[一二三四五六七]、")
"""How headings of parts begin."""
LARGER = 0.95
"""Printed lines taller than this, in ems of the print, are headings; most lines are 0.8."""


class Question(NamedTuple):
    """One question: left, top, right, bottom of it in pixels, and its places, the number first."""

    box: tuple[float, float, float, float]
    places: tuple[Slot, ...]


def questions_of(sheet: Sheet) -> list[Question]:
    """The questions with a number that are printed on a sheet, as far as each can be told from the next."""
    slots, unit, found = sheet.slots, sheet.unit, []
    numbers = [place for place, slot in enumerate(slots) if slot.kind == "number"]
    for place, after in itertools.pairwise([*numbers, len(slots)]):
        number = slots[place]
        following = slots[after] if after < len(slots) else None
        floor = float(sheet.height)
        if following and abs(following.left - number.left) < 2 * unit and following.top > number.top:
            floor = following.top + 0.3 * unit
        places = [
            slot
            for slot in (*slots[max(0, place - BEFORE) : place], *slots[place + 1 : after])
            if number.top - unit < slot.top < floor and slot.bottom <= floor and slot.left >= number.left
        ]
        places = _before_gap(places, unit)
        texts = [slot for slot in places if slot.kind == "text"]
        if not texts:
            continue
        right = min(max(slot.right for slot in texts), sheet.width)
        top, bottom = min(slot.top for slot in texts), max(slot.bottom for slot in places)
        box = (float(texts[0].left), float(top), float(right), float(min(bottom, sheet.height)))
        found.append(Question(box, (number, *places)))
    return found


def _before_gap(places: list[Slot], unit: int) -> list[Slot]:
    """The places up to the heading of the next part, or to where the sheet goes on with something else."""
    floor = places[0].bottom if places else 0
    for count, slot in enumerate(places):
        if slot.kind == "text" and (slot.top > floor + APART * unit or is_heading(slot, unit)):
            return places[:count]
        floor = max(floor, slot.bottom)
    return places


def is_heading(slot: Slot, unit: int) -> bool:
    """Whether a printed line is a heading: larger than the rest, or counted as parts are."""
    return bool(slot.hint) and (slot.bottom - slot.top > LARGER * unit or bool(HEADING.match(slot.hint)))
