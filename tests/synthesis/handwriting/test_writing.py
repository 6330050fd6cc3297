"""How places are filled in, by whoever writes."""

import cv2
import numpy as np
import pytest

from restorekit.synthesis.handwriting import marks, pens, writing
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.marking import text_mark
from restorekit.synthesis.handwriting.options import OptionHabit
from restorekit.synthesis.handwriting.real_ink import ink_words
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.handwriting.writing import write_on
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet, put_text


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


def test_words_are_written_whole_and_answers_of_many_cut_to_their_room(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, *place: said.append(text) or place[0])
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=24)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
    writer = Writer(generator(5, 30), sheet, new_hand(generator(1, 23), "en"), layer, 40.0)
    for answer in ("371", "photosynthesis", "photosynthesis of green plants"):
        writing._fill(writer, Slot("gap", 100, 60, 130, 100, answer), right=True)
    assert said == ["371", "photosynthesis", "photosynthesis"]


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


def test_readers_and_teachers_bracket_words(monkeypatch):
    boxes = []
    monkeypatch.setattr(marks, "bracket", lambda _, __, box, ___: boxes.append(box))
    sheet = new_sheet(generator(3, 16), 200, 600, "en")
    for seed in range(120):
        rng = generator(seed, 32)
        pen = Layer(pens.writing_pen(rng), np.zeros((200, 600), np.uint8))
        writer = Writer(rng, sheet, new_hand(rng, "en"), pen, 30.0)
        text_mark(writer, Slot("text", 40, 150, 300, 170, "one two three"))
    assert boxes and all(130 < top < 150 and bottom > 170 for _, top, _, bottom in boxes)


def test_options_are_marked_as_they_were_answered_and_one_at_most(monkeypatch):
    written, marked, shaded, out, ways = [], [], [], [], []
    monkeypatch.setattr(Writer, "write", lambda self, text, *_: written.append(text) or 0.0)
    monkeypatch.setattr(
        writing, "mark_option", lambda _, slot, way: marked.append(slot.hint) or ways.append((bool(out), way))
    )
    monkeypatch.setattr(writing, "rule_out", lambda _, slot, __: out.append(slot.hint))
    monkeypatch.setattr(marks, "fill_in", lambda _, __, box, ___: shaded.append(box))
    monkeypatch.setattr(writing, "work_out_beside", lambda *_: None)
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


def test_each_question_gets_its_own_answer_and_lines_left_over_stay_empty(monkeypatch):
    sheet = new_sheet(generator(3, 16), 400, 900, "en")
    pen = Layer(pens.writing_pen(generator(1, 31)), np.zeros((400, 900), np.uint8))
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, *_: said.append(text) or x + 1)
    monkeypatch.setattr(writing, "CORRECTED", 0.0)
    writer = Writer(generator(4, 30), sheet, new_hand(generator(1, 23), "en"), pen, 20.0, rest="left over")
    work = writing._Work(writer, 1.0, 0.0)
    for question in ("It floats.", "It sinks because it is made of iron."):
        for line in range(4):
            hint = str(line) if line else f"0\n{question}"
            work.do(Slot("line", 0, 40 * line, 900, 40 * line + 40, hint))
        assert " ".join(said) == question
        said.clear()
    work.zeal = 0.0
    work.do(Slot("line", 0, 40, 800, 80, "0\nNobody says this."))
    work.do(Slot("line", 0, 80, 800, 120, "1"))
    assert not said


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


@pytest.mark.parametrize("both", [True, False])
def test_the_letter_that_is_left_is_ticked_by_those_who_do_both(monkeypatch, both):
    done = []
    monkeypatch.setattr(writing, "_fill", lambda *_, **__: "C")
    monkeypatch.setattr(writing, "rule_out", lambda _, slot, __: done.append((slot.hint, "out")))
    monkeypatch.setattr(writing, "mark_option", lambda _, slot, way: done.append((slot.hint, way)))
    habit = OptionHabit(way="circle", out="stroke", both=both, share=1.0)
    sheet = new_sheet(generator(3, 16), 200, 300, "en")
    ticked = []
    for seed in range(40):
        done.clear()
        work = writing._Work(Writer(generator(seed, 30), sheet, None, None, 20.0), 1.0, 0.0, habit)
        for slot in (
            Slot("gap", 0, 0, 9, 9, "C"),
            *(Slot("option", 0, 20, 9, 29, letter) for letter in "ABCD"),
        ):
            work.do(slot)
        ways = dict(done)
        if "out" in ways.values():
            assert ways.get("C", "tick") == "tick", "no ring beside what is ruled out"
            ticked.append("C" in ways)
    assert len(ticked) > 20 and (all(ticked) if both else np.mean(ticked) < 0.5)


def test_answers_a_little_too_long_keep_their_size_and_go_over(monkeypatch):
    sizes = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size: sizes.append(size) or x)
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=30)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
    for seed in range(60):
        writer = Writer(generator(seed, 30), sheet, new_hand(generator(1, 23), "en"), layer, 40.0)
        room = round(writer.reach("371") * 40 / 1.1)
        writing._fill(writer, Slot("gap", 100, 60, 100 + room, 100, "371"), right=True)
    assert 0.3 < np.mean(np.array(sizes) == 40) < 0.7


def test_an_answer_behind_an_equals_sign_stands_as_low_as_the_hand_writes(monkeypatch):
    low = {}
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size: low[kind].append(y) or x)
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=30)
    hand = new_hand(generator(1, 23), "en")._replace(sit=0.4)
    for kind in ("sum", "gap"):
        low[kind] = []
        for seed in range(60):
            layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
            writing._fill(
                Writer(generator(seed, 30), sheet, hand, layer, 40.0),
                Slot(kind, 9, 60, 400, 100, "7"),
                right=True,
            )
    assert np.median(low["sum"]) - np.median(low["gap"]) == pytest.approx(0.5 * 0.4 * 40, abs=2)


def test_a_sign_is_written_whoever_writes(monkeypatch):
    inks = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, *_: inks.append(self.hand.ink) or x)
    sheet = new_sheet(generator(3, 16), 200, 600, "en")
    hand = new_hand(generator(1, 23), "en")._replace(ink=ink_words(""))
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
    for seed in range(10):
        writing._fill(
            Writer(generator(seed, 30), sheet, hand, layer, 30.0),
            Slot("gap", 9, 60, 99, 100, "<"),
            right=True,
        )
    assert not any(inks), "real ink comes in words"


def test_most_writers_hardly_underline_and_some_often_do(monkeypatch):
    marked = []
    monkeypatch.setattr(writing, "text_mark", lambda *_: marked.append(1))
    monkeypatch.setattr(writing, "work_out_beside", lambda *_: None)
    monkeypatch.setattr(writing, "mark_work", lambda *_: None)
    shares = []
    for seed in range(60):
        sheet = new_sheet(generator(0, 16), 100, 600, "en")
        sheet.slots = [Slot("text", 10, 20, 300, 40, "some words")] * 100
        marked.clear()
        write_on(sheet, generator(seed, 34))
        shares.append(len(marked) / 100)
    assert 0.2 < np.mean(np.array(shares) == 0) < 0.7
    assert 0.08 < np.mean(np.array(shares) > 0.12) < 0.4


@pytest.mark.parametrize("sign", ["<", "+"])
def test_a_sign_stands_in_the_middle_of_its_ring(sign):
    middles = []
    for seed in range(12):
        sheet = new_sheet(generator(3, 16), 200, 300, "en", unit=40)
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 300), np.uint8))
        writer = Writer(generator(seed, 30), sheet, new_hand(generator(seed, 23), "en"), layer, 60.0)
        writing._fill(writer, Slot("gap", 100, 70, 140, 100, sign), right=True)
        middles.append(np.nonzero(layer.coverage > 127)[0].mean())
    assert np.median(middles) == pytest.approx(85, abs=6)


def test_empty_boxes_of_lists_get_ticks_alone(monkeypatch):
    ways = []
    monkeypatch.setattr(writing, "mark_option", lambda _, __, way: ways.append(way))
    monkeypatch.setattr(writing, "work_out_beside", lambda *_: None)
    sheet = new_sheet(generator(0, 16), 100, 600, "en")
    sheet.slots = [Slot("option", 10, 20, 30, 40)] * 20
    for seed in range(20):
        write_on(sheet, generator(seed, 35))
    assert set(ways) == {"tick"} and 0.15 < len(ways) / 400 < 0.45
