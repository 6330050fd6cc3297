"""Questions with answers to choose from, and words in them that are to be seen."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.pens import writing_pen
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.handwriting.writing import _Work
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import badged, bold, choices, type_plan
from restorekit.synthesis.printing.choices import Answers, choice_around, stress
from restorekit.synthesis.printing.sheets import Slot, new_sheet, text_width
from restorekit.synthesis.printing.type_plan import draw_plan


def choice(sheet, rng, left, right, y, text="Which is *not* 12?"):
    """A question with four answers and nothing between."""
    answers = Answers("1", ("12", "6+6", "3×4"))
    return choice_around(sheet, rng, left, right, y, text, lambda _, __, y: (y, answers))


def test_dots_or_a_rule_stand_below_the_words_that_matter_alone_or_they_are_bold():
    line, key = "下列说法不正确的是", "不正确"
    printed = []
    for seed in range(40):
        sheet = new_sheet(generator(3, 16), 200, 500, "zh", unit=30)
        kind = sheet.body._replace(size=30, spacing=0.0)
        stress(sheet, generator(seed, 42), 40, 100, line, key, kind)
        (place,) = sheet.slots
        assert place.kind == "key" and place.hint == key
        assert abs(place.left - 40 - text_width("下列说法", kind)) <= 1
        ink = np.asarray(sheet.image.convert("L")) < 200
        assert not ink[:, : place.left - 1].any() and not ink[:, place.right + 2 :].any()
        bold = ink[:100].any()
        printed.append("bold" if bold else int((np.diff(ink.any(0).astype(int)) == 1).sum()))
    assert set(printed) == {0, 1, 3, "bold"}, "nothing, a rule, a dot for each character, or a second stroke"


def test_a_word_that_is_broken_over_lines_is_left():
    sheet = new_sheet(generator(3, 16), 200, 500, "zh", unit=30)
    stress(sheet, generator(1, 42), 40, 100, "下列说法不正", "不正确", sheet.body)
    assert not sheet.slots and np.asarray(sheet.image).min() == 255


def test_a_word_is_not_stressed_within_another():
    for seed in range(20):
        sheet = new_sheet(generator(3, 16), 200, 500, "en", unit=30)
        kind = sheet.body._replace(spacing=0.0)
        stress(sheet, generator(seed, 42), 40, 100, "12. nothing is not", "not", kind)
        (place,) = sheet.slots
        assert abs(place.left - 40 - text_width("12. nothing is ", kind)) <= 1


def test_no_asterisk_is_printed():
    for seed in range(40):
        sheet = new_sheet(generator(seed, 16), 900, 900, "zh", unit=24)
        choice(sheet, generator(seed, 43), 40, 860, 40)
        assert not any("*" in slot.hint for slot in sheet.slots)


def test_some_pupils_underline_the_words_that_matter(monkeypatch):
    drawn = []
    monkeypatch.setattr(marks, "underline", lambda _, __, x0, x1, *___: drawn.append((x0, x1)))
    sheet = new_sheet(generator(3, 16), 200, 500, "zh", unit=30)
    layer = Layer(writing_pen(generator(1, 31)), np.zeros((200, 500), np.uint8))
    writer = Writer(generator(4, 30), sheet, new_hand(generator(1, 23), "zh"), layer, 20.0)
    for keys in (0.0, 1.0):
        _Work(writer, 1.0, 0.0, keys=keys).do(Slot("key", 100, 50, 190, 80, "不正确"))
    assert drawn == [(100, 190)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_numbers_of_other_questions_are_stressed_too(monkeypatch, language):
    for stressed in (0.0, 1.0):
        monkeypatch.setattr(choices, "STRESSED", stressed)
        keys = []
        for seed in range(10):
            sheet = new_sheet(generator(seed, 16), 300, 900, language, unit=20)
            choice(sheet, generator(seed, 44), 20, 880, 20, "3×4 + 12 = ?")
            keys += [slot.hint for slot in sheet.slots if slot.kind == "key"]
        assert bool(keys) == bool(stressed) and all(key[0].isdigit() for key in keys)


@pytest.mark.parametrize(("language", "letters"), [("ru", "АБВГ"), ("ja", "アイウエ"), ("en", "ABCD")])
def test_answers_to_choose_from_are_counted_in_the_languages_own_letters(language, letters):
    sheet = new_sheet(generator(4, 16), 900, 900, language, unit=24)
    choice(sheet, generator(5, 16), 40, 860, 40)
    assert [slot.hint for slot in sheet.slots if slot.kind == "option"] == list(letters)
    assert [slot.hint for slot in sheet.slots if slot.kind == "gap"][0] in letters


def test_numbers_and_letters_have_the_same_stop_behind_them_all_over_a_sheet(print_of):
    stops = {draw_plan(generator(seed, 12), eastern=True).stop for seed in range(60)}
    assert stops == set(type_plan.STOPS)
    assert {draw_plan(generator(seed, 12)).stop for seed in range(60)} == {". "}
    printed = print_of(bold, badged)
    for stop in stops:
        printed.clear()
        sheet = new_sheet(generator(4, 16), 900, 900, "zh", unit=24)
        sheet.plan = sheet.plan._replace(stop=stop, across=4)
        choice(sheet, generator(5, 16), 40, 860, 40)
        letters = [text for _, _, text in printed if text[0] in "ABCD"]
        assert printed[0][2] == f"{sheet.questions}{stop.rstrip()}"
        assert letters == [f"{letter}{stop.rstrip()}" for letter in "ABCD"]
