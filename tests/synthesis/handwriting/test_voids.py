"""Questions that do not count."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import pens, voids
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.voids import cross_out, pick_void, strike
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


@pytest.fixture
def sheet():
    """Five questions of two lines each."""
    sheet = new_sheet(generator(0, 16), 600, 600, "en", unit=20)
    for y in range(60, 460, 80):
        sheet.slots += [
            Slot("text", 60, y - 16, 400, y, "1. What is"),
            Slot("number", 28, y - 20, 80, y),
            Slot("text", 60, y + 14, 300, y + 30, "this?"),
        ]
    return sheet


def test_on_some_sheets_a_few_questions_in_a_row_do_not_count(sheet):
    void = [pick_void(generator(seed, 40), sheet) for seed in range(300)]
    assert np.mean([bool(one) for one in void]) == pytest.approx(voids.VOID, abs=0.06)
    counts = {len(one) for one in void}
    assert counts == {0, 1, 2, 3}
    for one in void:
        tops = [question.box[1] for question in one]
        assert np.diff(tops).tolist() == [80] * (len(tops) - 1)


@pytest.mark.parametrize("way", list(voids.WAYS))
def test_what_does_not_count_is_crossed_out_where_it_stands(sheet, monkeypatch, way):
    monkeypatch.setattr(voids, "choose", lambda *_: way)
    question = voids.questions_of(sheet)[1]
    for seed in range(6):
        rng = generator(seed, 41)
        layer = Layer(pens.writing_pen(rng), np.zeros((600, 600), np.uint8))
        cross_out(Writer(rng, sheet, new_hand(rng, "en"), layer, 30.0), [question])
        rows, columns = np.nonzero(layer.coverage)
        assert rows.min() > 80 and rows.max() < 210, "the second question alone"
        assert np.ptp(columns) > 260 and np.ptp(rows) > 10


@pytest.mark.parametrize(
    "slot", [Slot("strike", 100, 200, 300, 220), Slot("strike", 60, 200, 500, 400, "rest")]
)
def test_words_and_rows_left_over_are_struck_from_side_to_side(sheet, slot):
    for seed in range(12):
        rng = generator(seed, 42)
        layer = Layer(pens.writing_pen(rng), np.zeros((600, 600), np.uint8))
        strike(Writer(rng, sheet, new_hand(rng, "en"), layer, 30.0), slot)
        rows, columns = np.nonzero(layer.coverage)
        assert np.ptp(columns) > 0.7 * (slot.right - slot.left)
        assert rows.min() > slot.top - 22 and rows.max() < slot.bottom + 22
        assert not slot.hint or np.ptp(rows) > 0.9 * (slot.bottom - slot.top), "from corner to corner"


def test_of_texts_that_ask_nothing_a_passage_does_not_count_now_and_then():
    sheet = new_sheet(generator(0, 16), 600, 600, "en", unit=20)
    for top in (60, 300):
        for y in range(top, top + 120, 30):
            sheet.slots.append(Slot("text", 60, y - 16, 400, y, "The old bridge was long."))
    void = [pick_void(generator(seed, 40), sheet) for seed in range(400)]
    assert np.mean([bool(one) for one in void]) == pytest.approx(voids.PASSAGES, abs=0.03)
    assert {one[0].box for one in void if one} == {(60.0, top - 16.0, 400.0, top + 90.0) for top in (60, 300)}


def test_some_lay_a_ruler_on(sheet, monkeypatch):
    monkeypatch.setattr(voids, "choose", lambda *_: "stroke")
    monkeypatch.setattr(voids.marks, "HOOKED", 0.0)
    question, bent = voids.questions_of(sheet)[1], {}
    for ruler in (0.0, 1.0):
        monkeypatch.setattr(voids, "RULER", ruler)
        for seed in range(8):
            rng = generator(seed, 41)
            layer = Layer(pens.writing_pen(generator(2, 3)), np.zeros((600, 600), np.uint8))
            cross_out(Writer(rng, sheet, new_hand(rng, "en"), layer, 30.0), [question])
            columns, rows = np.nonzero(layer.coverage.T > 127)
            off = np.abs(rows - np.polyval(np.polyfit(columns, rows, 1), columns)).max()
            bent.setdefault(ruler, []).append(off)
    assert max(bent[1.0]) < 2.2 and np.median(bent[0.0]) > 3
