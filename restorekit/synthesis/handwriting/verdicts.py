"""What a teacher looks at: which questions are right, and where the answers to them are written."""

from __future__ import annotations

import itertools
from collections.abc import Set

import numpy as np

from restorekit.synthesis.printing.sheets import Sheet, Slot
from restorekit.synthesis.texts.topics import option_row


def at_numbers(
    slots: list[Slot], graded: dict[Slot, bool], empty: Set[Slot] = frozenset()
) -> dict[Slot, bool]:
    """The numbers of the questions that bear an answer before the next number: whether all of it is right.

    What is left ``empty`` in a question that is begun is wrong.
    """
    graded = dict.fromkeys(empty, False) | graded
    verdicts, begun = dict[Slot, bool](), set[Slot]()
    number: Slot | None = None
    for slot in slots:
        if slot.kind == "number":
            number = slot
        elif number is not None and slot in graded:
            verdicts[number] = verdicts.get(number, True) and graded[slot]
            begun |= {number} if slot not in empty else set()
    return {number: right for number, right in verdicts.items() if number in begun}


def partly_right(slots: list[Slot], graded: dict[Slot, bool]) -> set[Slot]:
    """The numbers of the questions some of whose answers are right and some wrong."""
    found = {True: set[Slot](), False: set[Slot]()}
    number: Slot | None = None
    for slot in slots:
        if slot.kind == "number":
            number = slot
        elif number is not None and slot in graded:
            found[graded[slot]].add(number)
    return found[True] & found[False]


def seen_at(slot: Slot, written: np.ndarray | None, unit: int) -> Slot | None:
    """A place as far as it is written in, None if an area is not; short answers may begin and end beside it.

    ``written`` is None where that is not known.
    """
    short = slot.kind not in ("area", "line")
    if written is None:
        return slot._replace(right=min(slot.right, slot.left + 2 * unit)) if slot.kind == "sum" else slot
    left, top = max(0, slot.left - unit // 4 * short), max(0, slot.top)
    stop = slot.right + 2 * unit * (slot.kind in ("gap", "judge"))
    there = written[top : slot.bottom + unit // 4, left:stop] > 127
    rows, columns = np.flatnonzero(there.any(1)), np.flatnonzero(there.any(0))
    if not len(rows):
        return None
    if short:  # what stands apart from it is something else
        apart = np.flatnonzero(np.diff(columns) > 1.1 * unit)
        columns = columns[: int(apart[0]) + 1] if len(apart) else columns
        return slot._replace(left=left + int(columns[0]), right=left + int(columns[-1]) + 1)
    return slot._replace(
        left=left + int(columns[0]),
        top=top + int(rows[0]),
        right=left + int(columns[-1]) + 1,
        bottom=top + int(rows[-1]) + 1,
    )


def chosen(sheet: Sheet, slot: Slot, written: np.ndarray | None) -> Slot:
    """Where the answer of a question with options is: at one of these, where its brackets are left empty."""
    if written is None or not option_row(slot.hint) or _inked(slot, written):
        return slot
    after = sheet.slots[sheet.slots.index(slot) + 1 :]
    near = itertools.takewhile(lambda one: one.kind in ("option", "text", "key"), after)
    return next((one for one in near if one.kind == "option" and _inked(one, written)), slot)


def _inked(slot: Slot, written: np.ndarray) -> bool:
    return bool((written[max(0, slot.top) : slot.bottom, max(0, slot.left) : slot.right] > 127).any())
