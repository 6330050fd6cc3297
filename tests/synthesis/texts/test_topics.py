"""What papers are about, and what stands above them."""

import re

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.papers import share_of_facts
from restorekit.synthesis.printing.questions import ask
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts import topics
from restorekit.synthesis.texts.grammar import CHAPTERS, SUMS, rules

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")


def test_what_belongs_to_a_subject_fits_its_topics_and_papers_of_everything():
    assert topics.fits("mathematics_1", "mathematics")
    assert topics.fits("mathematics_1", "mathematics_1 science")
    assert not topics.fits("mathematics_2", "mathematics_1 science")
    assert topics.fits("", "science") and topics.fits("science_2", "")


def test_what_belongs_to_a_field_stands_on_papers_of_that_and_of_the_whole_topic_but_of_no_other():
    assert topics.fits("mathematics_2", "mathematics_2_figures")
    assert topics.fits("mathematics_2_figures", "mathematics_2")
    assert not topics.fits("mathematics_2_percent", "mathematics_2_figures")
    assert topics.on_chapter("science_2", {"field": "life"}) == "science_2_life"
    assert topics.on_chapter("language_2", {"field": ""}) == "language_2"
    assert {topics.narrowed(generator(seed, 1), "science_2") for seed in range(30)} == {
        f"science_2_{field}" for field in ("forces", "matter", "life")
    }
    assert topics.narrowed(generator(1, 1), "mathematics_1") == "mathematics_1"


def test_a_topics_own_symbol_is_taken_where_the_grammar_has_it():
    assert topics.symbol_for("zh", "grade", "mathematics_1") == "grade_1"
    assert topics.symbol_for("en", "fill", "mathematics_2") == "fill_mathematics"
    assert topics.symbol_for("en", "fill", "") == "fill"


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_name_the_subject_the_unit_or_the_chapter(language):
    for topic in SUMS:
        named = 0
        for seed in range(20):
            given = topics.particulars(generator(seed, 1), language, topic)
            head = topics.title(generator(seed, 2), language, given)
            assert head and not re.search(r"[{}|]", head)
            named += any(given.get(one, "?") in head for one in ("subject", "chapter", "unit"))
            assert given["subject"] in rules(language)[f"subject_{topic}"]
        assert named == 20


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lettered", [False, True])
def test_parts_are_counted_in_order_and_none_comes_twice(language, lettered):
    said = [topics.part_title(language, part, lettered=lettered) for part in range(1, 6)]
    said = [one for one in said if one]
    assert said and len(set(said)) == len(said) and not re.search(r"[{}|]", "".join(said))


def test_english_parts_begin_with_a():
    assert [topics.part_title("en", part, lettered=True) for part in (1, 2)] == ["Section A", "Section B"]
    assert [topics.part_title("en", part, lettered=False) for part in (1, 4)] == ["Core questions", ""]


def test_a_paper_of_everything_has_no_particulars_and_a_chapters_sums_are_its_topics():
    assert topics.particulars(generator(1, 1), "en", "") == {}
    for topic, chapters in CHAPTERS.items():
        assert all(set(kinds) <= set(SUMS[topic]) for kinds in chapters.values())


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
def test_titles_name_the_year_that_papers_are_for_and_early_ones_ask_for_sums_alone(language):
    seen = set()
    for seed in range(60):
        given = topics.particulars(generator(seed, 1), language, "mathematics_1")
        year = int(given["school_year"])
        seen.add(year)
        grades = rules(language).get("grade_1", ("1", "2", "3", "4"))
        assert given["grade"] == grades[year - 1]
        assert topics.early_year("mathematics_1", given) == (year if year < 3 else 0)
        assert year > 2 or given.get("field", "adding") == "adding"
        assert topics.early_year("science_1", given) == 0
        sheet = new_sheet(generator(1, 9), 900, 900, language, unit=20)
        sheet.topic, sheet.given = "mathematics_1", given
        sheet.facts = share_of_facts(generator(seed, 2), sheet)
        asked = ask(sheet, generator(seed, 3), 20, 880, 20)
        if year < 3:
            assert sheet.facts == 0 and not set("×÷") & set("".join(asked.working))
    assert seen == {1, 2, 3, 4}


@pytest.mark.parametrize("topic", ["mathematics_2", "science_2", "language_2"])
def test_the_name_of_a_year_is_that_of_the_year(topic):
    names = ["五年级", "六年级", "七年级", "八年级", "九年级", "高一"]
    for seed in range(40):
        given = topics.particulars(generator(seed, 1), "zh", topic)
        assert given["grade"] == names[int(given["school_year"]) - 5]
        least, most = {"language_2": (5, 7), "mathematics_2": (6, 7)}.get(topic, (7, 10))
        assert least <= int(given["school_year"]) <= most, "nobody asks for areas of rectangles later"


def test_most_papers_on_science_are_on_one_field_of_it():
    given = [topics.particulars(generator(seed, 6), "zh", "science_2") for seed in range(80)]
    assert 0.5 < sum("field" in one for one in given) / 80 < 0.8
    assert {one["subject"] for one in given} == {"科学", "理科综合"}
