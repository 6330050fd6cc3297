"""Workings in blank places."""

from dataclasses import replace

import numpy as np
import pytest

from restorekit.synthesis.handwriting import filling, pens, steps
from restorekit.synthesis.handwriting.filling import fill_area, work_out_beside
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.real_ink import ink_words, one_writer
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet, put_text


def somebody(seed, size=24.0):
    """A writer at a sheet of two columns with a question in each."""
    sheet = new_sheet(generator(0, 16), 600, 900, "en", unit=24)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((600, 900), np.uint8))
    hand = new_hand(generator(seed, 23), "en")._replace(ink=None)
    for left, text in ((20, "1. What is 3 plus 4?"), (470, "2. What is 9 minus 1?")):
        put_text(sheet, left, 200, text, sheet.body)
    first, second = (Slot("gap", left + 300, 176, left + 400, 200, "7") for left in (20, 470))
    sheet.slots = [Slot("aside", 20, 176, 440, 200, "3+4×2\n=11"), first]
    sheet.slots += [Slot("aside", 470, 176, 880, 200, "9-1×3\n=6"), second]
    return Writer(generator(seed, 30), sheet, hand, layer, size), first, second


def test_what_is_answered_is_worked_out_near_its_question_in_its_column_and_over_no_print():
    worked = 0
    for seed in range(60):
        writer, first, _ = somebody(seed)
        work_out_beside(writer, {first})
        rows, columns = np.nonzero(writer.canvas > 127)
        if not len(rows):
            continue
        worked += columns.max() < 470
        print_ = np.asarray(writer.sheet.image.convert("L")) < 128
        assert not (print_ & (writer.canvas > 127)).any()
        assert not writer.canvas[176:200, 320:420].any(), "the place of the answer stays free"
        assert np.abs(rows - 200).max() < (filling.NEAR + 3) * 24
    assert 10 < worked < 56, "some writers do it in their heads"


def test_hardly_anybody_works_out_what_is_not_answered():
    inked = 0
    for seed in range(60):
        writer, *_ = somebody(seed)
        work_out_beside(writer, set())
        inked += bool(writer.canvas.any())
    assert inked < 8


def test_where_nothing_is_blank_nothing_is_written():
    for seed in range(20):
        writer, first, second = somebody(seed)
        writer.sheet.draw.rectangle([0, 0, 900, 600], fill=(90, 90, 90))
        work_out_beside(writer, {first, second})
        assert not writer.canvas.any()


@pytest.mark.parametrize("lines", [3, 8])
def test_a_sum_is_worked_out_once_and_whole_however_small_the_room(monkeypatch, lines):
    hint = "\n".join(f"={n}" for n in range(lines))
    written, sizes = [], []

    def note(self, text, x, y):
        written.append(text)
        sizes.append(self.size)
        return x

    monkeypatch.setattr(steps, "write_working", note)
    monkeypatch.setattr(filling, "as_written", lambda *given: given[2])
    for seed in range(10):
        written.clear()
        fill_area(somebody(seed)[0], Slot("area", 20, 200, 500, 440, hint))
        assert written == hint.split("\n")
    assert (min(sizes) < 24) == (lines == 8)


def test_a_working_begins_below_the_labels_of_a_figure():
    for seed in range(20):
        writer, *_ = somebody(seed)
        put_text(writer.sheet, 230, 330, "? km", writer.sheet.body, slot=False)
        print_ = np.asarray(writer.sheet.image.convert("L")) < 128
        fill_area(writer, Slot("area", 60, 300, 440, 560, "16÷4×5×2\n=4×10\n=40"))
        assert (writer.canvas > 127).any() and (print_ & (writer.canvas > 127)).sum() < 20


@pytest.mark.parametrize("loose", [0.0, 0.9])
def test_a_working_leaves_the_paper_for_the_next_one_free(loose):
    for seed in range(12):
        writer, *_ = somebody(seed)
        writer = replace(writer, hand=writer.hand._replace(loose=loose, style=7))
        fill_area(writer, Slot("area", 60, 300, 260, 400, "45.60+7.85\n=53.45"))
        assert np.nonzero(writer.canvas > 127)[1].max() < 272


def test_in_blank_places_of_language_papers_no_sums_stand(monkeypatch):
    said = []
    monkeypatch.setattr(steps, "write_working", lambda self, text, *_, **__: said.append(text))
    for seed in range(20):
        writer = replace(somebody(seed)[0])
        writer.sheet.topic = "language_1"
        fill_area(writer, Slot("area", 20, 200, 500, 440))
        assert writer.canvas.any()
    assert not said


def test_one_sum_of_small_numbers_is_done_in_the_head():
    assert all(map(filling.done_in_head, ("17+6\n=23", "24÷6=4", "x=42-7\n=35", "53 - 5")))
    assert not any(map(filling.done_in_head, ("17+6-4\n=23-4\n=19", "325+96\n=421", "2x+1=7\nx=3")))
    for seed in range(20):
        writer, first, second = somebody(seed)
        writer.sheet.slots = [
            slot._replace(hint="3+4\n=7") if slot.kind == "aside" else slot for slot in writer.sheet.slots
        ]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(filling, "_stack_beside", lambda *_: False)
            work_out_beside(writer, {first, second})
        assert not writer.canvas.any()


def test_sentences_keep_to_a_frame_around_the_paper_for_them():
    over, below = [], []
    for seed in range(25):
        writer, *_ = somebody(seed, 30.0)
        writer.sheet.slots, box = [], (300, 330, 600, 460)
        writer.sheet.topic = "language_2"
        writer.sheet.draw.rectangle(box, outline=(0, 0, 0), width=2)
        hand = writer.hand._replace(loose=0.1, slant=0.0, sit=0.0, climb=0.0)
        fill_area(replace(writer, hand=hand), Slot("area", *box))
        rows, columns = np.nonzero(writer.canvas > 127)
        over.append(columns.max() - 600)
        below.append(writer.canvas[458:462, 300:600].mean())
    assert np.mean(np.array(over) > 6) < 0.1 and np.mean(below) < 4


def test_a_working_that_has_no_room_comes_to_its_result_all_the_same():
    lines = ["4×4+1", "=16+1", "=17"]
    assert [filling._as_room_is(lines, rows) for rows in (3, 2, 1)] == [
        lines,
        ["4×4+1", "=17"],
        ["4×4+1=17"],
    ]
    assert filling._as_room_is(["x=3", "y=4"], 1) == ["x=3", "y=4"], "two answers"


@pytest.mark.parametrize(("working", "real"), [("64÷8\n=8", True), ("64÷8=8\n8 tables", False)])
def test_words_of_a_working_are_no_words_of_real_ink(monkeypatch, working, real):
    hands = []
    monkeypatch.setattr(filling, "write_step", lambda writer, *_: hands.append(writer.hand))
    writer, *_ = somebody(3)
    writer = replace(writer, hand=writer.hand._replace(ink=one_writer(generator(1, 3), ink_words())))
    fill_area(writer, Slot("area", 20, 300, 800, 560, working))
    assert hands and {bool(hand.ink) for hand in hands} == {real}


def test_writers_put_down_one_sum_in_ways_of_their_own(monkeypatch):
    said = []
    monkeypatch.setattr(filling, "write_step", lambda _, line, x, __: said.append(line) or x)
    stacked = []
    monkeypatch.setattr(filling, "write_columns", lambda _, layout, *__: stacked.append(layout.size))
    sheet = new_sheet(generator(0, 16), 600, 900, "en", unit=20)
    found = set()
    for style in range(60):
        said.clear()
        stacked.clear()
        hand = new_hand(generator(1, 23), "en")._replace(style=style, ink=None)
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((600, 900), np.uint8))
        writer = Writer(generator(style, 30), sheet, hand, layer, 30.0)
        filling.fill_area(writer, Slot("area", 60, 100, 800, 400, "77+3\n=80(eggs)"))
        assert bool(said) != bool(stacked)
        found.add(tuple(said) or stacked[0])
    assert found == {("77+3=80(eggs)",), ("77+3", "=80(eggs)"), ("80 eggs",), (3, 3)}
