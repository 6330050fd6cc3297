"""Marks at what is printed or written: underlined words, and what a teacher leaves on a page."""

from __future__ import annotations

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Sheet, Slot
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.textures import Rng, log_uniform

PLACES = (("number",), ("gap", "sum"), ("gap", "sum"), ("number", "gap", "sum"))
"""Where teachers put their marks: at the numbers of the questions, at the answers, or at both."""
SCORED = 0.5
"""The share of teachers who write a score above all."""
KEYS = 0.6
"""The share of the marked lines with numbers or quoted words in which these are marked, not a phrase."""
RINGED = 0.4
"""The share of the marks at numbers and quoted words that go round them."""
STRUCK = 0.15
"""The share of the marks at print that strike it: a number that is misprinted, words that do not count."""
POINTED = 0.15
"""The share of the words that a question hangs on that teachers underline where something is wrong."""
SIGNS = ("?", "!", "1", "2", "3", "4")
"""What readers write above words: what they doubt or mean to keep, and what comes first."""


def text_mark(writer: Writer, slot: Slot) -> None:
    """Mark what a printed line has to be marked for: a key number or quoted words, or a whole phrase.

    Numbers and quoted words are circled or underlined, phrases underlined, or put in brackets. A line that
    has neither stays as it is. Some are struck instead, and another number stands above one that is.
    """
    rng, unit, pen = writer.rng, writer.sheet.unit, writer.pen_px
    keys, whole = phrases.key_places(slot.hint), phrases.whole_phrases(slot.hint, writer.sheet.language)
    key = bool(keys) and (not whole or rng.random() < KEYS)
    spans = keys if key else whole
    if not (spans or not slot.hint):
        return
    span = spans[int(rng.integers(0, len(spans)))] if spans else None
    x0, x1 = _reach(slot, *span) if span else _unread(writer, slot)
    kind = rng.random()
    if rng.random() < STRUCK:
        _strike(writer, slot, (x0, x1), number=span is not None and slot.hint[slice(*span)].isdigit())
    elif key and kind < RINGED and x1 - x0 < 4 * unit:
        around = marks.circle if kind < 0.8 * RINGED else marks.frame
        around(writer.canvas, rng, (x0 - 0.1 * unit, slot.top, x1 + 0.1 * unit, slot.bottom), pen)
    elif key or kind < 0.88:
        marks.underline(writer.canvas, rng, x0, x1, slot.bottom + 0.22 * unit, pen, unit)
    elif kind < 0.95:
        marks.bracket(writer.canvas, rng, (x0, slot.top - 0.1 * unit, x1, slot.bottom + 0.2 * unit), pen)
    else:
        text = SIGNS[int(rng.integers(0, len(SIGNS)))]
        writer.write(text, x0, slot.top - 0.05 * unit, min(writer.size, unit) * 0.7)


def _strike(writer: Writer, slot: Slot, reach: tuple[float, float], *, number: bool) -> None:
    """Strike a stretch of print, once or twice, and write another number above one."""
    rng, unit = writer.rng, writer.sheet.unit
    for _ in range(int(rng.integers(1, 3))):
        (y0, y1), (x0, x1) = rng.normal(0.5 * (slot.top + slot.bottom), 0.1 * unit, 2), reach
        marks.line(writer.canvas, rng, x0 - 0.1 * unit, y0, x1 + 0.1 * unit, y1, writer.pen_px)
    if number:
        text = str(int(rng.integers(2, 100)))
        writer.write(text, reach[0], slot.top - 0.05 * unit, min(writer.size, unit) * 0.8)


def underline_all(writer: Writer, slot: Slot) -> None:
    """Underline what is printed in a place, from about its beginning to about its end."""
    unit = writer.sheet.unit
    level = slot.bottom + 0.22 * unit
    marks.underline(writer.canvas, writer.rng, slot.left, slot.right, level, writer.pen_px, unit)


def _reach(slot: Slot, start: int, stop: int) -> tuple[float, float]:
    """From where to where characters of a printed line reach, about."""
    at = (slot.right - slot.left) / len(slot.hint)
    return slot.left + at * start, slot.left + at * stop


def _unread(writer: Writer, slot: Slot) -> tuple[float, float]:
    """A stretch of a line of a user's print, of which nobody knows what it says: from its beginning on."""
    longest = (slot.right - slot.left) / writer.sheet.unit
    return slot.left, slot.left + min(longest, writer.rng.uniform(1.5, 6)) * writer.sheet.unit


def mark_work(teacher: Writer, zeal: float, graded: dict[Slot, bool]) -> None:
    """Ticks at what is right and crosses at what is wrong, remarks beside what they are about, a score."""
    rng, sheet, pen = teacher.rng, teacher.sheet, teacher.pen_px
    canvas, unit = teacher.canvas, sheet.unit
    habit = rng.uniform(0.2, 0.9) * zeal
    reach = log_uniform(rng, 0.9, 3.5)
    slashes = rng.random() < 0.3
    verdicts = graded | _at_numbers(sheet.slots, graded)
    kinds, wrong = PLACES[int(rng.integers(0, len(PLACES)))], not all(graded.values())
    for slot in sheet.slots:
        unknown = slot.kind in ("gap", "sum") and not slot.hint
        if slot.kind in kinds and (unknown or slot in verdicts) and rng.random() < habit:
            x = float(slot.left)  # beside the answer; what is free of a blank may reach to the next question
            if slot.kind != "number":
                x = min(slot.right, x + unit * rng.uniform(1.5, 3.5))
            size = unit * reach * rng.uniform(0.7, 1.3)
            if verdicts.get(slot, rng.random() < 0.75):
                marks.tick(canvas, rng, x, slot.bottom, size, pen)
            elif slashes:
                rise = rng.uniform(-0.6, 0.6) * size
                marks.line(
                    canvas, rng, x - 0.5 * size, slot.top - rise, x + 0.5 * size, slot.bottom + rise, pen
                )
            else:
                marks.cross(canvas, rng, x, (slot.top + slot.bottom) / 2, size, pen)
        elif slot.kind == "line" and rng.random() < 0.08:
            marks.underline(
                canvas, rng, slot.left, slot.left + unit * rng.uniform(2, 12), slot.bottom, pen, unit
            )
        elif slot.kind == "key" and wrong and rng.random() < POINTED:  # what the pupil did not see
            underline_all(teacher, slot)
    _remark(teacher, graded)


def _at_numbers(slots: list[Slot], graded: dict[Slot, bool]) -> dict[Slot, bool]:
    """The numbers of the questions that bear an answer before the next number: whether all of it is right."""
    verdicts: dict[Slot, bool] = {}
    number: Slot | None = None
    for slot in slots:
        if slot.kind == "number":
            number = slot
        elif number is not None and slot in graded:
            verdicts[number] = verdicts.get(number, True) and graded[slot]
    return verdicts


def _remark(teacher: Writer, graded: dict[Slot, bool]) -> None:
    """A score above all, points taken off beside what is wrong, and words beside what was answered."""
    rng, sheet, unit = teacher.rng, teacher.sheet, teacher.sheet.unit
    wrong = [slot for slot, right in graded.items() if not right]
    answered = [*graded, *(slot for slot in sheet.slots if slot.kind in ("line", "area"))]
    scored = rng.random() < SCORED
    for place in range(int(rng.integers(0, 4))):
        size = unit * log_uniform(rng, 1.2, 3)
        if scored and not place:
            size = unit * log_uniform(rng, 2, 6)
            left, floor = (
                rng.uniform(0, 0.85) * sheet.width,
                max(size, sheet.height * rng.uniform(0.02, 0.07)),
            )
            text = str(int(rng.integers(40, 101)))
        elif wrong and rng.random() < 0.5:
            left, floor = _margin(rng, sheet, wrong[int(rng.integers(0, len(wrong)))])
            text = f"-{int(rng.integers(1, 6))}"
        elif answered:
            left, floor = _margin(rng, sheet, answered[int(rng.integers(0, len(answered)))])
            text = phrases.remark(rng, sheet.language)
        else:
            return
        stop = teacher.write(text, left, floor, size)
        if rng.random() < 0.3 and stop > left:
            marks.circle(teacher.canvas, rng, (left, floor - size, stop, floor), teacher.pen_px)


def _margin(rng: Rng, sheet: Sheet, slot: Slot) -> tuple[float, float]:
    """Where a remark stands that is about what was answered in a place: in the margin nearer to it."""
    nearer = (slot.left + min(slot.right, sheet.width)) / 2 > sheet.width / 2
    across = rng.uniform(0.84, 0.93) if nearer or rng.random() < 0.2 else rng.uniform(0, 0.04)
    return across * sheet.width, slot.bottom + rng.normal(0, 0.3) * sheet.unit
