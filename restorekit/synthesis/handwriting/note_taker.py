"""Somebody who writes on bare paper, line by line, with one to three pens."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.corrections import write_corrected
from restorekit.synthesis.handwriting.hands import Hand
from restorekit.synthesis.handwriting.lines import write_line
from restorekit.synthesis.handwriting.pens import COLOURS, Pen, writing_pen
from restorekit.synthesis.handwriting.writer import CLEAREST, Layer, Writer
from restorekit.synthesis.printing.line_breaks import NEVER_FIRST
from restorekit.synthesis.printing.sheets import Ruling, Sheet
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.whole_notes import unmarked
from restorekit.synthesis.textures import Rng, choose

PENS = (0.58, 0.32, 0.1)
"""How many writers of notes use one, two and three pens."""
SECOND = {"red": 0.5, "blue": 0.25, "green": 0.1, "black": 0.1, "purple": 0.05}
"""Colours of the other pens, as often as they are chosen."""
SIZES = (0.95, 2.1)
"""The least and the largest writing, in ems of 3.7 mm: small letters of 1.8 to 3.9 mm."""
TALLEST = 0.74
"""How tall capitals are at most by how far lines are apart: heads do not reach the feet above."""
ALONG = 0.45
"""The share of underlines on ruled paper that run along a printed rule."""
RULES_OFF, RULER = 0.2, 0.6
"""The share of the writers who part what they write by lines across, and of those lines by a ruler."""
IN_SQUARES = 0.6
"""The share of the writers on squared paper who keep to its squares, all down a page: a figure, a sign or a
Chinese character in each, as schools teach it. The others write as on bare paper."""
FILLS, OF_PITCH = 1.0, 0.75
"""How large those write by the squares, and by the pitch of their lines at most."""
PAGEFUL = 150
"""So many words of real ink are enough for a page on which none stands twice."""
FREE = re.compile(r"[⁄^_√∵∴∠△⎧⎨\[]|^ ")
"""What does not go into squares: fractions, powers, roots and the signs of proofs."""
NUMBERINGS = ("{}.", "{}.", "{})", "({})")
BULLETS = ("•", "-", "-", "→", "*")


@dataclass
class Notes:
    """A writer going down a bare page.

    Attributes:
        rng: source of chance.
        ruling: where to write.
        writers: the same hand with each of the pens; the first is the usual one.
        y: the next baseline, pixels.
        reach: how far a character reaches in this hand, by its height; learnt while writing.
        indent: how far what is subordinate is set in, pixels.
        hanging: how far lines after a term or a number are set in, pixels.
        numbering: how numbers are written.
        bullet: what stands before the items of lists.
        set_in: how far lists are set in, pixels.
        paragraphs: how far the first lines of paragraphs are set in, pixels.
        colon: what stands between a term and what it is.
        underlines: how often headings and terms are underlined.
        skips: how often a line is left out between pieces.
        slips: how often something in a line is put right.
        rules_off: how often a line across the page ends a piece.
        square: px, side of the squares that the writer keeps to; 0 for none.
        number: of the last numbered piece.
    """

    rng: Rng
    ruling: Ruling
    writers: list[Writer]
    y: float
    reach: float
    indent: float
    hanging: float
    numbering: str
    bullet: str
    set_in: float
    paragraphs: float
    colon: str
    underlines: float
    skips: float
    slips: float
    rules_off: float = 0.0
    square: float = 0.0
    number: int = 0

    @property
    def main(self) -> Writer:
        """With the usual pen."""
        return self.writers[0]

    @property
    def accent(self) -> Writer:
        """With one of the pens, another than the usual if there is one."""
        return self.writers[int(self.rng.integers(min(1, len(self.writers) - 1), len(self.writers)))]

    @property
    def language(self) -> str:
        """Of the page."""
        return self.main.sheet.language

    @property
    def topic(self) -> str:
        """What the notes are on; "" is anything."""
        return self.main.sheet.topic

    @property
    def full(self) -> bool:
        """Whether no line is left, or no word of real ink that does not stand on the page yet."""
        ink = self.main.hand.ink
        spent = ink is not None and len(ink.used) == len(ink.words) >= PAGEFUL
        return self.y > self.ruling.last or spent

    def rows(self, count: float) -> None:
        """Go down by lines."""
        self.y += count * self.ruling.pitch

    def room(self, left: float) -> int:
        """How many characters fit from ``left`` on."""
        if self.square and self.main.eastern:
            return max(2, int((self.ruling.right - left) / self.square))
        # words of real ink are none of the text's, and as long as they are
        squeeze = self.rng.uniform(0.75, 0.9) if self.main.hand.ink else self.rng.uniform(0.9, 1.0)
        return max(2, int(squeeze * (self.ruling.right - left) / self.main.size / self.reach))

    def in_squares(self, text: str, room: float) -> bool:
        """Whether a text with ``room`` pixels is written with a sign in each square: sums, and Chinese."""
        if not self.square or FREE.search(text) or len(text) * self.square > room + self.square:
            return False
        return self.main.eastern or "=" in text and not any(map(str.isalpha, text))

    def put(self, writer: Writer, text: str, x: float, y: float) -> float:
        """Write from ``x`` on above the baseline ``y``, in squares or not; returns where it ends."""
        if self.in_squares(text, self.ruling.right - x):
            return writer.write_in_squares(text, self.ruling.nearest(x, y)[0], y, self.square)
        return writer.write(text, x, y + (writer.hand.sit + self.rng.normal(0, 0.03)) * writer.size)

    def line(self, text: str, left: float, writer: Writer | None = None) -> float:
        """Write a line and go on to the next; returns where it ends."""
        writer = writer or self.main
        start = left + self.rng.normal(0, 0.12) * writer.size
        slips = self.rng.random() < self.slips
        if slips and not self.in_squares(text, self.ruling.right - start):
            y = self.y + writer.hand.sit * writer.size
            end = write_corrected(writer, text, start, y, writer.size, self.ruling.right)
        else:
            end = self.put(writer, text, start, self.y)
        self.rows(1)
        return end

    def underline(self, writer: Writer, x0: float, x1: float, y: float) -> None:
        """Underline what stands on the baseline ``y``: free, or along the rule that it stands on or above."""
        rng, size, floor = self.rng, writer.size, y + 0.3 * writer.size
        along = not self.ruling.loose and rng.random() < ALONG
        if along:
            floor = self.ruling.nearest(x0, floor)[1] + rng.normal(0, 0.5) * writer.pen_px
        marks.underline(writer.canvas, rng, x0, x1, floor, writer.pen_px, 0.8 * size, along=along)

    def rule_off(self) -> None:
        """Draw a line across the page, or some of it, below what was written last, along a rule if any."""
        rng, ruling, writer = self.rng, self.ruling, self.accent
        y = self.y - 0.45 * ruling.pitch * (ruling.square > 0 or ruling.loose)
        along = not ruling.loose
        if along:
            y = ruling.nearest(ruling.left, y)[1] + rng.normal(0, 0.6) * writer.pen_px
        reach = 1.0 if rng.random() < 0.7 else rng.uniform(0.3, 0.9)
        x0, x1 = ruling.left, ruling.left + reach * (ruling.right - ruling.left)
        rise = rng.normal(0, 0.002 if along else 0.008) * (x1 - x0)
        if rng.random() < RULER:
            marks.draw_stroke(writer.canvas, rng, [(x0, y), (x1, y - rise)], writer.pen_px)
        else:
            marks.line(writer.canvas, rng, x0, y, x1, y - rise, writer.pen_px, bow=0.003)
        self.rows(1)

    def text(self, text: str, left: float, first: float = 0.0, writer: Writer | None = None) -> float:
        """Write running text, its first line set in by ``first`` more; returns where the last line ends."""
        text, stressed = unmarked(text)
        start = end = left + first
        while text and not self.full:
            piece, y = phrases.shorten(text, self.room(start)), self.y
            torn = (
                re.search(r"[\w.]+$", piece, re.ASCII)
                if re.match(r"[\w.]", text[len(piece) :], re.ASCII)
                else None
            )
            if torn and torn.start():  # a number or a word among Chinese characters
                piece = piece[: torn.start()]
            text = text[len(piece) :].lstrip()
            if text and text[0] in NEVER_FIRST:
                piece, text = piece + text[0], text[1:].lstrip()
            end = self.line(piece, start, writer)
            if len(piece) > 5 and end > start:
                reach = (end - start) / len(piece) / (writer or self.main).size
                self.reach += 0.4 * (reach - self.reach)
            if not self.main.hand.ink:
                self._stress(piece, stressed, start, end, y)
            start = left
        return end

    def _stress(self, piece: str, stressed: list[str], start: float, end: float, y: float) -> None:
        """Underline what is stressed in a line that reaches from ``start`` to ``end``."""
        whole = max(self.main.reach(piece), 1e-6)
        for said in (one for one in stressed if one in piece):
            at = piece.index(said)
            x0, x1 = (
                start + (end - start) * self.main.reach(piece[:stop]) / whole for stop in (at, at + len(said))
            )
            self.underline(self.accent, x0, x1, y)
            stressed.remove(said)


def new_notes(rng: Rng, sheet: Sheet, ruling: Ruling, hand: Hand) -> Notes:
    """Somebody before a bare page: the pens at hand, the size of the letters and the habits."""
    pen = writing_pen(rng)
    if pen.colour[2] < max(pen.colour) - 0.1:  # whole pages in red or green are seldom
        pen = writing_pen(rng)
    shape = (sheet.height, sheet.width)
    eastern = sheet.language in ("zh", "ja", "ko")
    # small letters are half a size tall, Chinese characters a whole one
    size = ruling.pitch * (rng.uniform(0.54, 0.8) if eastern else rng.uniform(0.58, 0.85))
    size = min(size, TALLEST * ruling.pitch / (hand.stretch * hand.latin))
    size = float(np.clip(size, SIZES[0] * sheet.unit, SIZES[1] * sheet.unit))
    size = max(size, min(CLEAREST, 0.9 * ruling.pitch)) if eastern else size
    square = ruling.square * (rng.random() < IN_SQUARES)
    if square:
        size = min(FILLS * square, OF_PITCH * ruling.pitch, SIZES[1] * sheet.unit)
    if not ruling.loose:
        hand = hand._replace(climb=0.3 * hand.climb, sit=0.6 * hand.sit)  # rules guide the hand
    layers = [Layer(pen, np.zeros(shape, np.uint8))]
    for _ in range(int(rng.choice(3, p=PENS))):
        layers.append(Layer(other_pen(rng, pen), np.zeros(shape, np.uint8)))
    writers = [Writer(rng, sheet, hand, layer, size) for layer in layers]
    return Notes(
        rng,
        ruling,
        writers,
        y=ruling.first,
        reach=_reach(rng, sheet.language, hand),
        indent=size * rng.uniform(0.8, 3),
        hanging=size * rng.uniform(0.8, 3) * (rng.random() < 0.5),
        numbering=str(rng.choice(NUMBERINGS)),
        bullet=str(rng.choice(BULLETS)),
        set_in=size * rng.uniform(0, 1.5),
        paragraphs=size * (2.0 if eastern else rng.uniform(1, 3) * (rng.random() < 0.75)),
        colon="：" if sheet.language == "zh" else str(rng.choice([":", ":", " -"])),
        underlines=float(rng.choice([0.15, 0.6, 0.95])),
        skips=float(rng.choice([0.05, 0.3, 0.8], p=[0.5, 0.35, 0.15])),
        slips=rng.uniform(0.01, 0.12),
        rules_off=rng.uniform(0.2, 0.9) if rng.random() < RULES_OFF else 0.0,
        square=square,
    )


def _reach(rng: Rng, language: str, hand: Hand) -> float:
    """How far a character of a hand reaches, by its height: as in some words of it."""
    text, size = phrases.shorten(phrases.sentence(rng, language, 8), 24), 16
    return (write_line(rng, hand, text, size, 2).coverage.shape[1] - 2 * size) / len(text) / size


def other_pen(rng: Rng, pen: Pen) -> Pen:
    """A pen like the first one in another colour."""
    shades = COLOURS[choose(rng, SECOND)]
    shade = np.array(shades[int(rng.integers(0, len(shades)))]) + rng.normal(0, 7, 3)
    red, green, blue = (float(value) for value in np.clip(shade, 0, 245) / 255)
    kind = "gel" if pen.name == "pencil" else pen.name
    width = float(np.clip(pen.width * rng.uniform(0.8, 1.2), 0.1, 0.2))
    density = max(0.6, pen.density)
    return pen._replace(name=kind, colour=(red, green, blue), width=width, density=density, grain=0.08)
