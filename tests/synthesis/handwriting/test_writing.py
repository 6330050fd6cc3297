"""Hands, pens and marks."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from restorekit.synthesis.handwriting import marks, pens, writing
from restorekit.synthesis.handwriting.filling import _nearest_working
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.marking import _answered, mark_work, some_words, text_mark
from restorekit.synthesis.handwriting.real_ink import ink_words
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.handwriting.writing import write_on
from restorekit.synthesis.pages import generator, render_sheet
from restorekit.synthesis.printing.sheets import Slot, new_sheet, put_text
from restorekit.synthesis.texts import phrases


def test_who_writes_low_crosses_the_line():
    sheet = new_sheet(generator(3, 16), 200, 600, "en")
    slot = Slot("line", 40, 60, 560, 120)
    low = []
    for sit in (0.0, 0.25):
        rng = generator(4, 30)
        hand = new_hand(generator(1, 23), "en")._replace(ink=None, climb=0.0, sit=sit)
        pen = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
        writing._fill_line(Writer(rng, sheet, hand, pen, 40.0), slot)
        low.append(np.flatnonzero(pen.coverage.sum(1) > pen.coverage.sum(1).max() / 4)[-1])
    assert low[1] - low[0] == pytest.approx(0.25 * 40, abs=3)


def test_nobody_writes_over_the_own_writing():
    rng = generator(2, 24)
    sheet = new_sheet(rng, 300, 500, "en")
    layer = Layer(pens.writing_pen(rng), np.zeros((300, 500), np.uint8))
    writer = Writer(rng, sheet, new_hand(rng, "en")._replace(ink=None), layer, 30.0)
    assert writer.write("water and stone", 40, 100) > 150
    once = layer.coverage.copy()
    assert writer.write("fire", 60, 104) == 60
    assert np.array_equal(layer.coverage, once)
    assert writer.write("fire", 60, 200) > 90


def test_real_ink_ships_and_is_found_in_a_folder(tmp_path):
    assert len(ink_words()) > 300
    crop = np.full((60, 200), 255, np.uint8)
    crop[20:40, 10:60] = 30
    crop[20:40, 140:190] = 30
    cv2.imwrite(str(tmp_path / "crop.png"), crop)
    words = ink_words(str(tmp_path))
    assert [word.amount.shape for word in words] == [(20, 50), (20, 50)]
    assert {(word.baseline, word.x_height) for word in words} == {(19, 20)}


def test_a_folder_without_ink_is_told(tmp_path):
    cv2.imwrite(str(tmp_path / "blank.png"), np.full((40, 40), 255, np.uint8))
    with pytest.raises(ValueError, match="no writing found"):
        ink_words(str(tmp_path))


def test_every_mark_is_drawn_about_where_it_is_asked_for():
    box = (60.0, 60.0, 140.0, 100.0)
    drawings = [
        lambda c, r: marks.tick(c, r, 100, 100, 40, 3),
        lambda c, r: marks.cross(c, r, 100, 80, 40, 3),
        lambda c, r: marks.circle(c, r, box, 3),
        lambda c, r: marks.line(c, r, 60, 80, 140, 80, 3),
        lambda c, r: marks.underline(c, r, 60, 140, 80, 3, 20),
        lambda c, r: marks.scribble(c, r, box, 3),
        lambda c, r: marks.caret(c, r, 100, 80, 30, 3),
        lambda c, r: marks.bracket(c, r, box, 3),
        lambda c, r: marks.sketch(c, r, box, 3),
        lambda c, r: marks.blot(c, r, 100, 80, 9),
    ]
    for place, draw in enumerate(drawings):
        for seed in range(5):
            canvas = np.zeros((200, 200), np.uint8)
            draw(canvas, generator(seed, 26))
            rows, columns = np.nonzero(canvas > 127)
            assert len(rows) > 20, place
            assert abs(rows.mean() - 80) < 40, place
            assert abs(columns.mean() - 100) < 50, place


def test_a_short_answer_is_written_whole_and_a_long_one_is_cut_to_its_room(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, *place: said.append(text) or place[0])
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=24)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
    writer = Writer(generator(5, 30), sheet, new_hand(generator(1, 23), "en"), layer, 40.0)
    for answer in ("371", "photosynthesis of green plants"):
        writing._fill(writer, Slot("gap", 100, 60, 130, 100, answer), right=True)
    assert said[0] == "371"
    assert "photosynthesis".startswith(said[-1]) and len(said[-1]) < 14


def test_one_character_goes_into_a_square_whoever_writes():
    words = ink_words("")
    sheet = new_sheet(generator(3, 16), 200, 600, "en")
    for seed in range(6):
        hand = new_hand(generator(seed, 23), "en")._replace(ink=words, climb=0.0)
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
        work = writing._Work(Writer(generator(seed, 30), sheet, hand, layer, 30.0), zeal=1.0, slips=0.0)
        work.do(Slot("cell", 100, 60, 140, 100, "n"))
        columns = np.flatnonzero(layer.coverage.any(0))
        assert 0 < np.ptp(columns) < 45


def test_brackets_are_straight_strokes_in_their_box():
    seen = set()
    for seed in range(40):
        canvas = np.zeros((200, 200), np.uint8)
        marks.bracket(canvas, generator(seed, 29), (60.0, 60.0, 140.0, 100.0), 3)
        assert not canvas[:45].any() and not canvas[116:].any(), "but for a hook at an end"
        inked = canvas > 127
        assert inked[70:90].any(1).all(), "each has an upright stroke"
        uprights = int((np.diff(inked[80].astype(int)) == 1).sum())
        above, below = (inked[rows, 72:128].any(0).mean() for rows in (slice(52, 68), slice(92, 108)))
        seen.add((uprights, round(2 * above) / 2, round(2 * below) / 2))
    frame, brackets, slash, slashes = (2, 1.0, 1.0), (2, 0.0, 0.0), (1, 0.0, 0.0), (2, 0.0, 0.0)
    assert {frame, brackets, slash, slashes} <= seen
    assert any(uprights == 1 and above + below >= 1 for uprights, above, below in seen), "the sign to swap"


def test_writers_and_teachers_bracket_words(monkeypatch):
    boxes = []
    monkeypatch.setattr(marks, "bracket", lambda _, __, box, ___: boxes.append(box))
    sheet = new_sheet(generator(3, 16), 200, 600, "en")
    written, printed = [], []
    for seed in range(120):
        rng = generator(seed, 32)
        pen = Layer(pens.writing_pen(rng), np.zeros((200, 600), np.uint8))
        writer = Writer(rng, sheet, new_hand(rng, "en"), pen, 30.0)
        writing._fill_line(writer, Slot("line", 40, 60, 560, 120))
        written += boxes
        boxes.clear()
        text_mark(writer, Slot("text", 40, 150, 300, 170, "one two three"))
        printed += boxes
        boxes.clear()
    assert written and all(top > 60 and bottom > 100 for _, top, _, bottom in written)
    assert printed and all(130 < top < 150 and bottom > 170 for _, top, _, bottom in printed)


def test_hands_differ_in_height_and_in_how_low_they_write():
    western = [new_hand(generator(seed, 33), "en") for seed in range(60)]
    assert min(hand.stretch for hand in western) < 0.9 and max(hand.stretch for hand in western) > 1.25
    assert min(hand.sit for hand in western) < 0 and max(hand.sit for hand in western) > 0.2
    assert all(new_hand(generator(seed, 33), "zh").stretch == 1 for seed in range(5))


def test_marks_at_print_reach_from_word_to_word():
    sheet = replace(render_sheet(generator(1), 200, 300)[1], language="en")
    writer = Writer(generator(2), sheet, new_hand(generator(2), "en"), None, 20)
    slot = Slot("text", 100, 0, 230, 20, "one two three")  # ten pixels a letter
    for _ in range(50):
        start, stop = some_words(writer, slot)
        assert min(abs(start - edge) for edge in (100, 140, 180)) < sheet.unit
        assert min(abs(stop - edge) for edge in (130, 170, 230)) < sheet.unit
        assert start < stop
    unread = [some_words(writer, Slot("text", 0, 0, 40 * sheet.unit, 20)) for _ in range(50)]
    assert max(stop - start for start, stop in unread) < 6 * sheet.unit


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
            rng = generator(seed, 17)
            pen = Layer(pens.marking_pen(rng), np.zeros((400, 600), np.uint8))
            mark_work(Writer(rng, sheet, new_hand(rng, "en"), pen, 20), 1.0, graded)
        assert set(drawn) == expected


def test_options_are_marked_as_they_were_answered_and_one_at_most(monkeypatch):
    written, marked, shaded, out, ways = [], [], [], [], []
    monkeypatch.setattr(Writer, "write", lambda self, text, *_: written.append(text) or 0.0)
    monkeypatch.setattr(
        writing, "mark_option", lambda _, slot, way: marked.append(slot.hint) or ways.append((bool(out), way))
    )
    monkeypatch.setattr(writing, "rule_out", lambda _, slot, __: out.append(slot.hint))
    monkeypatch.setattr(marks, "fill_in", lambda _, __, box, ___: shaded.append(box))
    monkeypatch.setattr(writing, "fill_blanks", lambda *_: None)
    monkeypatch.setattr(writing, "drop_blots", lambda *_: None)
    monkeypatch.setattr(writing, "mark_work", lambda *_: None)
    gap, *options = (
        Slot(kind, 50 * n, 20, 50 * n + 20, 40, hint)
        for n, (kind, hint) in enumerate([("gap", "B"), *(("option", letter) for letter in "ABCD")])
    )
    bubbles = [Slot("bubble", 50 * n, 90, 50 * n + 20, 99, letter) for n, letter in enumerate("ABCD")]
    both, marked_alone, shades, ruling = 0, 0, 0, 0
    for seed in range(300):
        sheet = new_sheet(generator(0, 16), 400, 600, "en")
        sheet.slots = [gap, *options, *bubbles]
        for log in (written, marked, shaded, out):
            log.clear()
        write_on(sheet, generator(seed, 18))
        assert len(marked) <= 1
        assert not (written and marked) or written[-1] == marked[0]
        assert not set(out) & {*marked, *written[-1:]}
        ruling += bool(out)
        boxes = set(map(tuple, shaded)) & {slot[1:5] for slot in bubbles}
        assert len(boxes) <= 1
        both += bool(written and marked)
        marked_alone += bool(marked and not written)
        shades += len(boxes)
    assert {way for _, way in ways} == {"circle", "tick", "line"}
    assert both > 5
    assert marked_alone > 5
    assert 150 < shades < 300
    assert 40 < ruling < 120, "a good part of the writers rule out what they do not choose"


def test_a_text_goes_on_from_line_to_line_and_nothing_of_it_is_lost(monkeypatch):
    monkeypatch.setattr(phrases, "sentence", lambda *_: "one two three four five six.")
    rng = generator(3, 19)
    pen = Layer(pens.writing_pen(rng), np.zeros((40, 400), np.uint8))
    writer = Writer(rng, new_sheet(rng, 40, 400, "en"), new_hand(rng, "en"), pen, 20)
    lines = [writer.next_line(100, 6) for _ in range(4)]
    assert lines == ["one two", "three four", "five six.", "one two"]


def test_fractions_stand_one_number_above_the_other():
    for seed in range(12):
        rng = generator(seed, 20)
        sheet = new_sheet(rng, 300, 400, "en")
        pen = Layer(pens.writing_pen(rng), np.zeros((300, 400), np.uint8))
        writer = Writer(rng, sheet, new_hand(rng, "en"), pen, 40.0)
        end = writer.write_working("3⁄4", 100, 150)
        inked = pen.coverage[:, 90 : int(end) + 10] > 127
        assert end > 110
        assert inked[:126].any() and inked[150:].any()
        assert inked[132:145].mean(1).max() > 0.35, "a bar at half the height of a letter"


def test_teachers_marks_are_as_small_as_a_letter_or_as_tall_as_some_lines(monkeypatch):
    sizes, slashes = [], []
    monkeypatch.setattr(marks, "tick", lambda _, __, ___, ____, size, _____: sizes.append(size))
    monkeypatch.setattr(marks, "cross", lambda *_: None)
    monkeypatch.setattr(marks, "line", lambda *_: slashes.append(1))
    sheet = new_sheet(generator(0, 16), 400, 600, "en")
    right, wrong = Slot("sum", 50, 50, 150, 80, "1"), Slot("sum", 50, 150, 150, 180, "2")
    sheet.slots = [right, wrong]
    for seed in range(80):
        rng = generator(seed, 21)
        pen = Layer(pens.marking_pen(rng), np.zeros((400, 600), np.uint8))
        mark_work(Writer(rng, sheet, new_hand(rng, "en"), pen, 20), 1.0, {right: True, wrong: False})
    assert min(sizes) < 1.3 * sheet.unit and max(sizes) > 3 * sheet.unit
    assert slashes, "some teachers strike out what is wrong instead of crossing it"


def test_only_questions_that_bear_an_answer_are_ticked():
    first, second = (Slot("number", 0, top, 20, top + 20) for top in (0, 100))
    answer, empty = (Slot("gap", 60, top, 90, top + 20, "7") for top in (0, 100))
    assert _answered([first, answer, second, empty], {answer: True}) == {first}


def test_what_is_worked_out_beside_a_question_is_that_question_once():
    workings = [(50.0, ("3+4", "=7")), (500.0, ("9-1", "=8"))]
    assert _nearest_working(workings, 480, 100) == ["9-1", "=8"]
    assert _nearest_working(workings, 480, 100) == []
    assert _nearest_working(workings, 120, 100) == ["3+4", "=7"]
    assert _nearest_working(workings, 120, 100) == []


def test_who_errs_writes_one_of_the_wrong_answers(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, *_: said.append(text) or 0.0)
    sheet = new_sheet(generator(3, 16), 200, 900, "en")
    sheet.wrong["goes"] = ("go", "going", "gone")
    pen = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 900), np.uint8))
    for seed in range(20):
        writer = Writer(generator(seed, 30), sheet, new_hand(generator(1, 23), "en"), pen, 20.0)
        writing._Work(writer, 1.0, 1.0).do(Slot("gap", 100, 50, 840, 70, "goes"))
    assert set(said) == {"go", "going", "gone"}


def test_each_question_is_answered_anew(monkeypatch):
    sheet = new_sheet(generator(3, 16), 200, 900, "en")
    pen = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 900), np.uint8))
    writer = Writer(generator(4, 30), sheet, new_hand(generator(1, 23), "en"), pen, 20.0, rest="left over")
    monkeypatch.setattr(writing, "_fill_line", lambda writer, slot: None)
    work = writing._Work(writer, 1.0, 0.0)
    work.do(Slot("line", 0, 0, 800, 40, "1"))
    assert writer.rest == "left over"
    work.do(Slot("line", 0, 40, 800, 80, "0"))
    assert writer.rest == ""


@pytest.mark.parametrize("hint", ["right", "wrong"])
def test_who_never_errs_ticks_what_is_right_and_crosses_what_is_wrong(monkeypatch, hint):
    drawn = []
    monkeypatch.setattr(writing.marks, "tick", lambda *_: drawn.append("right"))
    monkeypatch.setattr(writing.marks, "cross", lambda *_: drawn.append("wrong"))
    sheet = new_sheet(generator(3, 16), 200, 300, "en")
    pen = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 300), np.uint8))
    work = writing._Work(
        Writer(generator(4, 30), sheet, new_hand(generator(1, 23), "en"), pen, 20.0), 1.0, 0.0
    )
    work.do(slot := Slot("judge", 100, 50, 140, 70, hint))
    assert drawn == [hint] and work.graded == {slot: True}


def test_what_is_struck_out_is_another_answer(monkeypatch):
    said, struck = [], []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size: said.append(text) or x + 20.0)
    monkeypatch.setattr(writing.marks, "strike_out", lambda *_: struck.append(len(said)))
    sheet = new_sheet(generator(3, 16), 200, 900, "en")
    pen = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 900), np.uint8))
    for seed in range(200):
        writer = Writer(generator(seed, 30), sheet, new_hand(generator(1, 23), "en"), pen, 20.0)
        writing._fill(writer, Slot("gap", 100, 50, 840, 70, "12"), right=True)
    assert 0 < len(struck) < 20
    assert all(said[place - 1] != "12" and said[place] == "12" for place in struck)


def test_a_good_share_of_the_answers_to_sums_touches_the_printed_equals_sign():
    touched = []
    for seed in range(60):
        sheet = new_sheet(generator(3, 16), 120, 400, "zh", unit=30)
        end = put_text(sheet, 40, 70, "58+5=", sheet.body._replace(spacing=0.0), slot=False)
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((120, 400), np.uint8))
        hand = new_hand(generator(seed, 23), "zh")
        writer = Writer(generator(seed, 30), sheet, hand, layer, 36.0)
        writing._fill(writer, Slot("sum", int(end + 3), 40, 390, 70, "63"), right=True)
        print_ = cv2.dilate((np.asarray(sheet.image.convert("L")) < 128).astype(np.uint8), np.ones((3, 3)))
        touched.append(bool((print_ & (layer.coverage > 64)).any()))
    assert 0.25 < np.mean(touched) < 0.65


def test_what_is_too_long_for_its_brackets_goes_over_both():
    sheet = new_sheet(generator(3, 16), 120, 400, "zh", unit=30)
    writer = Writer(generator(5, 30), sheet, new_hand(generator(1, 23), "zh"), None, 36.0)
    starts = [writing._start(writer, Slot("gap", 100, 40, 130, 70), -20.0) for _ in range(50)]
    assert all(80 < start < 100 for start in starts)
    assert np.mean(starts) == pytest.approx(92, abs=2)


def test_figures_are_narrow_on_chinese_sheets_too():
    sheet = new_sheet(generator(3, 16), 120, 400, "zh", unit=30)
    writer = Writer(generator(5, 30), sheet, new_hand(generator(1, 23), "zh"), None, 36.0)
    assert writer.reach("12天") == pytest.approx(2.04)
