"""Close reading: what is marked, and how."""

from dataclasses import replace

import numpy as np
import pytest

from restorekit.synthesis.handwriting import marks, pens, reading
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.passages import reach_of
from restorekit.synthesis.handwriting.reading import (
    Reader,
    count_paragraphs,
    new_reader,
    text_mark,
    with_pen,
)
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet, put_text


@pytest.fixture
def sheet():
    """A blank one whose em is 20 px."""
    return replace(new_sheet(generator(0, 16), 200, 900, "en"), unit=20)


def writer_at(sheet, seed):
    """Somebody with a pen that has drawn nothing yet."""
    layer = Layer(pens.writing_pen(generator(seed, 21)), np.zeros((sheet.height, sheet.width), np.uint8))
    return Writer(generator(seed, 2), sheet, new_hand(generator(2), "en"), layer, 20.0)


def marked(monkeypatch, sheet, text, reader):
    """The words of a line that a mark along or round them begins and ends with, over many tries."""
    slot, spans = Slot("text", 100, 50, 700, 66, text), set()
    sheet.slots = sheet.slots or [slot, slot._replace(top=80, bottom=96)]
    edges = {at: reach_of(sheet, slot, 0, at)[1] for at in range(len(text) + 1)}

    def note(x0, x1):
        start, stop = (min(edges, key=lambda at: abs(edges[at] - x)) for x in (x0, x1))
        spans.add(text[start:stop])

    monkeypatch.setattr(marks, "underline", lambda _, __, x0, x1, *___, **____: note(x0, x1))
    monkeypatch.setattr(marks, "circle", lambda _, __, box, ___: note(box[0], box[2]))
    for seed in range(60):
        text_mark(writer_at(sheet, seed), slot, reader)
    return spans


@pytest.mark.parametrize(
    ("way", "text", "spans"),
    [
        ("underline", "Then, she has 42 bees.", {"she has 42 bees", "42"}),
        ("underline", "8. Solve x + 5 = 56 for x.", set()),
        ("underline", "9. Put “√” or “×” in each.", set()),
        ("underline", "7. Which of them is not largest?", {"not", "largest"}),
        ("ring", "2. How wide is it? (36 marks)", set()),
        ("ring", "3. A rope is 42 cm long.", {"42 cm"}),
        ("ring", "5. What do they mean to say?", set()),
        ("underline", "Well.", set()),
        ("ring", "Old bridge of 1907.", {"1907"}),
        ("underline", "and one hour = (    ) minutes", set()),
    ],
)
def test_what_is_marked_are_whole_words(monkeypatch, sheet, way, text, spans):
    assert marked(monkeypatch, sheet, text, Reader(ways=(way,))) == spans


def test_letters_reach_as_far_as_they_do_in_print(sheet):
    slot = Slot("text", 100, 50, 700, 66, "iiiimmmm")
    thin, wide = reach_of(sheet, slot, 0, 4), reach_of(sheet, slot, 4, 8)
    assert thin[0] == 100 and wide[1] == pytest.approx(700)
    assert 2 * (thin[1] - thin[0]) < wide[1] - wide[0]


def test_above_words_stands_how_they_are_read_where_there_is_room(monkeypatch, sheet):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, *_, **__: said.append((text, y)) or 0.0)
    for seed in range(60):
        text_mark(
            writer_at(sheet, seed), Slot("text", 40, 50, 300, 66, "of a magnet"), Reader(ways=("gloss",))
        )
    assert "磁铁" in {text for text, _ in said} and all(abs(y - 50) < 12 for _, y in said)
    said.clear()
    put_text(sheet, 40, 46, "Words that stand right above it.", sheet.body)
    for seed in range(60):
        line = Slot("text", 40, 50, 300, 66, "of a magnet")
        text_mark(writer_at(sheet, seed), line, Reader(ways=("gloss",)))
    assert not said, "in tight leading there is no room"


def test_sentences_are_parted_where_one_may_breathe(monkeypatch, sheet):
    strokes = []
    monkeypatch.setattr(marks, "line", lambda _, __, x0, y0, x1, y1, *___: strokes.append((x0 + x1) / 2))
    slot = Slot("text", 100, 50, 700, 66, "8. It rained. We stayed, all of us.")
    for seed in range(20):
        text_mark(writer_at(sheet, seed), slot, Reader(ways=("slash",)))
    ends = [reach_of(sheet, slot, 0, end)[1] for end in (14, 25)]
    assert len(strokes) >= 40
    assert all(min(abs(x - end) for end in ends) < 12 for x in strokes)


def test_a_highlighter_lays_clear_colour_over_words_in_a_layer_of_its_own(sheet):
    writer, reader = writer_at(sheet, 1), Reader(pen="highlighter")
    other = with_pen(writer, reader)
    slot = Slot("text", 40, 50, 300, 66, "some words of a text")
    sheet.slots = [slot, slot._replace(top=76, bottom=92)]
    text_mark(other, slot, reader)
    assert not writer.canvas.any() and other.canvas[50:66, 60:280].mean() > 100
    assert max(other.layer.pen.colour) > 0.8, "print shows through"
    assert with_pen(writer, Reader()) is writer


def test_paragraphs_are_counted_and_questions_are_not(monkeypatch, sheet):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, *args: said.append(args) or 0.0)
    long = "A text of some lines."
    lines = [
        (60, 40, long),
        (40, 70, long),
        (60, 130, long),
        (40, 160, long),
        (40, 250, "7. A question of it?"),
    ]
    sheet.slots = [Slot("text", x, y - 16, 600, y, text) for x, y, text in [*lines, (40, 280, long)]]
    asked = [Slot("text", 60, y - 16, 600, y, "What stands in lines to fill in.") for y in (380, 410)]
    heading = Slot("text", 40, 486, 600, 510, "A heading of some words.")
    sheet.slots += [*asked, Slot("gap", 300, 390, 360, 410, "x")]
    sheet.slots += [heading, heading._replace(top=524, bottom=540)]
    writer = writer_at(sheet, 3)
    count_paragraphs(writer)
    assert [(text, y) for text, _, y, _ in said] == [("1", 40), ("2", 130)]
    ends = [x + writer.reach(text) * size for text, x, _, size in said]
    assert all(49 < end < 63 for end in ends), "before the text, not on it"
    del sheet.slots[2:4]  # one alone
    count_paragraphs(writer)
    assert len(said) == 2
    sheet.kind = "article"  # whose texts have printed numbers
    count_paragraphs(writer)
    assert len(said) == 2


def test_readers_keep_to_a_few_ways():
    readers = [new_reader(generator(seed, 6)) for seed in range(300)]
    assert {len(set(reader.ways)) for reader in readers} == {1, 2}
    assert {way for reader in readers for way in reader.ways} == set(reading.WAYS)
    for share, part in reading.SHARES.items():
        assert np.mean([reader.share == share for reader in readers]) == pytest.approx(part, abs=0.09)


def test_of_a_users_print_stretches_are_marked_from_its_beginning(monkeypatch, sheet):
    drawn = []
    monkeypatch.setattr(marks, "underline", lambda _, __, x0, x1, *___, **____: drawn.append((x0, x1)))
    for seed in range(30):
        text_mark(writer_at(sheet, seed), Slot("text", 40, 50, 900, 70), Reader())
    assert drawn and all(x0 == 40 and x1 < 40 + 6 * 20 for x0, x1 in drawn)


def test_of_single_lines_no_phrases_are_underlined(monkeypatch, sheet):
    text = "Write the numbers that are left out."
    sheet.slots = [Slot("text", 100, 50, 700, 66, text)]
    assert not marked(monkeypatch, sheet, text, Reader())
    sheet.slots.append(Slot("text", 100, 76, 700, 92, text))
    assert marked(monkeypatch, sheet, text, Reader()) == {text[:-1]}


def test_of_made_print_nothing_is_marked_that_says_nothing(monkeypatch, sheet):
    sheet.slots = [Slot("text", 40, 20, 300, 36, "Read the text.")]
    assert not marked(monkeypatch, sheet, "", Reader())


def test_long_underlines_do_not_strike_the_print(sheet):
    struck = []
    for seed in range(20):
        writer = writer_at(sheet, seed)
        reading._mark_stretch(writer, Slot("text", 40, 50, 860, 66), (40.0, 860.0), "underline", 0.1)
        struck.append(writer.canvas[50:60].mean())
    assert np.mean(struck) < 3, "most of the letters' height stays free"


def test_readers_underline_below_the_feet_of_the_print():
    assert min(reading.new_reader(generator(seed, 5)).low for seed in range(100)) >= 0.18
