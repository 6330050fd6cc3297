"""How somebody marks the letters of answers to choose from: the one that is chosen, and those ruled out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.strikes import blacken
from restorekit.synthesis.handwriting.ticks import tick, tick_form
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Slot
from restorekit.synthesis.texts.topics import option_row
from restorekit.synthesis.textures import Rng, choose

RULE_OUT = 0.2
"""The share of writers who go through the answers pen in hand; the rest do so in their heads."""
OUTS = {"stroke": 0.75, "cross": 0.25}
"""How letters are ruled out, see ``OptionHabit``."""
SURE = 0.6
"""The share of the other letters that are ruled out where some are: some see the answer before the last."""
MARKS = 0.3
"""The share of writers who mark the chosen letter, too, in most questions: to the others the letter that they
put down is enough."""
UNLIKE = 0.3
"""How unlike two marks of one writer through letters are: the spread of the logarithm of their size."""
WAYS = {"circle": 0.5, "tick": 0.32, "under": 0.14, "black": 0.04}
"""How the chosen letter is marked: by a ring, a tick at it, a stroke under it, or it is blackened."""
CELLS = 4
"""So many letters beside each other at least are a table of answers."""
IN_BRACKETS = 1.4
"""How large ticks and crosses in brackets are by the height of these, with those who keep to them."""


class OptionHabit(NamedTuple):
    """One writer's way with the letters of answers; it stays the same down a page.

    Attributes:
        way: how the chosen letter is marked: see ``WAYS``.
        marks: the share of the questions in which it is, where the letter is written, too.
        out: how a letter is ruled out: stroke or cross, or "" for writers who do not.
        share: the share of the questions in which letters are ruled out.
        lean: how a stroke through a letter slants, width by height; it falls to the right where positive.
        reach: how long that stroke is, by the letter's height.
    """

    way: str = "circle"
    marks: float = 0.0
    out: str = ""
    share: float = 0.0
    lean: float = 0.8
    reach: float = 1.3


def gathered(slots: list[Slot]) -> dict[Slot, Slot]:
    """The brackets of questions whose answers stand in a table at the head, too, and their cells there."""
    gaps = [slot for slot in slots if slot.kind == "gap" and option_row(slot.hint)]
    cells = [slot for slot in gaps if (slot.top, slot.bottom) == (gaps[0].top, gaps[0].bottom)]
    asked = gaps[len(cells) :]
    alike = all(cell.hint == place.hint for cell, place in zip(cells, asked, strict=False))
    return dict(zip(asked, cells, strict=False)) if len(cells) >= CELLS and alike else {}


def option_habit(rng: Rng) -> OptionHabit:
    """A writer's way, drawn at random."""
    return OptionHabit(
        way=choose(rng, WAYS),
        marks=float(rng.uniform(0.5, 1.0)) if rng.random() < MARKS else 0.0,
        out=choose(rng, OUTS) if rng.random() < RULE_OUT else "",
        share=float(rng.uniform(0.1, 0.7)),
        lean=float(rng.normal(0.85, 0.2) * (1 if rng.random() < 0.7 else -1)),
        reach=float(rng.uniform(0.9, 1.8)),
    )


def ruled_out(rng: Rng, habit: OptionHabit, answer: str) -> set[str]:
    """The letters that are ruled out on the way to ``answer``: some of the others, in a few questions."""
    if not (habit.out and answer) or rng.random() > habit.share:
        return set()
    return {letter for letter in option_row(answer) if letter != answer and rng.random() < SURE}


def mark_option(writer: Writer, slot: Slot, way: str) -> None:
    """Mark the answer that is chosen."""
    rng, unit, pen, canvas = writer.rng, writer.sheet.unit, writer.pen_px, writer.canvas
    left, top, right, floor = slot[1:5]
    around = rng.uniform(0.05, 0.25) * unit
    box = (left - around, top - around, right + around, floor + around)
    if way == "circle":
        marks.circle(canvas, rng, box, pen)
    elif way == "under":
        x0, x1 = (left, right) + unit * np.array([-rng.uniform(0, 0.4), rng.uniform(0, 1.2)])
        y0, y1 = floor + rng.uniform(0.1, 0.3) * unit + rng.normal(0, 0.06, 2) * unit
        marks.line(canvas, rng, x0, y0, x1, y1, pen)
    elif way == "black":
        blacken(canvas, rng, box, pen)
    else:  # on the letter, or on the paper before it
        x, size = left + rng.normal(-0.1, 0.3) * unit, unit * 0.95 * float(np.exp(rng.normal(0, UNLIKE)))
        tick(canvas, rng, x, floor + rng.normal(0, 0.15) * unit, size, pen, writer.hand.style)


def rule_out(writer: Writer, slot: Slot, habit: OptionHabit) -> None:
    """A short stroke or a cross right over a printed letter, by a quick hand."""
    rng, canvas, pen = writer.rng, writer.canvas, writer.pen_px
    tall = slot.bottom - slot.top
    x = (slot.left + slot.right) / 2 + rng.normal(0.1, 0.3) * tall
    y = (slot.top + slot.bottom) / 2 + rng.normal(0.05, 0.2) * tall
    reach = habit.reach * tall * float(np.exp(rng.normal(0, UNLIKE)))
    if habit.out == "cross":
        marks.cross(canvas, rng, x, y, 0.8 * reach, pen)
    else:
        half = 0.5 * reach * (habit.lean + rng.normal(0, 0.25))
        marks.line(canvas, rng, x - half, y - 0.5 * reach, x + half, y + 0.5 * reach, pen)


def judge(writer: Writer, slot: Slot, *, ticks: bool) -> None:
    """Tick or cross what is right or wrong, about in the middle of its brackets."""
    rng, tall = writer.rng, slot.bottom - slot.top
    middle = (slot.left + slot.right) / 2 + rng.normal(0, 0.15) * tall
    large = min(writer.size / writer.sheet.unit, IN_BRACKETS + writer.hand.loose)
    size = tall * large * rng.uniform(0.8, 1.0)
    if ticks:
        form = tick_form(writer.hand.style)
        x = middle - 0.375 * size * (form.reach - form.first / np.hypot(1, form.steep))
        tick(writer.canvas, rng, x, slot.bottom, 0.75 * size, writer.pen_px, writer.hand.style)
    else:
        marks.cross(writer.canvas, rng, middle, slot.bottom - 0.4 * tall, size, writer.pen_px)
