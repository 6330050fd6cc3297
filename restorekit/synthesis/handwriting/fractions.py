"""Fractions as answers: most write one number above the other, some with a slash."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np

from restorekit.synthesis.handwriting.formulas import BAR, PART, RATIO, write_formula, write_working
from restorekit.synthesis.handwriting.rooms import MIDDLE, on_rule, pitch_of, spill_of, start_of
from restorekit.synthesis.handwriting.writer import CLOSER, Writer
from restorekit.synthesis.printing.sheets import Slot

STACKED = 0.92
"""The share of the writers who put one number above the other."""
FRACTION = re.compile(r"(?<![\d/])(\d{1,3})/(\d{1,3})(?![\d/])")
NUMBERS = re.compile(r"[-+−,;.\d/ ]+")
"""Numbers and what may stand between them: units keep their slash."""
TALL = 1.85
"""How tall a fraction is by its writer's figures, from the foot of the lower to the head of the upper one."""
OF_PITCH, SMALLEST = (0.8, 1.1), 0.7
"""How tall fractions are at most by what rows are apart: many touch the row above or the print below; and
how tall their figures are at least, in ems of the print."""
SIDES = 0.75
"""How much wider a fraction is than its numbers, in ems: the bar reaches over them."""
OFF_RULE = (0.1, 0.6)
"""How far above a rule the figures beside a fraction would stand, in ems: its lower number goes through the
rule with some."""


@lru_cache(maxsize=256)
def stacks(style: int) -> bool:
    """Whether writer number ``style`` puts one number of a fraction above the other."""
    return bool(np.random.default_rng((style, 41)).random() < STACKED)


def is_stacked(writer: Writer, slot: Slot, text: str) -> bool:
    """Whether an answer is written with one number above the other."""
    if slot.kind not in ("gap", "sum") or not stacks(writer.hand.style):
        return False
    return bool(FRACTION.search(text) and NUMBERS.fullmatch(text) or RATIO.search(text))


def write_stacked(writer: Writer, slot: Slot, text: str) -> None:
    """Write an answer with fractions: as tall as its row lets it be, and as wide as its room.

    It stands across a rule, or with its bar on the middle of the print.
    """
    rng, unit, hand = writer.rng, writer.sheet.unit, writer.hand
    em, reach, room = hand.latin * hand.stretch, reach_of(writer, text), slot.right - slot.left
    tall = rng.uniform(*OF_PITCH) * pitch_of(writer, slot) / TALL / em
    wide = room * max(1.0, spill_of(writer, slot)) / (CLOSER * reach)
    size = max(min(writer.size, tall, wide), SMALLEST * unit / em)
    low = MIDDLE * unit - BAR * hand.latin * size
    if on_rule(writer, slot):
        low = rng.uniform(*OFF_RULE) * hand.latin * size
    x = start_of(writer, slot, room - reach * size)
    by = replace(writer, size=size, hand=hand._replace(ink=None, climb=0.0))
    if RATIO.search(text):
        write_formula(by, RATIO.sub(r"[\1|\2]", text), x, slot.bottom - low)
    else:
        write_working(by, FRACTION.sub(r"\1⁄\2", text), x, slot.bottom - low)


def reach_of(writer: Writer, text: str) -> float:
    """How far a text with fractions reaches, by the height of its letters."""
    parts = FRACTION.findall(text) + RATIO.findall(text)
    beside = writer.reach(RATIO.sub("", FRACTION.sub("", text)))
    longer = sum(max(writer.reach(above), writer.reach(below)) for above, below in parts)
    return beside + PART * longer + SIDES * len(parts)
