"""What a writer does with the text given."""

from dataclasses import replace

import numpy as np
import pytest

from restorekit.synthesis.handwriting import pens
from restorekit.synthesis.handwriting import writer as writing
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.lines import write_line
from restorekit.synthesis.handwriting.writer import BROADEST, Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts import phrases


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


def test_a_text_goes_on_from_line_to_line_and_nothing_of_it_is_lost(monkeypatch):
    monkeypatch.setattr(phrases, "sentence", lambda *_: "one two three four five six.")
    monkeypatch.setattr(phrases, "with_aside", lambda rng, language, text: text)
    rng = generator(3, 19)
    pen = Layer(pens.writing_pen(rng), np.zeros((40, 400), np.uint8))
    writer = Writer(rng, new_sheet(rng, 40, 400, "en"), new_hand(rng, "en")._replace(gap=0.42), pen, 20)
    writer.reaches["letters"] = 0.5
    lines = [writer.next_line(100, 6) for _ in range(4)]
    assert lines == ["one two", "three four", "five six.", "one two"]


def test_figures_are_narrow_on_chinese_sheets_too():
    sheet = new_sheet(generator(3, 16), 120, 400, "zh", unit=30)
    writer = Writer(generator(5, 30), sheet, new_hand(generator(1, 23), "zh"), None, 36.0)
    assert writer.reach("1") < 0.75 * writer.reach("天")


@pytest.mark.parametrize(("language", "text"), [("en", "children"), ("ru", "играют"), ("zh", "小红认真")])
def test_a_writer_knows_how_far_the_own_letters_reach(language, text):
    """Hands differ by half as much again; what is foreseen of a word is off by less than a quarter."""
    off, reaches = [], []
    for seed in range(30):
        rng = generator(seed, 24)
        hand = new_hand(rng, language)._replace(ink=None)
        writer = Writer(rng, new_sheet(rng, 40, 400, language), hand, None, 30.0)
        written = write_line(rng, hand, text, 30.0, 3.0).coverage.shape[1] - 60
        reaches.append(written / 30.0)
        off.append(abs(np.log(writer.reach(text) * 30 / written)))
    assert np.ptp(reaches) / np.mean(reaches) > 0.15
    assert np.median(off) < 0.17 and max(off) < 0.42


def test_nobody_writes_over_the_edge_of_the_paper():
    sheet = new_sheet(generator(3, 16), 200, 400, "en", unit=24)
    for seed in range(12):
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 400), np.uint8))
        writer = Writer(generator(seed, 30), sheet, new_hand(generator(seed, 23), "en"), layer, 30.0)
        writer.write("many words that go on and on", 180, 100)
        columns = np.flatnonzero(layer.coverage.any(0))
        assert columns[0] > 150 and 260 < columns[-1] <= 398
        assert writer.write("nothing", 410, 180) == 410


def test_in_squares_stands_one_figure_each():
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=24)
    for seed in range(8):
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
        hand = new_hand(generator(seed, 23), "en")._replace(ink=None, slant=0.0)
        writer = Writer(generator(seed, 30), sheet, hand, layer, 60.0)
        assert writer.write_in_squares("4 + 38", 100, 120, 40) == 260
        inked = layer.coverage.any(0)
        assert all(inked[100 + 40 * place : 140 + 40 * place].any() for place in range(4))
        assert not inked[:80].any() and not inked[290:].any()


def test_print_and_the_papers_end_are_seen():
    sheet = new_sheet(generator(3, 16), 200, 600, "en", unit=24)
    sheet.draw.rectangle([100, 50, 140, 80], fill=(0, 0, 0))
    writer = Writer(generator(1, 30), sheet, new_hand(generator(1, 23), "en"), None, 24.0)
    assert writer.printed(80, 40, 200, 90) and not writer.printed(200, 40, 300, 90)
    assert writer.printed(560, 40, 620, 90)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_pens_line_is_as_broad_in_small_writing_and_never_so_broad_that_letters_close_up(language):
    rng = generator(4, 24)
    sheet = new_sheet(rng, 400, 1240, language, unit=22)
    broad = pens.writing_pen(rng)._replace(name="gel", width=0.12)
    writer = Writer(rng, sheet, new_hand(rng, language)._replace(stretch=1.0), Layer(broad, None), 40.0)
    assert writer.pen_px == replace(writer, size=26.0).pen_px == pytest.approx(0.12 * 22, rel=0.05)
    small = Writer(rng, sheet, writer.hand, writer.layer, 22.0)
    assert small.pen_px == pytest.approx(max(1.8, BROADEST[language == "zh"] * 22))


def test_letters_stay_open_where_somebody_writes_small_for_want_of_room(monkeypatch):
    lines = []
    monkeypatch.setattr(writing, "write_line", lambda *args: lines.append(args[3:5]) or write_line(*args))
    rng = generator(4, 24)
    sheet = new_sheet(rng, 400, 1240, "zh", unit=22)
    layer = Layer(pens.writing_pen(rng)._replace(width=0.3), np.zeros((400, 1240), np.uint8))
    writer = Writer(rng, sheet, new_hand(rng, "zh"), layer, 50.0, reaches={"eastern": 1.0})
    for x in range(40, 900, 140):
        writer.write("小明", x, 200, 24.0)
    assert len(lines) == 7 and all(pen <= BROADEST[True] * size for size, pen in lines)


def test_a_hand_does_not_press_as_hard_in_every_answer():
    rng = generator(4, 24)
    layer = Layer(pens.writing_pen(rng)._replace(name="pencil"), np.zeros((1600, 400), np.uint8))
    hand = new_hand(rng, "en")._replace(ink=None, changes=1.5)
    writer = Writer(rng, new_sheet(rng, 1600, 400, "en", unit=22), hand, layer, 30.0)
    darkest = []
    for y in range(100, 1600, 140):
        writer.write("seven", 40, y)
        darkest.append(int(layer.coverage[y - 40 : y + 20].max()))
    assert np.ptp(darkest) > 8


def test_chinese_words_are_not_written_so_small_that_they_close_up():
    tall = []
    for seed in range(12):
        sheet = new_sheet(generator(3, 16), 120, 400, "zh", unit=16)
        hand = new_hand(generator(seed, 23), "zh")._replace(ink=None, slant=0.0, climb=0.0)
        layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((120, 400), np.uint8))
        Writer(generator(seed, 30), sheet, hand, layer, 24.0).write("直线", 40, 80, 14)
        tall.append(np.ptp(np.flatnonzero((layer.coverage > 100).any(1))))
    assert np.median(tall) > 17, "not as small as its room"
