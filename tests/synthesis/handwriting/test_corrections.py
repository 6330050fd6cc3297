"""Mistakes have a cause, and the right words stand where they belong."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import corrections, marks, pens, strikes
from restorekit.synthesis.handwriting.corrections import put_right, slip, write_corrected
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet

LINES = {"en": "the old mill by the river", "zh": "我们明天去学校"}


def test_what_comes_out_wrong_has_to_do_with_what_is_meant():
    wrong = {slip(generator(seed, 61), "river", "flows") for seed in range(200)}
    assert "flows" in wrong and "river" not in wrong
    assert all(set(one) <= set("river") and one[0] == "r" for one in wrong - {"flows"})
    assert {"ri", "rievr", "rver"} & wrong
    assert slip(generator(1, 61), "我", "们") == "们"


def done(monkeypatch, way, seed, language="en", right=900.0):
    """Write a line that is put right in one way; returns what was written, struck and put in."""
    monkeypatch.setattr(corrections, "WAYS", {way: 1.0})
    log, write = [], Writer.write

    def note(self, text, x, y, size=None):
        end = write(self, text, x, y, size)
        log.append((text, x, end, y))
        return end

    monkeypatch.setattr(Writer, "write", note)
    monkeypatch.setattr(
        strikes, "strike_out", lambda _, __, box, *___: log.append(("STRUCK", *box[::2], box[3]))
    )
    monkeypatch.setattr(marks, "caret", lambda _, __, x, y, *___: log.append(("CARET", x, x, y)))
    sheet = new_sheet(generator(3, 16), 200, 900, language)
    pen = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 900), np.uint8))
    hand = new_hand(generator(seed, 23), language)._replace(ink=None)
    write_corrected(
        Writer(generator(seed, 30), sheet, hand, pen, 30.0), LINES[language], 40, 120, 30.0, right
    )
    monkeypatch.setattr(Writer, "write", write)
    return log


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("way", ["again", "above"])
def test_what_is_struck_out_is_wrong_and_the_line_says_what_is_meant(monkeypatch, language, way):
    for seed in range(8):
        log = done(monkeypatch, way, seed, language)
        struck = next(place for place, entry in enumerate(log) if entry[0] == "STRUCK")
        assert log[struck][1:3] == log[struck - 1][1:3], "just what is wrong is struck out"
        said = "".join(text for text, *_ in log[: struck - 1] + log[struck + 1 :])
        assert said.replace(" ", "") == LINES[language].replace(" ", "")
        above = [entry for entry in log if entry[3] < 110 and entry[0] != "STRUCK"]
        assert bool(above) == (way == "above")
        assert all(left == log[struck][1] for _, left, *_ in above)


def test_some_forgotten_words_stand_above_the_next_without_a_caret(monkeypatch):
    monkeypatch.setattr(corrections, "CARETS", 0.0)
    for seed in range(8):
        log = done(monkeypatch, "forgotten", seed)
        assert "CARET" not in [text for text, *_ in log]
        assert "".join(text for text, *_ in log).replace(" ", "") == LINES["en"].replace(" ", "")
        assert [y < 110 for *_, y in log].count(True) == 1


def test_a_forgotten_word_is_put_in_above_a_caret(monkeypatch):
    monkeypatch.setattr(corrections, "CARETS", 1.0)
    for seed in range(8):
        log = done(monkeypatch, "forgotten", seed)
        caret = next(place for place, entry in enumerate(log) if entry[0] == "CARET")
        word, left, _, y = log[caret + 1]
        assert word in LINES["en"] and y < 110 and abs(left - log[caret][1]) < 60
        said = [text for text, *_ in log if text != "CARET"]
        assert "".join(said).replace(" ", "") == LINES["en"].replace(" ", "")


def test_where_a_line_is_full_the_right_word_stands_above(monkeypatch):
    log = done(monkeypatch, "again", 1, right=300.0)
    assert any(y < 110 for text, _, _, y in log if text != "STRUCK")


def test_words_in_the_wrong_order_are_both_there(monkeypatch):
    log = done(monkeypatch, "swapped", 2)
    said = " ".join(text for text, *_ in log)
    assert said != LINES["en"] and sorted(said.split()) == sorted(LINES["en"].split())


def test_the_right_answer_stands_at_a_wrong_one_on_print_or_not(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size, **_: said.append((text, x, y)) or x)
    sheet = new_sheet(generator(0, 16), 400, 900, "en", unit=20)
    slot = Slot("gap", 300, 100, 360, 120, "72")
    for seed in range(40):
        rng = generator(seed, 22)
        pen = Layer(pens.marking_pen(rng), np.zeros((400, 900), np.uint8))
        put_right(Writer(rng, sheet, new_hand(rng, "en"), pen, 30.0), slot)
    above = [(x, y) for _, x, y in said if y < 110]
    after = [(x, y) for _, x, y in said if y >= 110]
    assert {text for text, *_ in said} == {"72"}
    assert len(above) > 10 and all(290 < x < 340 and abs(y - 100) < 6 for x, y in above)
    assert len(after) > 5 and all(360 <= x < 375 for x, _ in after)


def test_the_right_answer_is_never_written_over_the_wrong_one(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size, **_: said.append((x, y)) or x)
    sheet = new_sheet(generator(0, 16), 400, 900, "en", unit=20)
    slot = Slot("gap", 300, 100, 440, 120, "believe")
    written = np.zeros((400, 900), np.uint8)
    written[85:125, 300:470] = 255
    for seed in range(40):
        rng = generator(seed, 22)
        pen = Layer(pens.marking_pen(rng), np.zeros((400, 900), np.uint8))
        put_right(Writer(rng, sheet, new_hand(rng, "en"), pen, 30.0), slot, written)
    assert len(said) > 20 and all(x >= 465 or y < 86 or y > 135 for x, y in said)
