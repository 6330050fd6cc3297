"""What a school's paper is about: a subject and a level, and on these its titles and all that it asks.

A topic is ``mathematics_1``, ``science_2`` and so on: 1 for the first four years of school, 2 for later ones.
It may have a field, as ``science_2_forces`` has: a chapter of its book, or of language what texts are about.
"" is a paper of everything, such as a quiz or a pupil's copies of several sheets.
"""

from __future__ import annotations

from collections.abc import Mapping

from restorekit.synthesis.texts.grammar import CHAPTERS, THEMES, expand, facts_of, part_of, rules, theme_of
from restorekit.synthesis.textures import Rng

GRADES = {"1": (1, 5), "2": (7, 11), "language_2": (5, 8), "mathematics_2": (6, 8)}
"""The years of school of a level, or of a topic that ends sooner, the last excluded."""
NAMED_FROM = {"1": 1, "2": 5}
"""The year of school that the first of the grammar's names of years of a level is of."""
EARLY = 2
"""Up to this year of school papers of mathematics ask for sums of numbers up to 100 and for no facts."""


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


def factual(language: str, topic: str) -> bool:
    """Whether a topic has facts to ask for: chapters on sums have none."""
    return bool(facts_of(language, topic))


def narrowed(rng: Rng, topic: str) -> str:
    """A field of a topic that somebody notes something on or writes about, or the topic where it has none."""
    whole = part_of(topic)[0]
    fields = THEMES if whole == "language_2" else FIELDS.get(whole, ())
    return f"{whole}_{fields[int(rng.integers(0, len(fields)))]}" if fields else topic


def on_chapter(topic: str, given: Mapping[str, str]) -> str:
    """The topic of a paper with these particulars: where these are of a chapter that has a field, in that."""
    return f"{topic}_{given['field']}" if given.get("field") else topic


def symbol_for(language: str, symbol: str, topic: str) -> str:
    """The grammar's symbol for ``symbol`` on a topic: its level's or its subject's own where it has one."""
    ways = [f"{symbol}_{way}" for way in (level(topic), subject(topic)) if way]
    return next((way for way in ways if way in rules(language)), symbol)


def particulars(rng: Rng, language: str, topic: str) -> dict[str, str]:
    """What stands in the titles of a paper on a topic: subject, grade, year, unit; of "" nothing.

    A paper on a chapter has that too, and of most subjects its ``field``. Texts on a theme have nothing.
    """
    if not topic or theme_of(topic):
        return {}
    named, years = symbol_for(language, "grade", topic), GRADES.get(topic, GRADES[level(topic)])
    first, school_year = NAMED_FROM[level(topic)], int(rng.integers(*years))
    grades = rules(language).get(named, ())  # the texts stand in the order of the years
    grade = grades[(school_year - first) % len(grades)] if grades else str(school_year)
    given = {
        "subject": expand(rng, language, f"subject_{topic}"),
        "grade": grade,
        "school_year": str(school_year),
        "year": str(int(rng.integers(2008, 2026))),
        "unit": str(int(rng.integers(1, 9))),
    }
    chapters = [
        one
        for one, sums in CHAPTERS.get(topic, {}).items()
        if (one != "tables" or school_year > EARLY)
        and (sums or not one or len(facts_of(language, f"{topic}_{one}")) >= ENOUGH)
    ]
    if chapters and rng.random() < (FIELD_LESSONS if subject(topic) == "science" else LESSONS):
        given["field"] = chapters[int(rng.integers(0, len(chapters)))]
        given["chapter"] = expand(rng, language, f"chapter_{given['field'] or topic}")
    return given


def early_year(topic: str, given: Mapping[str, str]) -> int:
    """The year of school, 1 or 2, of a paper of mathematics for the first of these; else 0."""
    year = int(given.get("school_year", 0)) if subject(topic) == "mathematics" else 0
    return year if year <= EARLY else 0


def letters(language: str) -> str:
    """The seven letters that parts are counted by, of the language's own alphabet."""
    return LETTERS.get(language, "ABCDEFG")


def option_row(letter: str) -> str:
    """The four letters before answers to choose from of which ``letter`` is one, or "" where it is none."""
    rows = (letters(language)[:4] for language in ("", *LETTERS))
    return next((row for row in rows if len(letter) == 1 and letter in row), "")


def title(rng: Rng, language: str, given: dict[str, str]) -> str:
    """The title of a paper."""
    return expand(rng, language, "lesson" if "chapter" in given else "paper", given)


def part_title(language: str, part: int, *, lettered: bool) -> str:
    """What stands above a paper's ``part``, from 1 on: its letter, or what it is for; "" above more.

    Parts have letters or numbers where ``lettered``, as far as the language counts them so.
    """
    named = [text for text in rules(language)["section"] if "{" not in text]
    counted = [text for text in rules(language)["section"] if "{" in text]
    if counted and lettered:
        return counted[0].format(letter=letters(language)[(part - 1) % 7], unit=part)
    return named[part - 1] if part <= len(named) else ""


LETTERS = {"el": "ΑΒΓΔΕΖΗ", "ru": "АБВГДЕЖ", "ja": "アイウエオカキ"}
"""How alphabets begin that are not Latin."""
BRACKETED = ("el", "ru")
"""Where a bracket stands behind such letters."""
ENOUGH = 12
"""So many facts at least fill a paper on a chapter without sums."""
LESSONS, FIELD_LESSONS = 0.35, 0.65
"""The shares of papers on one chapter of a book, where the topic has chapters, and where these are as good as
subjects of their own: forces and cells stand on one page in few years of school."""
FIELDS = {"science_2": tuple(CHAPTERS["science_2"]), "mathematics_2": ("figures", "numbers")}
"""The fields of notes on a topic: those with facts of their own."""
