"""How places are filled in, by whoever writes."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import answering, corrections, marks, pens, writing
from restorekit.synthesis.handwriting import options as options_module
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.options import OptionHabit
from restorekit.synthesis.handwriting.real_ink import ink_words
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.handwriting.writing import write_on
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.slips import STRUCK


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


def test_options_are_marked_as_they_were_answered_and_one_at_most(monkeypatch):
    written, marked, shaded, out, ways = [], [], [], [], []
    monkeypatch.setattr(Writer, "write", lambda self, text, *_, **__: written.append(text) or 0.0)
    monkeypatch.setattr(
        writing, "mark_option", lambda _, slot, way: marked.append(slot.hint) or ways.append((bool(out), way))
    )
    monkeypatch.setattr(writing, "rule_out", lambda _, slot, __: out.append(slot.hint))
    monkeypatch.setattr(options_module, "RULE_OUT", 0.5)
    monkeypatch.setattr(marks, "fill_in", lambda _, __, box, ___: shaded.append(box))
    monkeypatch.setattr(writing, "work_out_beside", lambda *_: None)
    monkeypatch.setattr(writing, "drop_blots", lambda *_: None)
    monkeypatch.setattr(writing, "mark_work", lambda *_: None)
    monkeypatch.setattr(writing, "PUT_RIGHT", 0.0)
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
        write_on(sheet, generator(seed, 24))
        assert len(marked) <= 1
        assert not (written and marked) or written[-1] == marked[0]
        assert not set(out) & {*marked, *written[-1:]}
        ruling += bool(out)
        boxes = set(map(tuple, shaded)) & {slot[1:5] for slot in bubbles}
        assert len(boxes) <= 1
        both += bool(written and marked)
        marked_alone += bool(marked and not written)
        shades += len(boxes)
    assert {way for _, way in ways} == set(options_module.WAYS)
    assert both > 5
    assert marked_alone > 5
    assert 150 < shades < 300
    assert 25 < ruling < 70, "some writers rule out what they do not choose"


def test_pupils_leave_the_blank_for_the_score_to_the_teacher(monkeypatch):
    written = []
    monkeypatch.setattr(Writer, "write", lambda self, text, *_, **__: written.append(text) or 0.0)
    monkeypatch.setattr(writing, "MARKED", 0.0)
    sheet = new_sheet(generator(0, 16), 400, 600, "en")
    sheet.slots = [Slot("score", 100, 20, 300, 50), Slot("field", 100, 60, 300, 90, "Ann")]
    for seed in range(20):
        write_on(sheet, generator(seed, 24))
    assert set(written) == {"Ann"}


def test_who_errs_writes_one_of_the_wrong_answers(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, *_, **__: said.append(text) or 0.0)
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
    monkeypatch.setattr(Writer, "write", lambda self, text, x, *_, **__: said.append(text) or x + 1)
    monkeypatch.setattr(answering, "CORRECTED", 0.0)
    monkeypatch.setattr(phrases, "with_aside", lambda *_: "an aside")
    monkeypatch.setattr(writing, "ASIDES", 1.0, raising=False)
    writer = Writer(generator(4, 30), sheet, new_hand(generator(1, 23), "en"), pen, 20.0, rest="left over")
    work = writing._Work(writer, 1.0, 1.0)
    for question in ("It floats.", "It sinks because it is made of iron."):
        for line in range(4):
            hint = str(line) if line else f"0\n{question}"
            work.do(Slot("line", 0, 40 * line, 900, 40 * line + 40, hint))
        assert " ".join(said) == question
        said.clear()
    assert len(work.graded) == 2 and all(work.graded.values()), "both say what is meant, and are right"
    work.undone = {skipped := Slot("line", 0, 40, 800, 80, "0\nNobody says this.")}
    work.do(skipped)
    work.do(Slot("line", 0, 80, 800, 120, "1"))
    assert not said


def test_a_table_of_answers_says_what_stands_in_the_brackets_below(monkeypatch):
    monkeypatch.setattr(Writer, "write", lambda self, text, x, *_, **__: x + 10.0)
    sheet = new_sheet(generator(0, 16), 900, 600, "zh", unit=20)
    row = [Slot("gap", 100 + 40 * n, 60, 136 + 40 * n, 80, one) for n, one in enumerate("ACBDA")]
    asked = [Slot("gap", 300, 160 + 90 * n, 360, 180 + 90 * n, one) for n, one in enumerate("ACB")]
    sheet.slots = [*row, *asked]
    said = []
    fill = writing.fill
    monkeypatch.setattr(
        writing, "fill", lambda *args, **how: said.append((args[1].top, one := fill(*args, **how))) or one
    )
    wrong = 0
    for seed in range(20):
        said.clear()
        layer = Layer(pens.writing_pen(generator(seed)), np.zeros((900, 600), np.uint8))
        writer = Writer(generator(seed, 30), sheet, new_hand(generator(1, 23), "zh"), layer, 26.0)
        work = writing._Work(writer, 1.0, 0.5, cells=writing.gathered(sheet.slots))
        for slot in sheet.slots:
            work.do(slot)
        told, given = [one for y, one in said if y == 60], [one for y, one in said if y > 60]
        assert told[:3] == given and not work.graded.keys() & set(row[:3])
        assert all(work.graded[slot] == (one == slot.hint) for one, slot in zip(given, asked, strict=True))
        wrong += sum(told[n] != "ACB"[n] for n in range(3))
    assert 15 < wrong < 45


@pytest.mark.parametrize("hint", ["right", "wrong"])
def test_who_never_errs_ticks_what_is_right_and_crosses_what_is_wrong(monkeypatch, hint):
    drawn = []
    monkeypatch.setattr(options_module, "tick", lambda *_: drawn.append("right"))
    monkeypatch.setattr(writing.marks, "cross", lambda *_: drawn.append("wrong"))
    sheet = new_sheet(generator(3, 16), 200, 300, "en")
    pen = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 300), np.uint8))
    work = writing._Work(
        Writer(generator(4, 30), sheet, new_hand(generator(1, 23), "en"), pen, 20.0), 1.0, 0.0
    )
    work.do(slot := Slot("judge", 100, 50, 140, 70, hint))
    assert drawn == [hint] and work.graded == {slot: True}


def test_workings_that_go_wrong_are_graded_so_and_lines_done_again_are_right(monkeypatch):
    seen = []
    monkeypatch.setattr(writing, "fill", lambda _, slot, right: seen.append((slot.hint, right)) or "")
    sheet = new_sheet(generator(3, 16), 400, 400, "en", unit=20)
    slot = Slot("area", 10, 10, 380, 380, "86+94=180\n180÷2=90")
    for seed in range(60):
        hand = new_hand(generator(seed, 23), "en")
        writing._Work(Writer(generator(seed, 30), sheet, hand, None, 20.0), 1.0, 0.25).do(slot)
    for worked, right in seen:
        assert right is (worked == slot.hint or STRUCK in worked)
    assert 0.2 < np.mean([not right for _, right in seen]) < 0.6
    assert {slot.hint, "86+94=180"} <= {worked for worked, _ in seen} and STRUCK in str(seen)


def test_the_chosen_letter_is_marked_by_those_who_do_where_none_is_ruled_out(monkeypatch):
    done = []
    monkeypatch.setattr(writing, "fill", lambda *_, **__: "C")
    monkeypatch.setattr(writing, "rule_out", lambda _, slot, __: done.append((slot.hint, "out")))
    monkeypatch.setattr(writing, "mark_option", lambda _, slot, way: done.append((slot.hint, way)))
    sheet = new_sheet(generator(3, 16), 200, 300, "en")
    slots = [Slot("gap", 0, 0, 9, 9, "C"), *(Slot("option", 0, 20, 9, 29, letter) for letter in "ABCD")]
    for share, out, expected in ((0.0, "", set()), (1.0, "", {("C", "circle")}), (1.0, "stroke", None)):
        habit = OptionHabit(marks=share, out=out, share=1.0)
        for seed in range(20):
            done.clear()
            work = writing._Work(Writer(generator(seed, 30), sheet, None, None, 20.0), 1.0, 0.0, habit)
            for slot in slots:
                work.do(slot)
            ways = {way for _, way in done}
            assert set(done) == expected if expected is not None else len(ways) == 1


def test_no_reader_underlines_answers_to_choose_from(monkeypatch):
    marked = []
    monkeypatch.setattr(writing, "text_mark", lambda _, slot, __: marked.append(slot.hint))
    sheet = new_sheet(generator(3, 16), 200, 300, "en", unit=20)
    reader = writing.Reader(share=1.0)
    work = writing._Work(Writer(generator(1, 30), sheet, None, None, 20.0), 1.0, 0.0, reader=reader)
    for hint in ("A. jump", "Г) в лесу", "12. Which word is a noun?", "Dogs bark."):
        work.do(Slot("text", 10, 20, 200, 36, hint))
    assert marked == ["12. Which word is a noun?", "Dogs bark."]


def test_some_writers_mark_no_print_and_some_a_whole_page(monkeypatch):
    marked = []
    monkeypatch.setattr(writing, "text_mark", lambda *_: marked.append(1))
    monkeypatch.setattr(writing, "work_out_beside", lambda *_: None)
    monkeypatch.setattr(writing, "mark_work", lambda *_: None)
    shares = []
    for seed in range(60):
        sheet = new_sheet(generator(0, 16), 100, 600, "en", unit=25)
        sheet.slots = [Slot("text", 10, 20, 300, 40, "some words")] * 100
        marked.clear()
        write_on(sheet, generator(seed, 34))
        shares.append(len(marked) / 100)
    assert 0.08 < np.mean(np.array(shares) == 0) < 0.4
    assert 0.02 < np.mean(np.array(shares) > 0.3) < 0.25


def test_boxes_that_are_chosen_mostly_get_ticks(monkeypatch):
    ways = []
    monkeypatch.setattr(writing, "judge", lambda _, __, ticks: ways.append(ticks))
    monkeypatch.setattr(writing, "work_out_beside", lambda *_: None)
    sheet = new_sheet(generator(0, 16), 100, 600, "en")
    sheet.slots = [Slot("box", 10, 20 + 40 * n, 30, 40 + 40 * n) for n in range(20)]
    for seed in range(20):
        write_on(sheet, generator(seed, 35))
    assert set(ways) == {True} and 0.6 < len(ways) / 400 < 1


def test_most_writing_is_larger_than_print_and_none_much_smaller(monkeypatch):
    sizes, tall = [], []

    def note(writer, _):
        sizes.append(writer.size / writer.sheet.unit)
        tall.append(sizes[-1] * writer.hand.stretch)

    monkeypatch.setattr(writing, "work_out_beside", note)
    sheet = new_sheet(generator(0, 16), 100, 200, "en", unit=20)
    for seed in range(100):
        write_on(sheet, generator(seed, 37))
    assert min(sizes) >= writing.SMALLEST and max(sizes) <= writing.LARGEST
    assert np.median(sizes) == pytest.approx(writing.SIZE, abs=0.15)
    assert np.percentile(tall, 95) < 2.6, "pupils' letters are seldom twice as tall as an em of the print"


def test_some_pupils_put_right_what_a_teacher_marked(monkeypatch):
    put_right = []
    monkeypatch.setattr(corrections, "put_right", lambda _, slot, __: put_right.append(slot.hint))
    monkeypatch.setattr(writing._Work, "do", lambda work, slot: work.graded.update({slot: slot.hint != "8"}))
    for name in ("mark_work", "work_out_beside", "drop_blots"):
        monkeypatch.setattr(writing, name, lambda *_: None)
    sheet = new_sheet(generator(0, 16), 400, 600, "en", unit=20)
    sheet.slots = [Slot("gap", 300, 100, 360, 120, "7"), Slot("gap", 300, 200, 360, 220, "8")]
    for seed in range(200):
        write_on(sheet, generator(seed, 38))
    assert set(put_right) == {"8"}
    assert 0.02 < len(put_right) / 200 < writing.MARKED * writing.PUT_RIGHT


def test_forms_are_not_read_closely(monkeypatch):
    read = []
    monkeypatch.setattr(writing, "text_mark", lambda *_: read.append(1))
    sheet = new_sheet(generator(0, 16), 100, 600, "en", unit=25)
    sheet.slots = [Slot("text", 10, 20, 400, 40, "Which of these do you take?")] * 20
    for seed in range(20):
        write_on(sheet, generator(seed, 39))
    assert read
    read.clear()
    sheet.given = {"whole": "form"}
    for seed in range(20):
        write_on(sheet, generator(seed, 39))
    assert not read


def test_hardly_any_form_is_marked_and_nothing_that_asks_nothing(monkeypatch):
    shares = {}
    for given, asks in (({}, True), ({"whole": "form"}, True), ({}, False)):
        marked = []
        monkeypatch.setattr(writing, "mark_work", lambda *_, marked=marked: marked.append(1))
        sheet = new_sheet(generator(0, 16), 60, 80, "en")
        sheet.given, sheet.slots = given, [Slot("judge", 9, 9, 30, 20)] * asks
        for seed in range(150):
            write_on(sheet, generator(seed, 40))
        shares[bool(given), asks] = len(marked) / 150
    assert shares[False, True] == pytest.approx(writing.MARKED, abs=0.12)
    assert shares[True, True] == pytest.approx(writing.FORMS_MARKED, abs=0.06)
    assert shares[False, False] == 0


def test_some_put_right_with_another_pen_what_was_marked(monkeypatch):
    taken = []
    monkeypatch.setattr(writing, "MARKED", 1.0)
    monkeypatch.setattr(writing, "PUT_RIGHT", 1.0)
    monkeypatch.setattr(writing, "with_other_pen", lambda writer: taken.append(writer) or writer)
    sheet = new_sheet(generator(0, 16), 300, 600, "en", unit=20)
    sheet.slots = [Slot("sum", 150, 50, 250, 80, "7")]
    for seed in range(60):
        write_on(sheet, generator(seed, 24))
    assert len(taken) / 60 == pytest.approx(writing.OTHER_PEN, abs=0.2)
