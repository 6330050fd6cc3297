"""What is said is of the language, and of the kind asked for."""

import re

import pytest

from restorekit.synthesis.assets import labels
from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts import phrases

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_are_made_of_the_languages_words(language):
    rng = generator(1, 14)
    assert len(phrases.sentence(rng, language)) > 3
    assert phrases.phrase(rng, language)
    assert phrases.label(rng, language)


@pytest.mark.parametrize(
    ("language", "kind", "shape"),
    [
        ("en", "name", "[A-Z][a-z]+"),
        ("en", "class", r"\d+[a-d]"),
        ("zh", "class", r"\d+\([1-4]\)"),
        ("en", "date", r"\d+[./-]\d+([./-]\d{4})?"),
        ("en", "number", r"\d{6}"),
        ("zh", "date", r"(\d{4}[./-])?1?\d[./-][123]?\d"),
        ("ja", "number", r"[1-3]?\d"),
        ("ru", "variant", "[1-4]"),
        ("ko", "name", "[가-힣]+"),
    ],
)
def test_a_field_is_filled_with_what_it_asks_for(language, kind, shape):
    assert kind in {kind for language in LANGUAGES for kind in labels(language).values()}
    for seed in range(30):
        assert re.fullmatch(shape, phrases.entry(generator(seed, 14), language, kind))


def test_the_class_is_that_of_the_year_that_a_paper_is_for():
    for seed in range(30):
        rng = generator(seed, 14)
        assert re.fullmatch(r"3\([1-4]\)", phrases.entry(rng, "zh", "class", {"school_year": "3"}))


@pytest.mark.parametrize(
    ("language", "year", "shape"),
    [
        ("zh", 8, r"8\([1-4]\)"),
        ("ja", 8, "2-[1-4]"),
        ("ko", 7, "1-[1-4]"),
        ("en", 7, "7[a-d]"),
    ],
)
def test_class_and_school_are_of_the_year_that_a_paper_is_for(language, year, shape):
    given = {"school_year": str(year)}
    for seed in range(10):
        rng = generator(seed, 14)
        assert re.fullmatch(shape, phrases.entry(rng, language, "class", given))
        assert "小" not in phrases.entry(rng, language, "school", given)
        assert "中" not in phrases.entry(rng, "ja", "school", {"school_year": "3"})


def test_writing_is_cut_between_words():
    assert phrases.shorten("one two three", 20) == "one two three"
    assert phrases.shorten("one two three", 9) == "one two"
    assert phrases.shorten("one two three", 7) == "one two"
    assert phrases.shorten("extraordinary", 5) == "extra"
    assert phrases.shorten("汉字很多", 2) == "汉字"
    assert phrases.shorten("ab", 0) == phrases.shorten("a", 0) == "a"


@pytest.mark.parametrize(
    ("right", "kind"), [("B", "[ACD]"), ("17", r"\d+"), ("goes", ".*"), ("<", "[=>]"), ("+", "[-×÷]")]
)
def test_a_mistake_is_of_the_answers_kind_and_wrong(right, kind):
    rng = generator(1, 15)
    for _ in range(50):
        wrong = phrases.mistake(rng, "en", right)
        assert wrong != right
        assert re.fullmatch(kind, wrong)


def test_a_mistake_in_what_has_figures_is_another_figure():
    for seed in range(20):
        wrong = phrases.mistake(generator(seed, 62), "zh", "11(2)")
        assert len(wrong) == 5 and sum(a != b for a, b in zip(wrong, "11(2)", strict=True)) == 1


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("12. What is 15% of 3.5 m?", ["15%", "3.5"]),
        ("3. “大”的反义词是____。", ["“大”"]),
        ("The old bridge is closed.", []),
    ],
)
def test_a_line_hangs_on_its_numbers_and_quoted_words_not_on_its_own_number(text, keys):
    assert [text[start:stop] for start, stop in phrases.key_places(text)] == keys


@pytest.mark.parametrize(
    ("text", "language", "whole"),
    [
        ("Then, she lets me hold it. Well", "en", ["she lets me hold it"]),
        (
            "那时候没有火车，商人用马把茶、盐运过高山。",
            "zh",
            ["那时候没有火车", "商人用马把茶", "盐运过高山"],
        ),
        ("4. 去年，李老师____去看书。", "zh", ["李老师", "去看书"]),
    ],
)
def test_phrases_are_whole_between_punctuation_and_blanks(text, language, whole):
    assert [text[start:stop] for start, stop in phrases.whole_phrases(text, language)] == whole


def test_nothing_is_told_twice_while_there_is_anything_else():
    told, texts = {"It rains."}, iter(["It rains. I read.", "I read. I sleep.", "I read."])
    assert phrases.untold(told, lambda: next(texts)) == "I read. I sleep."
    assert told == {"It rains.", "I read.", "I sleep."}
    assert phrases.untold(told, lambda: "I read.") == "I read."
    assert phrases.untold(told, lambda: ("heart", "It pumps")) == ("heart", "It pumps") and "It pumps" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_aside_in_brackets_leaves_the_rest_as_it_was(language):
    for seed in range(30):
        text = phrases.sentence(generator(seed, 15), language)
        with_ = phrases.with_aside(generator(seed, 16), language, text)
        if with_ != text:
            assert re.search(r"\(.+?\)", with_)
            assert re.sub(r" ?\(((?!\().)*\)", "", with_, count=1) == text or "(" in text
            assert re.search(r"\(((?!\().)*\)[,.;，。；]", with_), "at the end of a clause"
    assert phrases.with_aside(generator(1, 1), language, "?") == "?"


def test_sentences_of_an_answer_are_numbered_in_brackets_and_one_is_not():
    assert phrases.as_points("It is cold. We stay in.") == "(1)It is cold. (2)We stay in. "
    assert phrases.as_points("天冷了。我们回家。") == "(1)天冷了。 (2)我们回家。 "
    assert phrases.as_points("Yes.") == "Yes."
