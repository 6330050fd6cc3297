"""What room answers have, and what they make of it."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import answering, pens, rooms
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.rooms import has_room, largest
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


def test_answers_too_long_keep_their_size_and_draw_closer_before_their_room_ends(monkeypatch):
    said = []
    monkeypatch.setattr(
        Writer, "write", lambda self, text, x, y, size, **_: said.append((size, self.until)) or x
    )
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=30)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
    for fits, closer in ((1.5, False), (1 / 1.2, True)):
        said.clear()
        for seed in range(40):
            hand = new_hand(generator(1, 23), "en")._replace(loose=0.0, rethinks=0.0)
            writer = Writer(generator(seed, 30), sheet, hand, layer, 40.0)
            room = round(writer.reach("copper") * 40 * fits)
            answering.fill(writer, Slot("gap", 100, 60, 100 + room, 100, "copper"), right=True)
        assert len({size for size, _ in said}) == 1
        assert all((100 + room <= until <= 100 + 1.12 * room) is closer for _, until in said)


def test_figures_are_no_taller_than_their_rows_and_boxes_let_them(monkeypatch):
    sizes = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size, **_: sizes.append(size) or x)
    sheet = new_sheet(generator(3, 16), 900, 600, "en", unit=30)
    hand = new_hand(generator(1, 23), "en")._replace(loose=0.0, stretch=1.0, latin=1.0, rethinks=0.0)
    tallest = {}
    for pitch, right in ((40, 300), (200, 300), (200, 133)):
        sheet.slots = [Slot("sum", 100, pitch * n - 30, 300, pitch * n, "8") for n in range(1, 4)]
        sizes.clear()
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((900, 600), np.uint8))
        kind = "gap" if right < 300 else "sum"
        slot = sheet.slots[1]._replace(kind=kind, right=right)
        answering.fill(Writer(generator(1, 30), sheet, hand, layer, 90.0), slot, right=True)
        tallest[pitch, right] = sizes[0]
    own = rooms.OWN[0] ** rooms.OWN[1]  # of the hand's larger size
    assert tallest == pytest.approx(
        {(40, 300): own * 0.69 * 40, (200, 300): own * 1.65 * 30, (200, 133): 1.45 * 30}, rel=1e-3
    )


@pytest.mark.parametrize(("kind", "over"), [("gap", True), ("field", False)])
def test_who_does_not_care_writes_over_the_print_around_but_not_over_borders(monkeypatch, kind, over):
    reaches = {}
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size, **_: said.append((size, text)) or x)
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=30)
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
    for loose in (0.0, 1.0):
        said = []
        for seed in range(40):
            hand = new_hand(generator(1, 23), "en")._replace(loose=loose, rethinks=0.0)
            writer = Writer(generator(seed, 30), sheet, hand, layer, 60.0)
            answering.fill(writer, Slot(kind, 100, 60, 160, 90, "iron"), right=True)
        reaches[loose] = max(size for size, _ in said) * writer.reach("iron") / 60
    assert reaches[0.0] < 1.6
    assert (reaches[1.0] > 1.1 * reaches[0.0]) is over


def test_words_in_a_table_draw_closer_before_its_border_and_go_over_it_by_a_letter_at_most():
    sheet, over = new_sheet(generator(3, 16), 200, 900, "en", unit=24), []
    for seed in range(60):
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 900), np.uint8))
        hand = new_hand(generator(seed, 23), "en")
        writer = Writer(generator(seed, 30), sheet, hand._replace(rethinks=0.0, ink=None), layer, 40.0)
        answering.fill(writer, Slot("field", 100, 60, 240, 100, "mathematics"), right=True)
        over.append((np.flatnonzero(layer.coverage.any(0))[-1] - 240) / 24)
    assert np.median(over) < 0.35 and max(over) < 1.4


@pytest.mark.parametrize("loose", [0.0, 0.25, 1.0])
def test_words_within_a_sentence_end_before_the_print_that_goes_on_where_the_writer_cares(loose):
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=20)
    slot = Slot("gap", 200, 72, 290, 92, "because")
    sheet.slots = [
        Slot("text", 60, 76, 198, 92, "We stayed in"),
        slot,
        Slot("text", 296, 76, 500, 92, "it rained."),
    ]
    ends, tall = [], []
    for seed in range(40):
        hand = new_hand(generator(seed, 23), "en")._replace(loose=loose, rethinks=0.0, ink=None)
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
        answering.fill(Writer(generator(seed, 30), sheet, hand, layer, 48.0), slot, right=True)
        rows, columns = np.nonzero(layer.coverage > 127)
        ends.append(columns.max())
        tall.append(np.ptp(rows))
    over = np.mean(np.array(ends) > 300)
    assert (over <= 0.1 if loose < 0.5 else 0.4 < over < 0.95) and np.median(tall) > 14


def test_a_word_that_a_blank_has_no_room_for_is_left_out():
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=20)
    hand = new_hand(generator(1, 23), "en")._replace(ink=None, loose=0.0)
    writer = Writer(generator(1, 30), sheet, hand, None, 40.0)
    assert has_room(writer, Slot("gap", 100, 60, 230, 90, "copper"))
    assert not has_room(writer, Slot("gap", 100, 60, 160, 90, "photosynthesis"))
    assert has_room(writer, Slot("gap", 100, 60, 110, 90, "3712"))
    assert has_room(writer, Slot("field", 100, 60, 110, 90, "photosynthesis"))


def test_answers_are_of_one_size_though_some_rows_have_more_room(monkeypatch):
    sizes = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size, **_: sizes.append(size) or x)
    sheet = new_sheet(generator(3, 16), 900, 600, "en", unit=30)
    hand = new_hand(generator(1, 23), "en")._replace(loose=0.0, stretch=1.0, latin=1.0, rethinks=0.0)
    sheet.slots = [Slot("sum", 100, y - 30, 300, y, "8") for y in (40, 80, 120, 160, 400)]
    layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((900, 600), np.uint8))
    for slot in (sheet.slots[1], sheet.slots[-1]):
        answering.fill(Writer(generator(1, 30), sheet, hand, layer, 90.0), slot, right=True)
    own = rooms.OWN[0] ** rooms.OWN[1]
    assert sizes == pytest.approx([own * 0.69 * 40, own * 0.69 * 1.15 * 40], rel=1e-3)


def test_letters_in_brackets_keep_between_them_and_clear_of_the_answers_to_choose_from():
    sheet = new_sheet(generator(3, 16), 300, 600, "en", unit=30)
    slot = Slot("gap", 200, 90, 245, 120, "B")
    sheet.slots = [slot, Slot("option", 40, 133, 60, 160, "A"), Slot("option", 190, 133, 210, 160, "B")]
    tall, out = [], []
    for seed in range(40):
        hand = new_hand(generator(seed, 23), "en")._replace(loose=0.1, rethinks=0.0, ink=None, slant=0.0)
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((300, 600), np.uint8))
        answering.fill(Writer(generator(seed, 30), sheet, hand, layer, 60.0), slot, right=True)
        rows, columns = np.nonzero(layer.coverage > 127)
        tall.append(np.ptp(rows))
        out.append(columns.min() < 198 or columns.max() > 247)
    assert np.median(tall) < 43 and np.mean(out) < 0.1


def test_chinese_is_left_out_where_it_would_close_up_or_cover_print():
    sheet = new_sheet(generator(3, 16), 200, 600, "zh", unit=14)
    hand = new_hand(generator(1, 23), "zh")._replace(ink=None, loose=0.0, aspect=1.0)
    writer = Writer(generator(1, 30), sheet, hand, None, 26.0)
    assert has_room(writer, Slot("gap", 100, 60, 180, 90, "竹排"))
    assert not has_room(writer, Slot("gap", 100, 60, 120, 90, "竹排"))
    for tall, room in ((24, True), (20, False)):
        assert has_room(writer, Slot("line", 100, 60, 500, 60 + tall, "0")) is room


def test_chinese_characters_fill_the_row_that_figures_leave_free_above():
    sheet = new_sheet(generator(3, 16), 300, 600, "zh", unit=20)
    sheet.slots = [Slot("gap", 100, 36 * n - 20, 200, 36 * n, "平面") for n in range(1, 6)]
    hand = new_hand(generator(1, 23), "zh")._replace(ink=None, loose=0.0)
    writer = Writer(generator(1, 30), sheet, hand, None, 34.0)
    assert 31 < largest(writer, sheet.slots[2], "平面") <= 34
