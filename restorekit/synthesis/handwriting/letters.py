"""Letters, figures and signs as pen strokes, each writer forming them in a way of their own.

A stroke is a row of points, a point two digits: the column (0 to 9) and the row (0 at the top of capitals,
5 at the top of small letters, a on the line, e at the end of descenders). Ten rows make an em.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import numpy as np

from restorekit.synthesis.handwriting import allographs, cyrillic, greek
from restorekit.synthesis.textures import Rng

STROKES = {
    "a": "56 35 15 07 09 2a 49 56 55 57 59 6a",
    "b": "00 05 0a 07 25 46 48 3a 1a 09",
    "c": "46 25 07 09 2a 49",
    "d": "46 25 07 09 2a 48 50 55 59 6a",
    "e": "07 37 47 46 35 15 06 08 19 2a 3a 4a",
    "f": "53 41 30 20 12 15 1a|05 45",
    "g": "46 25 07 19 39 47 45 4a 4c 3e 1d 0c",
    "h": "00 05 0a 07 25 46 4a",
    "i": "15 19 2a|11 12",
    "j": "25 2c 1e 0d|21 22",
    "k": "00 0a|45 08 4a",
    "l": "10 15 19 2a",
    "m": "05 0a 07 25 36 3a 37 55 66 6a",
    "n": "05 0a 07 25 46 4a",
    "o": "35 15 07 09 2a 49 47 35",
    "p": "05 0e 07 25 46 48 2a 09",
    "q": "46 25 07 09 2a 48 45 4e",
    "r": "05 0a 07 16 25 45",
    "s": "55 35 15 06 17 37 48 49 3a 1a 09",
    "t": "12 16 19 2a 39|05 35",
    "u": "05 08 1a 3a 48 45 4a",
    "v": "05 2a 45",
    "w": "05 1a 36 5a 65",
    "x": "05 4a|45 0a",
    "y": "05 28|45 28 1c 0e",
    "z": "05 45 0a 4a",
    "A": "0a 30 6a|17 57",
    "B": "00 0a|00 30 42 34 05|25 56 58 3a 0a",
    "C": "52 30 11 04 08 2a 4a 58",
    "D": "00 0a|00 30 53 57 3a 0a",
    "E": "40 00 0a 4a|05 35",
    "F": "40 00 0a|05 35",
    "G": "52 30 11 04 08 2a 4a 56 36",
    "H": "00 0a|50 5a|05 55",
    "I": "10 1a",
    "J": "40 47 3a 1a 08",
    "K": "00 0a|50 05 5a",
    "L": "00 0a 4a",
    "M": "0a 00 37 60 6a",
    "N": "0a 00 5a 50",
    "O": "30 11 04 07 2a 4a 67 64 51 30",
    "P": "00 0a|00 30 52 44 25 05",
    "Q": "30 11 04 07 2a 4a 67 64 51 30|47 6b",
    "R": "00 0a|00 30 52 44 25 05|25 5a",
    "S": "52 30 11 03 25 46 58 3a 1a 08",
    "T": "00 60|30 3a",
    "U": "00 07 1a 4a 57 50",
    "V": "00 3a 60",
    "W": "00 2a 43 6a 80",
    "X": "00 5a|50 0a",
    "Y": "00 35 60|35 3a",
    "Z": "00 50 50 0a 0a 5a",
    "0": "30 11 04 07 2a 49 56 53 41 30",
    "1": "22 30 3a",
    "2": "12 20 40 52 44 0a 5a",
    "3": "11 30 42 34 25 46 58 3a 09",
    "4": "40 07 67|44 4b",
    "5": "50 10 04 34 56 58 3a 0a",
    "6": "40 12 06 09 2a 49 47 35 07",
    "7": "00 50 2a",
    "8": "41 20 12 35 58 3a 1a 08 25 43 41",
    "9": "43 30 12 14 35 52 43 47 3a",
    "+": "23 28|05 46",
    "-": "06 46",
    "=": "04 44|07 57",
    "×": "03 48|43 09",
    "÷": "06 46|23 24|28 29",
    "<": "43 06 49",
    ">": "03 46 09",
    "°": "00 11 02 00",
    "/": "50 0b",
    ".": "0a 0a",
    ",": "1a 0c",
    "?": "01 20 42 25 27|2a 2a",
    "!": "00 07|0a 0a",
    "%": "50 0a|10 02 22 10|48 3a 5a 48",
    ":": "06 06|0a 0a",
    "·": "06 06",
    "'": "10 02",
    ";": "16 16|1a 0c",
    "¿": "33 33|36 38 2a 0b 1d 3e 4d",
    "¡": "13 13|16 1d",
    "«": "25 07 29|55 37 59",
    "»": "05 27 09|35 57 39",
    "ß": "0d 03 11 30 42 34 24 46 48 3a 1a",
    "œ": "35 15 07 09 2a 49 47 35|47 77 86 75 55 46 48 5a 7a 89",
    "Œ": "30 11 04 07 2a 4a 56 54 41 30|80 50 5a 8a|55 75",
    "æ": "16 35 46 4a|47 17 08 1a 49|47 77 86 75 55 46 48 5a 7a 89",
}
for _more in (cyrillic, greek):
    STROKES |= _more.STROKES | {one: STROKES[latin] for one, latin in _more.ALIKE.items()}
ACCENTS = {
    "\u0300": "01 23",
    "\u0301": "41 23",
    "\u0302": "03 21 43",
    "\u0303": "03 12 32 41",
    "\u0306": "01 13 33 41",
    "\u0308": "02 03|42 43",
    "\u030a": "21 12 23 32 21",
    "\u030c": "01 23 41",
    "\u0327": "20 11 32 23 13",
}
"""Accents, in the same digits: their middle, the column 2, is that of the letter, and their row 4 its top;
of a cedilla the row 0 is the line."""
CEDILLA = "\u0327"
OTHERWISE: dict[str, tuple[str, ...]] = allographs.OTHERWISE | {
    letter: (form,) for letter, form in cyrillic.OTHERWISE.items()
}
"""How others form these: as many writers have each of the forms, each letter in one of the writer's own."""
SECOND, SELDOM = 0.4, 5
"""The share of a writer's letters that have a second form beside the usual one, and the first of the forms in
which they are written so."""
FIGURE = 9.5
"""How many columns of figures make an em: they are rounder than letters, half as wide as high or more."""
LOW, DEEP = (0.8, 1.12), (0.95, 1.4)
"""How high the small letters are, and how long what hangs below the line, by the usual."""
STYLE = 0.4
"""How far a writer's letters stray from these, in tenths of an em."""
TOGETHER = 0.65
"""How much neighbouring points of a stroke stray together: a correlation."""
FORMS = 0.7
"""How far a writer's other forms of a letter stray from the usual one, by how far writers differ."""
SIGN = 0.2
"""The same of signs: all of a plus sign is two strokes that cross."""
ASTRAY = 0.2
"""The same of accents."""
SUMS = frozenset("+×÷=<>·")
"""Signs that no hand writes as type has them: an equals sign is two strokes, unlike and hardly level."""


@lru_cache(maxsize=4096)
def letter(character: str, style: int, form: int = 0) -> tuple[tuple[np.ndarray, ...], float]:
    """A letter as writer number ``style`` forms it, in one of some forms, with its accents.

    Returns:
        Its strokes, float64 ``(points, 2)`` in ems with y down and 0 on the line, and its advance in ems;
        no strokes and 0 for what cannot be written.
    """
    base, *accents = list(unicodedata.normalize("NFD", character))
    if base not in STROKES or not ACCENTS.keys() >= set(accents):
        return (), 0.0
    rng = np.random.default_rng((style, ord(base)))
    again = np.random.default_rng((style, ord(base), form))
    strokes = []
    for stroke in _chosen(base, style, form).split("|"):
        points = np.array([[int(at[0]), int(at[1], 16) - 10] for at in stroke.split()], np.float64)
        astray = STYLE if base.isalnum() else SIGN
        points += _adrift(rng, points.shape, astray)
        if form:
            points += _adrift(again, points.shape, FORMS * astray)
        strokes.append(_proportioned(points, style, base) / (FIGURE if base.isdecimal() else 12, 10))
    left = max(0.0, float(min(stroke[:, 0].min() for stroke in strokes)))
    strokes = [stroke - (left, 0) for stroke in strokes]
    advance = float(max(stroke[:, 0].max() for stroke in strokes)) + 0.16
    if accents and base in "ij":
        del strokes[1:]  # the dot
    for accent in accents:
        strokes += _accent(again, accent, strokes[0], capital=base.isupper())
    return tuple(strokes), advance


def _adrift(rng: Rng, shape: tuple[int, ...], spread: float) -> np.ndarray:
    """How far the points of a stroke are elsewhere: neighbours go together, or curves would have kinks."""
    off = rng.normal(0, spread, shape)
    for place in range(1, len(off)):
        off[place] = TOGETHER * off[place - 1] + np.sqrt(1 - TOGETHER**2) * off[place]
    return off


def _chosen(base: str, style: int, form: int) -> str:
    """The strokes of a letter: those that a writer mostly draws, or a second form's."""
    known = (STROKES[base], *OTHERWISE.get(base, ()))
    first, second = np.random.default_rng((style, ord(base), 7)).random(2)
    usual = int(first * len(known))
    if form >= SELDOM and second < SECOND:
        usual += 1 + int(second / SECOND * (len(known) - 1))
    return known[usual % len(known)]


@lru_cache(maxsize=256)
def zones(style: int) -> tuple[float, float]:
    """How high a writer's small letters are, and how long what hangs below the line, by the usual."""
    low, deep = np.random.default_rng((style, 3)).uniform(*np.transpose((LOW, DEEP)))
    return float(low), float(deep)


def _proportioned(points: np.ndarray, style: int, base: str) -> np.ndarray:
    """Points of a letter, tenths of an em, in the proportions of a writer: of small letters and tails."""
    if not base.islower():
        return points
    low, deep = zones(style)
    return np.column_stack([points[:, 0], zoned(points[:, 1], 5.0, low, (10 - 5 * low) / 5, deep)])


def zoned(y: np.ndarray, small: float, low: float, tall: float, deep: float) -> np.ndarray:
    """Heights below 0, where small letters are ``small`` high: by how much more each part of them reaches.

    Args:
        y: heights, y down and 0 on the line.
        small: how high the small letters are.
        low: how much higher they get.
        tall: how much higher what stands out above them gets.
        deep: how much longer what hangs below the line gets.
    """
    return np.where(y < -small, -small * low + (y + small) * tall, np.where(y < 0, y * low, y * deep))


def _accent(rng: np.random.Generator, accent: str, below: np.ndarray, *, capital: bool) -> list[np.ndarray]:
    """The strokes of an accent on a letter whose first stroke is ``below``, in ems."""
    low = 0 if accent == CEDILLA else (-14 if capital else -9)
    middle = 0.5 * (below[:, 0].min() + below[:, 0].max())
    strokes = []
    for stroke in ACCENTS[accent].split("|"):
        points = np.array([[int(one[0]) - 2, int(one[1])] for one in stroke.split()], np.float64)
        points = (points + rng.normal(0, ASTRAY, points.shape)) / (12, 10) + (middle, low / 10)
        strokes.append(points)
    return strokes
