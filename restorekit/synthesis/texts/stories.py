"""Problems with a context and several questions on it, each worked out from the same numbers.

In a grammar a ``story_TOPIC`` is ``context = question; term = question; term``, where ``{a}`` to ``{c}`` are
whole numbers, ``{e}`` is larger than the product of the last two, and ``{q}`` that of the first two.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from restorekit.synthesis.texts.grammar import SYMBOL, rules
from restorekit.synthesis.texts.topics import fits
from restorekit.synthesis.textures import Rng

SIGN = re.compile(r"([+\-×÷])")


class Story(NamedTuple):
    """A context, and its questions, each with how the answer is worked out, line by line."""

    context: str
    asked: tuple[tuple[str, tuple[str, ...]], ...]


def story_kinds(language: str, topic: str) -> list[str]:
    """The symbols of the stories that a language has on a topic."""
    return [one for one in rules(language) if one.startswith("story_") and fits(topic, one[len("story_") :])]


def story(rng: Rng, language: str, topic: str) -> Story | None:
    """A story on a topic, or None where the language has none."""
    texts = [text for kind in story_kinds(language, topic) for text in rules(language)[kind]]
    if not texts:
        return None
    a, b, c = int(rng.integers(20, 91)), int(rng.integers(2, 10)), int(rng.integers(2, 10))
    known = {"a": a, "b": b, "c": c, "e": 20 * int(rng.integers(5, 20)), "q": a * b}
    text = texts[int(rng.integers(0, len(texts)))]
    context, *parts = SYMBOL.sub(lambda found: str(known[found[1]]), text).split(" = ")
    asked = (part.split("; ") for part in parts)
    return Story(context, tuple((question, (term, f"={value(term)}")) for question, term in asked))


def value(term: str) -> int:
    """What a term of whole numbers comes to, products and quotients first."""
    total, sign = 0, 1
    product, times = 1, "×"
    for part in [*SIGN.split(term), "+"]:
        if part in "+-":
            total, sign, product, times = total + sign * product, 1 if part == "+" else -1, 1, "×"
        elif part in "×÷":
            times = part
        else:
            product = product * int(part) if times == "×" else product // int(part)
    return total
