"""A page of notes, an essay or homework on bare paper."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.marking import mark_work
from restorekit.synthesis.handwriting.note_pieces import PIECES, sums, title
from restorekit.synthesis.handwriting.note_taker import Notes, new_notes
from restorekit.synthesis.handwriting.pens import marking_pen
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.printing.sheets import Ruling, Sheet
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.topics import narrowed, subject
from restorekit.synthesis.texts.whole_notes import Note, notes_in
from restorekit.synthesis.textures import Rng, choose

OWN = 0.12
"""The share of the pages of exercises that the generator makes up; all others are whole notes."""
TOPICS = {"mathematics_1": 0.4, "mathematics_2": 0.6}
"""What they are on."""
ESSAYS = 0.3
"""The share of essays on paper that takes anything."""
FIRST = 0.6
"""The share of pages that begin with the first line of what is written."""
FULL = 0.9
"""The share of pages that go down to the foot, if what is written does."""
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
    """Fill a page: a date mostly, then whole notes or exercises down to some line."""
    rng = notes.rng
    real = notes.main.hand.ink is not None  # has words alone
    prose = notes.ruling.prose or real or rng.random() < ESSAYS
    end = notes.ruling.last if rng.random() < FULL else notes.ruling.last * rng.uniform(0.4, 1)
    notes.ruling = notes.ruling._replace(last=max(end, notes.ruling.first))
    if not real and rng.random() < 0.45:
        _date(notes)
    if not prose and rng.random() < OWN:
        _exercises(notes)
        return
    asked = notes.main.sheet.asked  # on the other side of the leaf, too
    fit = [one for one in notes_in(notes.language) if (one.sort == "prose") == prose]
    known = [one for one in fit if one.title not in asked] or fit
    while known and not notes.full:
        near = [one for one in known if subject(one.topic) == subject(notes.topic)] or known
        note = near[int(rng.integers(0, len(near)))]
        known.remove(note)
        asked.add(note.title)
        notes.main.sheet.topic = note.topic
        _write(notes, note, _start(notes, note))
        if rng.random() < notes.rules_off and not notes.full:
            notes.rule_off()
        else:
            notes.rows(1)


def _write(notes: Notes, note: Note, start: int) -> None:
    """Write a note from one of its pieces on."""
    if start == 0:
        title(notes, note.title)
    for piece in note.pieces[start:]:
        if notes.full:
            return
        PIECES[piece.kind](notes, piece)


def _start(notes: Notes, note: Note) -> int:
    """With which piece a page begins: mostly the first, else one that most of a page follows."""
    if notes.y > notes.ruling.first + 2 * notes.ruling.pitch or notes.rng.random() < FIRST:
        return 0
    room = notes.room(notes.ruling.left)
    lines = np.array([sum(1 + len(line) // room for line in piece.lines) for piece in note.pieces])
    left = np.cumsum(lines[::-1])[::-1]
    least = 0.8 * (notes.ruling.last - notes.y) / notes.ruling.pitch
    able = [
        at
        for at, piece in enumerate(note.pieces)
        if left[at] >= least and piece.kind in ("heading", "paragraph", "line", "bullet", "definition")
    ]
    return able[int(notes.rng.integers(0, len(able)))] if able else 0


def _exercises(notes: Notes) -> None:
    """Sums of the generator's own."""
    notes.main.sheet.topic = narrowed(notes.rng, choose(notes.rng, TOPICS))
    while not notes.full:
        before = notes.y
        sums(notes)
        if notes.y == before:
            notes.rows(1)
        if notes.rng.random() < notes.rules_off and not notes.full:
            notes.rule_off()
        elif notes.rng.random() < notes.skips:
            notes.rows(1)


def _date(notes: Notes) -> None:
    """A date in a corner or on the first line."""
    rng, size = notes.rng, notes.main.size
    text = phrases.entry(rng, notes.language, "date")
    x = notes.ruling.left if rng.random() < 0.3 else notes.ruling.right - (len(text) + 1) * 0.55 * size
    above = rng.random() < 0.5 and notes.y > 2 * notes.ruling.pitch
    notes.accent.write(text, x, notes.y - notes.ruling.pitch * above)
    notes.rows(0 if above else 1)
