"""What a teacher leaves on a page: marks at what is right and wrong, corrections, scores, remarks."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.questions import questions_of
from restorekit.synthesis.handwriting.reading import underline_all
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Sheet, Slot
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.textures import Rng, log_uniform

PLACES = (("number",), ("number",), ("gap", "sum"), ("number", "gap", "sum"))
"""Where teachers put their marks: at the questions, at the answers, or at both."""
ACROSS = 0.75
"""The share of the teachers who, marking at questions, put their marks on the print of these rather than
before their numbers."""
SCORED = 0.5
"""The share of teachers who write a score above all."""
POINTED = 0.15
"""The share of the words that a question hangs on that teachers underline where something is wrong."""
CORRECTS = (0.0, 0.0, 0.2, 0.7)
"""The share of the wrong answers that teachers put right: most leave that to the pupils."""
SIGNED = 0.12
"""The share of the teachers who date and sign a page at its foot."""
STROKED = 0.04
"""The share of the teachers who draw one stroke down all they have seen."""
WRONG = ("cross", "slash", "ring")
"""How teachers mark what is wrong."""


class MarkingHabit(NamedTuple):
    """One teacher's way; it stays the same down a page.

    Attributes:
        kinds: of the places that are marked.
        share: of these that are marked.
        size: of the marks, in ems of the print.
        wrong: how what is wrong is marked: cross, slash or ring.
        over: how far along the print of a question its mark stands, in [0, 1.1]; less than 0 before it.
        corrects: the share of the wrong answers that the right one is written at.
    """

    kinds: tuple[str, ...]
    share: float
    size: float
    wrong: str
    over: float
    corrects: float


def marking_habit(rng: Rng, zeal: float) -> MarkingHabit:
    """A teacher's way, drawn at random."""
    return MarkingHabit(
        kinds=PLACES[int(rng.integers(0, len(PLACES)))],
        share=float(rng.uniform(0.3, 1.0) * zeal),
        size=log_uniform(rng, 0.9, 5.0),
        wrong=str(rng.choice(WRONG, p=[0.5, 0.25, 0.25])),
        over=float(rng.uniform(0.2, 1.1)) if rng.random() < ACROSS else -1.0,
        corrects=CORRECTS[int(rng.integers(0, len(CORRECTS)))],
    )


def mark_work(teacher: Writer, zeal: float, graded: dict[Slot, bool]) -> None:
    """Ticks at what is right and crosses at what is wrong, remarks beside what they are about, a score."""
    rng, sheet = teacher.rng, teacher.sheet
    habit = marking_habit(rng, zeal)
    verdicts, wrong = graded | _at_numbers(sheet.slots, graded), not all(graded.values())
    ends = {question.places[0]: question.box for question in questions_of(sheet)} if habit.over > 0 else {}
    for slot in sheet.slots:
        unknown = slot.kind in ("gap", "sum") and not slot.hint
        kind = "gap" if slot.kind in ("area", "line") else slot.kind
        if kind in habit.kinds and (unknown or slot in verdicts) and rng.random() < habit.share:
            right = verdicts.get(slot, rng.random() < 0.75)
            _mark(teacher, habit, slot, ends.get(slot), right=right)
        elif slot.kind == "line" and rng.random() < 0.08:
            _doubt(teacher, slot)
        elif slot.kind == "key" and wrong and rng.random() < POINTED:  # what the pupil did not see
            underline_all(teacher, slot)
        if not graded.get(slot, True) and slot.kind in ("gap", "sum") and rng.random() < habit.corrects:
            put_right(teacher, slot)
    _remark(teacher, graded)
    _sign_off(teacher)


def _mark(
    teacher: Writer,
    habit: MarkingHabit,
    slot: Slot,
    question: tuple[float, float, float, float] | None,
    *,
    right: bool,
) -> None:
    """Mark an answer or a question; ``question`` is the print that the mark stands on, None for beside it."""
    rng, unit, pen, canvas = teacher.rng, teacher.sheet.unit, teacher.pen_px, teacher.canvas
    size, x, y = unit * habit.size * rng.uniform(0.7, 1.3), float(slot.left), float(slot.bottom)
    if slot.kind in ("area", "line"):
        x, y = x + unit * rng.uniform(1, 8), slot.top + rng.uniform(0.4, 1.0) * (slot.bottom - slot.top)
    elif slot.kind != "number":  # beside the answer; what is free of a blank may reach to the next question
        x = min(slot.right, x + unit * rng.uniform(1.5, 3.5))
    elif question:
        left, _, stop, floor = question
        x = left + (stop - left) * float(np.clip(habit.over + rng.normal(0, 0.08), 0, 1.1)) - 0.5 * size
        y = min(floor, y + rng.uniform(0, 0.6) * size)
    if right:
        marks.tick(canvas, rng, x, y, size, pen)
        return
    middle = (slot.top + slot.bottom) / 2
    if habit.wrong == "slash":
        rise = rng.uniform(-0.6, 0.6) * size
        marks.line(canvas, rng, x - 0.5 * size, slot.top - rise, x + 0.5 * size, slot.bottom + rise, pen)
    elif habit.wrong == "ring" and slot.kind == "gap" and slot.right - slot.left < 8 * unit:
        sides = rng.uniform(0.2, 1.0, 2) * unit  # brackets and what of the print is next to them
        marks.circle(canvas, rng, (slot.left - sides[0], slot.top, slot.right + sides[1], slot.bottom), pen)
    else:
        marks.cross(canvas, rng, x, middle, size, pen)


def _doubt(teacher: Writer, slot: Slot) -> None:
    """A line or a wave under some words of an answer, or a wave down the edge of its lines."""
    rng, unit, pen, canvas = teacher.rng, teacher.sheet.unit, teacher.pen_px, teacher.canvas
    if rng.random() < 0.25:
        x, tall = slot.left - rng.uniform(0.2, 1.0) * unit, slot.bottom - slot.top
        floor = slot.bottom + tall * rng.uniform(0.5, 3)
        marks.wave(canvas, rng, (x, slot.top), (x + rng.normal(0, 0.3) * unit, floor), pen, 1.5 * unit)
        return
    x0 = slot.left + rng.uniform(0, 0.5) * (slot.right - slot.left)
    x1 = min(slot.right, x0 + unit * rng.uniform(2, 12))
    if rng.random() < 0.4:
        marks.wave(canvas, rng, (x0, slot.bottom), (x1, slot.bottom), pen, 1.3 * unit)
    else:
        marks.underline(canvas, rng, x0, x1, slot.bottom, pen, unit)


def put_right(writer: Writer, slot: Slot) -> None:
    """Write the right answer above a wrong one or after it, print there or not; strike some of these."""
    rng, unit = writer.rng, writer.sheet.unit
    size = float(np.clip(0.8 * writer.size, 0.8 * unit, 1.5 * unit))
    room = writer.reach(slot.hint) * size
    stop = min(slot.right, slot.left + 5 * unit)
    if rng.random() < 0.5 and stop - slot.left < 8 * unit:
        y = (slot.top + slot.bottom) / 2 + rng.normal(0, 0.1, 2) * unit
        lean = rng.uniform(-0.5, 0.5) * unit
        marks.line(writer.canvas, rng, slot.left, y[0] - lean, stop, y[1] + lean, writer.pen_px)
    if rng.random() < 0.6:
        x, floor = (slot.left + stop - room) / 2, slot.top + rng.uniform(-0.1, 0.25) * unit
    else:
        x, floor = stop + rng.uniform(0, 0.6) * unit, slot.bottom + rng.normal(0, 0.15) * unit
    writer.write(slot.hint, max(0.3 * unit, x), floor, size)


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
            text = str(int(rng.integers(40, 101)))
            left, floor = _at_head(rng, sheet, size, teacher.reach(text) * size)
        elif wrong and rng.random() < 0.5:
            text = f"-{int(rng.integers(1, 6))}"
            slot = wrong[int(rng.integers(0, len(wrong)))]
            left, floor = _margin(rng, sheet, slot, teacher.reach(text) * size)
        elif answered:
            text = phrases.remark(rng, sheet.language)
            slot = answered[int(rng.integers(0, len(answered)))]
            left, floor = _margin(rng, sheet, slot, teacher.reach(text) * size)
        else:
            return
        stop = teacher.write(text, left, floor, size)
        if rng.random() < 0.3 and stop > left:
            marks.circle(teacher.canvas, rng, (left, floor - size, stop, floor), teacher.pen_px)
        elif scored and not place and rng.random() < 0.35 and stop > left:  # twice, as one rules off
            for gap in (0.12, 0.24):
                y = floor + gap * size
                marks.line(teacher.canvas, rng, left, y, stop, y - 0.05 * size, teacher.pen_px)


def _at_head(rng: Rng, sheet: Sheet, size: float, room: float) -> tuple[float, float]:
    """Where a score stands: over the end of the title, or anywhere at the top of the page."""
    titles = [
        slot
        for slot in sheet.slots
        if slot.kind == "text"
        and slot.bottom - slot.top > 0.95 * sheet.unit
        and slot.top < 0.2 * sheet.height
    ]
    if titles and rng.random() < 0.6:
        title = titles[0]
        left = title.left + (title.right - title.left) * rng.uniform(0.5, 1.1)
        floor = title.bottom + rng.uniform(-0.2, 0.5) * size
        return min(left, sheet.width - room - sheet.unit), max(size, floor)
    left = rng.uniform(0, 0.85) * sheet.width
    return left, max(size, sheet.height * rng.uniform(0.02, 0.07))


def _margin(rng: Rng, sheet: Sheet, slot: Slot, room: float) -> tuple[float, float]:
    """Where a remark stands that is about what was answered in a place: in the margin nearer to it.

    One that needs more ``room`` than there is goes over the edge of the print, not of the paper.
    """
    nearer = (slot.left + min(slot.right, sheet.width)) / 2 > sheet.width / 2
    across = rng.uniform(0.84, 0.93) if nearer or rng.random() < 0.2 else rng.uniform(0.01, 0.06)
    left = max(0.01 * sheet.width, min(across * sheet.width, 0.98 * sheet.width - room))
    return left, slot.bottom + rng.normal(0, 0.3) * sheet.unit


def _sign_off(teacher: Writer) -> None:
    """A date and a name across the foot of the print, or a stroke down all that was seen; mostly neither."""
    rng, sheet, unit = teacher.rng, teacher.sheet, teacher.sheet.unit
    texts = [slot for slot in sheet.slots if slot.kind == "text"]
    kind = rng.random()
    if not texts or kind > SIGNED + STROKED:
        return
    top, floor = min(slot.top for slot in texts), max(slot.bottom for slot in texts)
    if kind < SIGNED:
        size = unit * rng.uniform(1.2, 2.2)
        text = phrases.entry(rng, sheet.language, "date")
        if rng.random() < 0.7:
            text = f"{phrases.entry(rng, sheet.language, 'name')} {text}"
        left = rng.uniform(0.35, 0.75) * sheet.width
        y = min(floor + rng.normal(0, 1.0) * unit, 0.98 * sheet.height)
        teacher.write(text, left, y, size)
        return
    across = rng.uniform(0.2, 0.8) * sheet.width
    slip = rng.normal(0, 0.12) * sheet.width
    marks.line(teacher.canvas, rng, across + slip, top, across - slip, floor, teacher.pen_px, bow=0.02)
