"""Close reading: what readers leave at the words of a text or of a question, each in ways of their own."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from restorekit.synthesis.assets import words
from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.pens import Pen, highlighter, reading_pencil
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.printing.sheets import Sheet, Slot, text_width
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.glosses import gloss, gloss_places
from restorekit.synthesis.textures import Rng, choose

SHARES = {0.0: 0.17, 0.1: 0.2, 0.3: 0.31, 0.65: 0.32}
"""The share of the printed lines that are marked, and the share of the readers who mark so many: a third
hardly do, and some work over a whole page."""
WAYS = {
    "underline": 0.3,
    "ring": 0.17,
    "gloss": 0.17,
    "slash": 0.1,
    "frame": 0.07,
    "bracket": 0.05,
    "join": 0.06,
    "note": 0.05,
    "sign": 0.04,
    "count": 0.06,
}
"""What readers do at print, by how many have it as one of their ways."""
PENS = {"own": 0.74, "pencil": 0.16, "highlighter": 0.1}
"""What close readers hold: what they write with, a pencil beside it, or a pen to lay colour over words."""
KEYS = 0.6
"""The share of the marked lines with numbers or quoted words in which these are marked, not a phrase."""
STRUCK = 0.03
"""The share of the marks at print that strike it: a number that is misprinted, words that do not count."""
AGAIN = 0.55
"""The chance of another mark in a line that has one, of readers who work over a whole page."""
SIGNS = ("?", "!", "1", "2", "3", "4")
"""What readers write above words: what they doubt or mean to keep, and what comes first."""
PROSE = 16
"""Printed lines of more characters are those of texts."""
QUESTION = re.compile(r"\d+[.、]")
BOUNDARY = re.compile(r"(?<!\d)[，。、？！：；.,;:!?]+\s*(?=\S)")


class Reader(NamedTuple):
    """One reader's way with print; it stays the same down a page.

    Attributes:
        share: of the printed lines that are marked.
        ways: what the reader does there, the usual one first.
        low: how far below the letters lines are drawn under words, in ems of the print; at 0 they cut
            the letters' feet.
        pen: what it is done with: own, pencil or highlighter.
    """

    share: float = 0.0
    ways: tuple[str, ...] = ("underline",)
    low: float = 0.22
    pen: str = "own"


def new_reader(rng: Rng) -> Reader:
    """A reader, drawn at random: one to three ways."""
    count, pen = int(rng.integers(1, 4)), choose(rng, PENS)
    names = list(WAYS)
    ways = rng.choice(len(names), count, replace=False, p=np.array(list(WAYS.values())) / sum(WAYS.values()))
    share = float(rng.choice(list(SHARES), p=list(SHARES.values())))
    low = float(np.clip(rng.normal(0.1, 0.08), 0, 0.3))
    return Reader(share, tuple(names[place] for place in ways), low, pen)


def pen_of(rng: Rng, reader: Reader) -> Pen | None:
    """The pen a reader takes up to mark print; None for the one that is at hand."""
    return {"pencil": reading_pencil, "highlighter": highlighter}.get(reader.pen, lambda _: None)(rng)


def with_pen(writer: Writer, reader: Reader) -> Writer:
    """The writer with the pen that marks print, drawing in a layer of its own if that is another."""
    pen = pen_of(writer.rng, reader)
    return replace(writer, layer=Layer(pen, np.zeros_like(writer.canvas))) if pen else writer


def text_mark(writer: Writer, slot: Slot, reader: Reader) -> None:
    """Mark what a printed line has to be marked for, in one of the reader's ways."""
    while True:
        _mark_once(writer, slot, reader)
        if not (slot.hint and reader.share > 0.1 and writer.rng.random() < AGAIN):
            return


def _mark_once(writer: Writer, slot: Slot, reader: Reader) -> None:
    rng = writer.rng
    way = reader.ways[min(int(rng.exponential(0.7)), len(reader.ways) - 1)]
    if reader.pen == "highlighter":
        way = "colour"
    elif rng.random() < STRUCK:
        way = "strike"
    if way == "note" and (len(slot.hint) < PROSE or QUESTION.match(slot.hint)):  # of texts alone
        way = "underline"
    if way in AT_WORDS:
        AT_WORDS[way](writer, slot)
        return
    keys, whole = phrases.key_places(slot.hint), phrases.whole_phrases(slot.hint, writer.sheet.language)
    if way in ("ring", "frame", "strike"):
        whole = _single_words(slot.hint, writer.sheet.language)
    spans = keys if keys and (not whole or rng.random() < KEYS) else whole
    if slot.hint and not spans:
        return
    span = spans[int(rng.integers(0, len(spans)))] if spans else None
    x0, x1 = reach_of(writer.sheet, slot, *span) if span else _unread(writer, slot)
    if way == "strike":
        _strike(writer, slot, (x0, x1), number=span is not None and slot.hint[slice(*span)].isdigit())
    else:
        _mark_stretch(writer, slot, (x0, x1), way, reader.low)


def _mark_stretch(writer: Writer, slot: Slot, reach: tuple[float, float], way: str, low: float) -> None:
    """Mark a stretch of print in one of the ways that go along it or round it."""
    rng, unit, pen, canvas = writer.rng, writer.sheet.unit, writer.pen_px, writer.canvas
    x0, x1 = reach
    if way in ("ring", "frame") and x1 - x0 < 6 * unit:
        around = marks.circle if way == "ring" else marks.frame
        around(canvas, rng, (x0 - 0.1 * unit, slot.top, x1 + 0.1 * unit, slot.bottom), pen)
    elif way == "bracket":
        marks.bracket(canvas, rng, (x0, slot.top - 0.1 * unit, x1, slot.bottom + 0.2 * unit), pen)
    elif way == "colour":
        y = (slot.top + slot.bottom) / 2 + rng.normal(0, 0.12, 2) * unit
        marks.line(canvas, rng, x0, y[0], x1, y[1], pen, bow=0.004)
    else:
        level = slot.bottom + (low + rng.normal(0, 0.04)) * unit
        long = x1 - x0 > 8 * unit  # who underlines so much follows the print, or the line would strike it
        marks.underline(canvas, rng, x0, x1, level, pen, unit, along=long)


def _strike(writer: Writer, slot: Slot, reach: tuple[float, float], *, number: bool) -> None:
    """Strike a stretch of print, once or twice, and write another number above one."""
    rng, unit = writer.rng, writer.sheet.unit
    for _ in range(int(rng.integers(1, 3))):
        (y0, y1), (x0, x1) = rng.normal(0.5 * (slot.top + slot.bottom), 0.1 * unit, 2), reach
        marks.line(writer.canvas, rng, x0 - 0.1 * unit, y0, x1 + 0.1 * unit, y1, writer.pen_px)
    if number:
        text = str(int(rng.integers(2, 100)))
        writer.write(text, reach[0], slot.top - 0.05 * unit, min(writer.size, unit) * 0.8)


def _gloss(writer: Writer, slot: Slot) -> None:
    """Write how a word is read or what it means above it; in tight leading that runs into the print there."""
    rng, unit, language = writer.rng, writer.sheet.unit, writer.sheet.language
    spans = gloss_places(slot.hint, language)
    if not spans:
        return
    start, stop = spans[int(rng.integers(0, len(spans)))]
    text = gloss(rng, slot.hint[start:stop], language)
    x0, x1 = reach_of(writer.sheet, slot, start, stop)
    size = float(np.clip(0.6 * writer.size, 0.65 * unit, 0.95 * unit))
    x = (x0 + x1 - writer.reach(text) * size) / 2 + rng.normal(0, 0.25) * unit
    writer.write(text, max(0.2 * unit, x), slot.top + rng.normal(0.05, 0.12) * unit, size)
    if rng.random() < 0.3 and x1 - x0 < 6 * unit:
        marks.underline(writer.canvas, rng, x0, x1, slot.bottom + 0.12 * unit, writer.pen_px, unit)


def _slashes(writer: Writer, slot: Slot) -> None:
    """Part a sentence by strokes where one may breathe."""
    rng, unit = writer.rng, writer.sheet.unit
    ends = [found.end() for found in BOUNDARY.finditer(slot.hint)]
    for end in ends:
        x = reach_of(writer.sheet, slot, 0, end)[1] + rng.normal(-0.1, 0.1) * unit
        lean, tall = rng.normal(0.2, 0.08) * unit, rng.uniform(0.15, 0.45) * unit
        ends_at = (x + lean, slot.top - tall, x - lean, slot.bottom + tall)
        marks.line(writer.canvas, rng, *ends_at, writer.pen_px)


def _join(writer: Writer, slot: Slot) -> None:
    """An arrow from one word of a line to another that it belongs to, over what stands between them."""
    rng, unit = writer.rng, writer.sheet.unit
    known = _single_words(slot.hint, writer.sheet.language)
    if len(known) < 3:
        return
    first, last = sorted(rng.choice(len(known), 2, replace=False).tolist())
    ends = [sum(reach_of(writer.sheet, slot, *known[place])) / 2 for place in (first, last)]
    if abs(ends[1] - ends[0]) < 3 * unit:
        return
    if rng.random() < 0.5:
        ends.reverse()
    (x0, x1), y = ends, slot.top + rng.normal(0.1, 0.1, 2) * unit
    bow = min(abs(x1 - x0) * rng.uniform(0.1, 0.25), 0.9 * unit)
    middle = ((x0 + x1) / 2, y.min() - bow)
    marks.draw_stroke(writer.canvas, rng, [(x0, y[0]), middle, (x1, y[1])], writer.pen_px)
    back = np.arctan2(middle[1] - y[1], middle[0] - x1)
    for turn in (-0.5, 0.5) + rng.normal(0, 0.15, 2):
        barb = 0.4 * unit * rng.uniform(0.7, 1.2) * np.array([np.cos(back + turn), np.sin(back + turn)])
        marks.line(writer.canvas, rng, x1, y[1], x1 + barb[0], y[1] + barb[1], writer.pen_px)


def _note(writer: Writer, slot: Slot) -> None:
    """A word of a line noted beside it, which runs into the line's beginning or end."""
    rng, unit = writer.rng, writer.sheet.unit
    known = _single_words(slot.hint, writer.sheet.language)
    if not known:
        return
    text = slot.hint[slice(*known[int(rng.integers(0, len(known)))])]
    size = float(np.clip(0.8 * writer.size, 0.8 * unit, 1.4 * unit))
    room, into = writer.reach(text) * size, rng.uniform(0.0, 1.2) * unit
    left = slot.left - room + into
    if left < 0.5 * unit or rng.random() < 0.5:
        left = min(slot.right - into, writer.sheet.width - room - 0.5 * unit)
    writer.write(text, left, slot.bottom + rng.normal(0.0, 0.35) * unit, size)


def count_paragraphs(writer: Writer) -> None:
    """Number the paragraphs of the texts on a sheet, at the beginning of each, as pupils are asked to."""
    rng, unit, number = writer.rng, writer.sheet.unit, 0
    lines = [slot for slot in writer.sheet.slots if slot.kind == "text"]
    begins = True
    for slot, below in itertools.pairwise(lines):
        goes_on = 0 < below.top - slot.top < 2.2 * unit and below.left - slot.left < unit
        if begins and goes_on and len(slot.hint) > PROSE and not QUESTION.match(slot.hint):
            number += 1
            size = min(writer.size, 1.4 * unit)
            writer.write(str(number), slot.left - rng.uniform(0.3, 0.9) * unit, slot.bottom, size)
        begins = not goes_on


def _sign(writer: Writer, slot: Slot) -> None:
    """A sign above a word."""
    rng, unit = writer.rng, writer.sheet.unit
    known = _single_words(slot.hint, writer.sheet.language)
    x = reach_of(writer.sheet, slot, *known[int(rng.integers(0, len(known)))])[0] if known else slot.left
    text = SIGNS[int(rng.integers(0, len(SIGNS)))]
    writer.write(text, x, slot.top + rng.normal(0, 0.15) * unit, min(writer.size, unit) * 0.8)


AT_WORDS = {"gloss": _gloss, "slash": _slashes, "join": _join, "note": _note, "sign": _sign}
"""What is done at words rather than along them."""


def underline_all(writer: Writer, slot: Slot, low: float = 0.22) -> None:
    """Underline what is printed in a place, from about its beginning to about its end."""
    unit = writer.sheet.unit
    level = slot.bottom + low * unit
    marks.underline(writer.canvas, writer.rng, slot.left, slot.right, level, writer.pen_px, unit)


def _single_words(text: str, language: str) -> list[tuple[int, int]]:
    """From where to where the words of a line reach that say something, as far as they are known."""
    if language == "zh":
        return [found.span() for found in _known_words().finditer(text)]
    return [
        found.span() for found in re.finditer("[一-龥]{2,}" if language == "ja" else r"[^\W\d_]{4,}", text)
    ]


@lru_cache
def _known_words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words("zh"), key=len, reverse=True)))


def reach_of(sheet: Sheet, slot: Slot, start: int, stop: int) -> tuple[float, float]:
    """From where to where characters of a printed line reach, about: as they do in the type of the body."""
    x0, x1, whole = (text_width(slot.hint[:end], sheet.body) for end in (start, stop, len(slot.hint)))
    at = (slot.right - slot.left) / max(whole, 1)
    return slot.left + at * x0, slot.left + at * x1


def _unread(writer: Writer, slot: Slot) -> tuple[float, float]:
    """A stretch of a line of a user's print, of which nobody knows what it says: from its beginning on."""
    longest = (slot.right - slot.left) / writer.sheet.unit
    return slot.left, slot.left + min(longest, writer.rng.uniform(1.5, 6)) * writer.sheet.unit
