"""What a teacher leaves on a page: marks at what is right and wrong, corrections, scores, remarks."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.questions import questions_of
from restorekit.synthesis.handwriting.reading import underline_all
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Slot
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.textures import Rng, log_uniform

PLACES = (("number", "sum"), ("gap", "sum"), ("gap", "sum"))
"""Where teachers put their marks: at the questions or at the answers, through all of a page."""
WRONG_ALONE = 0.25
"""The share of the teachers who mark what is wrong and leave the rest as it is."""
BY_CHANCE = 0.7
"""The share of the places of unknown answers that are marked, on a user's page."""
ACROSS = 0.4
"""The share of the teachers who, marking at questions, put their marks on the print of these rather than
before their numbers."""
AT_ANSWER = 2.0
"""Marks at answers are so tall with most, in ems of the print: the next answer is a line or two away."""
SWEEPING = 0.3
"""The share of the teachers whose marks at answers run over the next ones, too."""
LOST = 0.6
"""The share of the remarks on what is wrong that are points taken off, some written as large as scores."""
OVER_PRINT = 0.35
"""The share of points taken off that stand on print, where teachers come to a stop."""
SCORED, ASKED, UNGRADED = 0.5, 0.85, 0.3
"""The share of teachers who write a score above all, that of those whom a blank asks for one, and how much
rarer that is where no answer is known."""
INTO_BLANK = 0.8
"""The share of the scores that stand in the blank for them, where there is one."""
POINTED = 0.15
"""The share of the words that a question hangs on that teachers underline where something is wrong."""
CORRECTS = (0.0, 0.0, 0.2, 0.7)
"""The share of the wrong answers that teachers put right: most leave that to the pupils."""
PRAISED = 0.4
"""The share of the pages without a mistake that are praised."""
PRAISE = re.compile(
    r"gut|μπράβο|καλά|σωστά|good|well|nice|bien|よくできました|참 잘|맞음|хорошо|отлично|молодец"
    r"|^[好优]$|有进步|认真"
)
SIGNED = 0.12
"""The share of the teachers who date and sign a page at its foot."""
STROKED = 0.02
"""The share of the teachers who draw one stroke down all they have seen."""
WRONG = ("cross", "slash", "ring")
"""How teachers mark what is wrong."""


class MarkingHabit(NamedTuple):
    """One teacher's way; it stays the same down a page.

    Attributes:
        kinds: of the places that are marked.
        ticks: whether what is right is marked, too.
        size: of the marks, in ems of the print.
        wrong: how what is wrong is marked: cross, slash or ring.
        over: how far along the print of a question its mark stands, in [0, 1.1]; less than 0 before it.
        corrects: the share of the wrong answers that the right one is written at.
        tallest: of the marks at answers, in ems of the print.
    """

    kinds: tuple[str, ...]
    ticks: bool
    size: float
    wrong: str
    over: float
    corrects: float
    tallest: float = AT_ANSWER


def marking_habit(rng: Rng) -> MarkingHabit:
    """A teacher's way, drawn at random."""
    return MarkingHabit(
        kinds=PLACES[int(rng.integers(0, len(PLACES)))],
        ticks=bool(rng.random() >= WRONG_ALONE),
        size=log_uniform(rng, 0.9, 5.0),
        wrong=str(rng.choice(WRONG, p=[0.5, 0.25, 0.25])),
        over=float(rng.uniform(0.2, 1.1)) if rng.random() < ACROSS else -1.0,
        corrects=CORRECTS[int(rng.integers(0, len(CORRECTS)))],
        tallest=float(rng.uniform(AT_ANSWER, 5)) if rng.random() < SWEEPING else AT_ANSWER,
    )


def mark_work(teacher: Writer, graded: dict[Slot, bool]) -> None:
    """Ticks at what is right, crosses at all that is wrong, remarks beside what they are about, a score."""
    rng, sheet = teacher.rng, teacher.sheet
    habit = marking_habit(rng)
    verdicts, wrong = graded | _at_numbers(sheet.slots, graded), not all(graded.values())
    ends = {question.places[0]: question.box for question in questions_of(sheet)} if habit.over > 0 else {}
    for slot in sheet.slots:
        unknown = slot.kind in ("gap", "sum") and not slot.hint
        kind = "gap" if slot.kind in ("area", "line", "judge") else slot.kind
        if kind in habit.kinds and (slot in verdicts or unknown and rng.random() < BY_CHANCE):
            right = verdicts.get(slot, rng.random() < 0.75)
            if habit.ticks or not right:
                _mark(teacher, habit, slot, ends.get(slot), right=right)
            if slot.kind == "line" and not right:
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
    if slot.kind in ("gap", "sum", "judge"):
        size = min(size, habit.tallest * unit * rng.uniform(0.8, 1.2))
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
    """Write the right answer above a wrong one or after it, where paper is bare if it is; strike some."""
    rng, unit = writer.rng, writer.sheet.unit
    size = float(np.clip(0.8 * writer.size, 0.8 * unit, 1.5 * unit))
    room = writer.reach(slot.hint) * size
    stop = min(slot.right, slot.left + 5 * unit)
    if rng.random() < 0.5 and stop - slot.left < 8 * unit:
        y = (slot.top + slot.bottom) / 2 + rng.normal(0, 0.1, 2) * unit
        lean = rng.uniform(-0.5, 0.5) * unit
        marks.line(writer.canvas, rng, slot.left, y[0] - lean, stop, y[1] + lean, writer.pen_px)
    above = (max(0.3 * unit, (slot.left + stop - room) / 2), slot.top + rng.uniform(-0.1, 0.25) * unit)
    after = (stop + rng.uniform(0, 0.6) * unit, slot.bottom + rng.normal(0, 0.15) * unit)
    places = [above, after] if rng.random() < 0.6 else [after, above]
    bare = [(x, y) for x, y in places if not writer.printed(x, y - 0.8 * size, x + room, y)]
    writer.write(slot.hint, *(bare or places)[0], size)


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
    """A score above all, points taken off or words beside what is wrong, praise after the last answer."""
    rng, sheet, unit = teacher.rng, teacher.sheet, teacher.sheet.unit
    asked = any(slot.kind == "score" for slot in sheet.slots)
    if rng.random() < (ASKED if asked else SCORED) * (1 if graded else UNGRADED):
        _score(teacher, graded)
    wrong = [slot for slot, right in graded.items() if not right]
    for slot in rng.permutation(np.arange(len(wrong)))[: int(rng.integers(0, 4))].tolist():
        if rng.random() < LOST:
            text = f"-{int(rng.integers(1, 10))}"
            text = f"({text})" if rng.random() < 0.1 else text
            size = unit * log_uniform(rng, 1.2, 4.5)
            _beside(teacher, wrong[slot], text, size, over=rng.random() < OVER_PRINT)
        else:
            text = _said(rng, sheet.language, praise=False)
            _beside(teacher, wrong[slot], text, unit * log_uniform(rng, 1.2, 2.2))
    if graded and not wrong and rng.random() < PRAISED:
        last = max(graded, key=lambda slot: slot.bottom)
        _beside(teacher, last, _said(rng, sheet.language, praise=True), unit * log_uniform(rng, 1.2, 2.4))


def _said(rng: Rng, language: str, *, praise: bool) -> str:
    """A remark that praises, or one that does not; "" where none is found soon."""
    found = (phrases.remark(rng, language) for _ in range(12))
    return next((text for text in found if bool(PRAISE.search(text)) == praise), "")


def _score(teacher: Writer, graded: dict[Slot, bool]) -> None:
    """The share of the right answers in hundredths, about; any where few are known. Ringed or ruled off."""
    rng = teacher.rng
    blank = next((slot for slot in teacher.sheet.slots if slot.kind == "score"), None)
    blank = blank if rng.random() < INTO_BLANK else None
    size = teacher.sheet.unit * (log_uniform(rng, 1.3, 2.6) if blank else log_uniform(rng, 2, 6))
    share = float(np.mean(list(graded.values()))) if len(graded) > 3 else rng.uniform(0.5, 1)
    text = str(int(np.clip(round(100 * share + rng.normal(0, 2)), 10, 100)))
    if blank:
        slack = max(0.0, blank.right - blank.left - teacher.reach(text) * size)
        left, floor = blank.left + rng.uniform(0, 0.7) * slack, blank.bottom + rng.normal(0, 0.1) * size
    else:
        left, floor = _at_head(teacher, size, teacher.reach(text) * size)
    stop = teacher.write(text, left, floor, size)
    if stop <= left:
        return
    if rng.random() < 0.3:
        marks.circle(teacher.canvas, rng, (left, floor - size, stop, floor), teacher.pen_px)
    elif rng.random() < 0.35:  # twice, as one rules off
        for gap in (0.12, 0.24):
            y = floor + gap * size
            marks.line(teacher.canvas, rng, left, y, stop, y - 0.05 * size, teacher.pen_px)


def _at_head(teacher: Writer, size: float, room: float) -> tuple[float, float]:
    """Where a score stands: at the end of the title, or at the top of the page, on bare paper if there is."""
    rng, sheet = teacher.rng, teacher.sheet
    titles = [
        slot
        for slot in sheet.slots
        if slot.kind == "text"
        and slot.bottom - slot.top > 0.95 * sheet.unit
        and slot.top < 0.2 * sheet.height
    ]
    places = []
    if titles and rng.random() < 0.6:
        title = titles[0]
        left = title.right + rng.uniform(0.5, 2) * sheet.unit
        floor = title.bottom + rng.uniform(-0.2, 0.5) * size
        places.append((left, max(size, floor)))
    for _ in range(6):
        floor = max(size, sheet.height * rng.uniform(0.02, 0.07))
        places.append((rng.uniform(0.02, 0.85) * sheet.width, floor))
    places = [(max(0.0, min(x, sheet.width - room - size)), y) for x, y in places]  # all of it is read
    bare = [(x, y) for x, y in places if not teacher.printed(x, y - 0.9 * size, x + room, y)]
    return (bare or places)[0]


def _beside(teacher: Writer, slot: Slot, text: str, size: float, *, over: bool = False) -> None:
    """Write a remark on an answer right after it, or in the nearer margin; nowhere where neither is bare.

    With ``over`` it stands right after the answer, print or not.
    """
    rng, sheet = teacher.rng, teacher.sheet
    unit, room = sheet.unit, teacher.reach(text) * size
    y = slot.bottom + rng.normal(0, 0.2) * unit
    end = min(slot.right, slot.left + 8 * unit) if slot.kind == "sum" else slot.right
    edge = rng.uniform(0.01, 0.03) * sheet.width
    margins = [edge, sheet.width - room - edge]
    if slot.left + slot.right > sheet.width:
        margins.reverse()
    for left in (end + rng.uniform(3.5, 5) * unit, *margins):  # the mark stands next to the answer
        fits = 0 < left < sheet.width - room
        if text and (over and fits or not teacher.printed(left, y - 0.9 * size, left + room, y)):
            teacher.write(text, left, y, size)
            return


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
        text = phrases.entry(rng, sheet.language, "date", sheet.given)
        if rng.random() < 0.7:
            text = f"{phrases.entry(rng, sheet.language, 'name')} {text}"
        left = rng.uniform(0.35, 0.75) * sheet.width
        y = min(floor + rng.normal(0, 1.0) * unit, 0.98 * sheet.height)
        teacher.write(text, left, y, size)
        return
    across = rng.uniform(0.2, 0.8) * sheet.width
    slip = rng.normal(0, 0.12) * sheet.width
    marks.line(teacher.canvas, rng, across + slip, top, across - slip, floor, teacher.pen_px, bow=0.02)
