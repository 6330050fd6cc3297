"""What a school's paper is about: a subject and a level, and how its options are counted.

A topic is ``mathematics_1``, ``science_2`` and so on: 1 for the first four years of school, 2 for later ones.
It may have a field, as ``science_2_forces`` has: a chapter of its book, or of language what texts are about.
"" is a paper of everything, such as a quiz or a pupil's copies of several sheets.
"""

from __future__ import annotations

from restorekit.synthesis.texts.grammar import CHAPTERS, THEMES, part_of
from restorekit.synthesis.textures import Rng


def fits(topic: str, where: str) -> bool:
    """Whether what belongs to the topics or subjects ``where``, parted by spaces, may stand on a paper.

    What belongs nowhere in particular ("") may stand anywhere, and anything on a paper of everything; what
    belongs to a field may stand on a paper of the whole topic, but not on one of another field.
    """
    places = [f"{one}_" for one in where.split()]
    return not topic or not where or any(_within(f"{topic}_", one) for one in places)


def _within(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def subject(topic: str) -> str:
    """The subject of a topic."""
    return topic.partition("_")[0]


def level(topic: str) -> str:
    """The level of a topic."""
    return part_of(topic)[0].partition("_")[2]


def narrowed(rng: Rng, topic: str) -> str:
    """A field of a topic that somebody notes something on or writes about, or the topic where it has none."""
    whole = part_of(topic)[0]
    fields = THEMES if whole == "language_2" else FIELDS.get(whole, ())
    return f"{whole}_{fields[int(rng.integers(0, len(fields)))]}" if fields else topic


def letters(language: str) -> str:
    """The seven letters that parts are counted by, of the language's own alphabet."""
    return LETTERS.get(language, "ABCDEFG")


def option_row(letter: str) -> str:
    """The four letters before answers to choose from of which ``letter`` is one, or "" where it is none."""
    rows = (letters(language)[:4] for language in ("", *LETTERS))
    return next((row for row in rows if len(letter) == 1 and letter in row), "")


LETTERS = {"el": "ΑΒΓΔΕΖΗ", "ru": "АБВГДЕЖ", "ja": "アイウエオカキ"}
"""How alphabets begin that are not Latin."""
BRACKETED = ("el", "ru")
"""Where a bracket stands behind such letters."""
FIELDS = {"science_2": CHAPTERS["science_2"], "mathematics_2": ("figures", "numbers")}
"""The fields of notes on a topic."""
