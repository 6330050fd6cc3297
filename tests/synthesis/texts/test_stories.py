"""Problems with several questions on one context."""

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts.grammar import rules
from restorekit.synthesis.texts.stories import story, story_kinds, value


@pytest.mark.parametrize(
    ("term", "result"),
    [("3+4", 7), ("20-3×4", 8), ("2×5+2×3", 16), ("12÷3×5", 20), ("7", 7), ("9-4+2", 7)],
)
def test_products_come_before_sums(term, result):
    assert value(term) == result


@pytest.mark.parametrize("language", ["en", "zh", "ru", "de", "fr", "es"])
def test_every_story_asks_at_least_twice_for_whole_numbers_above_zero(language):
    kinds = story_kinds(language, "")
    assert {"story_mathematics_1", "story_mathematics_2"} <= set(kinds)
    told = set()
    for seed in range(200):
        one = story(generator(seed, 21), language, "")
        assert one is not None and len(one.asked) >= 2
        told.add(one.asked[0][0])
        for question, (term, result) in one.asked:
            assert "{" not in one.context + question
            assert int(result.removeprefix("=")) > 0 and value(term) == int(result[1:])
    texts = [text for kind in kinds for text in rules(language)[kind]]
    assert len(told) >= len(texts)


def test_a_language_without_stories_tells_none():
    assert story(generator(1, 21), "el", "mathematics_1") is None
    assert story(generator(1, 21), "en", "language_1") is None
