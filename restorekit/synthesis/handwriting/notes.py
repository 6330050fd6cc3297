"""A page of notes, an essay or homework on bare paper."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.marking import mark_work
from restorekit.synthesis.handwriting.note_pieces import PIECES, heading
from restorekit.synthesis.handwriting.note_taker import Notes, new_notes
from restorekit.synthesis.handwriting.pens import marking_pen
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.printing.sheets import Ruling, Sheet
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.topics import narrowed
from restorekit.synthesis.textures import Rng, choose

MIXES: dict[str, dict[str, float]] = {
    "essay": {"prose": 1.0},
    "reading": {"heading": 1.0, "prose": 2.2, "bullets": 2.2, "definition": 1.6, "drawing": 0.6},
    "lecture": {
        "heading": 1.2,
        "prose": 0.8,
        "bullets": 2.2,
        "definition": 1.6,
        "formula": 1.8,
        "drawing": 1.5,
        "working": 0.7,
    },
    "homework": {"task": 2.5, "working": 1.2, "formula": 0.6, "drawing": 0.8},
}
"""What pages of each sort hold."""
TOPICS: dict[str, dict[str, float]] = {
    "essay": {"language_2": 1.0},
    "reading": {"language_2": 1.0},
    "lecture": {"mathematics_2": 0.5, "science_2": 0.5},
    "homework": {"mathematics_1": 0.15, "mathematics_2": 0.5, "science_2": 0.35},
}
"""What pages of each sort are on: one field of one topic a page."""
SORTS = {"essay": 0.3, "reading": 0.15, "lecture": 0.32, "homework": 0.23}
MARKED = 0.15
"""The share of such pages that a teacher has been over."""


def write_page(rng: Rng, sheet: Sheet, ruling: Ruling, ink: str = "") -> list[Layer]:
    """Write on bare paper; takes and gives what ``writing.write_on`` does, and the sheet's ruling."""
    notes = new_notes(rng, sheet, ruling, new_hand(rng, sheet.language, ink, prose=True))
    write_notes(notes)
    layers = [writer.layer for writer in notes.writers]
    if rng.random() < MARKED:
        teacher = Layer(marking_pen(rng), np.zeros((sheet.height, sheet.width), np.uint8))
        hand = new_hand(rng, sheet.language)
        mark_work(Writer(rng, sheet, hand, teacher, sheet.unit * rng.uniform(1.0, 2.0)).spelling, {})
        layers.append(teacher)
    return layers


def write_notes(notes: Notes) -> None:
    """Fill a page: a date and a title mostly, then pieces of a sort of page down to some line."""
    rng = notes.rng
    real = notes.main.hand.ink is not None  # has words alone
    sort = "essay" if notes.ruling.prose or real else choose(rng, SORTS)
    notes.main.sheet.topic = narrowed(rng, choose(rng, TOPICS[sort]))
    end = notes.ruling.last if rng.random() < 0.72 else notes.ruling.last * rng.uniform(0.35, 1)
    if not real and rng.random() < 0.45:
        _date(notes)
    last = ""
    if rng.random() < (0.6 if sort == "essay" else 0.5):
        last = "heading"
        heading(notes)
    while notes.y < min(end, notes.ruling.last):
        name = choose(rng, MIXES[sort])
        if name == last in ("drawing", "heading"):
            continue
        before, last = notes.y, name
        PIECES[name](notes)
        if notes.y == before:
            notes.rows(1)
        if name != "heading" and rng.random() < notes.rules_off and not notes.full:
            notes.rule_off()
        elif rng.random() < notes.skips and name != "heading":
            notes.rows(1)


def _date(notes: Notes) -> None:
    """A date in a corner or on the first line."""
    rng, size = notes.rng, notes.main.size
    text = phrases.entry(rng, notes.language, "date")
    x = notes.ruling.left if rng.random() < 0.3 else notes.ruling.right - (len(text) + 1) * 0.55 * size
    above = rng.random() < 0.5 and notes.y > 2 * notes.ruling.pitch
    notes.accent.write(text, x, notes.y - notes.ruling.pitch * above)
    notes.rows(0 if above else 1)
