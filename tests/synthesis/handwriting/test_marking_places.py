"""Where a teacher's marks stand."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import marking, pens
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.marking import mark_work
from restorekit.synthesis.handwriting.ticks import reaches, tick_form
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet
from tests.synthesis.handwriting.teachers import mark


@pytest.fixture
def coverage_at_numbers(monkeypatch):
    """What 30 teachers who mark before numbers draw in all, where questions begin at a place."""
    monkeypatch.setattr(marking, "ACROSS", 0.0)
    monkeypatch.setattr(marking, "PLACES", (("number",),))
    monkeypatch.setattr(marking, "remark", lambda *_: None)
    monkeypatch.setattr(marking, "sign_off", lambda *_: None)

    def drawn(left, right, printed=None):
        sheet = new_sheet(generator(0, 16), 1200, 900, "en", unit=20)
        if printed:
            sheet.draw.rectangle(printed, fill=(0, 0, 0))
        numbers = [Slot("number", left, top, right, top + 20) for top in range(100, 1100, 100)]
        gaps = [Slot("gap", 600, top, 660, top + 20, "7") for top in range(100, 1100, 100)]
        sheet.slots = [slot for pair in zip(numbers, gaps, strict=True) for slot in pair]
        pen = Layer(pens.marking_pen(generator(1, 31)), np.zeros((1200, 900), np.uint8))
        coverage = np.zeros((1200, 900))
        for seed in range(30):
            pen.coverage[:] = 0
            writer = Writer(generator(seed, 21), sheet, new_hand(generator(seed, 23), "en"), pen, 20)
            mark_work(writer, dict.fromkeys(gaps, True))
            coverage += pen.coverage
        return coverage

    return drawn


def test_answers_are_marked_beside_them_and_not_at_the_next_question(monkeypatch):
    places = []
    monkeypatch.setattr(marking, "tick", lambda _, __, x, *___: places.append(x))
    sheet = new_sheet(generator(0, 16), 400, 900, "en", unit=20)
    wide, narrow = Slot("sum", 50, 50, 600, 80, "7"), Slot("gap", 50, 150, 70, 180, "8")
    sheet.slots = [wide, narrow]
    for seed in range(40):
        mark(seed, sheet, {wide: True, narrow: True})
    assert min(places) < 90 and max(places) <= 90 + 4.5 * 20 and len(places) > 10


def test_some_teachers_mark_questions_at_their_answers_rather_than_at_their_numbers(monkeypatch):
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
    for across, least, most in ((0.0, 8, 70), (1.0, 600, 720)):
        places.clear()
        monkeypatch.setattr(marking, "ACROSS", across)
        for seed in range(40):
            mark(seed, sheet, {gap: True})
        xs = [x for x, _ in places]
        assert len(xs) > 10 and np.mean([least <= x < most for x in xs]) > 0.9
        assert all(y < 190 for _, y in places)


def test_marks_at_answers_leave_the_next_answer_free_with_most_teachers(monkeypatch):
    sizes: list[float] = []
    monkeypatch.setattr(marking, "tick", lambda _, __, ___, ____, size, *_____: sizes.append(size))
    sheet = new_sheet(generator(0, 16), 400, 600, "en", unit=20)
    sheet.slots = [Slot("sum", 50, 50, 150, 80, "1")]
    for seed in range(60):
        mark(seed, sheet, {sheet.slots[0]: True})
    over = np.array(sizes) > 1.2 * marking.AT_ANSWER * 20
    assert len(sizes) > 10 and 0 < over.mean() < 0.35 and max(sizes) <= 1.2 * 5 * 20


def test_a_teacher_puts_no_two_ticks_alike_but_about_where_the_others_are_and_teachers_differ(monkeypatch):
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
            assert 5 < np.std([x for x, _ in drawn]) < 30
    assert np.std(places) > 8


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


def test_no_mark_of_one_sum_stands_at_the_next(monkeypatch):
    drawn = []
    monkeypatch.setattr(marking, "PLACES", (("sum",),))
    monkeypatch.setattr(marking, "remark", lambda *_: None)
    monkeypatch.setattr(marking, "tick", lambda _, __, x, *___: drawn.append(x))
    sheet = new_sheet(generator(0, 16), 400, 900, "en", unit=20)
    sheet.draw.rectangle([120, 60, 190, 160], fill=(0, 0, 0))  # print of the next sum
    sheet.slots = [first, _] = [Slot("sum", 50, 100, 115, 130, "7"), Slot("sum", 195, 100, 300, 130, "8")]
    written = np.zeros((400, 900), np.uint8)
    written[105:128, 60:110] = 255
    for seed in range(30):
        pen = Layer(pens.marking_pen(generator(1, 31)), np.zeros((400, 900), np.uint8))
        writer = Writer(generator(seed, 21), sheet, new_hand(generator(1, 23), "en"), pen, 20)
        mark_work(writer, {first: True}, written=written)
    assert len(drawn) > 8 and max(drawn) < 195 - 2 * 20


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
    assert len(drawn) > 5 and all(500 <= x < 640 and 200 < y < 265 for x, y in drawn)
    assert np.std(drawn, 0)[0] > 7


def test_ticks_before_numbers_leave_what_is_asked_free(coverage_at_numbers):
    coverage = coverage_at_numbers(68, 120)
    margin, asked = coverage[:, :130].sum(), coverage[:, 130:560].sum()
    assert margin > 0 and asked < 0.15 * margin


def test_ticks_before_numbers_leave_the_column_before_free(coverage_at_numbers):
    coverage = coverage_at_numbers(432, 500, [60, 60, 430, 1160])  # the text on the left
    left, asked = coverage[:, :425].sum(), coverage[:, 425:].sum()
    assert asked > 0 and left < 0.03 * asked


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
        left, top, right, bottom = reaches(tick_form(style), x, y - 2, size)[0]  # its foot may touch print
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
