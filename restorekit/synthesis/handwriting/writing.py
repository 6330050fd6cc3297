"""A writer fills in a sheet, and a teacher marks it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.corrections import slip, write_corrected
from restorekit.synthesis.handwriting.filling import (
    LEAST,
    drop_blots,
    fill_area,
    note_beside,
    work_out_beside,
)
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.marking import mark_work, text_mark, underline_all
from restorekit.synthesis.handwriting.notes import write_page
from restorekit.synthesis.handwriting.options import (
    LETTERS,
    OptionHabit,
    mark_option,
    option_habit,
    rule_out,
    ruled_out,
)
from restorekit.synthesis.handwriting.pens import marking_pen_beside, writing_pen
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.printing.sheets import Sheet, Slot
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.textures import Rng

SHORT = 3
"""Answers of some words that reach farther than so many ems are cut to their room; no word is."""
CHECKED = 0.3
"""The share of the empty boxes of a list that get a tick."""
CORRECTED = 0.14
"""The share of written lines in which something is put right."""
SPILL = 1.2
"""Answers that are longer than their room by up to this are left as they are and go over its edges."""


def write_on(sheet: Sheet, rng: Rng, ink: str = "") -> list[Layer]:
    """Fill in some of the sheet's places, and mark some of the work.

    Args:
        sheet: where to write.
        rng: source of chance.
        ink: a user's folder of ink crops, or "".

    Returns:
        One layer for each pen that was used, at least one; their coverage may be empty.
    """
    if sheet.ruling:
        return write_page(rng, sheet, sheet.ruling, ink)
    shape = (sheet.height, sheet.width)
    size = sheet.unit * rng.uniform(1.0, 2.0)
    hand = new_hand(rng, sheet.language, ink)
    writer = Writer(rng, sheet, hand, Layer(writing_pen(rng), np.zeros(shape, np.uint8)), size)
    layers = [writer.layer]
    zeal = rng.uniform(0.6, 1.0)
    work = _Work(
        writer,
        zeal,
        slips=rng.uniform(0, 0.25),
        habit=option_habit(rng),
        underlines=float(rng.choice([0.0, 0.03, 0.25], p=[0.45, 0.35, 0.2])),  # most people hardly do
        keys=float(rng.choice([0.0, 0.3, 0.8], p=[0.45, 0.3, 0.25])),
    )
    for slot in sheet.slots:
        work.do(slot)
    if rng.random() < 0.12:
        drop_blots(writer, int(rng.integers(1, 4)))
    work_out_beside(writer, set(work.graded))
    note_beside(writer)
    if rng.random() < 0.55:
        teacher = Layer(marking_pen_beside(rng, writer.layer.pen), np.zeros(shape, np.uint8))
        layers.append(teacher)
        mark_work(Writer(rng, sheet, new_hand(rng, sheet.language), teacher, size), zeal, work.graded)
    return layers


@dataclass
class _Work:
    """A writer going down a sheet, place by place.

    Attributes:
        writer: who.
        zeal: the share of the places that are filled in.
        slips: the share of the answers that are wrong.
        habit: how the letters of answers to choose from are marked.
        underlines: the share of the printed lines that something is underlined in, or marked otherwise.
        keys: the share of the words that a question hangs on that are underlined.
        graded: the answers that can be told to be right, and whether they are.
        picked: the letter to mark among the options of the question at hand, or "".
        out: the letters to rule out among them.
        lines_left: how many lines are still written on; negative while lines are left out.
    """

    writer: Writer
    zeal: float
    slips: float
    habit: OptionHabit = OptionHabit()
    underlines: float = 0.0
    keys: float = 0.0
    graded: dict[Slot, bool] = field(default_factory=dict)
    picked: str = ""
    out: str = ""
    lines_left: int = 0

    def do(self, slot: Slot) -> None:
        """Fill in a place, or leave it."""
        rng = self.writer.rng
        if slot.kind == "line":
            self._line(slot)
        elif slot.kind == "option":
            if slot.hint and slot.hint in self.out:
                rule_out(self.writer, slot, self.habit)
            elif not slot.hint and rng.random() < CHECKED:
                mark_option(self.writer, slot, "tick")
            elif slot.hint and slot.hint == self.picked:
                mark_option(self.writer, slot, "tick" if self.out else self.habit.way)
        elif slot.kind == "bubble":
            if slot.hint == "A":
                self.picked = str(rng.choice(list(LETTERS))) if rng.random() < self.zeal else ""
            if slot.hint == self.picked:
                marks.fill_in(self.writer.canvas, rng, slot[1:5], self.writer.pen_px)
        elif slot.kind == "judge":
            self._judge(slot)
        elif slot.kind == "text":
            if rng.random() < self.underlines:
                text_mark(self.writer, slot)
        elif slot.kind == "key":
            if rng.random() < self.keys:
                underline_all(self.writer, slot)
        elif slot.kind == "aside":
            return  # once all is answered, where paper is blank then
        elif slot.kind == "cell":
            size = min(1.2 * self.writer.size, slot.bottom - slot.top)
            writer = replace(self.writer, hand=self.writer.hand._replace(ink=None))  # real ink comes in words
            writer.write(slot.hint, slot.left + rng.uniform(0, 0.1) * size, slot.bottom, size)
        else:
            self._answer(slot)

    def _line(self, slot: Slot) -> None:
        rng, writer = self.writer.rng, self.writer
        above, _, reply = slot.hint.partition("\n")
        if above == "0":
            writer.rest = reply if rng.random() < self.zeal else ""  # another question, another answer
        if above.isdecimal():
            if writer.rest:
                _fill_line(writer, slot)
            return
        if self.lines_left <= 0:
            goes_on = rng.random() < self.zeal
            self.lines_left = int(rng.integers(1, 8)) if goes_on else -int(rng.integers(1, 4))
        self.lines_left -= 1
        if self.lines_left >= 0 or rng.random() < self.zeal:
            _fill_line(writer, slot)

    def _judge(self, slot: Slot) -> None:
        """Tick what is right, cross what is wrong, or err."""
        rng, tall = self.writer.rng, slot.bottom - slot.top
        if rng.random() < self.zeal:
            self.graded[slot] = bool(rng.random() >= self.slips)
            middle = (slot.left + slot.right) / 2 + rng.normal(0, 0.15) * tall
            size = tall * self.writer.size / self.writer.sheet.unit * rng.uniform(0.6, 1.1)
            if (slot.hint == "right") == self.graded[slot]:
                marks.tick(self.writer.canvas, rng, middle, slot.bottom, 0.6 * size, self.writer.pen_px)
            else:
                height = slot.bottom - 0.4 * tall
                marks.cross(self.writer.canvas, rng, middle, height, size, self.writer.pen_px)

    def _answer(self, slot: Slot) -> None:
        rng = self.writer.rng
        chosen, letter = slot.kind == "gap" and slot.hint in list(LETTERS), ""
        self.picked = "" if chosen else self.picked
        if rng.random() < self.zeal:
            if slot.kind in ("gap", "sum") and slot.hint:
                self.graded[slot] = rng.random() >= self.slips
            letter = _fill(self.writer, slot, right=self.graded.get(slot, True))
            self.picked = letter if chosen and rng.random() < 0.15 else self.picked
        elif chosen and rng.random() < 0.4:  # marks the option and leaves the brackets empty
            self.picked = letter = str(rng.choice(list(LETTERS)))
        if chosen:
            self.out = ruled_out(rng, self.habit, letter)
            if self.out and self.habit.both:
                self.picked = letter


def _fill(writer: Writer, slot: Slot, *, right: bool) -> str:
    """Answer, rightly or not; returns the answer where it is a short one."""
    rng, unit = writer.rng, writer.sheet.unit
    if slot.kind in ("gap", "sum", "field"):
        text = slot.hint or phrases.answer(rng, writer.sheet.language)
        if not right:
            text = _mistaken(writer, text)
        sign = len(text) == 1 and not text.isalnum()
        if sign:  # real ink comes in words
            writer = replace(writer, hand=writer.hand._replace(ink=None))
        tall = slot.bottom - slot.top
        above = {"field": -0.3 * tall, "gap": 0.1 * unit, "sum": 0.4 * unit}[slot.kind]
        size = min(writer.size, 1.15 * tall + above)
        room = slot.right - slot.left
        if writer.reach(text) * size > room * rng.uniform(1.0, SPILL):
            size = max(LEAST * size, room / writer.reach(text))
        if " " in text and writer.reach(text) > SHORT:
            words = phrases.shorten(text, int(SPILL * room / size / writer.step)).split()
            text = " ".join(text.split()[: len(words)])
        x = _start(writer, slot, room - writer.reach(text) * size)
        sinks = 0.5 * writer.hand.sit * size if slot.kind == "sum" else 0
        y = slot.bottom + rng.normal(0.02, 0.1) * unit + sinks
        if sign:  # in the middle of its room: signs are half as high as letters
            size *= 1.3
            y -= 0.5 * tall - 0.25 * size
        if rng.random() < 0.03:  # something else first
            end = writer.write(_mistaken(writer, text), x, y, size)
            marks.strike_out(writer.canvas, rng, (x, y - size * 0.7, end, y), writer.pen_px)
            beside = slot.right - end > end - x
            x, y, size = (end + 0.2 * size, y, size) if beside else (x, y - size * 0.9, size * 0.8)
        writer.write(text, x, y, size)
        return text
    if slot.kind == "area":
        fill_area(writer, slot)
    elif slot.kind == "match":
        start, stop = (slot.bottom, slot.top) if slot.hint == "up" else (slot.top, slot.bottom)
        marks.line(writer.canvas, rng, slot.left, start, slot.right, stop, writer.pen_px)
    return ""


def _mistaken(writer: Writer, text: str) -> str:
    """What somebody writes who errs, or slips, where ``text`` is right."""
    wrong = writer.sheet.wrong.get(text)
    if wrong:
        return wrong[int(writer.rng.integers(0, len(wrong)))]
    if len(text) > 2 and text.isalpha():
        return slip(writer.rng, text, text[:1])
    return phrases.mistake(writer.rng, writer.sheet.language, text)


def _start(writer: Writer, slot: Slot, slack: float) -> float:
    """Where an answer begins that leaves ``slack`` pixels of its room, less than 0 where it is too long.

    After an equals sign as near to it as the writer is used to; between brackets about in their middle,
    so that one too long goes over both.
    """
    rng, unit = writer.rng, writer.sheet.unit
    if slot.kind == "sum":
        return slot.left + (writer.hand.near + rng.normal(0, 0.12)) * unit
    if slot.kind == "gap":
        return slot.left + float(np.clip(rng.normal(0.4, 0.18), 0.05, 0.95)) * slack
    return slot.left + rng.uniform(0.05, 0.6) * unit


def _fill_line(writer: Writer, slot: Slot) -> None:
    """Write along a line what is to be copied or what comes next in an answer, corrected now and then."""
    rng, copied = writer.rng, slot.hint if len(slot.hint) > 1 and "\n" not in slot.hint else ""
    size = min(writer.size, 0.75 * (slot.bottom - slot.top))
    last_column = slot.right > 0.85 * writer.sheet.width
    room = (slot.right - slot.left) * (1.12 if last_column and rng.random() < 0.1 else 0.95)
    if copied:
        text = phrases.shorten(copied, int(room / size / writer.step))
    else:
        room *= rng.uniform(0.3, 1.0) if not slot.hint and rng.random() < 0.35 else 1.0
        text = writer.next_line(room * writer.size / size, 30)
    y = slot.bottom + (writer.hand.sit + rng.normal(0, 0.04)) * size
    x = slot.left + rng.uniform(0, 0.6) * size
    if rng.random() < CORRECTED:
        write_corrected(writer, text, x, y, size, slot.left + room)
    else:
        writer.write(text, x, y, size)
