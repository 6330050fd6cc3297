"""What a school's paper is about: a subject and a level, and on these its titles and all that it asks.

A topic is ``mathematics_1``, ``science_2`` and so on: 1 for the first four years of school, 2 for later ones.
"" is a paper of everything, such as a quiz or a pupil's copies of several sheets.
"""

from __future__ import annotations

from collections.abc import Mapping

from restorekit.synthesis.texts.grammar import expand, rules
from restorekit.synthesis.textures import Rng

GRADES = {"1": (1, 5), "2": (6, 11)}
"""The years of school of a level, the last excluded."""
EARLY = 2
"""Up to this year of school papers of mathematics ask for sums of numbers up to 100 and for no facts."""


def fits(topic: str, where: str) -> bool:
    """Whether what belongs to the topics or subjects ``where``, parted by spaces, may stand on a paper.

    What belongs nowhere in particular ("") may stand anywhere, and anything on a paper of everything.
    """
    return not topic or not where or any(topic.startswith(one) for one in where.split())


def subject(topic: str) -> str:
    """The subject of a topic."""
    return topic.partition("_")[0]


def symbol_for(language: str, symbol: str, topic: str) -> str:
    """The grammar's symbol for ``symbol`` on a topic: its level's or its subject's own where it has one."""
    ways = [f"{symbol}_{way}" for way in (topic[-1:], subject(topic)) if way]
    return next((way for way in ways if way in rules(language)), symbol)


def particulars(rng: Rng, language: str, topic: str) -> dict[str, str]:
    """What stands in the titles of a paper on a topic: subject, grade, year, unit; of "" nothing.

    A paper on a chapter has that too, and in mathematics ``sums``, the name of what it works out.
    """
    if not topic:
        return {}
    named, first = symbol_for(language, "grade", topic), GRADES[topic[-1]][0]
    school_year = int(rng.integers(*GRADES[topic[-1]]))
    grades = rules(language).get(named, ())  # the texts stand in the order of the years
    grade = grades[(school_year - first) % len(grades)] if grades else str(school_year)
    given = {
        "subject": expand(rng, language, f"subject_{topic}"),
        "grade": grade,
        "school_year": str(school_year),
        "year": str(int(rng.integers(2008, 2026))),
        "unit": str(int(rng.integers(1, 9))),
    }
    chapters = [one for one in CHAPTERS.get(topic, ()) if one != "tables" or school_year > EARLY]
    if chapters and rng.random() < LESSONS:
        given["sums"] = chapters[int(rng.integers(0, len(chapters)))]
        given["chapter"] = expand(rng, language, f"chapter_{given['sums'] or topic}")
    return given


def early_year(topic: str, given: Mapping[str, str]) -> int:
    """The year of school, 1 or 2, of a paper of mathematics for the first of these; else 0."""
    year = int(given.get("school_year", 0)) if subject(topic) == "mathematics" else 0
    return year if year <= EARLY else 0


def title(rng: Rng, language: str, given: dict[str, str], part: int) -> str:
    """A headline of a paper: its title where ``part`` is 0, and above its later parts what they are."""
    whole = "lesson" if "chapter" in given else "paper"
    return expand(rng, language, "section" if part else whole, given | {"letter": "ABCDEFG"[(part - 1) % 7]})


LESSONS = 0.35
"""The share of papers on one chapter of a book, where the topic has chapters."""
CHAPTERS: dict[str, dict[str, tuple[str, ...]]] = {
    "mathematics_1": {"adding": ("sum", "difference"), "tables": ("product", "quotient")},
    "mathematics_2": {
        "rectangles": ("area", "perimeter"),
        "percent": ("percent",),
        "equations": ("solve", "equation"),
        "terms": ("evaluate",),
    },
    "language_1": {"": ()},
    "language_2": {"": ()},
}
"""The chapters of a topic and what is worked out in each; of language any of the grammar's names."""
