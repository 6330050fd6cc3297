"""What stands in notes on a topic (``topics``): of languages texts and their words, of others its facts."""

from __future__ import annotations

from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.grammar import CHAPTERS, exercise, expand, part_of
from restorekit.synthesis.texts.topics import subject
from restorekit.synthesis.textures import Rng

ASIDES = {"language": 0.2, "": 0.3}
"""The share of the texts with something in brackets: in notes on facts more than in prose."""


def _aside(rng: Rng, language: str, topic: str, text: str) -> str:
    share = ASIDES.get(subject(topic), ASIDES[""])
    return phrases.with_aside(rng, language, text) if rng.random() < share else text


def definition(rng: Rng, language: str, topic: str) -> tuple[str, str]:
    """A term, and a sentence that it stands in: a fact of the topic, or of any where that is ""."""
    fact = exercise(rng, language, 1.0, topic)
    text = f"{fact.before}{fact.answer}{fact.after}".strip()
    return fact.answer, text[:1].upper() + text[1:]


def sentence(rng: Rng, language: str, topic: str) -> str:
    """A sentence on the topic."""
    own = subject(topic) not in ("", "language")
    text = definition(rng, language, topic)[1] if own else phrases.sentence(rng, language, topic=topic)
    return _aside(rng, language, topic, text)


def paragraph(rng: Rng, language: str, topic: str) -> str:
    """Some sentences on the topic, none of them twice."""
    count = int(rng.integers(2, 7))
    if subject(topic) in ("", "language"):
        return _aside(rng, language, topic, phrases.paragraph(rng, language, count, None, topic))
    said = dict.fromkeys(sentence(rng, language, topic) for _ in range(min(count, 4)))
    return (" " if language in phrases.SPACED else "").join(said)


def word(rng: Rng, language: str, topic: str) -> str:
    """A word or a few, such as one notes in a margin."""
    if subject(topic) in ("", "language"):
        return expand(rng, language, "thing") if rng.random() < 0.6 else phrases.phrase(rng, language, 3)
    if subject(topic) == "science" and rng.random() < 0.5:
        return expand(rng, language, "substance")
    return definition(rng, language, topic)[0]


def title(rng: Rng, language: str, topic: str) -> str:
    """A heading: its chapter's name, or what a text of its theme is called."""
    whole, field = part_of(topic)
    chapters = [f"chapter_{name}" for name in ((field,) if field else CHAPTERS.get(whole, ())) if name]
    if subject(topic) in ("", "language") or not chapters:
        return phrases.headline(rng, language, phrases.title_symbol(topic))
    text = expand(rng, language, chapters[int(rng.integers(0, len(chapters)))])
    return text[:1].upper() + text[1:]
