"""What room an answer has: how far the rows around are, whether it stands on a rule, how tall it gets."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from restorekit.synthesis.handwriting.lines import is_eastern
from restorekit.synthesis.handwriting.ticks import reaches, tick_form
from restorekit.synthesis.handwriting.writer import CLEAREST, CLOSER, DARK, Writer
from restorekit.synthesis.printing.sheets import Slot

OF_PITCH, OF_PRINT = 0.69, 1.65
"""How tall figures and capitals of answers are at most, by what rows are apart, and in ems of the print,
twice its figures: so only tails reach the rows around."""
OWN = (1.25, 0.3)
"""Up to how much more than a row has room for a hand is used to, and how far it keeps to that, a power."""
TAILS, WITH_TAILS = set("gjpqyçдзруфцщ"), 0.88
"""Letters that go below the line, and how tall words with some are by others, clear of the row below."""
LIKE = 1.15
"""By how much the room of a row is used at most that is larger than most of a sheet: hands keep one size."""
BOX, IN_BOX = 1.6, 1.45
"""Blanks narrower than so many ems are boxes; how tall what stands in them is at most, in ems."""
SPILL, LOOSE_SPILL = 1.05, 0.65
"""Answers longer than their room by up to this are left as they are and go over its edges: those of writers
who keep to it, and by how much more those of writers who do not care."""
ON_PRINT, TALLER = 0.5, 0.35
"""From what looseness on writers go over print that stands after a blank, and how much taller than their row
has room for the loosest ones write."""
FRAMED = 1.08
"""The same of all writers where borders show the room, in tables and forms."""
LEGIBLE, BEYOND = 0.95, 1.1
"""How tall words are at least in blanks that they do not fit, in ems of the print; and how far those reach by
their room that are written at all: pupils find a blank too small for a word, and leave it or ask."""
ROW = 1.05
"""How tall a line is at least by the smallest Chinese characters, kana and Hangul that are written on it."""
BEFORE_PRINT, ON_ROW = 0.15, 1.5
"""How far before print that goes on after a blank answers end, if that is so near, in ems of the print."""
MIDDLE = 0.36
"""How high the middle of printed figures is above what they stand on, in ems."""
ROOMY = 4.0
"""Answers that leave more than so many ems of their blank free stand where the writer is used to in it."""
WITHIN = 0.2
"""Where answers begin at least in their brackets, in ems of the print."""
RULED = 0.6
"""What share of a row is dark where a rule runs under a blank."""
ROWS = ("gap", "sum", "field", "judge", "text", "option")
"""The places that keep those above and below from growing."""
STEPS, NEXT = (0.0, 0.4, 0.8, 1.6, 2.4, 3.2), 2.0
"""How much farther on marks stand where print is in the way, in ems of the print, the first that is bare; and
how far before the next answer they end."""


@lru_cache(maxsize=4)
def _boxes(slots: tuple[Slot, ...]) -> np.ndarray:
    """Left, right and bottom of the rows of a sheet: ``(N, 3)``."""
    return np.array([(one.left, one.right, one.bottom) for one in slots if one.kind in ROWS]).reshape(-1, 3)


def pitch_of(writer: Writer, slot: Slot) -> float:
    """How far the nearest row above or below a place is, pixels; infinite where there is none."""
    unit = writer.sheet.unit
    left, right, bottom = _boxes(tuple(writer.sheet.slots)).T
    away = np.abs(bottom - slot.bottom)[
        (left < slot.left + 4 * unit)
        & (right > slot.left - unit)
        & (np.abs(bottom - slot.bottom) > 0.6 * unit)
    ]
    return float(away.min()) if len(away) else float("inf")


@lru_cache(maxsize=4)
def _usual_pitch(slots: tuple[Slot, ...]) -> float:
    """How far apart rows with answers mostly are on a sheet, pixels; infinite where there are no two."""
    rows = np.unique([one.bottom for one in slots if one.kind in ROWS and one.kind not in ("text", "option")])
    steps = np.diff(rows)
    steps = steps[steps > 0.6 * (slots[0].bottom - slots[0].top)] if len(slots) else steps
    return float(np.quantile(steps, 0.3)) if len(steps) else float("inf")


def rise_of(writer: Writer, text: str) -> float:
    """How tall the figures or capitals of a text are in a hand, by the size that they are written in."""
    hand = writer.hand
    if any(map(is_eastern, text)):
        return 0.82
    return hand.stretch * hand.latin


def usual_size(writer: Writer) -> float:
    """The size in which figures are as tall as most rows of a sheet let them be; infinite without rows."""
    pitch = _usual_pitch(tuple(writer.sheet.slots))
    tall = min(OF_PITCH * pitch, OF_PRINT * writer.sheet.unit)
    return tall / rise_of(writer, "0") if np.isfinite(pitch) else pitch


def in_box(writer: Writer, slot: Slot, text: str) -> bool:
    """Whether a place is a box for a figure or two, which goes over its edges where it does not fit."""
    return slot.kind == "gap" and text.isdecimal() and slot.right - slot.left < BOX * writer.sheet.unit


def largest(writer: Writer, slot: Slot, text: str) -> float:
    """The size of an answer: the writer's, or what its row lets be; who does not care goes a little over."""
    unit, care = writer.sheet.unit, 1 + TALLER * writer.hand.loose**2
    if in_box(writer, slot, text):
        return min(IN_BOX * unit, 0.9 * writer.size)
    usual = LIKE * _usual_pitch(tuple(writer.sheet.slots))  # who writes small here writes so there, too
    tall = min(OF_PITCH * min(pitch_of(writer, slot), max(usual, unit)), OF_PRINT * unit)
    tall *= WITH_TAILS if TAILS & set(text) else 1.0
    fits = care * tall / rise_of(writer, text)
    return min(writer.size, fits * float(np.clip(writer.size / fits, 1.0, OWN[0])) ** OWN[1])


def print_after(writer: Writer, slot: Slot) -> float:
    """Where print goes on, or another answer is awaited, right of a blank on its row: pixels, or infinite."""
    unit = writer.sheet.unit
    return min(
        (
            float(one.left)
            for one in writer.sheet.slots
            if one.kind in (*ROWS, "area", "line")
            and one is not slot
            and one.left >= slot.right - 0.3 * unit
            and one.top < slot.bottom
            and slot.top < one.bottom
        ),
        default=float("inf"),
    )


def has_room(writer: Writer, slot: Slot) -> bool:
    """Whether what is awaited in a blank or on a line can be written there so that it is read."""
    least = CLEAREST * any(map(is_eastern, slot.hint))
    if slot.kind == "line":
        return not writer.eastern or slot.bottom - slot.top > ROW * CLEAREST
    if slot.kind != "gap" or not least and len(slot.hint) < 3 or " " in slot.hint or slot.hint.isdecimal():
        return True  # sentences are shortened, figures made smaller
    size = max(least, min(writer.size, LEGIBLE * writer.sheet.unit))
    room = (slot.right - slot.left) * max(1.0, spill_of(writer, slot))
    return CLOSER * writer.spelling.reach(slot.hint) * size <= BEYOND * room


def spill_of(writer: Writer, slot: Slot) -> float:
    """How far an answer may reach by its room: not over print that goes on after it, nor far over borders."""
    room, unit = max(1, slot.right - slot.left), writer.sheet.unit
    spill = SPILL + LOOSE_SPILL * writer.hand.loose**2
    if slot.kind == "field":
        return min(spill, FRAMED)
    if slot.kind == "sum":  # the next one is printed behind its room
        hand = writer.hand
        return 1 - (BEFORE_PRINT + max(0.0, hand.near) + abs(hand.slant)) * unit / room
    after = print_after(writer, slot)
    near = after < slot.right + ON_ROW * unit and writer.hand.loose < ON_PRINT
    return min(spill, (after - BEFORE_PRINT * unit - slot.left) / room) if near else spill


def start_of(writer: Writer, slot: Slot, slack: float) -> float:
    """Where an answer begins that leaves ``slack`` pixels of its room, 0 where it is too long.

    After an equals sign as near to it as the writer is used to; between brackets about in their middle, one
    too long right after the opening one, so that it goes over the other.
    """
    rng, unit = writer.rng, writer.sheet.unit
    if slot.kind == "sum":
        over = max(0.0, -writer.hand.slant) * writer.size  # who leans to the left begins farther right
        return slot.left + over + (writer.hand.near + rng.normal(0, 0.07)) * unit
    if slot.kind == "gap":
        rests = writer.hand.rests if slack > ROOMY * unit else 0.5  # in brackets about in the middle
        free = float(np.clip(rng.normal(rests, 0.07), 0.05, 0.95)) * max(0.0, slack)
        return slot.left + max(WITHIN * unit, free)
    return slot.left + max(0.05, writer.hand.rests + rng.normal(-0.1, 0.08)) * unit


def on_rule(writer: Writer, slot: Slot) -> bool:
    """Whether a printed rule runs along the foot of a blank, which answers stand on."""
    sheet, quarter = writer.sheet, (slot.right - slot.left) // 4
    box = (slot.left + quarter, slot.bottom - 2, slot.right - quarter, slot.bottom + sheet.unit // 2)
    if box[0] >= box[2] or box[1] < 0 or box[3] > sheet.height:
        return False
    part = np.asarray(sheet.image.crop(box).convert("L"))
    return bool(((part < DARK).mean(1) > RULED).any())


def free_of_print(teacher: Writer, slot: Slot, x: float, y: float, size: float) -> tuple[float, float]:
    """Where a tick at an answer has its corner, and its size: where print is there, farther on or smaller.

    Where nothing beside the answer is bare before the next one, which the tick would be about, it stands on
    the end of the answer.
    """
    unit = teacher.sheet.unit
    until = _next_answer(teacher, slot) - NEXT * unit
    for smaller in (size, 0.7 * size, 0.5 * size):
        for off in STEPS:
            if x + off * unit < until and is_bare(teacher, x + off * unit, y, smaller):
                return x + off * unit, smaller
    return slot.right - 0.4 * unit, 0.7 * size


def _next_answer(teacher: Writer, slot: Slot) -> float:
    """Where the next answer on the row of a place is written, pixels; infinite where none is."""
    return min(
        (
            float(one.left)
            for one in teacher.sheet.slots
            if one.kind in ("gap", "sum", "judge")
            and one.left > slot.right
            and one.top < slot.bottom
            and slot.top < one.bottom
        ),
        default=float("inf"),
    )


def is_bare(teacher: Writer, x: float, y: float, size: float, until: float = float("inf")) -> bool:
    """Whether a tick with its corner at ``(x, y)`` meets no print left of ``until``, nor the paper's end."""
    boxes = reaches(tick_form(teacher.hand.style), x, y - 0.1 * teacher.sheet.unit, size)
    return not any(
        teacher.printed(left, top, min(right, until), bottom)
        for left, top, right, bottom in boxes
        if left < until
    )
