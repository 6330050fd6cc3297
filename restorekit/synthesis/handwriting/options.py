"""How somebody marks the letters of answers to choose from: the one that is chosen, and those ruled out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.ticks import tick
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Slot
from restorekit.synthesis.texts.topics import option_row
from restorekit.synthesis.textures import Rng, choose

RULE_OUT = 0.48
"""The share of writers who go through the answers pen in hand; the rest do so in their heads. It is twice
what one would count, for small letters with ink right over them are the print that is lost most easily."""
OUTS = {"stroke": 0.66, "cross": 0.16, "tick": 0.12, "check": 0.06}
"""How letters are ruled out, see ``OptionHabit``."""
ALL = 0.1
"""How often all but the answer are ruled out; mostly the answer is seen before that."""
UNLIKE = 0.3
"""How unlike two marks of one writer through letters are: the spread of the logarithm of their size."""
WAYS = {"circle": 0.52, "tick": 0.3, "line": 0.18}
"""How the chosen letter is marked."""


class OptionHabit(NamedTuple):
    """One writer's way with the letters of answers; it stays the same down a page.

    Attributes:
        way: how the chosen letter is marked: circle, tick or line.
        out: how a letter is ruled out: stroke, cross or tick (on what is true where the false one is asked
            for), check for who says of all four whether they are true, by ticks and strokes, or "" for
            writers who do not.
        both: whether the letter that is left gets a tick as the others are ruled out.
        share: the share of the questions in which letters are ruled out.
        lean: how a stroke through a letter slants, width by height; it falls to the right where positive.
        reach: how long that stroke is, by the letter's height.
    """

    way: str = "circle"
    out: str = ""
    both: bool = False
    share: float = 0.0
    lean: float = 0.8
    reach: float = 1.3


def option_habit(rng: Rng) -> OptionHabit:
    """A writer's way, drawn at random."""
    rules_out = rng.random() < RULE_OUT
    way = choose(rng, WAYS)
    out = choose(rng, OUTS) if rules_out else ""
    return OptionHabit(
        way=way,
        out=out,
        both=bool(rng.random() < 0.3) and out in ("stroke", "cross"),  # or none could be told from the rest
        share=float(rng.uniform(0.15, 0.8)),
        lean=float(rng.normal(0.85, 0.2) * (1 if rng.random() < 0.7 else -1)),
        reach=float(rng.uniform(0.9, 1.8)),
    )


def ruled_out(rng: Rng, habit: OptionHabit, answer: str) -> dict[str, str]:
    """How the letters are marked that are ruled out on the way to ``answer``: some of the others, or all.

    Who checks all four strikes the false ones, which in half of the questions is the answer alone.
    """
    if not (habit.out and answer) or rng.random() > habit.share:
        return {}
    sure = 1.0 if rng.random() < ALL else rng.uniform(0.3, 0.85)
    others = [letter for letter in option_row(answer) if letter != answer and rng.random() < sure]
    if habit.out != "check":
        return dict.fromkeys(others, habit.out)
    own, rest = ("tick", "stroke") if rng.random() < 0.5 else ("stroke", "tick")
    return {**dict.fromkeys(others, rest), answer: own}


def mark_option(writer: Writer, slot: Slot, way: str) -> None:
    """Mark the answer that is chosen."""
    rng, unit, pen = writer.rng, writer.sheet.unit, writer.pen_px
    if way == "circle":
        marks.circle(writer.canvas, rng, slot[1:5], pen)
    elif way == "tick":
        tick(writer.canvas, rng, slot.left, slot.bottom, unit * rng.uniform(0.7, 1.3), pen, writer.hand.style)
    else:
        marks.line(writer.canvas, rng, slot.left - 4, slot.top - 2, slot.right + 4, slot.bottom, pen)


def rule_out(writer: Writer, slot: Slot, habit: OptionHabit) -> None:
    """A short stroke, a cross or a tick right over a printed letter, by a quick hand."""
    rng, canvas, pen = writer.rng, writer.canvas, writer.pen_px
    tall = slot.bottom - slot.top
    x = (slot.left + slot.right) / 2 + rng.normal(0.1, 0.3) * tall
    y = (slot.top + slot.bottom) / 2 + rng.normal(0.05, 0.2) * tall
    reach = habit.reach * tall * float(np.exp(rng.normal(0, UNLIKE)))
    if habit.out == "cross":
        marks.cross(canvas, rng, x, y, 0.8 * reach, pen)
    elif habit.out == "tick":
        tick(canvas, rng, x - 0.2 * reach, y + 0.35 * tall, 0.75 * reach, pen, writer.hand.style)
    else:
        half = 0.5 * reach * (habit.lean + rng.normal(0, 0.25))
        marks.line(canvas, rng, x - half, y - 0.5 * reach, x + half, y + 0.5 * reach, pen)
