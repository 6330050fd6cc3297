"""Sentences, questions and sums to print or to write: made of word lists and a little grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import numpy as np

from restorekit.synthesis.assets import common_characters, labels, words
from restorekit.synthesis.texts.calculations import formula, miscounted, number, slipped
from restorekit.synthesis.texts.grammar import SENTENCE, expand, passages, rules, theme_of
from restorekit.synthesis.texts.misspellings import misspelt
from restorekit.synthesis.texts.topics import option_row
from restorekit.synthesis.textures import Rng

Said = TypeVar("Said", str, tuple[str, str])
TRIES = 8
"""So many texts are drawn to find one that a page does not have yet."""
SPACED = ("en", "ru", "el", "es", "fr", "de", "ko")
GRAMMATICAL = 0.995
"""The share of sentences that a grammar makes; the rest are words in a row, which brings in words and
characters that no grammar has."""
TOLD, TOLD_EACH = 0.995, 0.12
"""The chance that a passage comes next, which makes sense to a reader, and how much of it each passage of a
language brings: a few are soon told twice."""
NUMBER = re.compile(r"(?<![\w.,])(?!\d+(?:\. |[．、]))\d+(?:[.,:/]\d+)*%?(?![\w/])")
"""A number to work with, which is not that of a question ("12. ")."""
QUOTED = re.compile(r"“[^”]+”|«[^»]+»|„[^“]+“")
STOP = re.compile(r"(?<!\d)[,.;，。；]")
EASTERN = ("zh", "ja", "ko")
"""Where dates are written from the year on."""
CLASSES = {"zh": "{0}({1})", "ja": "{0}-{1}", "ko": "{0}-{1}"}
"""How a class is written: its year, its number or letter; in other languages as in English."""
ROLLS = {"ja": 39, "ko": 28}
"""Where a pupil's number is that on the roll of the class, and what it is below."""
SCHOOL_MONTHS = "1 2 3 4 5 6 9 10 11 12"
"""The months in which pupils write, where none are given."""
MIDDLE_SCHOOL = 7
"""The first year that is not of a primary school's."""
STRETCH = re.compile(r"[^\s，。、？！：；.,;:!?()（）_“”«»„][^，。、？！：；.,;:!?()（）_“”«»„]*")
"""What stands between two punctuation marks or blanks."""


def sentence(rng: Rng, language: str, length: int | None = None, topic: str = "") -> str:
    """A sentence of about ``length`` words (or two-character steps, in Chinese and Japanese) on a topic."""
    count = int(length or rng.integers(5, 16))
    if rng.random() < GRAMMATICAL:
        return _grammatical(rng, language, length or 1, topic)
    if language == "zh":
        return _chinese(rng, count)
    chosen = [str(word) for word in rng.choice(words(language), count)]
    for place in range(count):
        if rng.random() < 0.04:
            chosen[place] = number(rng)
        elif 0 < place < count - 1 and rng.random() < 0.08:
            chosen[place] += ","
        elif rng.random() < 0.03:
            chosen[place] = f"({chosen[place]})"
    if language == "ja":
        return "".join(chosen) + "。"
    text = " ".join(chosen)
    end = (";" if language == "el" else "?") if rng.random() < 0.2 else "."
    return text[:1].upper() + text[1:] + ("" if text.endswith(end) else end)


def _grammatical(rng: Rng, language: str, length: int, topic: str) -> str:
    """Sentences of a grammar, as many as make ``length`` words or two-character steps."""
    sentences = _sentences(rng, language, topic)
    text = next(sentences)
    joint = " " if language in SPACED else ""
    while (len(text.split()) if joint else len(text) // 2) < length:
        text += joint + next(sentences)
    return text


def _sentences(rng: Rng, language: str, topic: str) -> Iterator[str]:
    """Sentences without end: a passage from some sentence of it on, or one of a grammar, and again."""
    texts = passages(language, topic)
    while True:
        if rng.random() < min(TOLD, TOLD_EACH * len(texts)):
            text = texts[int(rng.integers(0, len(texts)))]
            yield from text[int(rng.integers(0, len(text))) :]
        else:
            yield expand(rng, language, "sentence")


def _chinese(rng: Rng, count: int) -> str:
    characters = common_characters()
    vocabulary = words("zh")
    parts: list[str] = []
    since = 0
    for _ in range(count):
        if rng.random() < 0.6:
            parts.append(str(rng.choice(vocabulary)))
        else:
            parts.append("".join(characters[int(i)] for i in rng.integers(0, len(characters), 2)))
        since += 1
        if rng.random() < 0.06:
            parts.append(number(rng))
        if since > 3 and rng.random() < 0.3:
            parts.append("，" if rng.random() < 0.8 else "、")
            since = 0
    text = "".join(parts).rstrip("，、")
    return text + ("？" if rng.random() < 0.2 else "。")


def phrase(rng: Rng, language: str, count: int | None = None) -> str:
    """A few words without a full stop, such as an answer option: about ``count`` of them."""
    count = int(count or rng.integers(1, 4))
    if count > 1 and rng.random() < GRAMMATICAL:
        return expand(rng, language, "phrase")
    chosen = [str(word) for word in rng.choice(words(language), count)]
    return (" " if language in SPACED else "").join(chosen)


def title_symbol(topic: str) -> str:
    """The grammar's symbol for what stands above texts on a topic: its theme's titles where it has one."""
    return f"title_{theme_of(topic)}" if theme_of(topic) else "title"


def headline(rng: Rng, language: str, symbol: str = "title") -> str:
    """What stands above a text, or above what the grammar's ``symbol`` names."""
    if symbol != "title" or rng.random() < GRAMMATICAL:
        return expand(rng, language, symbol)
    return phrase(rng, language, int(rng.integers(1, 5)))


def key_places(text: str) -> list[tuple[int, int]]:
    """From where to where the numbers and quoted words of a line reach, on which its question may hang."""
    return [found.span() for pattern in (NUMBER, QUOTED) for found in pattern.finditer(text)]


def whole_phrases(text: str, language: str) -> list[tuple[int, int]]:
    """From where to where the phrases of a line reach: whole between punctuation, of two words or more."""
    spans = [(found.start(), found.start() + len(found[0].rstrip())) for found in STRETCH.finditer(text)]
    if language in SPACED:
        return [(start, stop) for start, stop in spans if " " in text[start:stop]]
    return [(start, stop) for start, stop in spans if stop - start > 2]


def remark(rng: Rng, language: str) -> str:
    """What a teacher writes beside an answer."""
    return expand(rng, language, "remark")


def entry(rng: Rng, language: str, kind: str, given: Mapping[str, str] | None = None) -> str:
    """What somebody writes into a field of a form.

    Args:
        rng: source of chance.
        language: of the form.
        kind: name, class, date, subject, school, number or variant.
        given: the ``school_year`` of a paper, its ``year`` and the ``months`` of its term, or nothing.
    """
    given = given or {}
    if kind == "class":
        grade, group = given.get("school_year") or str(rng.integers(1, 13)), int(rng.integers(0, 4))
        if language in ("ja", "ko") and given.get("school_year"):  # middle schools count anew
            grade = str((int(given["school_year"]) - 1) % 6 + 1)
        return CLASSES.get(language, "{0}{2}").format(grade, group + 1, "abcd"[group])
    if kind == "date":
        months = given.get("months", SCHOOL_MONTHS).split()
        day, month = int(rng.integers(1, 29)), int(months[int(rng.integers(0, len(months)))])
        year = given.get("year") or f"{int(rng.integers(1990, 2030))}"
        year = year if rng.random() < 0.4 else ""
        mark = str(rng.choice([".", "/", "-"]))
        parts = (f"{day}", f"{month}", year) if language not in EASTERN else (year, f"{month}", f"{day}")
        return mark.join(filter(None, parts))
    if kind == "variant":  # of a test that is given out in several
        return str(int(rng.integers(1, 5)))
    if kind == "number" and language in ROLLS:
        return str(int(rng.integers(1, ROLLS[language])))
    if kind == "number":
        return "".join(str(digit) for digit in rng.integers(0, 10, 6))
    named = f"School_{1 if int(given.get('school_year', 1)) < MIDDLE_SCHOOL else 2}"
    if kind == "school" and given.get("school_year") and named in rules(language):
        return expand(rng, language, named)
    symbol = {"name": "Name", "subject": "Subject", "school": "School"}.get(kind, "")
    if symbol in rules(language):
        return expand(rng, language, symbol)
    return phrase(rng, language, 1)


def with_aside(rng: Rng, language: str, text: str) -> str:
    """The text with something in brackets in it, before a stop; as it is where there is none."""
    spaced = language in SPACED
    places = [found.start() for found in STOP.finditer(text) if found.start() > 2]
    if not places:
        return text
    at = places[int(rng.integers(0, len(places)))]
    return f"{text[:at]}{' ' * spaced}({expand(rng, language, 'aside')}){text[at:]}"


def as_points(text: str) -> str:
    """An answer of some sentences with a number in brackets before each, as (1) and (2); one is left so."""
    points = [one.strip() for one in SENTENCE.findall(text)]
    return "".join(f"({place}){one} " for place, one in enumerate(points, 1)) if len(points) > 1 else text


def label(rng: Rng, language: str) -> str:
    """What stands before a field at the top of a paper."""
    return str(rng.choice(list(labels(language))))


def shorten(text: str, count: int) -> str:
    """At most ``count`` characters of ``text``, cut between words where there is more than one.

    A first word that is too long by itself is cut; at least one character is left.
    """
    count = max(1, count)
    if len(text) <= count:
        return text
    kept = text[:count]
    if text[len(kept)] != " " and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip()


def answer(rng: Rng, language: str) -> str:
    """What somebody might write on a line or in a gap."""
    kind = rng.random()
    if kind < 0.25:
        return number(rng)
    if kind < 0.35:
        return formula(rng)
    return phrase(rng, language, int(rng.integers(1, 4)))


def mistake(rng: Rng, language: str, right: str) -> str:
    """An answer that is not ``right``, of its kind: another letter, number or sign, the word misspelt."""
    if row := option_row(right):
        return row[(row.index(right) + int(rng.integers(1, 4))) % 4]
    if right.isdecimal() and right.isascii():
        return str(miscounted(rng, int(right)))
    for signs in ("<=>", "+-×÷"):
        if right and right in signs:
            others = signs.replace(right, "")
            return others[int(rng.integers(0, len(others)))]
    if re.search("[0-9]", right):
        return slipped(rng, right)
    if likely := misspelt(right, language):
        return likely[int(rng.integers(0, len(likely)))]
    other = phrase(rng, language, 1)
    if len(right) == 1:
        other = next((letter for letter in other if letter != right), "?")
    return other if other != right else f"{other} {other}"


def paragraph(rng: Rng, language: str, sentences: int, told: set[str] | None = None, topic: str = "") -> str:
    """Up to so many sentences of a passage on a topic from its first on; or seldom a few of a grammar.

    Of a passage whose sentences ``told`` has none are told again, and what is told is added to it; where
    all are told, there is "" to say.
    """
    joint = " " if language in SPACED else ""
    if told is None and rng.random() >= GRAMMATICAL:
        return joint.join(sentence(rng, language) for _ in range(sentences))
    texts = passages(language, topic)
    known = [text for text in texts if told is None or told.isdisjoint(text)]
    if not known:
        return ""
    if told is None and rng.random() > min(TOLD, TOLD_EACH * len(texts)):
        return joint.join(expand(rng, language, "sentence") for _ in range(sentences))
    text = known[int(rng.integers(0, len(known)))]
    if told is not None:
        told.update(text[:sentences])
    return joint.join(text[:sentences])


def untold(told: set[str], draw: Callable[[], Said]) -> Said:
    """What ``draw`` gives that has no sentence in common with ``told``, as far as it is found soon.

    It is a text, or a term and a text. Its sentences are added to ``told``.
    """
    for _ in range(TRIES):
        said = draw()
        text = said if isinstance(said, str) else said[1]
        sentences = {one.strip() for one in SENTENCE.findall(text)} or {text}
        if told.isdisjoint(sentences):
            break
    told.update(sentences)
    return said


def pick_language(rng: Rng) -> str:
    """The language of a page; Chinese and English make up most."""
    return str(
        rng.choice(
            ["en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko"],
            p=np.array([0.34, 0.38, 0.07, 0.02, 0.04, 0.04, 0.04, 0.04, 0.03]),
        )
    )
