"""How answers are written into their places."""

import itertools

import cv2
import numpy as np
import pytest

from restorekit.synthesis.handwriting import answering, pens, rooms
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.real_ink import ink_words, one_writer
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet, put_text


def test_who_writes_low_crosses_the_line():
    sheet = new_sheet(generator(3, 16), 200, 600, "en")
    slot = Slot("line", 40, 60, 560, 120)
    low = {0.0: [], 0.25: []}
    for sit, seed in itertools.product(low, range(9)):
        hand = new_hand(generator(1, 23), "en")._replace(ink=None, climb=0.0, sit=sit, changes=0.0, tires=0.0)
        pen = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
        answering.fill_line(Writer(generator(seed, 30), sheet, hand, pen, 40.0), slot)
        low[sit].append(np.flatnonzero(pen.coverage.sum(1) > pen.coverage.sum(1).max() / 4)[-1])
    assert np.median(low[0.25]) - np.median(low[0.0]) == pytest.approx(0.25 * 40, abs=4)


def listened_to(monkeypatch, language):
    """A writer of a language, and what it writes from now on."""
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, *place: said.append(text) or place[0])
    sheet = new_sheet(generator(3, 16), 200, 900, language, unit=24)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 900), np.uint8))
    hand = new_hand(generator(1, 23), language)._replace(loose=0.0, rethinks=0.0)
    return Writer(generator(5, 30), sheet, hand, layer, 40.0), said


def test_answers_are_written_whole_and_entries_of_many_words_cut_to_their_room(monkeypatch):
    writer, said = listened_to(monkeypatch, "en")
    for answer in ("371", "photosynthesis", "0.45, 0.5, 0.54"):
        answering.fill(writer, Slot("gap", 100, 60, 130, 100, answer), right=True)
    for entry in ("Hillside School of Derby", "01481 522754"):
        answering.fill(writer, Slot("field", 100, 60, 130, 100, entry), right=True)
    assert said == ["371", "photosynthesis", "0.45, 0.5, 0.54", "Hillside", "01481 522754"]


def test_few_answers_to_sums_touch_the_printed_equals_sign():
    touched = []
    for seed in range(60):
        sheet = new_sheet(generator(3, 16), 120, 400, "zh", unit=30)
        end = put_text(sheet, 40, 70, "58+5=", sheet.body._replace(spacing=0.0), slot=False)
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((120, 400), np.uint8))
        hand = new_hand(generator(seed, 23), "zh")
        writer = Writer(generator(seed, 30), sheet, hand, layer, 36.0)
        answering.fill(writer, Slot("sum", int(end + 3), 40, 390, 70, "63"), right=True)
        print_ = cv2.dilate((np.asarray(sheet.image.convert("L")) < 128).astype(np.uint8), np.ones((3, 3)))
        touched.append(bool((print_ & (layer.coverage > 64)).any()))
    assert 0 < np.mean(touched) < 0.35


def test_what_is_too_long_for_its_brackets_goes_over_the_closing_one():
    sheet = new_sheet(generator(3, 16), 120, 400, "zh", unit=30)
    writer = Writer(generator(5, 30), sheet, new_hand(generator(1, 23), "zh")._replace(rests=0.4), None, 36.0)
    starts = [rooms.start_of(writer, Slot("gap", 100, 40, 130, 70), -20.0) for _ in range(50)]
    assert starts == [pytest.approx(100 + rooms.WITHIN * 30)] * 50


def test_numbers_get_small_rather_than_hide_their_brackets(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size, **_: said.append((x, size)) or x)
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=30)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
    for seed in range(40):
        hand = new_hand(generator(1, 23), "en")._replace(loose=0.0, rethinks=0.0)
        writer = Writer(generator(seed, 30), sheet, hand, layer, 40.0)
        room = round(writer.reach("120") * 40 / 1.2)
        answering.fill(writer, Slot("gap", 100, 60, 100 + room, 100, "120"), right=True)
    assert all(x >= 100 + 0.1 * 30 for x, _ in said)
    assert max(size for _, size in said) < 0.9 * 40


def test_the_middle_of_figures_is_near_that_of_their_brackets_unless_they_stand_on_a_rule(monkeypatch):
    stands = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size, **_: stands.append((y, size)) or x)
    hand = new_hand(generator(1, 23), "en")._replace(floats=0.0, stretch=1.0, latin=1.0, rethinks=0.0)
    middles = {}
    for ruled in (False, True):
        sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=30)
        if ruled:
            sheet.draw.rectangle([100, 102, 200, 103], fill=(0, 0, 0))
        stands.clear()
        for seed in range(40):
            layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
            writer = Writer(generator(seed, 30), sheet, hand, layer, 40.0)
            answering.fill(writer, Slot("gap", 100, 60, 200, 100, "7"), right=True)
        middles[ruled] = np.median([y - 0.5 * size for y, size in stands])
    sunk = answering.LOWER["gap"] * (0.5 * 40 - 0.36 * 30)
    assert middles[False] == pytest.approx(100 - 0.5 * 40 + sunk, abs=1)
    assert middles[True] == pytest.approx(100 - 0.5 * 40 + 0.5 * hand.sit * 40, abs=1)


def test_a_sign_is_written_whoever_writes(monkeypatch):
    inks = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, *_, **__: inks.append(self.hand.ink) or x)
    sheet = new_sheet(generator(3, 16), 200, 600, "en")
    hand = new_hand(generator(1, 23), "en")._replace(ink=ink_words(""))
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
    for seed in range(10):
        answering.fill(
            Writer(generator(seed, 30), sheet, hand, layer, 30.0),
            Slot("gap", 9, 60, 99, 100, "<"),
            right=True,
        )
    assert not any(inks), "real ink comes in words"


@pytest.mark.parametrize("stretch", [0.8, 1.5])
@pytest.mark.parametrize("sign", ["<", "=", "+"])
def test_a_sign_stands_in_the_middle_of_its_ring(sign, stretch):
    middles, across, tall = [], [], []
    for seed in range(12):
        sheet = new_sheet(generator(3, 16), 200, 300, "en", unit=40)
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 300), np.uint8))
        hand = new_hand(generator(seed, 23), "en")._replace(stretch=stretch)
        writer = Writer(generator(seed, 30), sheet, hand, layer, 60.0)
        answering.fill(writer, Slot("gap", 100, 70, 140, 100, sign), right=True)
        rows, columns = np.nonzero(layer.coverage > 127)
        middles.append(rows.mean())
        across.append(0.5 * (columns.min() + columns.max()))
        tall.append(np.ptp(rows))
    assert np.median(middles) == pytest.approx(85, abs=3) and 2.5 < np.std(middles) < 6.5
    assert np.median(across) == pytest.approx(120, abs=3) and np.std(across) < 6
    assert max(tall) < 52, "hardly over the ring"


def test_latin_words_on_a_chinese_page_are_written_as_far_as_they_have_room(monkeypatch):
    writer, said = listened_to(monkeypatch, "zh")
    wide = 100 + int(1.1 * 40 * writer.reach("are going"))
    answering.fill(writer, Slot("gap", 100, 60, wide, 100, "are going"), right=True)
    assert said == ["are going"]


def test_what_others_read_is_no_words_cut_out_of_scans(monkeypatch):
    said = {}
    monkeypatch.setattr(
        Writer, "write", lambda self, text, x, *_, **__: said.update({text: self.hand.ink}) or x
    )
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=24)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
    hand = new_hand(generator(1, 23), "en")._replace(
        ink=one_writer(generator(1, 3), ink_words()), rethinks=0.0
    )
    writer = Writer(generator(5, 30), sheet, hand, layer, 40.0)
    answering.fill(writer, Slot("field", 100, 60, 330, 100, "Clara"), right=True)
    answering.fill(writer, Slot("gap", 100, 60, 330, 100, "copper"), right=True)
    monkeypatch.setattr(answering, "CORRECTED", 0.0)
    answering.fill_line(writer, Slot("line", 20, 60, 590, 100, "No ship."))
    monkeypatch.setattr(answering.phrases, "answer", lambda *_: "anything")
    answering.fill(writer, Slot("gap", 100, 60, 330, 100), right=True)
    assert said == {"Clara": None, "copper": None, "No ship.": None, "anything": hand.ink}


def test_some_put_letters_in_brackets_where_none_are_printed(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, *_, **__: said.append(text) or x)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
    for printed in (False, True):
        sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=30)
        if printed:
            put_text(sheet, 88, 100, "(", sheet.body, slot=False)
        said.clear()
        for style in range(200):
            hand = new_hand(generator(1, 23), "en")._replace(style=style, rethinks=0.0, ink=None)
            writer = Writer(generator(style, 30), sheet, hand, layer, 40.0, reaches={"letters": 0.5})
            assert answering.fill(writer, Slot("gap", 100, 70, 200, 100, "B"), right=True) == "B"
        assert (0.03 < np.mean([text == "(B)" for text in said]) < 0.2) is not printed


def test_a_line_is_copied_as_far_as_there_is_room_and_never_much_smaller(monkeypatch):
    said = []
    monkeypatch.setattr(
        Writer, "write", lambda self, text, x, y, *_, **__: said.append((text, y)) or sizes.append(_[0]) or x
    )
    sheet = new_sheet(generator(3, 16), 200, 900, "en", unit=24)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 900), np.uint8))
    monkeypatch.setattr(answering, "CORRECTED", 0.0)
    sizes = []
    rows = set()
    for text in ("The ship sails.", "The old ship sails out of the harbour on the first day of spring, " * 2):
        for seed in range(20):
            said.clear()
            writer = Writer(generator(seed, 30), sheet, new_hand(generator(seed, 23), "en"), layer, 40.0)
            answering.fill_line(writer, Slot("line", 20, 60, 780, 110, text.strip()))
            copied = " ".join(one for one, _ in said)
            assert copied == text.strip() or len(text) > 20 and text.startswith(copied)
            rows.add((len(text) > 20, len({y for _, y in said})))
    assert {(True, 2), (False, 1)} <= rows and min(sizes) > 0.8 * 24


def test_answers_stand_alike_in_their_places_all_over_a_page(monkeypatch):
    """One writer's answers stray less about their usual place than writers differ in that."""
    at = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size, **_: at.append((x, y)) or x)
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=30)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
    within, places = [], []
    for one in range(20):
        at.clear()
        hand = new_hand(generator(one, 23), "en")._replace(ink=None, rethinks=0.0)
        for seed in range(12):
            writer = Writer(generator(seed, 30), sheet, hand, layer, 30.0)
            answering.fill(writer, Slot("gap", 100, 60, 400, 90, "7"), right=True)
        within.append(np.std(at, 0))
        places.append(np.mean(at, 0))
    assert (np.std(places, 0) > 1.3 * np.mean(within, 0)).all()


def test_lines_that_join_end_before_print_and_in_it_and_cross_at_no_one_point(monkeypatch):
    ends = []
    monkeypatch.setattr(answering.marks, "line", lambda _, __, *at, **___: ends.append(at[:4]))
    for seed in range(200):
        sheet = new_sheet(generator(3, 16), 400, 600, "en", unit=20)
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((400, 600), np.uint8))
        writer = Writer(generator(seed, 30), sheet, new_hand(generator(seed, 23), "en"), layer, 30.0)
        answering.fill(writer, Slot("match", 100, 60, 300, 160, "up"), right=True)
    x0, y0, x1, y1 = np.array(ends).T
    assert 0.1 < np.mean(x0 < 100) < 0.5 and 0.1 < np.mean(x1 > 300) < 0.5
    assert np.std(0.5 * (y0 + y1)) > 3 and y0.mean() == pytest.approx(160, abs=3)


def test_numbers_in_boxes_too_small_for_them_go_over_both_sides_now_and_then(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, _, size: said.append((x, size)))
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=30)
    hand = new_hand(generator(1, 23), "en")._replace(rethinks=0.0, ink=None, aspect=1.0)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
    over = []
    for seed in range(40):
        writer = Writer(generator(seed, 30), sheet, hand, layer, 54.0)
        answering.fill(writer, Slot("gap", 100, 60, 132, 92, "48"), right=True)
        x, size = said.pop()
        assert size >= 0.6 * 43.5
        over.append((100 - x, x + writer.reach("48") * size - 132))
    assert np.quantile(over, 0.9) < 0.2 * 32 < 0.3 * 32 > np.max(over) > 0


@pytest.mark.parametrize("near", [-0.1, 0.5])
def test_numbers_end_before_the_next_sum_of_their_row(near):
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=20)
    slot = Slot("sum", 100, 72, 140, 92, "48")
    sheet.slots = [slot, slot._replace(left=200, right=240)]
    ends = []
    for seed in range(40):
        hand = new_hand(generator(seed, 23), "en")._replace(near=near, rethinks=0.0)
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
        answering.fill(Writer(generator(seed, 30), sheet, hand, layer, 26.0), slot, right=True)
        ends.append(np.nonzero(layer.coverage > 127)[1].max())
    assert np.mean(np.array(ends) > 140) <= 0.05


def test_what_is_put_right_ends_where_free_paper_does(monkeypatch):
    until = []
    monkeypatch.setattr(answering.strikes, "writes_over", lambda *_: False)
    monkeypatch.setattr(
        Writer, "write", lambda self, text, x, y, size, **_: until.append((self.until, x, size)) or x + 60.0
    )
    sheet = new_sheet(generator(3, 16), 300, 600, "en", unit=30)
    hand = new_hand(generator(1, 23), "en")._replace(rethinks=1.0, ink=None, loose=0.0)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((300, 600), np.uint8))
    writer = Writer(generator(2, 30), sheet, hand, layer, 40.0)
    answering.fill(writer, Slot("gap", 100, 60, 300, 100, "thermometer"), right=True)
    (_, *_), (end, x, size) = until
    assert end == pytest.approx(x + writer.reach("thermometer") * size)
