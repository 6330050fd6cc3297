"""A little grammar for each language: sentences, headlines, remarks, and exercises with their answers.

``assets/words/grammar/LANGUAGE.txt`` has a line for each symbol, ``symbol: text | text``, where ``{symbol}``
stands for another's text, and ``{number}``, ``{few}``, up to 5, and ``{points}``, what a part of a paper is
worth, for numbers. A ``fact_SUBJECT`` or ``fact_TOPIC`` (see ``topics``) is ``text with {gap} = right; wrong;
wrong; wrong``, a ``question_SUBJECT`` is ``text = reply; reply``, where ``{told}`` is some of the text
that is asked about, a ``passage_FIELD`` sentences that belong together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from restorekit.synthesis.assets import FOLDER
from restorekit.synthesis.texts import calculations
from restorekit.synthesis.texts.units import unit_asked
from restorekit.synthesis.textures import Rng

GAP = "{gap}"
TRIES = 8
"""So many texts are drawn for a symbol to find one that is not in the same text already."""
SYMBOL = re.compile(r"\{(\w+)\}")
SENTENCE = re.compile(r"[^.!?。！？]+[.!?。！？]+”?")
SUMS: dict[str, tuple[str, ...]] = {
    "mathematics_1": ("sum", "difference", "product", "quotient", "next"),
    "mathematics_2": ("area", "perimeter", "percent", "solve", "evaluate", "equation"),
    "science_1": ("warming",),
    "science_2": ("speed", "distance", "time", "work", "energy", "voltage", "pressure"),
    "language_1": (),
    "language_2": (),
}
"""What is worked out in each topic."""
CHAPTERS: dict[str, dict[str, tuple[str, ...]]] = {
    "mathematics_1": {"adding": ("sum", "difference"), "tables": ("product", "quotient")},
    "mathematics_2": {
        "rectangles": ("area", "perimeter"),
        "percent": ("percent",),
        "equations": ("solve", "equation"),
        "terms": ("evaluate",),
        "figures": ("area", "perimeter"),
        "numbers": ("percent", "evaluate"),
    },
    "science_2": {"forces": SUMS["science_2"], "matter": (), "life": ()},
    "language_1": {"": ()},
    "language_2": {"": ()},
}
"""The chapters of a topic and what is worked out in each; of language any of the grammar's names."""
THEMES = ("life", "nature", "world")
"""What texts are about: the writer's own days; animals, plants and why things happen; places and the past."""
KINDS = tuple(kind for kinds in SUMS.values() for kind in kinds)
FACTS = 0.45
"""The share of exercises that ask for a word rather than a number."""


class Exercise(NamedTuple):
    """A question and its answers.

    Attributes:
        before: the text, up to the gap where it has one.
        after: the text after the gap; "" where the text has no gap.
        answer: what is right.
        wrong: three answers that are not.
        working: how the answer is worked out, line by line; none for a question of fact. In Chinese the
            unit that is asked for stands in brackets behind the result.
    """

    before: str
    after: str
    answer: str
    wrong: tuple[str, str, str]
    working: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole question, a rule in its gap."""
        return f"{self.before}____{self.after}" if self.after else self.before

    @property
    def kind(self) -> str:
        """What it has in common with questions that differ by a name or a thing; of numbers its text."""
        return self.text if self.working else "; ".join((self.answer, *self.wrong))


@lru_cache(maxsize=16)
def rules(language: str) -> dict[str, tuple[str, ...]]:
    """Each symbol's texts."""
    path = FOLDER / "words" / "grammar" / f"{language}.txt"
    lines = (line.split(": ", 1) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return {symbol: tuple(text.strip() for text in texts.split(" | ")) for symbol, texts in lines}


def part_of(topic: str) -> tuple[str, str]:
    """A topic without its field, and the field, or ""."""
    subject, level, field = (topic.split("_") + ["", ""])[:3]
    return f"{subject}_{level}" if level else subject, field


def theme_of(topic: str) -> str:
    """The one of ``THEMES`` that texts on a topic are about, or "" where they may be about any."""
    whole, field = part_of(topic)
    return field if whole.startswith("language") and field in THEMES else ""


def sums_of(topic: str) -> tuple[str, ...]:
    """What is worked out in a topic or its field; anything where it is ""."""
    whole, field = part_of(topic)
    return CHAPTERS.get(whole, {}).get(field, SUMS.get(whole, KINDS))


@lru_cache(maxsize=64)
def passages(language: str, topic: str = "") -> tuple[tuple[str, ...], ...]:
    """Short texts of the kind that readers and exercise books have, each as its sentences.

    On a topic of language with one of ``THEMES`` for its field these are that theme's, else all.
    """
    themes = (theme_of(topic),) if theme_of(topic) else THEMES
    texts = [text for theme in themes for text in rules(language)[f"passage_{theme}"]]
    return tuple(tuple(sentence.strip() for sentence in SENTENCE.findall(text)) for text in texts)


@lru_cache(maxsize=128)
def facts_of(language: str, topic: str) -> tuple[str, ...]:
    """The facts that a topic or its field asks for, or all where it is ""; chapters of sums have none."""
    known, (whole, field) = rules(language), part_of(topic)
    named = [symbol for symbol in known if symbol.startswith("fact_")]
    if f"fact_{topic}" in known and field:
        named = [f"fact_{topic}"]
    elif sums_of(topic) and field:
        named = []
    elif topic:
        own = (f"fact_{whole}", f"fact_{whole.partition('_')[0]}")
        named = [one for one in named if one in own or one.startswith(f"{own[0]}_")]
    return tuple(fact for symbol in named for fact in known[symbol])


def expand(rng: Rng, language: str, symbol: str, given: Mapping[str, str] | None = None) -> str:
    """One of a symbol's texts, the symbols in it replaced in turn, one that stands there twice by two texts.

    Args:
        rng: source of chance.
        language: of the text.
        symbol: where to begin.
        given: what some symbols stand for.
    """
    return _expand_one(rng, language, rules(language)[symbol], given)


def _expand_one(
    rng: Rng, language: str, texts: tuple[str, ...], given: Mapping[str, str] | None = None
) -> str:
    number = int(rng.integers(2, 40))
    known = {"number": str(number), "few": str(1 + number % 5), "points": str(6 + 2 * (number % 6))}
    known |= given or {}
    said: set[str] = set()

    def replace(found: re.Match[str]) -> str:
        name = found[1]
        if name in known:
            return known[name]
        for _ in range(TRIES):
            text = expand(rng, language, name)
            if text not in said:
                break
        said.add(text)
        return text

    return SYMBOL.sub(replace, texts[int(rng.integers(0, len(texts)))])


def question(rng: Rng, language: str, subjects: Sequence[str], told: str = "") -> tuple[str, str]:
    """What is to be answered in sentences, and an answer.

    Args:
        rng: source of chance.
        language: of both.
        subjects: one of them the question is of.
        told: some of the text that it is about; "" for any text's, or none's.
    """
    texts = rules(language)[f"question_{subjects[int(rng.integers(0, len(subjects)))]}"]
    texts = tuple(text for text in texts if told and "{told}" in text) or texts
    text, _, replies = texts[int(rng.integers(0, len(texts)))].partition(" = ")
    if not told:
        passage = passages(language)[int(rng.integers(0, len(passages(language))))]
        told = passage[int(rng.integers(0, len(passage)))]
    reply = _expand_one(rng, language, tuple(replies.split("; ")), {"told": told})
    return _expand_one(rng, language, (text,)), reply


def exercise(
    rng: Rng, language: str, facts: float = FACTS, topic: str = "", kinds: tuple[str, ...] = ()
) -> Exercise:
    """An exercise in a language.

    Args:
        rng: source of chance.
        language: of the text.
        facts: the chance that it asks for a word rather than a number.
        topic: what it is about, one of ``SUMS``, with a field or without, or "".
        kinds: what may be worked out, of ``KINDS``, where it is not all of the topic's.
    """
    able = [kind for kind in kinds or sums_of(topic) if kind in rules(language)]
    told = facts_of(language, topic)
    if told and rng.random() < facts or not able:
        text, answers = _expand_one(rng, language, told, {"gap": GAP}).split(" = ")
        before, after = text.split(GAP)
        answer, *wrong = answers.split("; ")
        return Exercise(before, after, answer, (wrong[0], wrong[1], wrong[2]))
    kind = able[int(rng.integers(0, len(able)))]
    given, answer_number, working = _numbers(rng, kind)
    near = [answer_number + step for step in (-10, -2, -1, 1, 2, 10) if answer_number + step >= 0]
    first, second, third = (str(int(number)) for number in rng.permutation(near)[:3])
    text = expand(rng, language, kind, given)
    if unit := unit_asked(kind, text):
        working = (*working[:-1], f"{working[-1]}({unit})")
    return Exercise(text, "", str(answer_number), (first, second, third), working)


def _numbers(rng: Rng, kind: str) -> tuple[dict[str, str], int, tuple[str, ...]]:
    """What stands in a sum's text, its answer, and how that is worked out."""
    if kind in ("evaluate", "equation"):
        term, result, steps = (calculations.evaluation if kind == "evaluate" else calculations.linear)(rng)
        return {"term": term}, result, steps
    a, b = int(rng.integers(11, 100)), int(rng.integers(2, 11))
    if kind == "warming":
        a = b + int(rng.integers(4, 24))  # degrees, as at noon in summer
    if kind == "next":
        row = ", ".join(str(a + b * place) for place in range(4))
        return {"row": row}, a + 4 * b, (f"{a + 3 * b}+{b}={a + 4 * b}",)
    if kind == "percent":
        a, b = 20 * int(rng.integers(2, 30)), int(rng.choice([5, 10, 15, 20, 25, 50, 75]))
        result, term = a * b // 100, f"{a}×{b}÷100"
    elif kind in ("quotient", "speed", "time", "pressure"):
        a, result = a * b, a
        term = f"{a}÷{b}"
    elif kind in ("product", "area", "distance", "work", "energy", "voltage"):
        result, term = a * b, f"{a}×{b}"
    elif kind == "perimeter":
        result, term = 2 * (a + b), f"2×({a}+{b})"
    elif kind == "sum":
        result, term = a + b, f"{a}+{b}"
    else:
        result, term = a - b, f"{a}-{b}"
    if kind == "perimeter":
        return {"a": str(a), "b": str(b)}, result, (term, f"=2×{a + b}", f"={result}")
    unknown = "x=" if kind == "solve" else ""
    return {"a": str(a), "b": str(b)}, result, (f"{unknown}{term}", f"{unknown or '='}{result}")
