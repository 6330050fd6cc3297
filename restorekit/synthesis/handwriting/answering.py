"""How answers are written into their places: as large as the hand is used to, where there is room or not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from restorekit.synthesis.handwriting import marks, strikes
from restorekit.synthesis.handwriting.brackets import bracket_habit
from restorekit.synthesis.handwriting.columns import is_under_columns, write_under_columns
from restorekit.synthesis.handwriting.corrections import write_corrected
from restorekit.synthesis.handwriting.filling import ANSWERS, CARELESS, fill_area
from restorekit.synthesis.handwriting.formulas import with_indices, write_formula
from restorekit.synthesis.handwriting.fractions import is_stacked, write_stacked
from restorekit.synthesis.handwriting.rooms import (
    LEGIBLE,
    MIDDLE,
    in_box,
    largest,
    on_rule,
    rise_of,
    spill_of,
    start_of,
)
from restorekit.synthesis.handwriting.writer import CLEAREST, CLOSER, Writer
from restorekit.synthesis.printing.sheets import Slot
from restorekit.synthesis.texts import phrases

SQUEEZED = 0.8
"""How tall what is put right is over print, by how tall it would be on bare paper."""
SHORT = 3
"""Entries of some words that reach farther than so many ems are cut to their room; no word is."""
CORRECTED = 0.13
"""The share of written lines in which something is put right."""
SMALLER = 0.55
"""How much smaller at most all write where borders or rules show the room, in tables and forms, and in boxes
for a figure or two."""
HALF, TWO_ROWS = 0.5, 0.8
"""How tall the rows are of those who write two on a line, by the line, and the letters in them by others."""
CLOSEST, COPIED = 0.85, 1.15
"""How much closer than usual is written what is copied; and how tall it is at least, in ems of the print."""
SIGN = 0.6
"""How tall a sign that compares is, in ems."""
ASTRAY, UNLIKE, LARGEST = 0.13, 0.2, 1.5
"""How far signs are off the middle of their rings, by the rings' height, at one standard deviation; how
unlike in size they are, a logarithm; and how large they are by the letters, at most."""
SHORT_OF = 0.25
"""How far before what they join lines end, in ems of the print, in the mean: many reach into it."""
SMALLEST = 0.6
"""How tall signs are at least by their rings."""
LOWER = {"sum": 0.45, "gap": 0.65}
"""How far answers sink towards the middle of the print: more in brackets than after an equals sign."""
TALL, LOW = set("bdfhklijtßбвфё"), 0.6
"""Small letters as tall as capitals, and how tall the others are by them."""
FEW = 3
"""Answers of more characters than this are not written over."""
OVER_BOX, SMALL_IN_BOX = (0.9, 1.25), 0.62
"""How far numbers reach in boxes at most, by what keeps inside these, and how small they are at least."""
OVER_PRINT = 0.6
"""How far answers reach above the head of the print beside them, in ems."""
INSIDE = 0.84
"""How much of the room in brackets numbers take at most, so that a 1 is not lost in those."""


def fill(writer: Writer, slot: Slot, *, right: bool) -> str:
    """Answer, rightly or not; returns the answer where it is a short one."""
    rng, unit = writer.rng, writer.sheet.unit
    if slot.kind in ("gap", "sum", "field"):
        text = slot.hint or phrases.answer(rng, writer.sheet.language)
        if not right:
            text = mistaken(writer, text)
        if is_under_columns(writer, slot):
            write_under_columns(writer, slot, text)
            return text
        if is_stacked(writer, slot, text):
            write_stacked(writer, slot, text)
            return text
        said, text = text, _in_brackets(writer, slot, text)
        sign, framed = len(text) == 1 and not text.isalnum(), slot.kind == "field"
        if slot.hint or sign or framed:  # a name, or what can be told to be right or wrong
            writer = writer.spelling
        if framed:  # the border is seen in time
            writer = replace(writer, until=slot.right + rng.normal(0, 0.1) * unit)
        tall = slot.bottom - slot.top
        size = min(writer.size, 0.76 * tall if framed else largest(writer, slot, text))
        room, spill = slot.right - slot.left, spill_of(writer, slot)
        short = text.isdecimal() or len(text) == 1
        boxed, inside = in_box(writer, slot, said), short and not framed
        most = room * (min(INSIDE, spill) if inside else rng.uniform(min(1.0, spill), spill))
        most *= rng.uniform(*OVER_BOX) if boxed else 1.0
        if writer.reach(text) * size > most:  # letters keep their size and draw closer
            writer = replace(writer, until=min(writer.until, slot.left + most))
            as_small = framed or short  # figures are written smaller, not closer
            closest, least = (CLOSEST, SMALLER) if as_small else (CLOSER, min(1, LEGIBLE * unit / size))
            least = SMALL_IN_BOX if boxed else least
            size *= float(np.clip(most / (closest * writer.reach(text) * size), least, 1))
        # half an answer to a question is none, and half a number
        free = (framed or not slot.hint) and any(map(str.isalpha, text))
        if free and " " in text and writer.reach(text) > SHORT:
            fits = spill * room / size / writer.reach(text)  # of the text, in whichever letters it is
            text = " ".join(text.split()[: len(phrases.shorten(text, int(fits * len(text))).split())])
        slack = room - writer.reach(text) * size
        over = slot.left + 0.5 * slack + rng.normal(0, 0.08) * unit  # both sides of a box
        x = over if boxed else start_of(writer, slot, slack)
        y = slot.bottom + rng.normal(writer.hand.floats, 0.03) * (0.5 if framed else 1) * unit
        y += _sinks(writer, slot, text, size)
        if sign:
            _sign(writer, slot, text)
            return said
        if not framed and rng.random() < writer.hand.rethinks:
            _rethink(writer, slot, text, (x, y), size)
        elif not framed and with_indices(text) != text:
            write_formula(writer, with_indices(text), x, y, size)
        else:
            writer.write(text, x, y, size)
        return said
    if slot.kind == "area":
        fill_area(writer, slot)
    elif slot.kind == "match":
        start, stop = (slot.bottom, slot.top) if slot.hint == "up" else (slot.top, slot.bottom)
        gaps, off = rng.normal(SHORT_OF, 0.45, 2) * unit, rng.normal(0, 0.3, 2) * unit
        ends = slot.left + gaps[0], start + off[0], slot.right - gaps[1], stop + off[1]
        marks.line(writer.canvas, rng, *ends, writer.pen_px, bow=0.03)
    return ""


def _sinks(writer: Writer, slot: Slot, text: str, size: float) -> float:
    """How far below the foot of its place an answer stands, pixels."""
    if slot.kind == "field" or slot.kind == "gap" and on_rule(writer, slot):
        return 0.5 * writer.hand.sit * size
    low = LOW if text.islower() and not TALL & set(text) else 1.0
    return LOWER[slot.kind] * (0.5 * low * rise_of(writer, text) * size - MIDDLE * writer.sheet.unit)


def _sign(writer: Writer, slot: Slot, sign: str) -> None:
    """A sign in the middle of its ring or its blank, about where the eye puts it."""
    rng, tall = writer.rng, slot.bottom - slot.top
    fills = max(SMALLEST, writer.hand.fills * float(np.exp(rng.normal(0, UNLIKE))))
    size = fills * tall / (SIGN * writer.hand.latin)
    astray = rng.normal(0, ASTRAY, 2) * tall
    middle = 0.5 * (slot.left + slot.right) + astray[0], 0.5 * (slot.top + slot.bottom) + astray[1]
    signs = [sign]
    if rng.random() < writer.hand.rethinks:  # put right in its place, as rings leave no other
        signs = [mistaken(writer, sign), sign]
    for one in signs:
        writer.write_around(one, *middle, min(size, LARGEST * writer.size))


def _in_brackets(writer: Writer, slot: Slot, text: str) -> str:
    """A letter on a rule, in brackets by those who are used to such; others as they are."""
    if slot.kind != "gap" or not (text.isalpha() and text.isascii() and len(text) == 1):
        return text
    if not bracket_habit(writer.hand.style).answers or writer.hand.ink:
        return text
    unit = writer.sheet.unit
    sides = ((slot.left - unit, slot.left + 0.15 * unit), (slot.right - 0.15 * unit, slot.right + unit))
    top, bottom = slot.top + 0.2 * unit, slot.bottom - 0.2 * unit
    printed = any(writer.printed(left, top, right, bottom) for left, right in sides)
    return text if printed else f"({text})"


def _rethink(writer: Writer, slot: Slot, text: str, at: tuple[float, float], size: float) -> None:
    """Write something else first, and ``text`` over it, or strike it and write that where there is room."""
    (x, y), wrong = at, mistaken(writer, text)
    if len(text) == len(wrong) <= FEW and strikes.writes_over(writer.rng, writer.hand.style):
        for one in (wrong, text, *[text] * int(writer.rng.integers(0, 3))):  # gone over until it is seen
            writer.write(one, x, y, size, over=True)
        return
    place = _again_at(writer, (x, y, x + writer.reach(wrong) * size), writer.reach(text), size)
    if place is None or _awaited(writer, slot, place, writer.reach(text)):
        writer.write(text, x, y, size)
        return
    end = writer.write(wrong, x, y, size)
    box = x, y - 0.7 * size, end, y
    strikes.strike_out(writer.canvas, writer.rng, box, writer.pen_px, writer.hand.style)
    again, floor, tall = place
    again = max(again, end + 0.1 * size) if floor == y else again
    writer = replace(writer, until=again + writer.reach(text) * tall)  # the paper that was seen to be free
    writer.write(text, again, floor, tall, over=True)


def _awaited(writer: Writer, own: Slot, place: tuple[float, float, float], reach: float) -> bool:
    """Whether another answer is awaited where one of so much ``reach`` is put right (x, y and size)."""
    x, y, size = place
    return any(
        slot != own
        and slot.kind in ANSWERS
        and slot.left < x + reach * size
        and x < min(slot.right, slot.left + 4 * writer.sheet.unit)
        and slot.top - OVER_PRINT * writer.sheet.unit < y - 0.15 * size
        and y - 0.7 * size < slot.bottom
        for slot in writer.sheet.slots
    )


def _again_at(
    writer: Writer, struck: tuple[float, float, float], reach: float, size: float
) -> tuple[float, float, float] | None:
    """Where what is struck out is written again, and how large: after it, above it or below it on bare paper.

    Who does not care squeezes it in above or below where none is bare, smaller and over some of the print
    there; None where those who care find none. ``struck`` is where it begins, what it stands on and where it
    ends, pixels.
    """
    (x, y, end), rng = struck, writer.rng
    small, off = size * rng.uniform(0.75, 0.95), rng.uniform(-0.3, 0.8) * size
    places = [
        (end + rng.uniform(0.1, 0.3) * size, y, size),
        (x + off, y - rng.uniform(0.8, 1.0) * size, small),
        (x + off, y + 0.95 * small, small),
    ]
    free = [
        (left, floor, tall)
        for left, floor, tall in places
        if not writer.crowded(left, floor - 0.8 * tall, left + reach * tall, floor)
    ]
    for left, floor, tall in free:
        if not writer.printed(left, floor - 0.75 * tall, left + reach * tall, floor - 0.15 * tall):
            return left, floor, tall
    squeezed = [(a, b, SQUEEZED * tall) for a, b, tall in free if b != y]
    if writer.hand.loose <= CARELESS or not squeezed:
        return None
    return squeezed[int(rng.random() ** 2 * len(squeezed))]


def mistaken(writer: Writer, text: str) -> str:
    """What somebody writes who errs, or slips, where ``text`` is right: in brackets where that is."""
    if text[0] == "(" and text[-1] == ")":
        return f"({mistaken(writer, text[1:-1])})"
    wrong = writer.sheet.wrong.get(text)
    if wrong:
        return wrong[int(writer.rng.integers(0, len(wrong)))]
    return phrases.mistake(writer.rng, writer.sheet.language, text)


def fill_line(writer: Writer, slot: Slot) -> None:
    """Write along a line what is to be copied or what comes next in an answer, corrected now and then."""
    rng, copied = writer.rng, slot.hint if len(slot.hint) > 1 and "\n" not in slot.hint else ""
    size = min(writer.size, 0.75 * (slot.bottom - slot.top))
    last_column = slot.right > 0.85 * writer.sheet.width
    room = (slot.right - slot.left) * (1.12 if last_column and rng.random() < 0.1 else 0.95)
    if copied:
        _copy(writer, slot, size, room)
        return
    room *= rng.uniform(0.3, 1.0) if not slot.hint and rng.random() < 0.35 else 1.0
    text = writer.next_line(room * writer.size / size, 30)
    y = slot.bottom + (writer.hand.sit + rng.normal(0, 0.04)) * size
    x = slot.left + (0.6 * writer.hand.rests + rng.normal(0, 0.06)) * size
    if rng.random() < CORRECTED:
        write_corrected(writer, text, x, y, size, slot.left + room)
    else:
        writer.write(text, x, y, size)


def _copy(writer: Writer, slot: Slot, size: float, room: float) -> None:
    """Copy what a line says, as large as the others: where it is too long in two rows, or not all of it."""
    rng, tall = writer.rng, slot.bottom - slot.top
    longest = max(len(one.hint) for one in writer.sheet.slots or [slot] if one.kind == "line")
    size = float(
        np.clip(room / (CLOSEST * writer.step * longest), min(COPIED * writer.sheet.unit, size), size)
    )
    size = max(size, CLEAREST) if writer.eastern else size
    # what is copied can be compared, so no other words will do
    writer = replace(writer.spelling, until=slot.right)
    rows, y = [slot.hint], slot.bottom + (writer.hand.sit + rng.normal(0, 0.04)) * size
    if room < CLOSEST * writer.reach(slot.hint) * size:
        if HALF * tall > TWO_ROWS * size:
            size, y = TWO_ROWS * size, y - HALF * tall
            fitting = max(1, int(room / size / writer.step / CLOSEST))
            half = max(int(room / size / writer.step), len(slot.hint) // 2 + 1)
            rows = [phrases.shorten(slot.hint, min(fitting, half))]
            rows.append(slot.hint[len(rows[0]) :].lstrip())
        rows[-1] = phrases.shorten(rows[-1], max(1, int(room / size / writer.step / CLOSEST)))
    spare = room - max(map(writer.reach, rows)) * size
    for text in filter(None, rows):
        x = slot.left + (0.6 * writer.hand.rests + rng.normal(0, 0.06)) * float(np.clip(spare, 0, size))
        if len(rows) == 1 and spare > 3 * size and rng.random() < CORRECTED:
            write_corrected(writer, text, x, y, size, slot.left + room)
        else:
            writer.write(text, x, y, size)
        y += HALF * tall
