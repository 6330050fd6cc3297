"""What is noted on a topic is of that topic."""

import re

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts import notes_on
from restorekit.synthesis.texts.grammar import facts_of, rules

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_on_science_and_mathematics_say_facts_of_these(language):
    for topic in ("mathematics_2", "science_2"):
        answers = {fact.split(" = ")[1].split("; ")[0] for fact in facts_of(language, topic)}
        for seed in range(10):
            term, text = notes_on.definition(generator(seed, 90), language, topic)
            assert term in answers and term.lower() in text.lower() and "{" not in text
            said = notes_on.sentence(generator(seed, 90), language, topic)
            assert said == text or re.sub(r" ?\([^()]*\)", "", said, count=1) == text or "(" in text
            assert notes_on.title(generator(seed, 91), language, topic)
            assert notes_on.word(generator(seed, 92), language, topic)
            paragraph = notes_on.paragraph(generator(seed, 93), language, topic)
            assert paragraph and "____" not in paragraph


def test_chapters_of_mathematics_are_headings_of_its_notes():
    chapters = {
        text for symbol, texts in rules("en").items() if symbol.startswith("chapter_") for text in texts
    }
    assert {notes_on.title(generator(seed, 94), "en", "mathematics_2") for seed in range(20)} <= chapters
