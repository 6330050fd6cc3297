"""Close reading: what readers leave at the words of a text or of a question, each in ways of their own."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.passages import PROSE, passages, reach_of, texts_of
from restorekit.synthesis.handwriting.pens import Pen, highlighter, reading_pencil
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.printing.sheets import Slot
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.glosses import gloss, gloss_places
from restorekit.synthesis.texts.topics import subject
from restorekit.synthesis.textures import Rng, choose

SHARES = {0.0: 0.3, 0.08: 0.36, 0.2: 0.24, 0.4: 0.1}
"""The share of the printed lines that are marked, and the share of the readers who mark so many: most mark
a word here and there, and few work over a whole page."""
WAYS = {
    "underline": 0.62,
    "ring": 0.14,
    "gloss": 0.11,
    "slash": 0.06,
    "count": 0.04,
    "hold": 0.05,
}
"""What readers do at print, by how many have it as their way."""
PENS = {"own": 0.74, "pencil": 0.16, "highlighter": 0.1}
"""What close readers hold: what they write with, a pencil beside it, or a pen to lay colour over words."""
KEYS = 0.7
"""The share of the marked lines of texts with numbers or quoted words in which these are marked."""
WORDS = {
    "en": r"\b(?:not true|not|largest|smallest|longest|shortest|most|least|correct|wrong|opposite|plural"
    r"|past tense|area|perimeter|volume|altogether|left over|never|always|except)\b",
    "zh": r"不正确|不是|错误的?|正确的?|最[大小多少长短高低]|一共|还剩|面积|周长|体积"
    r"|[近反]义词|至少|至多|平均",
    "ja": r"正しくない|正しい|まちがい|一番|全部で|残り|面積|長さ|反対",
    "ko": r"옳지 않은|옳은|틀린|가장|모두|넓이|둘레|부피|반대",
    "ru": r"\bне\b|наибольш\w+|наименьш\w+|площадь|периметр|объём|всего|осталось|верн\w+|неверн\w+",
    "de": r"\bnicht\b|größte\w*|kleinste\w*|Fläche\w*|Umfang|Volumen|insgesamt|richtig|falsch",
    "fr": r"n'est pas|plus grande?|plus petite?|aire|périmètre|volume|faux|vraie?|contraire",
    "es": r"\bno\b|mayor|menor|área|perímetro|volumen|falsa?|correcta?|contrario",
}
"""The words that a question hangs on, as patterns: what is asked for, and what turns it round."""
UNITS = (
    r"\s?(?:[ckm]?m[²³]?|k?g|m?l|km/h|[°℃]|厘米|分米|千?米|千?克|元|角|个|只|本|厘?升|小时|分钟)(?![A-Za-z])"
)
"""Units, which are marked with the number before them."""
AGAIN = 0.25
"""The chance of another mark in a line that has one, of readers who work over a whole page."""
TIGHT = 0.5
"""Glosses need so much free leading above the letters, in ems of the print: they are as tall as that."""
QUESTION = re.compile(r"\d+[.、]")
BLANK = re.compile(r"[=()（）_]|\.{3}")
"""What stands in lines that ask for something rather than tell."""
BOUNDARY = re.compile(r"(?<!\d)[，。、？！：；.,;:!?]+\s*(?=\S)")


class Reader(NamedTuple):
    """One reader's way with print; it stays the same down a page.

    Attributes:
        share: of the printed lines that are marked.
        ways: what the reader does there, the usual one first.
        low: how far below the line lines are drawn under words, in ems of the print; up to 0.2 they cut
            what reaches down.
        pen: what it is done with: own, pencil or highlighter.
    """

    share: float = 0.0
    ways: tuple[str, ...] = ("underline",)
    low: float = 0.28
    pen: str = "own"


def new_reader(rng: Rng) -> Reader:
    """A reader, drawn at random: one way, or two."""
    count, pen = 1 + int(rng.random() < 0.2), choose(rng, PENS)
    names = list(WAYS)
    ways = rng.choice(len(names), count, replace=False, p=np.array(list(WAYS.values())) / sum(WAYS.values()))
    share = float(rng.choice(list(SHARES), p=list(SHARES.values())))
    low = float(np.clip(rng.normal(0.24, 0.05), 0.18, 0.42))
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
    writer = writer.spelling
    while True:
        _mark_once(writer, slot, reader)
        if not (slot.hint and reader.share > 0.1 and writer.rng.random() < AGAIN):
            return


def _mark_once(writer: Writer, slot: Slot, reader: Reader) -> None:
    rng = writer.rng
    way = reader.ways[min(int(rng.exponential(0.7)), len(reader.ways) - 1)]
    if reader.pen == "highlighter":
        way = "colour"
    if way in AT_WORDS:
        AT_WORDS[way](writer, slot)
        return
    in_text = any(slot in lines[:-1] or slot in lines[1:] for lines in passages(writer.sheet))
    spans = _spans(rng, slot.hint, writer.sheet.language, whole=way != "ring" and in_text)
    if not spans and (slot.hint or any(one.hint for one in writer.sheet.slots)):
        return
    span = spans[int(rng.integers(0, len(spans)))] if spans else None
    x0, x1 = reach_of(writer.sheet, slot, *span) if span else _unread(writer, slot)
    _mark_stretch(writer, slot, (x0, x1), way, reader.low)


def _spans(rng: Rng, text: str, language: str, *, whole: bool) -> list[tuple[int, int]]:
    """What of a line may be marked: of a question what it hangs on, of a text that or, if ``whole``, more."""
    asks = bool(QUESTION.match(text))  # of its numbers, those that are measures are marked
    keys = [(start, _with_unit(text, stop)) for start, stop in phrases.key_places(text)]
    tells = len(text) > PROSE and not BLANK.search(text)  # bare numbers of sums say nothing
    keys = [(start, stop) for start, stop in keys if (tells and not asks) or not text[stop - 1].isdigit()]
    if language in WORDS:
        keys += [found.span() for found in re.finditer(WORDS[language], text)]
    keys = [span for span in keys if text[: span[0]][-1:] not in ("(", "（")]  # points that it earns
    keys = [span for span in keys if any(map(str.isalnum, text[slice(*span)]))]  # no signs to answer with
    if asks:
        return keys
    others = phrases.whole_phrases(text, language) if whole and tells else []
    return keys if keys and (not others or rng.random() < KEYS) else others


def _with_unit(text: str, stop: int) -> int:
    """Where a number that ends at ``stop`` ends with its unit."""
    unit = re.compile(UNITS).match(text, stop)
    return unit.end() if unit and text[stop - 1].isdigit() else stop


def _mark_stretch(writer: Writer, slot: Slot, reach: tuple[float, float], way: str, low: float) -> None:
    """Mark a stretch of print in one of the ways that go along it or round it."""
    rng, unit, pen, canvas = writer.rng, writer.sheet.unit, writer.pen_px, writer.canvas
    x0, x1 = reach
    if way == "ring" and x1 - x0 < 6 * unit:
        marks.circle(canvas, rng, (x0 - 0.1 * unit, slot.top, x1 + 0.1 * unit, slot.bottom), pen)
    elif way == "colour":
        y = (slot.top + slot.bottom) / 2 + rng.normal(0, 0.12, 2) * unit
        marks.line(canvas, rng, x0, y[0], x1, y[1], pen, bow=0.004)
    else:
        level = slot.bottom + (low + rng.normal(0, 0.04)) * unit
        long = x1 - x0 > 8 * unit  # who underlines so much follows the print, or the line would strike it
        marks.underline(canvas, rng, x0, x1, level, pen, unit, along=long)


def _gloss(writer: Writer, slot: Slot) -> None:
    """Underline a word in a language class, and write how it is read or what it means where above is room."""
    rng, unit, language = writer.rng, writer.sheet.unit, writer.sheet.language
    spans = gloss_places(slot.hint, language)
    if not spans or subject(writer.sheet.topic) not in ("language", ""):
        return
    start, stop = spans[int(rng.integers(0, len(spans)))]
    text = gloss(slot.hint[start:stop], language)
    x0, x1 = reach_of(writer.sheet, slot, start, stop)
    size = float(np.clip(0.6 * writer.size, 0.65 * unit, 0.95 * unit))
    x = (x0 + x1 - writer.reach(text) * size) / 2 + rng.normal(0, 0.25) * unit
    y = slot.top - abs(rng.normal(0.05, 0.05)) * unit
    if writer.printed(x, y - TIGHT * unit, x + writer.reach(text) * size, y):
        return
    writer.write(text, max(0.2 * unit, x), y, size)
    if x1 - x0 < 6 * unit:
        marks.underline(writer.canvas, rng, x0, x1, slot.bottom + 0.22 * unit, writer.pen_px, unit)


def _slashes(writer: Writer, slot: Slot) -> None:
    """Part a sentence by strokes where one may breathe."""
    rng, unit = writer.rng, writer.sheet.unit
    ends = [found.end() for found in BOUNDARY.finditer(slot.hint)]
    if len(ends) < 2:  # one stroke alone parts nothing
        return
    for end in ends:
        x = reach_of(writer.sheet, slot, 0, end)[1] + rng.normal(-0.1, 0.1) * unit
        lean, tall = rng.normal(0.2, 0.08) * unit, rng.uniform(0.15, 0.45) * unit
        ends_at = (x + lean, slot.top - tall, x - lean, slot.bottom + tall)
        marks.line(writer.canvas, rng, *ends_at, writer.pen_px)


def count_paragraphs(writer: Writer) -> None:
    """Number the paragraphs of the texts on a sheet, at the beginning of each, as pupils are asked to."""
    rng, unit, counted = writer.rng, writer.sheet.unit, list[Slot]()
    if writer.sheet.kind == "article":  # print has numbered them
        return
    for lines in texts_of(writer.sheet):
        begins = True
        for slot, below in itertools.pairwise(lines):
            goes_on = below.left - slot.left < unit
            counted += [slot] * (begins and goes_on)
            begins = not goes_on
    size = min(writer.size, 1.4 * unit)
    for number, slot in enumerate(counted, 1):
        if len(counted) > 1:  # one alone is not counted
            x = slot.left - rng.uniform(-0.1, 0.5) * unit - writer.reach(str(number)) * size
            writer.write(str(number), max(0.1 * unit, x), slot.bottom, size)


AT_WORDS = {"gloss": _gloss, "slash": _slashes}
"""What is done at words rather than along them."""


def underline_all(writer: Writer, slot: Slot, low: float = 0.28) -> None:
    """Underline what is printed in a place, from about its beginning to about its end."""
    unit = writer.sheet.unit
    level = slot.bottom + low * unit
    marks.underline(writer.canvas, writer.rng, slot.left, slot.right, level, writer.pen_px, unit)


def _unread(writer: Writer, slot: Slot) -> tuple[float, float]:
    """A stretch of a line of a user's print, of which nobody knows what it says: from its beginning on."""
    longest = (slot.right - slot.left) / writer.sheet.unit
    return slot.left, slot.left + min(longest, writer.rng.uniform(1.5, 6)) * writer.sheet.unit
