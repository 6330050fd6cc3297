"""Hangul as pen strokes: syllables put together from letters, which each writer forms in a way of their own.

Strokes are noted by points of two digits, the column and the row, from 0 to 9 across the room of a letter.
"""

from __future__ import annotations

import numpy as np

CONSONANTS = {
    "ㄱ": "01 81 76 39",
    "ㄴ": "10 18 98",
    "ㄷ": "11 91|11 18 98",
    "ㄹ": "11 81 85 15 19 99",
    "ㅁ": "11 19|11 91 99|19 99",
    "ㅂ": "10 19|90 99|15 95|19 99",
    "ㅅ": "50 44 09|45 99",
    "ㅇ": "50 20 04 18 49 88 95 71 50",
    "ㅈ": "01 91 45 09|45 99",
    "ㅊ": "40 60|03 93 56 09|56 99",
    "ㅋ": "01 81 76 39|05 75",
    "ㅌ": "11 91|15 85|11 18 98",
    "ㅍ": "01 91|31 38|61 68|09 99",
    "ㅎ": "40 60|12 92|54 25 27 49 78 76 54",
}
FLAT = {"ㄱ": "01 91 88", "ㅋ": "01 91 88|05 95"}
"""Consonants as they are above and below level vowels."""
UPRIGHT = {
    "ㅣ": "50 59",
    "ㅏ": "40 49|45 85",
    "ㅑ": "40 49|43 83|46 86",
    "ㅓ": "15 65|60 69",
    "ㅕ": "13 63|16 66|60 69",
    "ㅐ": "20 29|25 65|70 79",
    "ㅒ": "20 29|23 63|26 66|70 79",
    "ㅔ": "05 35|40 48|80 89",
    "ㅖ": "03 33|06 36|40 48|80 89",
}
"""Vowels that stand on the right of the consonant before them, and those that lie below it."""
LEVEL = {
    "ㅡ": "05 95",
    "ㅗ": "50 56|06 96",
    "ㅛ": "30 36|60 66|06 96",
    "ㅜ": "03 93|53 59",
    "ㅠ": "03 93|33 39|63 69",
}
MIXED = {"ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ"}


def _parted(letters: str) -> tuple[str, ...]:
    return tuple(letters.split())


FIRST = _parted("ㄱ ㄱㄱ ㄴ ㄷ ㄷㄷ ㄹ ㅁ ㅂ ㅂㅂ ㅅ ㅅㅅ ㅇ ㅈ ㅈㅈ ㅊ ㅋ ㅌ ㅍ ㅎ")
MIDDLE = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
LAST = (
    "",
    *_parted(
        "ㄱ ㄱㄱ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ "
        "ㅁ ㅂ ㅂㅅ ㅅ ㅅㅅ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"
    ),
)
"""What syllables are put together from, in the order of Unicode's."""
LETTERS = CONSONANTS | UPRIGHT | LEVEL
ROOMS = {
    "upright": ((0.04, 0.12, 0.56, 0.84), (0.6, 0.0, 1.0, 1.0)),
    "level": ((0.2, 0.04, 0.8, 0.5), (0.0, 0.48, 1.0, 0.96)),
    "mixed": ((0.08, 0.04, 0.54, 0.5), (0.0, 0.5, 0.6, 0.88), (0.64, 0.0, 1.0, 1.0)),
}
"""Where the consonant and the vowels of a syllable stand: left, top, right and bottom, of the square."""
ABOVE, BELOW = 0.6, (0.18, 0.66, 0.86, 1.0)
"""How high these are by that above a last consonant, and where that stands."""
TALL = 0.88
"""How tall and wide syllables are by their square."""
STYLE, PLACED = 0.5, 0.035
"""How far a writer's letters stray from these, in tenths of their box, and their boxes, in the square."""


def syllable(character: str, style: int) -> tuple[np.ndarray, ...]:
    """The strokes of a syllable by writer number ``style``, in the order of writing.

    Returns:
        float64 ``(points, 2)`` each, in the unit square, y down; none for what is no syllable.
    """
    code = ord(character) - ord("가")
    if not 0 <= code < len(FIRST) * len(MIDDLE) * len(LAST):
        return ()
    first, middle, last = FIRST[code // 588], MIDDLE[code // 28 % 21], LAST[code % 28]
    vowels = MIXED.get(middle, middle)
    kind = "mixed" if middle in MIXED else "upright" if middle in UPRIGHT else "level"
    rooms = [
        (left, (ABOVE if last else 1) * top, right, (ABOVE if last else 1) * floor)
        for left, top, right, floor in ROOMS[kind]
    ]
    strokes = _in_room(first, rooms[0], style, flat=kind == "level")
    for vowel, room in zip(vowels, rooms[1:], strict=True):
        strokes += _in_room(vowel, room, style)
    strokes += _in_room(last, BELOW, style, flat=True) if last else []
    return tuple(0.5 + TALL * (stroke - 0.5) for stroke in strokes)


def _in_room(
    letters: str, room: tuple[float, float, float, float], style: int, *, flat: bool = False
) -> list[np.ndarray]:
    """The strokes of a letter, or of two beside each other, in their room."""
    left, top, right, floor = np.array(room) + np.random.default_rng((style, 37)).normal(0, PLACED, 4)
    wide, strokes = (right - left) / len(letters), list[np.ndarray]()
    for place, letter in enumerate(letters):
        rng = np.random.default_rng((style, ord(letter)))
        noted = flat and FLAT.get(letter) or LETTERS[letter]
        for stroke in noted.split("|"):
            points = np.array([[int(at[0]), int(at[1])] for at in stroke.split()], np.float64)
            points += 0.7 * rng.normal(0, STYLE, 2) + 0.7 * rng.normal(0, STYLE, points.shape)
            size = wide * (1 if len(letters) == 1 else 0.85), floor - top
            strokes.append((left + place * wide, top) + points / 9 * size)
    return strokes
