"""What papers are about, and what stands above them."""

import re

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts import topics
from restorekit.synthesis.texts.grammar import SUMS, rules

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")


def test_what_belongs_to_a_subject_fits_its_topics_and_papers_of_everything():
    assert topics.fits("mathematics_1", "mathematics")
    assert topics.fits("mathematics_1", "mathematics_1 science")
    assert not topics.fits("mathematics_2", "mathematics_1 science")
    assert topics.fits("", "science") and topics.fits("science_2", "")


def test_a_topics_own_symbol_is_taken_where_the_grammar_has_it():
    assert topics.symbol_for("en", "see_shape", "mathematics_1") == "see_shape_1"
    assert topics.symbol_for("en", "see_shape", "mathematics_2") == "see_shape"
    assert topics.symbol_for("en", "fill", "mathematics_2") == "fill_mathematics"
    assert topics.symbol_for("en", "fill", "") == "fill"


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_name_the_subject_the_unit_or_the_chapter(language):
    for topic in SUMS:
        named = 0
        for seed in range(20):
            given = topics.particulars(generator(seed, 1), language, topic)
            head = topics.title(generator(seed, 2), language, given, 0)
            section = topics.title(generator(seed, 2), language, given, 2)
            assert head and not re.search(r"[{}|]", head + section)
            named += any(given.get(one, "?") in head for one in ("subject", "chapter", "unit"))
            assert given["subject"] in rules(language)[f"subject_{topic}"]
        assert named == 20


def test_a_paper_of_everything_has_no_particulars_and_a_chapters_sums_are_its_topics():
    assert topics.particulars(generator(1, 1), "en", "") == {}
    for topic, chapters in topics.CHAPTERS.items():
        assert all(set(kinds) <= set(SUMS[topic]) for kinds in chapters.values())
