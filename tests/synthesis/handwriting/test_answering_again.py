"""Answers that turn out wrong are struck out and written again."""

import numpy as np

from restorekit.synthesis.handwriting import answering, pens
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


def test_what_is_struck_out_is_another_answer(monkeypatch):
    said, struck = [], []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size, **_: said.append(text) or x + 20.0)
    monkeypatch.setattr(answering.strikes, "strike_out", lambda *_: struck.append(len(said)))
    monkeypatch.setattr(answering.strikes, "writes_over", lambda *_: False)
    sheet = new_sheet(generator(3, 16), 200, 900, "en")
    pen = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 900), np.uint8))
    for seed in range(200):
        hand = new_hand(generator(1, 23), "en")._replace(rethinks=0.05)
        writer = Writer(generator(seed, 30), sheet, hand, pen, 20.0)
        answering.fill(writer, Slot("gap", 100, 50, 840, 70, "12"), right=True)
    assert 0 < len(struck) < 25
    assert all(said[place - 1] != "12" and said[place] == "12" for place in struck)


def test_what_is_struck_is_written_again_where_paper_is_bare():
    sheet = new_sheet(generator(3, 16), 300, 600, "en", unit=30)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((300, 600), np.uint8))
    writer = Writer(generator(1, 30), sheet, new_hand(generator(1, 23), "en"), layer, 40.0)
    x, y, size = answering._again_at(writer, (100.0, 150.0, 160.0), 1.0, 40.0)
    assert 160 < x <= 172 and (y, size) == (150.0, 40.0)
    sheet.draw.rectangle([165, 100, 400, 170], fill=(0, 0, 0))
    x, y, size = answering._again_at(writer, (100.0, 150.0, 160.0), 1.0, 40.0)
    assert 85 < x < 135 and 108 < y < 120 and 29 < size < 39
    sheet.draw.rectangle([90, 60, 400, 110], fill=(0, 0, 0))
    assert answering._again_at(writer, (100.0, 150.0, 160.0), 1.0, 40.0)[1] > 175


def test_some_write_what_is_right_over_what_is_wrong(monkeypatch):
    said = []
    monkeypatch.setattr(answering.strikes, "writes_over", lambda *_: True)
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, *_, **__: said.append((text, x, y)))
    sheet = new_sheet(generator(3, 16), 300, 600, "en", unit=30)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((300, 600), np.uint8))
    hand = new_hand(generator(1, 23), "en")._replace(rethinks=1.0, ink=None, loose=0.0)
    answering.fill(
        Writer(generator(2, 30), sheet, hand, layer, 40.0), Slot("gap", 100, 60, 400, 100, "37"), right=True
    )
    (wrong, *at), *again = said
    assert wrong != "37" and len(wrong) == 2 and set(again) == {("37", *at)}


def test_nothing_is_struck_out_where_there_is_no_room_to_put_it_right(monkeypatch):
    monkeypatch.setattr(answering.strikes, "writes_over", lambda *_: False)
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, *_, **__: said.append(text) or x + 20.0)
    sheet = new_sheet(generator(3, 16), 300, 600, "en", unit=30)
    sheet.draw.rectangle([0, 0, 600, 300], fill=(0, 0, 0))
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((300, 600), np.uint8))
    hand = new_hand(generator(1, 23), "en")._replace(rethinks=1.0, ink=None, loose=0.0)
    for seed in range(10):
        writer = Writer(generator(seed, 30), sheet, hand, layer, 40.0)
        answering.fill(writer, Slot("gap", 100, 60, 400, 100, "37"), right=True)
    assert said == ["37"] * 10 and not layer.coverage.any()


def test_what_is_written_again_begins_after_what_is_struck(monkeypatch):
    monkeypatch.setattr(answering.strikes, "writes_over", lambda *_: False)
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, *_, **__: said.append((text, x)) or x + 200.0)
    sheet = new_sheet(generator(3, 16), 300, 900, "en", unit=30)
    hand = new_hand(generator(1, 23), "en")._replace(rethinks=1.0, ink=None, loose=0.0)
    for seed in range(10):
        said.clear()
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((300, 900), np.uint8))
        writer = Writer(generator(seed, 30), sheet, hand, layer, 40.0)
        answering.fill(writer, Slot("gap", 100, 120, 400, 150, "37"), right=True)
        (_, first), (text, again) = said
        assert text == "37" and again > first + 200


def test_who_errs_in_brackets_of_the_own_writes_another_letter_in_them():
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=30)
    writer = Writer(generator(1, 30), sheet, new_hand(generator(1, 23), "en"), None, 40.0)
    assert {answering.mistaken(writer, "(C)") for _ in range(40)} == {"(A)", "(B)", "(D)"}


def test_an_answer_is_put_right_where_no_other_is_awaited(monkeypatch):
    monkeypatch.setattr(answering.strikes, "writes_over", lambda *_: False)
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, *_, **__: said.append(text) or x + 40.0)
    sheet = new_sheet(generator(3, 16), 300, 900, "en", unit=30)
    slot, hand = Slot("sum", 100, 120, 180, 150, "37"), new_hand(generator(1, 23), "en")
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((300, 900), np.uint8))
    for others, times in ([], 2), ([Slot("sum", 120, 60, 300, 190, "9")], 1):
        sheet.slots = [slot, *others]
        for seed in range(6):
            said.clear()
            writer = Writer(generator(seed, 30), sheet, hand._replace(rethinks=1.0, loose=0.0), layer, 30.0)
            answering.fill(writer, slot, right=True)
            assert len(said) == times and said[-1] == "37"


def test_who_does_not_care_squeezes_what_is_right_in_over_print_above_or_below():
    sheet = new_sheet(generator(3, 16), 300, 600, "en", unit=30)
    sheet.draw.rectangle([0, 0, 600, 300], fill=(0, 0, 0))
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((300, 600), np.uint8))
    hand = new_hand(generator(1, 23), "en")._replace(loose=0.9)
    writer = Writer(generator(1, 30), sheet, hand, layer, 40.0)
    places = [answering._again_at(writer, (100.0, 150.0, 160.0), 1.0, 40.0) for _ in range(40)]
    assert all(y < 119 or y > 170 for _, y, _ in places), "not over what goes on in the line"
    assert sum(y < 125 for _, y, _ in places) > 5 and max(tall for *_, tall in places) <= 0.8 * 0.95 * 40
