"""What is left undone on a sheet, and why: time was up, a part was not asked for, or it was too hard."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.handwriting.questions import is_heading
from restorekit.synthesis.printing.sheets import Sheet, Slot
from restorekit.synthesis.textures import Rng, choose

ALL = 0.6
"""The share of the sheets of which nothing is left undone."""
MOST, OF_FORMS = 0.25, 0.1
"""The largest share of a sheet, and of a form, that is left undone; most leave little: the share is this by
a square. Who begins a form mostly comes to its signature."""
WHY = {"time": 0.85, "part": 0.03, "hard": 0.12}
"""Why: those short of time stop before the end, some skip a part, others what is hard for them."""
ASKED = frozenset(("gap", "sum", "field", "judge", "line", "area", "box", "bubble", "match", "strike"))
"""The places that ask for an answer."""
ALIKE = {"sum": "gap"}
"""Rows of sums have both kinds of blanks."""
NEAR = 3.0
"""Blanks on one line less than so many ems apart are one answer, as the squares of one sum are."""
WORKED = 6
"""Working out takes as much as so many figures do."""


def undone(rng: Rng, sheet: Sheet) -> set[Slot]:
    """The places that stay empty; an answer of several places is given as a whole or not at all."""
    if rng.random() < ALL:
        return set()
    parts = _parts(sheet)
    items = [item for part in parts for item in part]
    is_form = sheet.given.get("whole") == "form"
    count = int(len(items) * (OF_FORMS if is_form else MOST) * rng.random() ** 2 + rng.random())
    why = "time" if is_form else choose(rng, WHY)
    left: list[list[Slot]] = []
    if why == "part" and len(parts) > 2:
        fitting = [part for part in parts if len(part) <= count]
        left = fitting[int(rng.integers(0, len(fitting)))] if fitting else []
    elif why == "hard":
        left = _hardest(rng, parts, count)
    rest = [item for item in items if item not in left]
    left = left + rest[len(rest) - max(0, count - len(left)) :]
    return {slot for item in left for slot in item}


def _hardest(rng: Rng, parts: list[list[list[Slot]]], count: int) -> list[list[Slot]]:
    """At most ``count`` items that are harder than the middle of their part: in a row of equals none is."""
    harder = []
    for part in parts:
        loads = np.array([_load(item) for item in part], np.float64)
        above = loads - np.median(loads)
        harder += [
            (float(more + rng.normal(0, 0.5)), item)
            for more, item in zip(above, part, strict=True)
            if more >= 1
        ]
    harder.sort(key=lambda one: -one[0])
    return [item for _, item in harder[:count]]


def _load(item: list[Slot]) -> int:
    """How much an item asks for: figures and letters to write, and working out."""
    return sum(len(slot.hint) if slot.kind in ("gap", "sum") else WORKED for slot in item)


def _parts(sheet: Sheet) -> list[list[list[Slot]]]:
    """The answers of a sheet, part by part: a part ends where another heading or kind of answer begins."""
    parts: list[list[list[Slot]]] = []
    last: Slot | None = None
    for slot in sheet.slots:
        if slot.kind == "text" and is_heading(slot, sheet.unit):
            last = None
        if slot.kind not in ASKED:
            continue
        if last is None or ALIKE.get(slot.kind, slot.kind) != ALIKE.get(last.kind, last.kind):
            parts.append([])
        if parts[-1] and last is not None and _together(sheet, last, slot):
            parts[-1][-1].append(slot)
        else:
            parts[-1].append([slot])
        last = slot
    return parts


def _together(sheet: Sheet, before: Slot, slot: Slot) -> bool:
    """Whether two places of a kind belong to one answer, or to one row of a form."""
    if slot.kind in ("line", "bubble", "match"):
        return {"line": slot.hint.isdecimal(), "bubble": slot.hint != "A", "match": True}[slot.kind]
    level = slot.kind == before.kind and abs(slot.bottom - before.bottom) < 0.5 * (slot.bottom - slot.top)
    apart = slot.left - before.right
    return level and (sheet.given.get("whole") == "form" or 0 <= apart < NEAR * sheet.unit)
