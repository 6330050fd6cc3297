"""Somebody with a pen at a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from restorekit.synthesis.handwriting.brackets import BRACKETS
from restorekit.synthesis.handwriting.hands import Hand
from restorekit.synthesis.handwriting.lines import X_HEIGHT, is_eastern, write_line
from restorekit.synthesis.handwriting.mood import Mood
from restorekit.synthesis.handwriting.pens import Pen, lay_ink
from restorekit.synthesis.handwriting.real_ink import LETTER
from restorekit.synthesis.printing.line_breaks import NEVER_FIRST
from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.strokes import stamp
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.textures import Rng

SAMPLES = {
    "zh": "小明认真写作业去看书",
    "ja": "きょうは山へ行きます",
    "ko": "오늘우리는학교에갔다",
    "ru": "живёмтутдома",
    "el": "τονερόεδώείναι",
}
"""What is written to see how far the letters of a hand reach, as often in it as in texts."""
LATIN, CAPITALS, FIGURES = "theoldmillandriver", "ABCDEHN", "0123456789"
SPACE = 0.45
"""How wide a gap between words is, by the height of the letters, in most hands."""
LOWER = 0.8
"""How tall brackets are in squares by the figures: in full they would stand in the next row."""
DARK, PRINTED = 170, 0.003
"""Print is darker than this, and is seen where it covers more than this share: brackets cover a hundredth."""
BROADEST = (0.104, 0.068)
"""How broad a line is by the height of the writing, at most: of Latin letters, and of Chinese characters,
kana and Hangul, which have more strokes. Who writes small for want of room holds the pen so that the letters
stay open, too: pressure, which makes the line broader by a third on the way down, comes on top."""
FORESEEN = 6.0
"""Lines of more ems than this show how far the letters reach."""
CROWDED = 0.05
"""Nobody writes where more than this share of the line is the own writing already."""

ASIDES = 0.1
"""The share of the sentences in answers with something in brackets."""
PAGE_EM = 3.7 / 210
"""The em of type of 10.5 point, by the width of an A4 page."""
SQUEEZED = (0.78, 0.86)
"""Letters, and Chinese characters, kana and Hangul, that got wider than was foreseen are squeezed to no less
than this before the end of their room: then they go on over it."""
CLOSER, CLOSER_EASTERN = 0.8, 0.88
"""How much closer than usual somebody writes in the mean so as to get all into a room that is too small:
letters, and what has so many strokes that they would close up."""
CLEAREST = 20.0
"""Words of Chinese characters, kana and Hangul are so tall at least, in pixels, however small their room."""


def _kind_of(character: str) -> str:
    if is_eastern(character):
        return "eastern"
    return "figures" if character.isdecimal() else "capitals" if character.isupper() else "letters"


@dataclass
class Layer:
    """What one pen has drawn: uint8 ``(H, W)`` coverage, 255 where its tip passed."""

    pen: Pen
    coverage: np.ndarray

    def amount(self, rng: Rng) -> np.ndarray:
        """uint8 ``(H, W)`` amount of ink, 255 for full."""
        return lay_ink(rng, self.pen, self.coverage)


@dataclass
class Writer:
    """A hand with a pen at a sheet.

    Attributes:
        rng: source of chance.
        sheet: what is written on.
        hand: the writer's habits.
        layer: what the pen has drawn so far.
        size: height of letters in pixels.
        rest: what is left of the text that goes on from line to line.
        reaches: how far characters reach in the hand, by their height, as far as that is known: mean
            advances of figures, of letters, of capitals and of Chinese characters, kana or Hangul.
        mood: what the hand is like by now.
        until: px, where the room ends; letters draw closer before that, as they do at the paper's edge.
        over: whether the own ink is written over, as in frames that the writer has drawn.
    """

    rng: Rng
    sheet: Sheet
    hand: Hand
    layer: Layer
    size: float
    rest: str = ""
    reaches: dict[str, float] = field(default_factory=dict)
    mood: Mood = field(default_factory=Mood)
    until: float = float("inf")
    over: bool = False

    @property
    def pen_px(self) -> float:
        """The width of the pen's line in pixels, the same in large and in small writing.

        Print larger than usual is half the time set so and half the time seen from near; the width is in
        between. Nobody writes so small all over a page that letters close up.
        """
        usual, pen, hand = PAGE_EM * self.sheet.width, self.layer.pen, self.hand
        width = pen.width * float(np.sqrt(self.sheet.unit * usual))
        if pen.name != "highlighter":
            self.mood.usual = max(self.mood.usual, self.size)
            width = min(width, BROADEST[self.eastern] * self.mood.usual * min(1.0, hand.stretch))
        return max(1.8, width)

    @property
    def eastern(self) -> bool:
        """Whether the sheet's characters are as wide as they are high."""
        return self.sheet.language in ("zh", "ja", "ko")

    @property
    def step(self) -> float:
        """How far a character of the sheet's language reaches in this hand, by its height."""
        if self.eastern:
            return self.mood.farther * self._advance("eastern")
        word = 5 * self._advance("letters") + self.hand.gap  # five letters, and a gap after them
        return self.mood.farther * word / 6

    def reach(self, text: str) -> float:
        """How far ``text`` reaches in this hand, by the height of its letters."""
        return self.mood.farther * sum(
            self.hand.gap if one == " " else self._advance(_kind_of(one)) for one in text
        )

    def _advance(self, kind: str) -> float:
        """How far one of the characters of a kind reaches, from some that are written to see that."""
        if self.hand.ink and kind != "eastern":
            return LETTER * X_HEIGHT
        if kind not in self.reaches:
            usual = SAMPLES["zh"] if kind == "eastern" else LATIN
            text = SAMPLES.get(self.sheet.language, usual)
            if is_eastern(text[0]) != (kind == "eastern"):
                text = usual
            text, size = {"figures": FIGURES, "capitals": CAPITALS}.get(kind, text), 16
            written = write_line(np.random.default_rng(self.hand.style), self.hand, text, size, 2)
            self.reaches[kind] = (written.coverage.shape[1] - 2 * size) / len(text) / size
        return self.reaches[kind]

    @property
    def spelling(self) -> Writer:
        """The same without real ink, whose words are any: where others read what was meant."""
        return replace(self, hand=self.hand._replace(ink=None)) if self.hand.ink else self

    @property
    def canvas(self) -> np.ndarray:
        """Where the pen draws."""
        return self.layer.coverage

    def next_line(self, room: float, length: int) -> str:
        """The next piece of a text of ``length`` words or so that fits in ``room`` pixels.

        A new text begins where the last one ends.
        """
        told, language = self.sheet.asked, self.sheet.language
        text = self.rest or phrases.untold(told, lambda: phrases.sentence(self.rng, language, length))
        if not self.rest and self.rng.random() < ASIDES:
            text = phrases.with_aside(self.rng, language, text)
        piece = phrases.shorten(text, int(room / self.size / self.step))
        self.rest = text[len(piece) :].lstrip()
        if self.rest[:1] and self.rest[0] in NEVER_FIRST:
            piece, self.rest = piece + self.rest[0], self.rest[1:].lstrip()
        return piece

    def write(self, text: str, x: float, y: float, size: float | None = None, *, over: bool = False) -> float:
        """Write ``text`` from ``x`` on, standing on ``y``, where there is room; returns where it ends.

        With ``over`` it is written whatever stands there already.
        """
        size, dense = (
            (size or self.size) * float(np.exp(self.rng.normal(0, 0.02))),
            2 * sum(map(is_eastern, text)) > len(text),
        )
        size = max(size, CLEAREST) if any(map(is_eastern, text)) else size
        pen = self.layer.pen.name
        turn = self.mood.turn(self.rng, self.hand, pen, self.reach(text), (y, size))
        wanted = size * turn.size
        text, room = self._within_paper(text, x, wanted)
        foreseen, size = self.reach(text) * size, wanted
        if not text.strip():
            return x
        closest = CLOSER_EASTERN if dense else CLOSER
        share = float(np.clip(min(room, self.until - x) / max(foreseen, 1e-6), closest, 1))
        pen_px = min(turn.line * self.pen_px, BROADEST[self.eastern] * size * share)
        coverage, baseline = write_line(self.rng, turn.hand, text, size, pen_px, turn.narrows, share)
        end = x + coverage.shape[1] - 2 * size
        if share == 1 and foreseen > FORESEEN * size:
            self.mood.learn(foreseen, end - x)
        edge = min(self.sheet.width - 0.5 * size, max(self.until, x + SQUEEZED[dense] * (end - x)))
        if end > edge:  # letters got wider than was foreseen
            end = edge
            coverage = cv2.resize(coverage, (int(edge - x + 2 * size), coverage.shape[0]))
        # the last letter may lean over here
        if not (over or self.over) and self.crowded(x + 0.15 * size, y - 0.7 * size, end, y):
            return x
        stamp(self.canvas, cv2.convertScaleAbs(coverage, alpha=turn.level), int(x - size), int(y - baseline))
        return end

    def write_around(self, sign: str, x: float, y: float, size: float) -> None:
        """Write a sign with the middle of its ink on ``(x, y)``."""
        turn = self.mood.turn(
            self.rng, self.hand._replace(climb=0.0, stretch=1.0), self.layer.pen.name, 1.0, (y, size)
        )
        pen_px = min(turn.line * self.pen_px, BROADEST[self.eastern] * size)
        coverage = write_line(self.rng, turn.hand, sign, size, pen_px).coverage
        if not coverage.any():
            return
        (left, right), (top, bottom) = (np.flatnonzero(coverage.any(side))[[0, -1]] for side in (0, 1))
        corner = round(x - 0.5 * (left + right)), round(y - 0.5 * (top + bottom))
        stamp(self.canvas, cv2.convertScaleAbs(coverage, alpha=turn.level), *corner)

    def _within_paper(self, text: str, x: float, size: float) -> tuple[str, float]:
        """What of the text can be squeezed in between ``x`` and the paper's edge, and the room there."""
        room = self.sheet.width - 0.6 * size - x
        if 1.3 * len(text) * size < room:  # no hand writes so wide
            return text, room
        share = room / max(1e-6, self.reach(text) * size)
        if share < CLOSER:
            text = phrases.shorten(text, int(len(text) * share / CLOSER)) if share > 0 else ""
        return text, room

    def write_in_squares(self, text: str, x: float, y: float, square: float) -> float:
        """Write a figure, sign or character in each of the squares from ``x`` on; returns where it ends."""
        apart = replace(self, hand=self.hand._replace(flows=0.0))
        for sign in text.replace(" ", ""):
            middle = x + (0.5 + float(self.rng.normal(0, 0.05))) * square
            tall = LOWER * self.size if sign in BRACKETS else self.size
            apart.write(sign, middle - 0.5 * self.reach(sign) * tall, y, tall, over=True)
            x += square
        return x

    def printed(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether print is there, or the paper ends: who has room elsewhere does not write there."""
        sheet = self.sheet
        box = (int(left), int(top), int(np.ceil(right)), int(np.ceil(bottom)))
        if box[0] < 0 or box[1] < 0 or box[2] > sheet.width or box[3] > sheet.height:
            return True
        part = np.asarray(sheet.image.crop(box).convert("L"))
        return bool(part.size) and float((part < DARK).mean()) > PRINTED

    def crowded(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether the own writing is there already, so that nobody would write there again."""
        there = self.canvas[max(0, int(top)) : max(0, int(bottom)), max(0, int(left)) : max(0, int(right))]
        return bool(there.size) and float(there.mean()) > 255 * CROWDED
