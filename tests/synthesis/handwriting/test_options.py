"""Letters of answers, chosen and ruled out."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import answering, options, pens
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.options import OptionHabit, option_habit, rule_out, ruled_out
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


def test_only_answers_that_were_not_given_are_ruled_out():
    habit = OptionHabit(out="stroke", share=1.0)
    said = ["".join(sorted(ruled_out(generator(seed, 1), habit, "B"))) for seed in range(60)]
    assert set("".join(said)) == set("ACD") and len(set(said)) > 2
    assert np.mean([len(letters) for letters in said]) < 2, "seldom all of them"
    assert not ruled_out(generator(1, 1), habit, "")
    assert not ruled_out(generator(1, 1), OptionHabit(share=1.0), "B")


def test_few_writers_rule_out_and_in_few_questions_and_most_mark_no_letter():
    habits = [option_habit(generator(seed, 2)) for seed in range(400)]
    out = [habit for habit in habits if habit.out]
    assert len(out) / 400 == pytest.approx(options.RULE_OUT, abs=0.06)
    assert {habit.out for habit in out} == {"stroke", "cross"} and 0.3 < max(
        habit.share for habit in out
    ) <= 0.7
    assert np.mean([habit.marks > 0 for habit in habits]) == pytest.approx(options.MARKS, abs=0.08)


@pytest.mark.parametrize("out", ["stroke", "cross"])
def test_a_letter_is_ruled_out_by_ink_right_over_it(monkeypatch, out):
    monkeypatch.setattr(options, "UNLIKE", 0)  # or one in twenty is twice as long
    sheet = new_sheet(generator(3, 16), 200, 200, "en", unit=30)
    over = []
    for seed in range(20):
        rng = generator(seed, 3)
        layer = Layer(pens.writing_pen(rng), np.zeros((200, 200), np.uint8))
        writer = Writer(rng, sheet, new_hand(rng, "en"), layer, 30.0)
        rule_out(writer, Slot("option", 90, 90, 110, 113, "A"), OptionHabit(out=out))
        rows, columns = np.nonzero(layer.coverage)
        hooked = 1.3 * 23 + (1 + 2 * 1.7) * writer.pen_px  # its length, the pen, two hooks
        assert np.ptp(rows) < hooked and np.ptp(columns) < 1.5 * hooked
        assert out == "cross" or np.ptp(rows) > 1.3 * 23 - 1
        over.append(layer.coverage[90:113, 90:110].any())
    assert np.mean(over) > 0.8


def test_a_stroke_slants_as_its_writer_slants_it(monkeypatch):
    drawn = []

    def line(canvas, rng, x0, y0, x1, y1, pen_px):
        drawn.append((x1 - x0) / (y1 - y0))

    monkeypatch.setattr(options.marks, "line", line)
    sheet = new_sheet(generator(3, 16), 200, 200, "en", unit=30)
    for lean in (-0.8, 0.8):
        drawn.clear()
        for seed in range(40):
            writer = Writer(generator(seed, 3), sheet, new_hand(generator(1, 3), "en"), None, 30.0)
            writer.layer = Layer(pens.writing_pen(generator(1, 3)), np.zeros((200, 200), np.uint8))
            rule_out(writer, Slot("option", 90, 90, 110, 113, "A"), OptionHabit(out="stroke", lean=lean))
        assert np.mean(drawn) == pytest.approx(lean, abs=0.1)


def test_a_writer_rules_out_in_a_share_of_the_questions():
    said = [ruled_out(generator(seed, 4), OptionHabit(out="cross", share=0.5), "A") for seed in range(300)]
    assert np.mean([bool(letters) for letters in said]) == pytest.approx(
        0.5 * (1 - (1 - options.SURE) ** 3), abs=0.08
    )


def test_crosses_in_brackets_keep_clear_of_the_next_where_the_writer_cares(monkeypatch):
    sizes = {}
    sheet = new_sheet(generator(3, 16), 200, 300, "en", unit=20)
    monkeypatch.setattr(answering.marks, "cross", lambda _, __, ___, ____, size, *_____: said.append(size))
    for loose in (0.0, 1.0):
        said = sizes.setdefault(loose, [])
        for seed in range(40):
            hand = new_hand(generator(1, 23), "en")._replace(loose=loose)
            layer = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 300), np.uint8))
            writer = Writer(generator(seed, 30), sheet, hand, layer, 48.0)
            options.judge(writer, Slot("judge", 100, 70, 140, 90), ticks=False)
    assert max(sizes[0.0]) < 1.6 * 20 and max(sizes[1.0]) > 2 * 20


def test_a_chosen_letter_is_ringed_ticked_underlined_or_blackened():
    sheet = new_sheet(generator(3, 16), 200, 300, "en", unit=30)
    letter, drawn = (slice(90, 113), slice(100, 120)), {}
    for way in options.WAYS:
        drawn[way] = []
        for seed in range(20):
            layer = Layer(pens.writing_pen(generator(1, 3)), np.zeros((200, 300), np.uint8))
            writer = Writer(generator(seed, 3), sheet, new_hand(generator(1, 3), "en"), layer, 30.0)
            options.mark_option(writer, Slot("option", 100, 90, 120, 113, "A"), way)
            rows, columns = np.nonzero(layer.coverage > 100)
            assert abs(rows.mean() - 100) < 40 and abs(columns.mean() - 110) < 45
            drawn[way].append(
                ((layer.coverage[letter] > 100).mean(), rows.mean(), np.ptp(rows) / np.ptp(columns))
            )
    covered, low, upright = (
        {way: np.mean(values, 0)[at] for way, values in drawn.items()} for at in range(3)
    )
    assert covered["black"] > 0.5 > 0.3 > max(covered[way] for way in ("circle", "tick", "under"))
    assert low["under"] > 113 and upright["under"] < 0.3
    marked = {habit.way for seed in range(300) if (habit := option_habit(generator(seed, 2))).marks}
    assert marked == set(options.WAYS)
