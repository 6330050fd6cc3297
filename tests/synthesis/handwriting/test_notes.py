"""Pages of notes and essays."""

from dataclasses import replace

import numpy as np
import pytest

from restorekit.synthesis import pool
from restorekit.synthesis.handwriting import lines, note_pieces, note_taker, notes, steps
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.note_pieces import PIECES
from restorekit.synthesis.handwriting.note_taker import Notes, new_notes
from restorekit.synthesis.handwriting.pens import writing_pen
from restorekit.synthesis.handwriting.real_ink import ink_words, one_writer
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.handwriting.writing import write_on
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Ruling, new_sheet
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.whole_notes import Piece, notes_in

RULING = Ruling(60, 660, 80, 850, 45)


def noter(seed: int, language: str = "en", ruling: Ruling = RULING) -> Notes:
    rng = generator(seed, 23)
    sheet = replace(new_sheet(rng, 900, 700, language, unit=22), ruling=ruling)
    return new_notes(rng, sheet, ruling, new_hand(rng, language)._replace(ink=None))


def test_running_text_goes_from_rule_to_rule_and_nothing_of_it_is_lost(monkeypatch):
    written = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y: written.append((text, x, y)) or x + 300)
    text = phrases.paragraph(generator(2, 24), "en", 4)
    by = noter(2)
    by.slips = 0.0
    by.text(text, 60.0, 40.0)
    assert " ".join(line for line, *_ in written) == text
    steps = np.diff([y for *_, y in written])
    assert steps == pytest.approx(45, abs=6) and by.y == 80 + 45 * len(written)
    (_, first, _), *rest = written
    assert first == pytest.approx(100, abs=12) and all(abs(x - 60) < 12 for _, x, _ in rest)


def test_writers_learn_how_far_their_letters_reach():
    for seed, language in enumerate(("en", "zh", "ru", "fr")):
        by = noter(seed, language)
        by.slips = 0.0
        while not by.full:
            by.text(phrases.paragraph(by.rng, language, 5), 60.0)
        columns = np.flatnonzero((by.main.canvas > 127).sum(0) > 4)
        assert 560 < columns.max() < 700, "lines end near the margin and on the paper"


SAID = {
    "definition": "speed | how far something goes in a given time",
    "table": "year | people",
    "flow": "farm → workshop → factory",
    "drawing": "isosceles",
    "formula": "E=[1|2]mv^2",
    "working": "2×3=6",
}


def piece(name: str) -> Piece:
    return Piece(name, (SAID.get(name, "The law of *supply* and demand"),) * (1 + (name == "table")), 1)


@pytest.mark.parametrize("name", PIECES)
def test_every_piece_goes_down_the_page_and_none_runs_off_it(name):
    for seed, language in enumerate(("en", "zh", "ru")):
        by = noter(seed, language)
        for _ in range(3):
            PIECES[name](by, piece(name))
        assert by.y >= RULING.first
        ink = np.maximum.reduce([writer.canvas for writer in by.writers])
        assert ink.any() and not ink[895:].any()
        by.y = RULING.last + 1
        before = ink.copy()
        if name not in ("drawing", "table", "flow"):
            PIECES[name](by, piece(name))
            assert np.array_equal(np.maximum.reduce([writer.canvas for writer in by.writers]), before)


def test_one_hand_writes_with_one_to_three_pens():
    counts = set()
    for seed in range(160):
        by = noter(seed)
        counts.add(len(by.writers))
        assert all(writer.hand == by.main.hand for writer in by.writers)
        assert len({writer.layer.pen.colour for writer in by.writers}) == len(by.writers)
    assert counts == {1, 2, 3}


def test_pages_are_mostly_full(monkeypatch):
    monkeypatch.setattr(notes, "MARKED", 0.0)
    filled = []
    for seed in range(12):
        rng = generator(seed, 25)
        sheet = replace(new_sheet(rng, 900, 700, "en", unit=22), ruling=RULING)
        layers = write_on(sheet, rng)
        assert all(layer.coverage.shape == (900, 700) for layer in layers)
        ink = np.maximum.reduce([layer.coverage for layer in layers]) > 127
        bands = [ink[y : y + 90].any() for y in range(60, 860, 90)]
        filled.append(np.mean(bands))
    assert np.median(filled) > 0.8


def test_answer_sheets_take_prose_alone(monkeypatch):
    done = set()
    for name in PIECES:
        monkeypatch.setitem(notes.PIECES, name, lambda by, piece: done.add(piece.kind) or by.rows(1))
    for seed in range(8):
        notes.write_notes(noter(seed, ruling=RULING._replace(prose=True)))
    assert done == {"paragraph"}


def test_a_pool_keeps_the_ink_of_every_pen(monkeypatch):
    def three(sheet, rng, ink=""):
        pen = writing_pen(rng)._replace(density=1.0, grain=0.0, skip=0.0)
        layers = [Layer(pen, np.zeros((sheet.height, sheet.width), np.uint8)) for _ in range(3)]
        for place, layer in enumerate(layers):
            layer.coverage[10 + 20 * place : 20 + 20 * place] = 255
        return layers

    monkeypatch.setattr(pool, "write_on", three)
    monkeypatch.setattr(pool, "hole_mask", lambda sheet: np.zeros((96, 80), np.float32))  # none is cut out
    page = pool.render("handwriting", 1, 0, 96, 80, pool.Sources())
    assert page.written[12:18, :, 3].min() > 100 and not page.written[25:, :, 3].any()
    assert page.marking[32:38].min() > 100 and page.marking[52:58].min() > 100


def test_letters_are_learnt_from_text_alone_and_numbers_are_written_in_one_way():
    for seed in range(12):
        by = noter(seed, "zh")
        before = by.reach
        by.line("78-26=52", 100)
        assert by.reach == before
    assert noter(3).numbering.format(4) in ("4.", "4)", "(4)")


@pytest.mark.parametrize("name", PIECES)
def test_whatever_comes_next_stands_on_a_rule_again(name):
    for seed in range(8):
        by = noter(seed)
        PIECES[name](by, piece(name))
        assert (by.y - RULING.first) % RULING.pitch == pytest.approx(0)


@pytest.mark.parametrize("along", [0.0, 1.0])
def test_underlines_are_free_or_along_a_printed_rule(monkeypatch, along):
    monkeypatch.setattr(note_taker, "ALONG", along)
    far = []
    for seed in range(12):
        by = noter(seed)
        by.underline(by.main, 100, 300, 260.0)
        rows = np.flatnonzero((by.main.canvas[:, 150:250] > 127).any(1))
        if len(rows):
            far.append(rows.mean() - 260)
    assert abs(np.median(far)) < 2 if along else 4 < np.median(far) < 16


@pytest.mark.parametrize("first", [0.0, 1.0])
def test_a_page_is_a_run_of_whole_notes_in_order(monkeypatch, first):
    monkeypatch.setattr(notes, "FIRST", first)
    monkeypatch.setattr(notes, "OWN", 0.0)
    done = []
    monkeypatch.setattr(notes, "title", lambda by, text: done.append(text))
    for name in PIECES:
        monkeypatch.setitem(notes.PIECES, name, lambda by, piece: done.append(piece) or by.rows(1))
    begun = 0
    for seed in range(20):
        done.clear()
        notes.write_notes(noter(seed))
        known = {note.title: note for note in notes_in("en")}
        begun += isinstance(done[0], str)
        while done:
            at = next((at for at, one in enumerate(done) if at and isinstance(one, str)), len(done))
            run, done[:at] = done[:at], []
            note = known.get(run[0]) or next(one for one in known.values() if run[0] in one.pieces)
            pieces = [one for one in run if isinstance(one, Piece)]
            start = note.pieces.index(pieces[0]) if pieces else 0
            assert tuple(pieces) == note.pieces[start : start + len(pieces)]
    assert begun == 20 if first else begun < 20


def test_no_note_stands_on_both_sides_of_a_leaf_while_others_are_left(monkeypatch):
    began = []
    monkeypatch.setattr(notes, "FIRST", 1.0)
    monkeypatch.setattr(notes, "FULL", 1.0)
    monkeypatch.setattr(notes, "OWN", 0.0)
    monkeypatch.setattr(notes, "title", lambda by, text: began.append(text))
    for name in PIECES:
        monkeypatch.setitem(notes.PIECES, name, lambda by, piece: by.rows(1))
    for seed in range(6):
        began.clear()
        front, back = noter(seed), noter(seed + 50)
        front.ruling = back.ruling = RULING._replace(prose=False)
        front.main.sheet.asked = back.main.sheet.asked
        for by in (back, front):
            by.y = by.ruling.last - 2 * by.ruling.pitch  # room for one note or two
            notes.write_notes(by)
        assert len(began) == len(set(began)) >= 2
        assert set(began) <= back.main.sheet.asked


def test_what_is_stressed_is_underlined_where_it_stands(monkeypatch):
    lines_ = []
    monkeypatch.setattr(Notes, "underline", lambda self, writer, x0, x1, y: lines_.append((x0, x1, y)))
    monkeypatch.setattr(Notes, "line", lambda self, text, left, writer=None: self.rows(1) or left + 300)
    by = noter(3)
    by.text("aaaa *bbbb* cccc", 100.0)
    ((x0, x1, y),) = lines_
    assert y == RULING.first and 180 < x0 < 215 and 285 < x1 < 315


def test_no_number_is_torn_at_the_end_of_a_line(monkeypatch):
    said = []
    monkeypatch.setattr(Notes, "line", lambda self, text, left, writer=None: said.append(text) or left)
    monkeypatch.setattr(Notes, "room", lambda self, left: 6)
    noter(3, "zh").text("一二三四50000米", 100.0)
    assert said == ["一二三四", "50000米"]


def test_a_line_that_ends_a_piece_runs_across_the_page_along_a_rule():
    for seed in range(6):
        by = noter(seed)
        by.y = by.ruling.first + 3 * by.ruling.pitch
        by.rule_off()
        drawn = np.maximum.reduce([writer.canvas for writer in by.writers]) > 80
        rows, columns = np.nonzero(drawn)
        rule = by.ruling.first + 3 * by.ruling.pitch
        assert abs(np.median(rows) - rule) < 8 and np.ptp(rows) < 20
        assert columns.min() < 75 and np.ptp(columns) > 150
        assert by.y == by.ruling.first + 4 * by.ruling.pitch


def test_on_squares_the_bars_of_fractions_lie_on_rules(monkeypatch):
    bars = []
    monkeypatch.setattr(note_taker, "IN_SQUARES", 1.0)
    monkeypatch.setattr(steps, "write_working", lambda by, text, x, y: bars.append(y - 0.3 * by.size) or x)
    ruling = RULING._replace(square=22.5, column=60.0)
    for seed in range(6):
        note_pieces.working(noter(seed, ruling=ruling), Piece("working", ("1⁄2+3⁄2", "=4⁄2")))
    assert len(bars) >= 12
    assert all(abs((bar - ruling.first) / 22.5 - round((bar - ruling.first) / 22.5)) < 0.01 for bar in bars)


def test_a_page_in_real_ink_has_no_letter_and_no_figure_in_another_hand(monkeypatch):
    drawn = []
    monkeypatch.setattr(lines, "draw_word", lambda strip, word, x, y, em: drawn.append(word) or em)
    total = 0
    for seed in range(6):
        ink = one_writer(generator(1, 3), ink_words())
        sheet = new_sheet(generator(seed, 16), 900, 700, "en", unit=24)
        hand = new_hand(generator(seed, 23), "en")._replace(ink=ink)
        notes.write_notes(new_notes(generator(seed, 24), sheet, RULING, hand))
        total += ink.used.total()
    assert not any(one.isalnum() for word in drawn for one in word) and total > 100


def test_a_page_in_real_ink_ends_where_its_words_do():
    ink = one_writer(generator(1, 3), ink_words())
    sheet = new_sheet(generator(1, 16), 3000, 1400, "en", unit=20)
    ruling = RULING._replace(right=1360.0, last=2900.0)
    hand = new_hand(generator(1, 23), "en")._replace(ink=ink)
    notes.write_notes(new_notes(generator(1, 24), sheet, ruling, hand))
    assert len(ink.words) == len(ink.used) <= ink.used.total() < len(ink.words) + 30


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_keeps_to_squares_puts_a_sign_in_each_down_all_of_a_page(monkeypatch, language):
    at = []
    monkeypatch.setattr(note_taker, "IN_SQUARES", 1.0)
    monkeypatch.setattr(
        Writer, "write_in_squares", lambda self, text, x, y, square: at.append((x, y, self.size)) or x + 40
    )
    ruling = RULING._replace(square=22.5, column=60.0)
    for seed in range(4):
        by = noter(seed, language, ruling)
        said = ["12-3=", "=9"] if language == "en" else ["今天我们去山上", "x=12-3"]
        for text in said:
            by.line(text, by.ruling.left + 7)
    assert len(at) == 8 and {size for *_, size in at} == {22.5}
    assert all((x - 60) % 22.5 == 0 and (y - ruling.first) % 22.5 == 0 for x, y, _ in at)
    assert not noter(1, language, ruling).in_squares("[3|4]", 400)
    assert not any(noter(1, "en", ruling).in_squares(text, 400) for text in ("W=60×10=600N", "17-12-20"))
