"""Marks at print, and what a teacher leaves on a page."""

from dataclasses import replace

import numpy as np
import pytest

from restorekit.synthesis.handwriting import marks, pens
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.marking import SIGNS, _at_numbers, mark_work, text_mark
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("Then, she has 42 bees.", {(60, 210), (140, 160)}),
        ("two words", {(0, 90)}),
        ("Well.", set()),
    ],
)
def test_what_is_marked_is_a_whole_phrase_or_a_number(monkeypatch, text, stretches):
    drawn = set()
    monkeypatch.setattr(marks, "underline", lambda _, __, x0, x1, *___: drawn.add((round(x0), round(x1))))
    for name in ("circle", "frame", "bracket"):
        monkeypatch.setattr(
            marks, name, lambda _, __, box, ___: drawn.add((round(box[0], -1), round(box[2], -1)))
        )
    monkeypatch.setattr(Writer, "write", lambda self, *_: 0.0)
    sheet = replace(new_sheet(generator(0, 16), 200, 600, "en"), unit=20)
    for seed in range(60):
        writer = Writer(generator(seed, 2), sheet, new_hand(generator(2), "en"), pen_layer(seed), 20.0)
        text_mark(writer, Slot("text", 0, 0, 10 * len(text), 20, text))  # ten pixels a letter
    assert drawn == stretches


def test_print_is_struck_as_a_whole_and_misprinted_numbers_are_put_right(monkeypatch):
    struck, written = [], []
    monkeypatch.setattr(marks, "line", lambda _, __, *ends, **___: struck.append(ends[:4]))
    monkeypatch.setattr(Writer, "write", lambda self, text, *_: written.append(text))
    sheet = replace(new_sheet(generator(0, 16), 200, 600, "en"), unit=20)
    for text, reaches in (("It is 42.", {(58, 82)}), ("two words", {(-2, 92)})):
        struck.clear()
        for seed in range(100):
            writer = Writer(generator(seed, 2), sheet, new_hand(generator(2), "en"), pen_layer(seed), 20.0)
            text_mark(writer, Slot("text", 0, 0, 10 * len(text), 20, text))
        level = [
            (round(x0), round(x1)) for x0, y0, x1, y1 in struck if {y0, y1} != {0, 20} and abs(y0 - 10) < 8
        ]
        assert reaches <= set(level)
        assert any(mark.isdigit() and mark not in SIGNS for mark in written) is ("42" in text)
        written.clear()


def test_of_a_users_print_stretches_are_marked_from_its_beginning(monkeypatch):
    drawn = []
    monkeypatch.setattr(marks, "underline", lambda _, __, x0, x1, *___: drawn.append((x0, x1)))
    sheet = replace(new_sheet(generator(0, 16), 200, 900, "en"), unit=20)
    for seed in range(30):
        writer = Writer(generator(seed, 2), sheet, new_hand(generator(2), "en"), pen_layer(seed), 20.0)
        text_mark(writer, Slot("text", 40, 50, 900, 70))
    assert drawn and all(x0 == 40 and x1 < 40 + 6 * 20 for x0, x1 in drawn)


def pen_layer(seed):
    """A pen that has drawn nothing yet."""
    return Layer(pens.marking_pen(generator(seed, 21)), np.zeros((200, 900), np.uint8))


def test_teachers_underline_print_where_something_is_wrong_alone(monkeypatch):
    drawn = []
    monkeypatch.setattr(marks, "underline", lambda _, __, x0, x1, *___: drawn.append((x0, x1)))
    sheet = new_sheet(generator(0, 16), 400, 600, "en")
    answer = Slot("gap", 300, 50, 330, 80, "B")
    key = Slot("key", 100, 50, 160, 80, "not")
    sheet.slots = [key, Slot("text", 20, 50, 290, 80, "Which is not true, 1 or 2?"), answer]
    for right in (True, False):
        drawn.clear()
        for seed in range(60):
            mark(seed, sheet, {answer: right})
        assert set(drawn) == (set() if right else {(100, 160)})


def mark(seed, sheet, graded):
    """Have a zealous teacher go over a sheet."""
    rng = generator(seed, 21)
    pen = Layer(pens.marking_pen(rng), np.zeros((sheet.height, sheet.width), np.uint8))
    mark_work(Writer(rng, sheet, new_hand(rng, "en"), pen, 20), 1.0, graded)


def test_the_teacher_ticks_what_is_right_and_crosses_what_is_wrong(monkeypatch):
    drawn = []
    monkeypatch.setattr(marks, "tick", lambda *_: drawn.append("tick"))
    monkeypatch.setattr(marks, "cross", lambda *_: drawn.append("cross"))
    sheet = new_sheet(generator(0, 16), 400, 600, "en")
    right, wrong, empty = (Slot("sum", 50, 50 * n, 150, 50 * n + 30, str(n)) for n in (1, 2, 3))
    for graded, expected in (({right: True}, {"tick"}), ({wrong: False}, {"cross"}), ({}, set())):
        drawn.clear()
        sheet.slots = [*graded, empty]
        for seed in range(20):
            mark(seed, sheet, graded)
        assert set(drawn) == expected


def test_answers_are_marked_beside_them_and_not_at_the_next_question(monkeypatch):
    places = []
    monkeypatch.setattr(marks, "tick", lambda _, __, x, *___: places.append(x))
    sheet = new_sheet(generator(0, 16), 400, 900, "en", unit=20)
    wide, narrow = Slot("sum", 50, 50, 600, 80, "7"), Slot("gap", 50, 150, 70, 180, "8")
    sheet.slots = [wide, narrow]
    for seed in range(40):
        mark(seed, sheet, {wide: True, narrow: True})
    assert 70 in places and max(places) <= 50 + 3.5 * 20 and len(places) > 10


def test_teachers_marks_are_as_small_as_a_letter_or_as_tall_as_some_lines(monkeypatch):
    sizes, slashes = [], []
    monkeypatch.setattr(marks, "tick", lambda _, __, ___, ____, size, _____: sizes.append(size))
    monkeypatch.setattr(marks, "cross", lambda *_: None)
    monkeypatch.setattr(marks, "line", lambda *_: slashes.append(1))
    sheet = new_sheet(generator(0, 16), 400, 600, "en")
    right, wrong = Slot("sum", 50, 50, 150, 80, "1"), Slot("sum", 50, 150, 150, 180, "2")
    sheet.slots = [right, wrong]
    for seed in range(80):
        mark(seed, sheet, {right: True, wrong: False})
    assert min(sizes) < 1.3 * sheet.unit and max(sizes) > 3 * sheet.unit
    assert slashes, "some teachers strike out what is wrong instead of crossing it"


def test_a_question_is_right_where_all_of_its_answers_are_and_none_without_one():
    first, second, third = (Slot("number", 0, top, 20, top + 20) for top in (0, 100, 200))
    one, two, three = (Slot("gap", 60, top, 90, top + 20, "7") for top in (0, 20, 100))
    slots = [first, one, two, second, three, third]
    assert _at_numbers(slots, {one: True, two: True}) == {first: True}
    assert _at_numbers(slots, {one: False, two: True, three: True}) == {first: False, second: True}


def test_points_are_taken_off_beside_what_is_wrong_and_words_stand_beside_answers(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size: said.append((text, x, y)) or x)
    sheet = new_sheet(generator(0, 16), 900, 600, "en", unit=20)
    right, wrong = Slot("sum", 50, 250, 150, 280, "1"), Slot("sum", 350, 550, 550, 580, "2")
    sheet.slots = [right, wrong]
    for seed in range(80):
        mark(seed, sheet, {right: True, wrong: False})
    lost = [(x, y) for text, x, y in said if text[0] == "-"]
    scores = [y for text, _, y in said if text.isdecimal()]
    words = [y for text, _, y in said if not text.lstrip("-").isdecimal()]
    assert lost and all(x > 450 and abs(y - 580) < 40 for x, y in lost)
    assert scores and max(scores) < 180
    assert words and all(min(abs(y - 280), abs(y - 580)) < 40 for y in words)
    said.clear()
    for seed in range(20):
        mark(seed, sheet, {})
    assert all(text.isdecimal() for text, *_ in said), "nothing is said of what nobody wrote"


def test_above_words_stand_signs_and_no_words(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, *_: said.append(text) or 0.0)
    sheet = new_sheet(generator(0, 16), 200, 600, "en")
    for seed in range(200):
        rng = generator(seed, 33)
        pen = Layer(pens.writing_pen(rng), np.zeros((200, 600), np.uint8))
        text_mark(Writer(rng, sheet, new_hand(rng, "en"), pen, 20.0), Slot("text", 40, 50, 300, 70, "a b c"))
    assert said and set(said) <= set(SIGNS)
