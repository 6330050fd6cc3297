"""A little grammar for each language: sentences, headlines, remarks, and what is said about figures.

``assets/words/grammar/LANGUAGE.txt`` has a line for each symbol, ``symbol: text | text``, where ``{symbol}``
stands for another's text, and ``{number}`` and ``{few}``, up to 5, for numbers. A ``passage_FIELD`` is
sentences that belong together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from restorekit.synthesis.assets import FOLDER
from restorekit.synthesis.textures import Rng

TRIES = 8
"""So many texts are drawn for a symbol to find one that is not in the same text already."""
SYMBOL = re.compile(r"\{(\w+)\}")
SENTENCE = re.compile(r"[^.!?。！？]+[.!?。！？]+”?")
CHAPTERS: dict[str, tuple[str, ...]] = {
    "mathematics_1": ("adding", "tables"),
    "mathematics_2": ("rectangles", "percent", "equations", "terms", "figures", "numbers"),
    "science_1": (),
    "science_2": ("forces", "matter", "life"),
    "language_1": ("",),
    "language_2": ("",),
}
"""The topics and their chapters; of language any of the grammar's names."""
THEMES = ("life", "nature", "world")
"""What texts are about: the writer's own days; animals, plants and why things happen; places and the past."""


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


@lru_cache(maxsize=64)
def passages(language: str, topic: str = "") -> tuple[tuple[str, ...], ...]:
    """Short texts of the kind that readers and exercise books have, each as its sentences.

    On a topic of language with one of ``THEMES`` for its field these are that theme's, else all.
    """
    themes = (theme_of(topic),) if theme_of(topic) else THEMES
    texts = [text for theme in themes for text in rules(language)[f"passage_{theme}"]]
    return tuple(tuple(sentence.strip() for sentence in SENTENCE.findall(text)) for text in texts)


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
    known = {"number": str(number), "few": str(1 + number % 5)}
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
