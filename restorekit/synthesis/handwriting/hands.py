"""Writers: where their letters come from, and their habits."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from restorekit.synthesis.assets import (
    HAND_CHINESE,
    HAND_CYRILLIC,
    HAND_GREEK,
    HAND_JAPANESE,
    HAND_KOREAN,
    HAND_WESTERN,
)
from restorekit.synthesis.handwriting.real_ink import Ink, ink_words, one_writer
from restorekit.synthesis.textures import Rng, choose, log_uniform

CARELESS = 0.18
"""The share of the writers who write over print though there is room."""
CLOSE, OVER_SIGN = 0.3, (-0.45, -0.05)
"""The share of the writers who begin an answer right at the equals sign or on it, and from where to where, in
ems; the others leave one to three millimetres. The sign ends at -0.15, and figures begin a fifth of an em
behind where they are set."""

DRAWN = 0.96
"""The share of the writers whose letters are drawn stroke by stroke, as a pen moves from one to the next."""
BY_STROKES = 0.94
"""The share of the writers of Chinese whose characters are drawn from strokes; faces of fonts are few."""

BESIDE = 0.7, 0.86
"""How tall letters and figures are beside Chinese characters, kana and Hangul, by those of others: the small
letters are half as tall as a character then, capitals nearly as tall."""
SITS = (-0.02, 0.08), (-0.05, 0.045)
"""How far below a line writing stands, mean and standard deviation in ems: of letters, with tails there,
and of Chinese characters, kana and Hangul, which are written on it whole."""

USUAL, JOINED = (0.0, 1.0), {"ru": (0.15, 1.0), "zh": (0.1, 1.0), "ko": (0.05, 0.6), "ja": (0.0, 0.45)}
"""How often strokes run together at least and at most; schools in Russia teach letters that are joined, and
quick Chinese characters are written in few strokes."""


class Manner(NamedTuple):
    """A way to write letters, whose habits go together.

    Attributes:
        slant: of the letters, mean and standard deviation.
        aspect: their least and largest width by height.
        quick: how often strokes run together, from the least to the most that is usual in the language.
        spacing: extra room between letters, in ems.
    """

    slant: tuple[float, float]
    aspect: tuple[float, float]
    quick: tuple[float, float]
    spacing: tuple[float, float]


MANNERS = {
    "usual": (Manner((0.06, 0.12), (0.76, 1.1), (0.3, 1.0), (-0.03, 0.09)), 0.36),
    "slanting": (Manner((0.26, 0.08), (0.62, 0.9), (0.3, 1.0), (-0.04, 0.05)), 0.28),
    "narrow": (Manner((0.05, 0.07), (0.6, 0.8), (0.05, 0.7), (-0.04, 0.04)), 0.17),
    "printing": (Manner((0.0, 0.07), (0.9, 1.2), (0.0, 0.06), (0.03, 0.15)), 0.19),
}
"""How letters are written, and by which share of the writers: hands that lean are quick and narrow, those
that print each letter by itself are upright, round and wide. Chinese characters, kana and Hangul are written
in the usual way."""
TOGETHER = (-0.05, 0.03)
"""The extra room between Chinese characters, kana and Hangul, in ems."""
UNREST, WOBBLE = (0.008, 0.036), (0.0018, 0.009)
"""How much letters stray and how unsteady lines are, in ems, of the steadiest and the most unsteady hand."""
REAL = 0.25
"""The share of the pages of Latin letters on bare paper that are written in words of real ink."""


class Hand(NamedTuple):
    """The habits of one writer.

    Attributes:
        western: font file for letters and figures, or "" to draw them from strokes.
        style: which writer, for those who draw letters from strokes.
        eastern: font file for Chinese, kana or Hangul, or "" to draw Chinese from stroke centre lines.
        slant: horizontal shift by height; positive leans right.
        aspect: width by height of the letters.
        wobble: how unsteady the line is, in ems.
        unrest: how much letters stray in size and place, in ems.
        join: how quick the hand is: how often strokes run together and how round they get, in [0, 1].
        taper: how much the pen's pressure changes, so how much strokes thin out at their ends, in [0, 1].
        spacing: extra room between letters, in ems.
        gap: room between words, in ems.
        climb: rise of the line, pixels by pixel.
        stretch: height of the letters by their usual one.
        sit: how far below a line the writing stands, in ems; where it is positive, letters cross the line.
        near: how far from the equals sign an answer is begun, in ems of the print; at -0.2 it touches it.
        ink: words of real ink to write with, whatever the text says; None for the other sources.
        latin: how tall letters and figures are by the size of the writing: lower beside Chinese characters,
            kana and Hangul, so that capitals are hardly as tall as these.
        loose: how little it matters to the writer what room an answer has, in [0, 1]: 1 writes over print.
        rethinks: the share of the answers that stand beside or above one that was struck out.
        changes: how unlike two answers of the hand are, by what is usual.
        tires: how much the hand gives way to haste, in [0, 1].
        rests: where in its room an answer stands that leaves some free, from 0 at the beginning to 1.
        floats: how far below the line of print answers stand, in ems of the print.
        flows: how much Chinese characters stand by their ink rather than by squares of one size, in [0, 1].
        fills: how tall signs are that stand in rings, by the room in these.
    """

    western: str
    style: int
    eastern: str
    slant: float
    aspect: float
    wobble: float
    unrest: float
    join: float
    taper: float
    spacing: float
    gap: float
    climb: float
    stretch: float
    sit: float
    near: float
    ink: Ink | None = None
    latin: float = 1.0
    loose: float = 0.3
    rethinks: float = 0.03
    changes: float = 1.0
    tires: float = 0.5
    rests: float = 0.4
    floats: float = 0.0
    flows: float = 0.0
    fills: float = 0.8


def new_hand(rng: Rng, language: str, ink: str = "", *, prose: bool = False) -> Hand:
    """A writer of ``language``, with habits drawn at random.

    Args:
        rng: source of chance.
        language: of the page.
        ink: a user's folder of ink crops, which every other writer uses; "" for the shipped words of real
            ink.
        prose: whether a page of running text is to be written, as some writers of Latin letters do in the
            shipped words: answers and sums among these would be in another hand.
    """
    share = 0.5 if ink else REAL * (prose and language not in ("zh", "ja", "ko", "ru", "el"))
    real = one_writer(rng, ink_words(ink), own=bool(ink)) if rng.random() < share else None
    eastern = language in ("zh", "ja", "ko")
    western = {"ru": HAND_CYRILLIC, "el": HAND_GREEK}.get(language, HAND_WESTERN)
    by_strokes = language != "ja" and rng.random() < BY_STROKES
    drawn = rng.random() < DRAWN or language == "zh" and by_strokes  # one hand, whatever the script
    manner = MANNERS[
        "usual" if eastern else choose(rng, {one: share for one, (_, share) in MANNERS.items()})
    ][0]
    least, most = JOINED.get(language, USUAL)
    return Hand(
        western="" if drawn else f"hand/{western[int(rng.integers(0, len(western)))]}.ttf",
        style=int(rng.integers(0, 1_000_000)),
        eastern="" if by_strokes else f"hand/{_eastern_face(rng, language)}.ttf",
        slant=float(rng.normal(*manner.slant)),
        aspect=float(rng.uniform(*manner.aspect)),
        wobble=log_uniform(rng, *WOBBLE),
        unrest=log_uniform(rng, *UNREST),
        join=float(least + (most - least) * rng.uniform(*manner.quick)),
        taper=float(rng.uniform(0.2, 1.0)),
        spacing=float(rng.uniform(*(TOGETHER if eastern else manner.spacing))),
        gap=float(np.clip(0.5 * np.exp(rng.normal(0, 0.28)), 0.36, 1.0)),
        climb=float(rng.normal(0, 0.012)),
        stretch=1.0 if eastern else float(np.clip(np.exp(rng.normal(0.02, 0.08)), 0.88, 1.18)),
        sit=float(np.clip(rng.normal(*SITS[eastern]), -0.12, 0.22)),
        near=float(rng.uniform(*OVER_SIGN) if rng.random() < CLOSE else rng.uniform(-0.12, 0.5)),
        changes=float(rng.uniform(0.3, 1.3)),
        tires=float(rng.uniform(0, 1)),
        rests=float(np.clip(rng.normal(0.4, 0.14), 0.1, 0.75)),
        floats=float(rng.normal(0.03, 0.06)),
        flows=float(rng.uniform(0.6, 1.0)),
        fills=float(rng.uniform(0.7, 1.35)),
        ink=real,
        latin=float(rng.uniform(*BESIDE)) if eastern else 1.0,
    )


def _eastern_face(rng: Rng, language: str) -> str:
    faces = {"ja": HAND_JAPANESE, "ko": HAND_KOREAN}.get(language)
    return faces[int(rng.integers(0, len(faces)))] if faces else choose(rng, HAND_CHINESE)


def at_work(rng: Rng, hand: Hand) -> Hand:
    """The same hand as it fills in a sheet: with more or less care, and sure of itself or not."""
    rethinks = float(rng.choice([0.012, 0.035, 0.08], p=[0.5, 0.36, 0.14]))
    loose = rng.uniform(0.7, 1.0) if rng.random() < CARELESS else rng.uniform(0, 0.25)
    return hand._replace(loose=float(loose), rethinks=rethinks)
