"""How a teacher goes over a page."""

import numpy as np

from restorekit.synthesis.handwriting import marking, marks, pens, sums_ticked
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.marking import mark_work, put_right
from restorekit.synthesis.handwriting.sums_ticked import tick_over_sums
from restorekit.synthesis.handwriting.ticks import reaches, tick_form
from restorekit.synthesis.handwriting.verdicts import at_numbers, chosen
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


def mark(seed, sheet, graded, written=None):
    """Have a zealous teacher go over a sheet."""
    rng = generator(seed, 21)
    pen = Layer(pens.marking_pen(rng), np.zeros((sheet.height, sheet.width), np.uint8))
    mark_work(Writer(rng, sheet, new_hand(rng, "en"), pen, 20), graded, written=written)


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


def test_answers_are_marked_beside_them_and_not_at_the_next_question(monkeypatch):
    places = []
    monkeypatch.setattr(marking, "tick", lambda _, __, x, *___: places.append(x))
    sheet = new_sheet(generator(0, 16), 400, 900, "en", unit=20)
    wide, narrow = Slot("sum", 50, 50, 600, 80, "7"), Slot("gap", 50, 150, 70, 180, "8")
    sheet.slots = [wide, narrow]
    for seed in range(40):
        mark(seed, sheet, {wide: True, narrow: True})
    assert min(places) < 90 and max(places) <= 90 + 4.5 * 20 and len(places) > 10


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


def test_a_question_is_right_where_all_of_its_answers_are_and_none_without_one():
    first, second, third = (Slot("number", 0, top, 20, top + 20) for top in (0, 100, 200))
    one, two, three = (Slot("gap", 60, top, 90, top + 20, "7") for top in (0, 20, 100))
    slots = [first, one, two, second, three, third]
    assert at_numbers(slots, {one: True, two: True}) == {first: True}
    assert at_numbers(slots, {one: False, two: True, three: True}) == {first: False, second: True}


def test_a_question_with_a_part_left_empty_is_not_right_and_one_left_out_is_not_marked():
    first, second = (Slot("number", 0, top, 20, top + 20) for top in (0, 100))
    one, two, three = (Slot("gap", 60, top, 90, top + 20, "7") for top in (0, 20, 100))
    assert at_numbers([first, one, two, second, three], {one: True}, {two, three}) == {first: False}


def test_where_options_are_marked_and_brackets_left_empty_the_option_is_the_answer():
    sheet = new_sheet(generator(0, 16), 400, 600, "en", unit=20)
    gap = Slot("gap", 300, 50, 320, 70, "B")
    first, second = (Slot("option", x, 50, x + 20, 70, letter) for x, letter in ((20, "A"), (90, "B")))
    sheet.slots = [gap, first, second]
    written = np.zeros((400, 600), np.uint8)
    assert chosen(sheet, gap, written) == gap
    written[55:60, 95:100] = 255
    assert chosen(sheet, gap, written) == second
    written[55:60, 305:310] = 255
    assert chosen(sheet, gap, written) == gap


def test_sums_that_are_right_are_ticked_by_the_block_or_column_and_wrong_ones_marked_alone(monkeypatch):
    ticked = []
    monkeypatch.setattr(sums_ticked, "tick", lambda _, __, x, y, *___: ticked.append((x, y)))
    sheet = new_sheet(generator(0, 16), 900, 900, "en", unit=20)
    sheet.slots = [
        Slot("sum", 50 + 200 * (n % 4), 40 * (n // 4), 250 + 200 * (n % 4), 40 * (n // 4) + 30, str(n))
        for n in range(40)
    ]
    other = Slot("gap", 50, 500, 90, 530, "8")
    pen = Layer(pens.marking_pen(generator(1, 31)), np.zeros((900, 900), np.uint8))
    for by, count in (("block", 1), ("column", 4)):
        ticked.clear()
        teacher = Writer(generator(1, 21), sheet, new_hand(generator(1, 23), "en"), pen, 20)
        seen = [(slot, slot, slot.hint != "17") for slot in sheet.slots] + [(other, other, True)]
        left = tick_over_sums(teacher, seen, by, ticks=True)
        assert len(ticked) == count
        assert {slot for slot, *_ in left} == {sheet.slots[17], other}


def test_some_teachers_mark_across_the_print_of_questions(monkeypatch):
    places = []
    monkeypatch.setattr(marking, "tick", lambda _, __, x, y, *___: places.append((x, y)))
    sheet = new_sheet(generator(0, 16), 400, 900, "en", unit=20)
    number, text, gap = (
        Slot("number", 28, 100, 80, 120),
        Slot("text", 60, 104, 560, 120, "1. What is it?"),
        Slot("gap", 600, 100, 660, 120, "7"),
    )
    sheet.slots = [text, number, gap]
    monkeypatch.setattr(marking, "PLACES", (("number",),))
    for across, least, most in ((0.0, 8, 40), (1.0, 60, 620)):
        places.clear()
        monkeypatch.setattr(marking, "ACROSS", across)
        for seed in range(40):
            mark(seed, sheet, {gap: True})
        xs = [x for x, _ in places]
        assert len(xs) > 10 and least < np.median(xs) < most
        assert all(y < 190 for _, y in places)


def test_the_right_answer_stands_at_a_wrong_one_on_print_or_not(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size, **_: said.append((text, x, y)) or x)
    sheet = new_sheet(generator(0, 16), 400, 900, "en", unit=20)
    slot = Slot("gap", 300, 100, 360, 120, "72")
    for seed in range(40):
        rng = generator(seed, 22)
        pen = Layer(pens.marking_pen(rng), np.zeros((400, 900), np.uint8))
        put_right(Writer(rng, sheet, new_hand(rng, "en"), pen, 30.0), slot)
    above = [(x, y) for _, x, y in said if y < 110]
    after = [(x, y) for _, x, y in said if y >= 110]
    assert {text for text, *_ in said} == {"72"}
    assert len(above) > 10 and all(290 < x < 340 and abs(y - 100) < 6 for x, y in above)
    assert len(after) > 5 and all(360 <= x < 375 for x, _ in after)


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


def test_marks_at_answers_leave_the_next_answer_free_with_most_teachers(monkeypatch):
    sizes: list[float] = []
    monkeypatch.setattr(marking, "tick", lambda _, __, ___, ____, size, *_____: sizes.append(size))
    sheet = new_sheet(generator(0, 16), 400, 600, "en", unit=20)
    sheet.slots = [Slot("sum", 50, 50, 150, 80, "1")]
    for seed in range(60):
        mark(seed, sheet, {sheet.slots[0]: True})
    over = np.array(sizes) > 1.2 * marking.AT_ANSWER * 20
    assert len(sizes) > 10 and 0 < over.mean() < 0.35 and max(sizes) <= 1.2 * 5 * 20


def test_a_teacher_puts_ticks_about_where_the_others_are_and_teachers_differ(monkeypatch):
    drawn = []
    monkeypatch.setattr(marking, "tick", lambda _, __, x, *more: drawn.append((x, more[-1])))
    sheet = new_sheet(generator(0, 16), 900, 900, "en", unit=20)
    sheet.slots = [Slot("sum", 50, 40 * n, 600, 40 * n + 30, "7") for n in range(20)]
    places = []
    for seed in range(60):
        drawn.clear()
        mark(seed, sheet, dict.fromkeys(sheet.slots, True))
        if drawn:
            assert len({style for _, style in drawn}) == 1, "one hand"
            places.append(np.median([x for x, _ in drawn]))
            assert np.std([x for x, _ in drawn]) < 24
    assert np.std(places) > 8


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


def test_a_tick_stands_behind_what_was_written_and_not_on_it_with_most(monkeypatch):
    drawn = []
    monkeypatch.setattr(marking, "OVER", 0.0)
    monkeypatch.setattr(marking, "PLACES", (("sum",),))
    monkeypatch.setattr(marking, "remark", lambda *_: None)
    monkeypatch.setattr(marking, "tick", lambda _, __, x, *___: drawn.append(x))
    sheet = new_sheet(generator(0, 16), 400, 900, "en", unit=20)
    sheet.slots = [Slot("sum", 50, 100, 600, 130, "7")]
    written = np.zeros((400, 900), np.uint8)
    written[105:128, 60:110] = written[105:128, 200:300] = 255
    for seed in range(20):
        pen = Layer(pens.marking_pen(generator(1, 31)), np.zeros((400, 900), np.uint8))
        writer = Writer(generator(seed, 21), sheet, new_hand(generator(1, 23), "en"), pen, 20)
        mark_work(writer, {sheet.slots[0]: True}, written=written)
    assert len(drawn) > 8 and np.mean([105 < x < 190 for x in drawn]) > 0.75


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


def test_blank_paper_is_marked_where_it_was_written_on_and_not_where_it_was_left(monkeypatch):
    drawn = []
    monkeypatch.setattr(marking, "tick", lambda _, __, x, y, *___: drawn.append((x, y)))
    monkeypatch.setattr(marking, "remark", lambda *_: None)
    sheet = new_sheet(generator(0, 16), 800, 900, "en", unit=20)
    sheet.slots = [used, left] = [Slot("area", 50, top, 850, top + 200, "1") for top in (100, 400)]
    written = np.zeros((800, 900), np.uint8)
    written[220:240, 500:560] = 255
    for seed in range(30):
        rng = generator(seed, 21)
        pen = Layer(pens.marking_pen(rng), np.zeros((800, 900), np.uint8))
        mark_work(Writer(rng, sheet, new_hand(rng, "en"), pen, 20), {used: True, left: True}, written=written)
    assert len(drawn) > 5 and all(560 < x < 590 and 225 < y < 260 for x, y in drawn)


def test_ticks_before_numbers_leave_what_is_asked_free_and_stand_alike_down_a_page(monkeypatch):
    monkeypatch.setattr(marking, "ACROSS", 0.0)
    monkeypatch.setattr(marking, "PLACES", (("number",),))
    monkeypatch.setattr(marking, "remark", lambda *_: None)
    monkeypatch.setattr(marking, "sign_off", lambda *_: None)
    sheet = new_sheet(generator(0, 16), 1200, 900, "en", unit=20)
    numbers = [Slot("number", 68, top, 120, top + 20) for top in range(100, 1100, 100)]
    gaps = [Slot("gap", 600, top, 660, top + 20, "7") for top in range(100, 1100, 100)]
    sheet.slots = [slot for pair in zip(numbers, gaps, strict=True) for slot in pair]
    asked, margin = 0.0, 0.0
    for seed in range(30):
        pen = Layer(pens.marking_pen(generator(1, 31)), np.zeros((1200, 900), np.uint8))
        mark_work(
            Writer(generator(seed, 21), sheet, new_hand(generator(1, 23), "en"), pen, 20),
            dict.fromkeys(gaps, True),
        )
        asked += float(pen.coverage[:, 130:560].sum())
        margin += float(pen.coverage[:, :130].sum())
    assert margin > 0 and asked < 0.15 * margin


def test_ticks_beside_answers_keep_clear_of_the_print_that_follows(monkeypatch):
    places = []
    monkeypatch.setattr(marking, "tick", lambda _, __, x, *___: places.append(x))
    monkeypatch.setattr(marking, "PLACES", (("gap", "sum"),))
    monkeypatch.setattr(marking, "OVER", 0.0)
    monkeypatch.setattr(marking, "SWEEPING", 0.0)
    sheet = new_sheet(generator(0, 16), 400, 900, "en", unit=20)
    sheet.draw.rectangle([120, 40, 140, 80], fill=(0, 0, 0))
    sheet.slots = [Slot("gap", 50, 50, 110, 80, "7")]
    for seed in range(60):
        mark(seed, sheet, {sheet.slots[0]: True})
    assert np.mean(np.array(places) > 140) > 0.6 and max(places) < 140 + 3.5 * 20


def test_ticks_begin_clear_of_the_last_sign_of_print_or_stand_on_the_answer(monkeypatch):
    boxes = []
    monkeypatch.setattr(
        marking, "tick", lambda _, __, x, y, size, *more: boxes.append((x, y, size, more[-1]))
    )
    monkeypatch.setattr(marking, "PLACES", (("gap", "sum"),))
    monkeypatch.setattr(marking, "OVER", 0.0)
    monkeypatch.setattr(marking, "SWEEPING", 0.0)
    sheet = new_sheet(generator(0, 16), 400, 900, "en", unit=20)
    sheet.draw.rectangle([118, 64, 124, 80], fill=(0, 0, 0))  # a bracket
    sheet.draw.rectangle([300, 20, 880, 80], fill=(0, 0, 0))
    sheet.slots = [Slot("gap", 50, 50, 110, 80, "7")]
    for seed in range(60):
        mark(seed, sheet, {sheet.slots[0]: True})
    on_print = 0
    for x, y, size, style in boxes:
        left, top, right, bottom = reaches(tick_form(style), x, y, size)[0]
        on_print += right > left and left < 124 and x > 118 and bottom > 64 and top < 80
    assert len(boxes) > 10 and not on_print


def test_no_tick_stands_on_the_tick_of_a_pupil(monkeypatch):
    drawn = []
    monkeypatch.setattr(marking, "tick", lambda _, __, x, *___: drawn.append(x))
    monkeypatch.setattr(marking, "OVER", 1.0)
    monkeypatch.setattr(marking, "PLACES", (("gap", "sum"),))
    sheet = new_sheet(generator(0, 16), 900, 900, "en", unit=20)
    sheet.slots = [Slot("judge", 300, 50 * n, 340, 50 * n + 20, "right") for n in range(1, 16)]
    for seed in range(30):
        mark(seed, sheet, dict.fromkeys(sheet.slots, True))
    assert len(drawn) > 100 and min(drawn) > 340


def test_the_right_answer_is_never_written_over_the_wrong_one(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size, **_: said.append((x, y)) or x)
    sheet = new_sheet(generator(0, 16), 400, 900, "en", unit=20)
    slot = Slot("gap", 300, 100, 440, 120, "believe")
    written = np.zeros((400, 900), np.uint8)
    written[85:125, 300:470] = 255
    for seed in range(40):
        rng = generator(seed, 22)
        pen = Layer(pens.marking_pen(rng), np.zeros((400, 900), np.uint8))
        put_right(Writer(rng, sheet, new_hand(rng, "en"), pen, 30.0), slot, written)
    assert len(said) > 20 and all(x >= 465 or y < 86 or y > 135 for x, y in said)


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
