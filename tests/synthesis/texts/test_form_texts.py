"""Forms have what they need, can be set and written, and their numbers follow from each other."""

import datetime
import re

import numpy as np
import pytest

from restorekit.synthesis import assets
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.signs import SIGNS
from restorekit.synthesis.texts.form_texts import RANGES, TICKS, form_texts, written

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")
HANDS = {
    "zh": assets.HAND_CHINESE,
    "ja": assets.HAND_JAPANESE,
    "ko": assets.HAND_KOREAN,
    "ru": assets.HAND_CYRILLIC,
    "el": assets.HAND_GREEK,
}
KINDS = {
    *RANGES,
    *TICKS,
    "phone",
    "postcode",
    "number",
    "date",
    "birth",
    "of_age",
    "class",
    "grade",
    "age",
    "same",
}
SMOKE = ("Do you smoke", "Rauchen", "Fumez", "¿Fuma")
KINDS |= {"after", "used", "amount", "delivered", "sum", "warming", "n", ""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_has_a_title_and_every_blank_a_kind(language):
    forms, lists = form_texts(language)
    assert len(forms) >= 3 and {"person", "subject"} <= set(lists)
    for title, *parts in forms:
        assert title.kind == "title" and parts
        for part in parts:
            assert part.items
            if part.kind in ("fields", "sign", "table"):
                for label, what in part.items:
                    kind = what.strip("*?")
                    assert label or language == "ja", part
                    assert kind in KINDS or kind in lists or "/" in kind, what
            elif part.kind != "bubbles":
                assert all(text for _, text in part.items)
            if part.kind in ("one", "many", "lines"):
                assert part.head and len(part.items) >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_face_and_hand_has_the_characters_of_forms(language):
    forms, lists = form_texts(language)
    replies = [text for form in forms for part in form if part.kind == "lines" for _, text in part.items]
    by_hand = "".join([*replies, *(text for texts in lists.values() for text in texts)])
    printed = by_hand + "".join(
        text for form in forms for part in form for text in (part.head, *(a + b for a, b in part.items))
    )
    for face in assets.faces_for(language):
        missing = {one for one in printed if not assets.has_glyph(face.path, one)}
        assert not missing - SIGNS - {" ", "\n"}, face.path
    for hand in HANDS.get(language, assets.HAND_WESTERN):
        letters = {one for one in by_hand if one.isalpha()}
        assert not {one for one in letters if not assets.has_glyph(f"hand/{hand}.ttf", one)}, hand


@pytest.mark.parametrize(
    ("language", "kind", "shape"),
    [
        ("en", "phone", r"01\d{3} \d{6}"),
        ("zh", "phone", r"1\d{2} \d{4} \d{4}"),
        ("de", "date", r"\d{1,2}\.\d{1,2}\.20\d\d"),
        ("zh", "date", r"20\d\d\.\d{1,2}\.\d{1,2}"),
        ("ja", "birth", r"(19|20)\d\d\.\d{1,2}\.\d{1,2}"),
        ("en", "class", r"\d[a-d]"),
        ("en", "price", r"\d\.\d0"),
        ("en", "red/blue", "red|blue"),
        ("en", "", ""),
    ],
)
def test_what_is_written_has_the_shape_that_is_asked_for(language, kind, shape):
    for seed in range(20):
        assert re.fullmatch(shape, written(generator(seed, 80), language, kind))


def test_numbers_follow_from_those_before_them():
    for seed in range(20):
        rng, row = generator(seed, 81), {}
        before, after, used = (int(written(rng, "en", kind, row)) for kind in ("before", "after", "used"))
        assert after - before == used > 0
        first, second = (int(written(rng, "en", "score", row)) for _ in range(2))
        assert int(written(rng, "en", "sum", row)) == first + second
        cold, warm = (int(written(rng, "en", "warming", row)) for _ in range(2))
        assert 6 <= warm - cold < 10
        born, today = (written(rng, "en", kind, row)[-4:] for kind in ("birth", "date"))
        assert int(today) - int(born) == row["age"]


def test_a_pupil_is_as_old_as_the_class_is_and_the_same_person_signs():
    for seed in range(20):
        rng, row = generator(seed, 82), {}
        grade, age = int(written(rng, "zh", "class", row)[0]), int(written(rng, "zh", "age", row))
        assert 1 <= grade <= 6 and grade + 6 <= age <= grade + 7
        assert int(written(rng, "zh", "grade", row)) == grade
        name = written(rng, "zh", "person", row)
        assert written(rng, "zh", "same", row) == name
        born, today = (written(rng, "en", kind, row)[-4:] for kind in ("of_age", "date"))
        assert 16 <= int(today) - int(born) < 45


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_of_a_form_takes_another_one_back(language):
    none = re.compile(r"^(none|never|nie|jamais|nunca|никогда|没有|从不|とくになし)\b")
    for form in form_texts(language).forms:
        for part in form:
            if part.kind in ("one", "many"):
                assert not [text for _, text in part.items if none.match(text)] or part.head.startswith(SMOKE)


def test_dates_of_a_list_follow_on_each_other_and_what_is_lent_comes_back_within_weeks():
    for seed in range(20):
        rng, row, before = generator(seed, 31), {}, 0
        for _ in range(8):
            row = {one: row[one] for one in ("year", "begun") if one in row}
            lent, back = (written(rng, "en", "date", row).split("/") for _ in range(2))
            lent_day, back_day = (datetime.date(*map(int, reversed(one))).toordinal() for one in (lent, back))
            assert before <= lent_day < back_day <= lent_day + 28
            before = lent_day


def test_no_more_is_delivered_than_was_ordered_and_mostly_all_of_it():
    rest = []
    for seed in range(100):
        row = {}
        ordered = int(written(generator(seed, 1), "en", "count", row))
        rest.append(ordered - int(written(generator(seed, 2), "en", "delivered", row)))
    assert 0 == min(rest) < max(rest) and np.mean([one == 0 for one in rest]) > 0.6
