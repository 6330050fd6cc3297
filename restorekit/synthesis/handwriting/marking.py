"""How a teacher goes over a page: marks at what is right and wrong, corrections, remarks at the end."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.corrections import put_right
from restorekit.synthesis.handwriting.points import ANSWERED
from restorekit.synthesis.handwriting.questions import questions_of
from restorekit.synthesis.handwriting.reading import underline_all
from restorekit.synthesis.handwriting.remarks import remark, sign_off
from restorekit.synthesis.handwriting.rooms import free_of_print, is_bare, pitch_of
from restorekit.synthesis.handwriting.sums_ticked import SUMS, tick_over_sums
from restorekit.synthesis.handwriting.ticks import half_tick, tick, tick_form
from restorekit.synthesis.handwriting.verdicts import at_numbers, chosen, partly_right, seen_at
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Sheet, Slot
from restorekit.synthesis.textures import Rng, choose, log_uniform

PLACES = (("number", "sum"), ("gap", "sum"), ("gap", "sum"))
"""Where teachers put their marks: at the questions or at the answers, through all of a page."""
WRONG_ALONE = 0.3
"""The share of the teachers who mark what is wrong and leave the rest as it is."""
BY_CHANCE = 0.7
"""The share of the places of unknown answers that are marked, on a user's page."""
ACROSS = 0.3
"""The share of the teachers who, marking questions, put one large mark on their answers rather than one
before their numbers."""
AT_ANSWER = 2.0
"""Marks at answers are so tall with most, in ems of the print: the next answer is a line or two away."""
SWEEPING = 0.3
"""The share of the teachers whose marks at answers run over the next ones, too."""
POINTED = 0.15
"""The share of the words that a question hangs on that teachers underline where something is wrong."""
CORRECTS = (0.0, 0.0, 0.15, 0.4)
"""The share of the wrong answers that teachers put right: most leave that to the pupils."""
UNLIKE, ASTRAY, LESS = 0.17, 0.6, 0.6
"""How unlike in size two marks of one teacher are, a logarithm, and how far they stand from where they mostly
do, in ems of the print: a hand goes down a page without looking where it puts them, but for short answers,
at which it strays by so much less."""
KEEPS = 0.8
"""The share of what is wrong that a teacher marks in the own way."""
HALVES = 0.5
"""The share of the teachers who mark a question that is partly right by a tick with a stroke through it."""
OVER = 0.07
"""The share of the teachers who put their ticks on the answers rather than beside them."""
LARGE, SMALL = (1.6, 3.6), (1.0, 3.5)
"""How tall the marks are that stand for all of a question, in ems, to be seen from afar; and others."""
OF_ROW = 1.2
"""How tall ticks at answers are at most by how far rows are apart, with those who leave the next one free."""
WRONG = {"cross": 0.2, "slash": 0.44, "ring": 0.26, "under": 0.1}
"""How teachers mark what is wrong."""
SWEEPS = (1.4, 5.0)
"""How long strokes through wrong answers are, in ems of the print: many go on over the print around."""
SWEPT = 0.4
"""How unlike two such strokes are along and down: the spread of the logarithms."""
BEFORE, MARGIN = 1.4, 0.7
"""How far after its place the print of a number begins, in ems; and how tall marks before it are at most, by
the width of the margin."""
FALLS = 0.6
"""The share of the teachers whose strokes through wrong answers fall to the right rather than rise."""


class MarkingHabit(NamedTuple):
    """One teacher's way; it stays the same down a page.

    Attributes:
        kinds: of the places that are marked.
        ticks: whether what is right is marked, too.
        size: of the marks, in ems of the print.
        wrong: how what is wrong is marked mostly: see ``WRONG``.
        across: whether marks of questions stand on their answers rather than before their numbers.
        corrects: the share of the wrong answers that the right one is written at.
        tallest: of the marks at answers, in ems of the print.
        along: how far behind an answer its mark stands, in ems of the print; on the answer below 0.
        sweep: how far strokes through wrong answers reach along and down, in ems of the print; they rise to
            the right where it is negative.
        low: how far below the print marks stand, in ems of the print.
        tires: how much smaller the last marks are than the first, a share.
        drifts: how much farther right they stand, in ems of the print.
        halves: whether questions that are partly right have a tick with a stroke through it.
        sums: whether sums are ticked by the block, by the column or, "", one by one.
    """

    kinds: tuple[str, ...]
    ticks: bool
    size: float
    wrong: str
    across: bool
    corrects: float
    tallest: float = AT_ANSWER
    along: float = 0.4
    sweep: tuple[float, float] = (1.0, 1.5)
    low: float = -0.1
    tires: float = 0.2
    drifts: float = 0.5
    halves: bool = False
    sums: str = ""


def marking_habit(rng: Rng) -> MarkingHabit:
    """A teacher's way, drawn at random."""
    across, reach, steep = bool(rng.random() < ACROSS), log_uniform(rng, *SWEEPS), rng.normal(0.9, 0.2)
    down = reach * float(np.sin(steep)) * (1 if rng.random() < FALLS else -1)
    return MarkingHabit(
        kinds=PLACES[int(rng.integers(0, len(PLACES)))],
        ticks=bool(rng.random() >= WRONG_ALONE),
        size=log_uniform(rng, *(LARGE if across else SMALL)),
        wrong=choose(rng, WRONG),
        across=across,
        corrects=CORRECTS[int(rng.integers(0, len(CORRECTS)))],
        tallest=float(rng.uniform(AT_ANSWER, 5)) if rng.random() < SWEEPING else AT_ANSWER,
        along=float(rng.uniform(-1.4, -0.4) if rng.random() < OVER else rng.uniform(0.05, 0.9)),
        low=float(rng.normal(-0.05, 0.2)),
        sweep=(reach * float(np.cos(steep)), down),
        tires=float(rng.uniform(0, 0.45)),
        drifts=float(rng.uniform(-0.2, 1.2)),
        halves=bool(rng.random() < HALVES),
        sums=choose(rng, SUMS),
    )


def mark_work(
    teacher: Writer,
    graded: dict[Slot, bool],
    empty: Set[Slot] = frozenset(),
    written: np.ndarray | None = None,
) -> None:
    """Ticks at what is right, crosses at all that is wrong, remarks beside what they are about, a score.

    Args:
        teacher: who.
        graded: the answers that can be told to be right, and whether they are.
        empty: the places where nothing is written, and nothing to mark.
        written: uint8 ``(H, W)`` coverage of what was written, if known: marks stand at that.
    """
    rng, sheet = teacher.rng, teacher.sheet
    habit = marking_habit(rng)
    whole = {
        slot: right for slot, right in graded.items() if slot.kind not in habit.kinds
    }  # else marked twice
    left_out = {slot for slot in empty if slot.kind not in habit.kinds}
    verdicts = graded | at_numbers(sheet.slots, whole, left_out)
    seen: list[tuple[Slot, Slot, bool]] = []
    for slot in sheet.slots:
        unknown = slot.kind in ("gap", "sum") and not slot.hint and slot not in empty
        kind = "gap" if slot.kind in ("area", "line", "judge") else slot.kind
        if kind in habit.kinds and (slot in verdicts or unknown and rng.random() < BY_CHANCE):
            right = verdicts.get(slot, rng.random() < 0.75)
            place = (
                slot if slot.kind == "number" else seen_at(chosen(sheet, slot, written), written, sheet.unit)
            )
            if place:
                seen.append((slot, place, right))
    _go_through(teacher, habit, seen, graded, written)
    _at_mistakes(teacher, habit, graded, written)
    if sheet.given.get("whole") != "form":  # nobody marks what parents or clerks fill in
        remark(teacher, graded, written, empty)
    sign_off(teacher, written)


def _go_through(
    teacher: Writer,
    habit: MarkingHabit,
    seen: list[tuple[Slot, Slot, bool]],
    graded: dict[Slot, bool],
    written: np.ndarray | None,
) -> None:
    """Mark answers: their slots, where they are written, and whether they are right."""
    if habit.across:
        answers = _answers(teacher.sheet, written)
        seen = [(slot, answers.get(slot, place), right) for slot, place, right in seen]
    partly = partly_right(teacher.sheet.slots, graded) if habit.halves else set[Slot]()
    if habit.sums:
        seen = tick_over_sums(teacher, seen, habit.sums, ticks=habit.ticks)
    for count, (slot, place, right) in enumerate(seen):
        if habit.ticks or not right:
            gone = count / max(12, len(seen))
            tired = habit._replace(
                size=habit.size * (1 - habit.tires * gone), along=habit.along + habit.drifts * gone
            )
            _mark(teacher, tired, place, right=right, half=slot in partly)


def _answers(sheet: Sheet, written: np.ndarray | None) -> dict[Slot, Slot]:
    """The last answer of each question, as an area that is written on, by the number of the question."""
    last = dict[Slot, Slot]()
    for number, *places in (question.places for question in questions_of(sheet)):
        for one in places:
            done = seen_at(one, written, sheet.unit) if one.kind in ANSWERED else None
            last |= {number: done._replace(kind="area")} if done else {}
    return last


def _at_mistakes(
    teacher: Writer, habit: MarkingHabit, graded: dict[Slot, bool], written: np.ndarray | None
) -> None:
    """What is done where answers are wrong: words are underlined, some of the right answers written."""
    rng, wrong = teacher.rng, not all(graded.values())
    for slot in teacher.sheet.slots:
        if slot.kind == "key":
            if wrong and rng.random() < POINTED:  # what the pupil did not see
                underline_all(teacher, slot)
        elif slot.kind in ("gap", "sum") and not graded.get(slot, True) and rng.random() < habit.corrects:
            put_right(teacher, slot, written)


def _mark(teacher: Writer, habit: MarkingHabit, slot: Slot, *, right: bool, half: bool = False) -> None:
    """Mark an answer, or a question before its number."""
    rng, pen, canvas = teacher.rng, teacher.pen_px, teacher.canvas
    x, y, size = _place(teacher, habit, slot)
    if right or half:
        draw = tick if right else half_tick
        draw(canvas, rng, x, y, size, pen, teacher.hand.style)
        return
    unit = teacher.sheet.unit
    short = slot.kind in ("gap", "sum") and slot.right - slot.left < 8 * unit
    way = habit.wrong if rng.random() < KEEPS else choose(rng, WRONG)
    if way == "slash":
        _strike(teacher, habit, slot)
    elif way == "ring" and short:
        sides = rng.uniform(0.1, (0.6, 1.0)) * unit  # brackets and what of the print is next to them
        marks.circle(canvas, rng, (slot.left - sides[0], slot.top, slot.right + sides[1], slot.bottom), pen)
    elif way == "under" and short:
        x0, x1 = (slot.left, slot.right) + rng.normal(0, 0.3, 2) * unit
        y0, y1 = slot.bottom + (rng.uniform(0, 0.3) + rng.normal(0, 0.1, 2)) * unit
        marks.line(canvas, rng, x0, y0, x1, y1, pen, swift=rng.random())
    else:
        marks.cross(canvas, rng, x, (slot.top + slot.bottom) / 2, size, pen)


def _place(teacher: Writer, habit: MarkingHabit, slot: Slot) -> tuple[float, float, float]:
    """Where a tick has its low corner, and its size, pixels: see ``_mark``."""
    rng, unit, form = teacher.rng, teacher.sheet.unit, tick_form(teacher.hand.style)
    size = unit * habit.size * float(np.exp(rng.normal(0, UNLIKE)))
    x, y = float(slot.left), slot.bottom + (habit.low + rng.normal(0, 0.4 * ASTRAY)) * unit
    if slot.kind in ("gap", "sum", "judge"):
        size = min(size, habit.tallest * unit * float(np.exp(rng.normal(0, UNLIKE))))
        if habit.tallest == AT_ANSWER:
            size = min(size, OF_ROW * pitch_of(teacher, slot) / form.rise)
    if slot.kind == "area":  # after the last lines of a working, or over their end
        y -= rng.uniform(0, 0.5) * max(0.0, slot.bottom - slot.top - unit)
        return slot.right + rng.normal(0.4, ASTRAY) * unit, y, size
    if slot.kind == "line":  # where reading it ends
        return slot.right - rng.uniform(-0.1, 0.1) * min(slot.right - slot.left, 12 * unit), y, size
    if slot.kind != "number":  # behind the answer, or on it
        first = form.first * size / np.hypot(1, form.steep)
        along = habit.along + rng.normal(0, LESS * ASTRAY)
        along = max(0.2, along) if slot.kind == "judge" else along  # a tick on a tick is none
        x = slot.right + unit * along + first * (along > 0)
        if along <= 0:  # the answer, not the sign before it
            return max(x, slot.left + first), y, size
        x, size = free_of_print(teacher, slot, x, y, size)
        return x, y, size
    # before the number as far as paper is bare there, or else on it: what is asked stays free
    print_at = x + BEFORE * unit
    size = min(size, max(1.2 * unit, MARGIN * print_at))
    for smaller in (size, 0.7 * size, 0.5 * size):
        x = max(0.4 * unit, print_at - form.reach * smaller - rng.normal(0.1, 0.5) * unit)
        if is_bare(teacher, x, y, smaller, print_at):
            return x, y, smaller
    return print_at + rng.uniform(-0.2, 0.6) * unit, y, 0.5 * size


def _strike(teacher: Writer, habit: MarkingHabit, slot: Slot) -> None:
    """One stroke through a wrong answer, or through the number of a question, and over the print around."""
    rng, unit = teacher.rng, teacher.sheet.unit
    x = slot.left + 0.5 * min(slot.right - slot.left, 4 * unit) + rng.normal(0, 0.3) * unit
    y = 0.5 * (slot.top + slot.bottom) + rng.normal(0, 0.25) * unit
    along, down = 0.5 * unit * np.array(habit.sweep) * np.exp(rng.normal(0, SWEPT, 2))
    ends = x - along, y - down, x + along, y + down
    marks.line(teacher.canvas, rng, *ends, teacher.pen_px, bow=0.02, swift=0.8 * rng.random())
