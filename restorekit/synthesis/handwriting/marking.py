"""Marks at what is printed or written: underlined words, and what a teacher leaves on a page."""

from __future__ import annotations

import re

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Sheet, Slot
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.textures import Rng, log_uniform

SIGNS = ("?", "!", "1", "2", "3", "4")
"""What readers write above words: what they doubt or mean to keep, and what comes first."""


def text_mark(writer: Writer, slot: Slot) -> None:
    """Underline a part of a printed line; seldom circle, bracket, number or strike it."""
    rng, unit, pen = writer.rng, writer.sheet.unit, writer.pen_px
    x0, x1 = some_words(writer, slot)
    kind = rng.random()
    if kind < 0.76:
        marks.underline(writer.canvas, rng, x0, x1, slot.bottom + 0.22 * unit, pen, unit)
    elif kind < 0.84:
        marks.circle(writer.canvas, rng, (x0, slot.top, x1, slot.bottom), pen)
    elif kind < 0.93:
        marks.bracket(writer.canvas, rng, (x0, slot.top - 0.1 * unit, x1, slot.bottom + 0.2 * unit), pen)
    elif kind < 0.95:  # as in a misprint
        middle = (slot.top + slot.bottom) / 2
        marks.line(writer.canvas, rng, x0, middle, x1, middle + rng.normal(0, 0.1) * unit, pen)
    else:
        text = SIGNS[int(rng.integers(0, len(SIGNS)))]
        writer.write(text, x0, slot.top - 0.05 * unit, min(writer.size, unit) * 0.7)


def underline_all(writer: Writer, slot: Slot) -> None:
    """Underline what is printed in a place, from about its beginning to about its end."""
    unit = writer.sheet.unit
    level = slot.bottom + 0.22 * unit
    marks.underline(writer.canvas, writer.rng, slot.left, slot.right, level, writer.pen_px, unit)


def some_words(writer: Writer, slot: Slot) -> tuple[float, float]:
    """From where to where some words of a printed line reach, about."""
    rng, span = writer.rng, slot.right - slot.left
    text = slot.hint or "n" * max(1, round(2 * span / writer.sheet.unit))  # nobody knows a user's print
    spaced = bool(slot.hint) and writer.sheet.language in phrases.SPACED
    words = [found.span() for found in re.finditer(r"\S+" if spaced else r"\S", text)]
    first = int(rng.integers(0, len(words)))
    last = min(len(words) - 1, first + int(rng.integers(0, 3 if spaced else 8)))
    slip = rng.normal(0, 0.15 * writer.sheet.unit, 2)
    at = span / len(text)
    return slot.left + at * words[first][0] + slip[0], slot.left + at * words[last][1] + slip[1]


def mark_work(teacher: Writer, zeal: float, graded: dict[Slot, bool]) -> None:
    """Ticks at what is right and crosses at what is wrong, remarks, a score."""
    rng, sheet, pen = teacher.rng, teacher.sheet, teacher.pen_px
    canvas, unit = teacher.canvas, sheet.unit
    habit = rng.uniform(0.1, 0.6) * zeal
    reach = log_uniform(rng, 0.9, 3.5)
    slashes = rng.random() < 0.3
    answered = _answered(sheet.slots, graded)
    for slot in sheet.slots:
        unanswered = slot not in answered if slot.kind == "number" else bool(slot.hint) and slot not in graded
        if slot.kind in ("number", "gap", "sum") and not unanswered and rng.random() < habit:
            x = float(slot.left)  # beside the answer; what is free of a blank may reach to the next question
            if slot.kind != "number":
                x = min(slot.right, x + unit * rng.uniform(1.5, 3.5))
            size = unit * reach * rng.uniform(0.7, 1.3)
            if graded.get(slot, rng.random() < 0.75):
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
        elif slot.kind == "text" and rng.random() < 0.03:
            text_mark(teacher, slot)
    for _ in range(int(rng.integers(0, 4))):
        left, floor = _margin(rng, sheet)
        score = str(rng.choice(["", "-", "+"])) + str(int(rng.integers(1, 20)))
        remark = score if rng.random() < 0.6 else phrases.remark(rng, sheet.language)
        stop = teacher.write(remark, left, floor, unit * log_uniform(rng, 1.3, 6))
        if rng.random() < 0.3:
            marks.circle(canvas, rng, (left, floor - 2 * unit, stop, floor), pen)


def _answered(slots: list[Slot], graded: dict[Slot, bool]) -> set[Slot]:
    """The numbers of the questions that bear an answer before the next number."""
    answered: set[Slot] = set()
    number: Slot | None = None
    for slot in slots:
        if slot.kind == "number":
            number = slot
        elif number is not None and slot in graded:
            answered.add(number)
    return answered


def _margin(rng: Rng, sheet: Sheet) -> tuple[float, float]:
    """Where a remark stands: beside the text mostly, or above it, seldom in its middle."""
    kind, across, down = rng.random(), rng.uniform(0, 0.85), rng.uniform(0.03, 0.97)
    if kind < 0.3:
        return across * sheet.width, sheet.height * rng.uniform(0.02, 0.07)
    if kind < 0.95:
        across = rng.uniform(0, 0.04) if rng.random() < 0.4 else rng.uniform(0.84, 0.93)
    return across * sheet.width, down * sheet.height
