"""How a teacher goes over a page."""

import numpy as np

from restorekit.synthesis.handwriting import marking, marks, pens
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.marking import mark_work
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet
from tests.synthesis.handwriting.teachers import mark


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


def test_the_teacher_ticks_what_is_right_and_crosses_what_is_wrong(monkeypatch):
    drawn = []
    monkeypatch.setattr(marking, "tick", lambda *_: drawn.append("tick"))
    monkeypatch.setattr(marks, "cross", lambda *_: drawn.append("cross"))
    sheet = new_sheet(generator(0, 16), 400, 600, "en")
    right, wrong, empty = (Slot("sum", 50, 50 * n, 150, 50 * n + 30, str(n)) for n in (1, 2, 3))
    for graded, expected in (({right: True}, {"tick"}), ({wrong: False}, {"cross"}), ({}, set())):
        drawn.clear()
        sheet.slots = [*graded, empty]
        for seed in range(40):
            mark(seed, sheet, graded)
        assert set(drawn) == expected, "or rings and strokes"


def test_teachers_marks_are_as_small_as_a_letter_or_as_tall_as_some_lines(monkeypatch):
    sizes, slashes = [], []
    monkeypatch.setattr(marking, "tick", lambda _, __, ___, ____, size, *_____: sizes.append(size))
    monkeypatch.setattr(marks, "cross", lambda *_: None)
    monkeypatch.setattr(marks, "line", lambda *_, **__: slashes.append(1))
    sheet = new_sheet(generator(0, 16), 400, 600, "en")
    right, wrong = Slot("area", 50, 50, 150, 80, "1"), Slot("sum", 50, 150, 150, 180, "2")
    sheet.slots = [right, wrong]
    for seed in range(80):
        mark(seed, sheet, {right: True, wrong: False})
    assert min(sizes) < 1.4 * sheet.unit and max(sizes) > 3 * sheet.unit
    assert slashes, "some teachers strike out what is wrong instead of crossing it"


def test_what_is_wrong_is_ringed_with_the_print_beside_it(monkeypatch):
    boxes = []
    monkeypatch.setattr(marks, "circle", lambda _, __, box, ___: boxes.append(box))
    monkeypatch.setattr(Writer, "write", lambda self, text, x, *_, **__: x)
    monkeypatch.setattr(marking, "WRONG", {"ring": 1.0})
    sheet = new_sheet(generator(0, 16), 400, 900, "en", unit=20)
    slot = Slot("gap", 300, 100, 360, 120, "72")
    sheet.slots = [slot]
    for seed in range(40):
        mark(seed, sheet, {slot: False})
    assert boxes and all(280 <= left < 300 and 360 < right <= 380 for left, _, right, _ in boxes)


def test_teachers_go_through_all_answers_and_leave_no_mistake_unmarked(monkeypatch):
    drawn = []
    monkeypatch.setattr(marking, "tick", lambda *_: drawn.append("tick"))
    monkeypatch.setattr(marks, "cross", lambda *_: drawn.append("cross"))
    monkeypatch.setattr(marking, "PLACES", (("gap", "sum"),))
    monkeypatch.setattr(marking, "WRONG", {"cross": 1.0})
    monkeypatch.setattr(Writer, "write", lambda self, text, x, *_, **__: x)
    sheet = new_sheet(generator(0, 16), 800, 600, "en", unit=20)
    sheet.slots = [Slot("gap", 50, 40 * n, 150, 40 * n + 30, str(n)) for n in range(12)]
    graded = {slot: int(slot.hint) % 4 > 0 for slot in sheet.slots}
    ticks = set()
    for seed in range(40):
        drawn.clear()
        mark(seed, sheet, graded)
        assert drawn.count("cross") == 3
        ticks.add(drawn.count("tick"))
    assert ticks == {0, 9}, "some mark what is wrong alone"


def test_all_right_answers_of_a_sheet_are_ticked_or_none_and_no_wrong_one(monkeypatch):
    ticked = []
    monkeypatch.setattr(marking, "tick", lambda _, __, x, y, *___: ticked.append((x, y)))
    sheet = new_sheet(generator(0, 16), 900, 900, "en", unit=20)
    sheet.slots = [
        Slot("sum", 50 + 200 * (n % 4), 40 * (n // 4), 250 + 200 * (n % 4), 40 * (n // 4) + 30, "7")
        for n in range(40)
    ]
    monkeypatch.setattr(marking, "SUMS", {"": 1.0})
    counts = set()
    for seed in range(40):
        ticked.clear()
        mark(seed, sheet, {slot: place % 10 > 0 for place, slot in enumerate(sheet.slots)})
        counts.add(len(ticked))
    assert counts == {0, 36}


def test_forms_get_no_grade_and_no_praise(monkeypatch):
    remarked = []
    monkeypatch.setattr(marking, "remark", lambda *_: remarked.append(1))
    sheet = new_sheet(generator(0, 16), 400, 600, "en")
    mark(1, sheet, {})
    assert len(remarked) == 1
    sheet.given = {"whole": "form"}
    mark(1, sheet, {})
    assert len(remarked) == 1


def test_nothing_is_marked_where_nothing_is_written(monkeypatch):
    drawn = []
    monkeypatch.setattr(marking, "_mark", lambda _, __, slot, *___, **____: drawn.append(slot))
    sheet = new_sheet(generator(0, 16), 400, 600, "en")
    sheet.slots = [written, empty] = [Slot("gap", 50, 50 * n, 150, 50 * n + 30) for n in (1, 2)]
    for seed in range(20):
        rng = generator(seed, 21)
        pen = Layer(pens.marking_pen(rng), np.zeros((400, 600), np.uint8))
        mark_work(Writer(rng, sheet, new_hand(rng, "en"), pen, 20), {}, {empty})
    assert set(drawn) == {written}


def test_strokes_through_wrong_answers_go_over_the_print_around_and_the_same_way_down_a_page(monkeypatch):
    drawn = []
    monkeypatch.setattr(
        marks, "line", lambda _, __, x0, y0, x1, y1, *___, **____: drawn.append((x0, y0, x1, y1))
    )
    monkeypatch.setattr(marking, "WRONG", {"slash": 1.0})
    monkeypatch.setattr(marking, "PLACES", (("gap",),))
    monkeypatch.setattr(marking, "remark", lambda *_: None)
    monkeypatch.setattr(marking, "put_right", lambda *_: None)
    sheet = new_sheet(generator(0, 16), 800, 600, "en", unit=20)
    sheet.slots = [Slot("gap", 300, 60 * n, 360, 60 * n + 20, "7") for n in range(1, 9)]
    falls, long = [], []
    for seed in range(40):
        drawn.clear()
        mark(seed, sheet, dict.fromkeys(sheet.slots, False))
        strokes = np.array(drawn[:8])
        assert np.all(np.abs((strokes[:, 0] + strokes[:, 2]) / 2 - 330) < 25), "through the answer"
        down = strokes[:, 3] - strokes[:, 1]
        assert (down > 0).all() or (down < 0).all()
        falls.append(down[0] > 0)
        long.append(np.hypot(down, strokes[:, 2] - strokes[:, 0]).mean() / 20)
    assert 0.35 < np.mean(falls) < 0.85 and min(long) < 2 and max(long) > 3.5


def test_a_question_of_sums_that_are_marked_one_by_one_gets_no_mark_at_its_number(monkeypatch):
    drawn = []
    monkeypatch.setattr(marking, "_mark", lambda _, __, slot, *___, **____: drawn.append(slot))
    monkeypatch.setattr(marking, "PLACES", (("number", "sum"),))
    monkeypatch.setattr(marking, "WRONG_ALONE", 0.0)
    sheet = new_sheet(generator(0, 16), 400, 600, "en", unit=20)
    first, second = (Slot("number", 20, top, 50, top + 20) for top in (50, 200))
    one, other = Slot("sum", 100, 100, 300, 130, "7"), Slot("gap", 100, 200, 140, 220, "8")
    sheet.slots = [first, one, second, other]
    for seed in range(10):
        mark(seed, sheet, {one: False, other: True})
    assert {slot.top for slot in drawn} == {100, 200}


def test_a_blank_in_which_nothing_is_written_gets_no_mark(monkeypatch):
    drawn = []
    monkeypatch.setattr(marking, "_mark", lambda _, __, slot, *___, **____: drawn.append(slot))
    monkeypatch.setattr(marking, "PLACES", (("gap",),))
    sheet = new_sheet(generator(0, 16), 400, 600, "en", unit=20)
    sheet.slots = [Slot("gap", 50, 50 * n, 150, 50 * n + 30, "7") for n in (1, 2)]
    written = np.zeros((400, 600), np.uint8)
    written[55:75, 60:80] = 255
    for seed in range(10):
        mark(seed, sheet, dict.fromkeys(sheet.slots, False), written)
    assert {slot.top for slot in drawn} == {50}
