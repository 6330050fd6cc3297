"""Hands, pens and marks."""

import re
from dataclasses import replace

import cv2
import numpy as np
import pytest

from restorekit.synthesis import marks, pens, phrases, writing
from restorekit.synthesis.hands import new_hand
from restorekit.synthesis.handwriting import write_line
from restorekit.synthesis.letters import FORMS, OTHERWISE, STROKES, letter
from restorekit.synthesis.marking import mark_work, some_words, text_mark
from restorekit.synthesis.pages import generator, render_sheet
from restorekit.synthesis.real_ink import ink_words
from restorekit.synthesis.sheets import Slot, new_sheet
from restorekit.synthesis.strokes import draw_path, smooth_path, stamp
from restorekit.synthesis.writer import Layer, Writer
from restorekit.synthesis.writing import write_on


def stroke_width(coverage: np.ndarray) -> float:
    """Area by length, of something much longer than wide."""
    inked = coverage > 127
    edge = cv2.morphologyEx(inked.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8))
    return 2 * inked.sum() / edge.sum()


@pytest.mark.parametrize("width", [1.5, 3.0, 6.0])
def test_a_path_is_as_wide_as_asked(width):
    canvas = np.zeros((60, 300), np.uint8)
    draw_path(canvas, np.array([[20.0, 30.0], [280.0, 30.0]]), np.array([width, width]))
    assert canvas[:, 150].sum() / 255 == pytest.approx(width, abs=0.4)


def test_a_path_off_the_page_is_left_out_and_a_crossing_one_is_cut():
    canvas = np.zeros((40, 40), np.uint8)
    draw_path(canvas, np.array([[-90.0, -90.0], [-50.0, -50.0]]), np.array([3.0, 3.0]))
    assert not canvas.any()
    draw_path(canvas, np.array([[-20.0, 20.0], [60.0, 20.0]]), np.array([3.0, 3.0]))
    assert canvas[20].all()


def test_smooth_path_keeps_its_ends():
    corner = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]])
    smooth = smooth_path(corner)
    assert smooth[0].tolist() == [0, 0]
    assert smooth[-1].tolist() == [10, 10]
    assert np.hypot(*(smooth - [10, 0]).T).min() > 1


def test_stamp_keeps_the_stronger():
    canvas = np.full((3, 3), 100, np.uint8)
    stamp(canvas, np.array([[50, 200]], np.uint8), 2, 1)
    assert canvas.tolist() == [[100, 100, 100], [100, 100, 100], [100, 100, 100]]
    stamp(canvas, np.array([[50, 200]], np.uint8), 1, 1)
    assert canvas[1].tolist() == [100, 100, 200]


@pytest.mark.parametrize(("language", "text"), [("en", "water 12"), ("zh", "物理实验"), ("ru", "задача")])
def test_writing_stands_on_its_line(language, text):
    for seed in range(6):
        rng = generator(seed, 21)
        hand = new_hand(rng, language)._replace(ink=())
        written = write_line(rng, hand, text, 40, 3)
        rows = np.flatnonzero((written.coverage > 127).any(1))
        assert len(rows) > 12
        middle = (rows[0] + rows[-1]) / 2
        assert -3 < written.baseline - middle < 40  # tails below may outweigh


def test_tall_letters_are_as_much_taller_as_the_hand_says():
    hand = new_hand(generator(5, 23), "en")._replace(ink=(), slant=0.0, climb=0.0, wobble=0.0)
    heights = []
    for stretch in (1.0, 1.5):
        written = write_line(generator(6, 22), hand._replace(stretch=stretch), "hill", 40, 3)
        heights.append(written.baseline - int(np.flatnonzero((written.coverage > 127).any(1))[0]))
    assert heights[1] / heights[0] == pytest.approx(1.5, abs=0.1)


@pytest.mark.parametrize("climb", [-0.06, 0.06])
def test_a_long_line_that_climbs_keeps_the_tops_and_tails_of_its_letters(climb):
    hand = new_hand(generator(5, 23), "en")._replace(ink=(), slant=0.0, wobble=0.0, unrest=0.0, climb=climb)
    written = write_line(generator(6, 22), hand, "hpl " * 30, 30, 3)
    columns = np.flatnonzero(written.coverage.any(0))
    begins, ends = (
        np.flatnonzero((written.coverage[:, part] > 127).any(1)) for part in (columns[:100], columns[-100:])
    )
    assert np.ptp(ends) == pytest.approx(np.ptp(begins), abs=6)
    assert ends[0] - begins[0] == pytest.approx(-climb * np.ptp(columns), abs=12)


def test_no_two_letters_of_a_hand_are_alike():
    hand = new_hand(generator(5, 23), "en")._replace(
        western="hand/la_kalam_400.ttf", ink=(), slant=0.0, climb=0.0, wobble=0.0, unrest=0.0, sit=0.0
    )
    ink = write_line(generator(6, 22), hand, "k   k   k", 60, 4).coverage
    gaps = np.flatnonzero(np.diff(np.flatnonzero(ink.any(0))) > 20)
    assert len(gaps) == 2
    columns = np.flatnonzero(ink.any(0))
    letters = [part.astype(float) for part in (ink[:, run] for run in np.split(columns, gaps + 1))]
    narrow = min(part.shape[1] for part in letters)
    for first, second in ((0, 1), (1, 2), (0, 2)):
        astray = np.abs(letters[first][:, :narrow] - letters[second][:, :narrow]).sum()
        assert astray > 0.15 * letters[first].sum()


def test_who_writes_low_crosses_the_line():
    sheet = new_sheet(generator(3, 16), 200, 600, "en")
    slot = Slot("line", 40, 60, 560, 120)
    low = []
    for sit in (0.0, 0.25):
        rng = generator(4, 30)
        hand = new_hand(generator(1, 23), "en")._replace(ink=(), climb=0.0, sit=sit)
        pen = Layer(pens.writing_pen(generator(1, 31)), np.zeros((200, 600), np.uint8))
        writing._fill_line(Writer(rng, sheet, hand, pen, 40.0), slot)
        low.append(np.flatnonzero(pen.coverage.sum(1) > pen.coverage.sum(1).max() / 4)[-1])
    assert low[1] - low[0] == pytest.approx(0.25 * 40, abs=3)


def test_a_wider_pen_writes_wider():
    for seed in range(4):
        thin, thick = (
            write_line(
                generator(seed, 22), new_hand(generator(seed, 23), "en")._replace(ink=()), "run", 60, px
            )
            for px in (2.5, 6.0)
        )
        assert stroke_width(thick.coverage) > stroke_width(thin.coverage) + 1.2


@pytest.mark.parametrize("character", list(STROKES))
def test_every_letter_keeps_its_shape_with_every_writer(character):
    for style in range(20):
        strokes, advance = letter(character, style // FORMS, style % FORMS)
        assert strokes
        assert all(len(stroke) >= 2 for stroke in strokes)
        points = np.concatenate(strokes)
        assert -0.2 < points[:, 0].min() < points[:, 0].max() < advance < 1.2
        assert -1.3 < points[:, 1].min() < points[:, 1].max() < 0.6


def test_a_writer_forms_a_letter_in_a_few_ways_and_leaves_accents_out():
    first, second = letter("g", 3), letter("g", 3)
    assert all(np.array_equal(a, b) for a, b in zip(first[0], second[0], strict=True))
    nearby = np.abs(np.concatenate(letter("g", 3, 1)[0]) - np.concatenate(first[0])).max()
    assert 0 < nearby < np.abs(np.concatenate(letter("g", 4)[0]) - np.concatenate(first[0])).max()
    assert letter("é", 3)[1] == letter("e", 3)[1]
    assert not np.array_equal(letter("g", 4)[0][0], first[0][0])
    assert letter("中", 0) == ((), 0.0)


@pytest.mark.parametrize("character", list(OTHERWISE))
def test_every_other_writer_forms_some_figures_otherwise(character):
    shapes = [[len(stroke) for stroke in letter(character, style)[0]] for style in range(6)]
    assert shapes[0] == shapes[2] == shapes[4] != shapes[1]
    assert shapes[1] == shapes[3] == shapes[5]


def test_chinese_punctuation_is_written():
    hand = new_hand(generator(1, 25), "zh")._replace(ink=(), western="", slant=0.0, climb=0.0)
    with_, without = (
        np.flatnonzero(write_line(generator(3, 24), hand, text, 40, 3).coverage.any(0))
        for text in ("水，？。水", "水水")
    )
    assert np.ptp(with_) > np.ptp(without) + 30


def test_nobody_writes_over_the_own_writing():
    rng = generator(2, 24)
    sheet = new_sheet(rng, 300, 500, "en")
    layer = Layer(pens.writing_pen(rng), np.zeros((300, 500), np.uint8))
    writer = Writer(rng, sheet, new_hand(rng, "en")._replace(ink=()), layer, 30.0)
    assert writer.write("water and stone", 40, 100) > 150
    once = layer.coverage.copy()
    assert writer.write("fire", 60, 104) == 60
    assert np.array_equal(layer.coverage, once)
    assert writer.write("fire", 60, 200) > 90


def test_what_no_source_can_write_is_left_out():
    rng = generator(1, 24)
    assert not write_line(rng, new_hand(rng, "en")._replace(ink=()), "\u0b95\u0ba3", 40, 3).coverage.any()


@pytest.mark.parametrize("text", ["글씨", "てがみ", "カナ", "λόγος"])
def test_scripts_without_a_hand_are_written_with_stand_ins(text):
    rng = generator(1, 25)
    hand = new_hand(rng, "ko")._replace(ink=(), aspect=1.0, spacing=0.0)
    written = write_line(rng, hand, text, 40, 3).coverage
    inked = np.flatnonzero(written.any(0))
    assert inked[-1] - inked[0] > 0.4 * 40 * (len(text) - 1)


def test_writing_is_cut_between_words():
    assert phrases.shorten("one two three", 20) == "one two three"
    assert phrases.shorten("one two three", 9) == "one two"
    assert phrases.shorten("one two three", 7) == "one two"
    assert phrases.shorten("extraordinary", 5) == "extra"
    assert phrases.shorten("汉字很多", 2) == "汉字"
    assert phrases.shorten("ab", 0) == phrases.shorten("a", 0) == "a"


def test_real_ink_ships_and_is_found_in_a_folder(tmp_path):
    assert len(ink_words()) > 300
    crop = np.full((60, 200), 255, np.uint8)
    crop[20:40, 10:60] = 30
    crop[20:40, 140:190] = 30
    cv2.imwrite(str(tmp_path / "crop.png"), crop)
    words = ink_words(str(tmp_path))
    assert [word.amount.shape for word in words] == [(20, 50), (20, 50)]
    assert {(word.baseline, word.x_height) for word in words} == {(19, 20)}


def test_a_folder_without_ink_is_told(tmp_path):
    cv2.imwrite(str(tmp_path / "blank.png"), np.full((40, 40), 255, np.uint8))
    with pytest.raises(ValueError, match="no writing found"):
        ink_words(str(tmp_path))


@pytest.mark.parametrize("make", [pens.writing_pen, pens.marking_pen])
def test_pens_lay_ink_only_on_their_strokes(make):
    coverage = np.zeros((80, 80), np.uint8)
    coverage[30:40, 10:70] = 255
    for seed in range(12):
        rng = generator(seed, 25)
        pen = make(rng)
        amount = pens.lay_ink(rng, pen, coverage)
        assert not amount[coverage == 0].any()
        assert amount[30:40, 10:70].mean() > 40
        assert all(0 <= value < 1 for value in pen.colour)


def test_transmittance_multiplies():
    full, half = np.full((1, 1), 255, np.uint8), np.full((1, 1), 51, np.uint8)
    passed = pens.transmittance([full, half], [(0.5, 1.0, 0.0), (0.0, 0.5, 0.5)])
    np.testing.assert_allclose(passed[0, 0], [0.5 * 0.8, 1.0 * 0.9, 0.0], atol=1e-6)
    with pytest.raises(ValueError, match="amounts is empty"):
        pens.transmittance([], [])


def test_every_mark_is_drawn_about_where_it_is_asked_for():
    box = (60.0, 60.0, 140.0, 100.0)
    drawings = [
        lambda c, r: marks.tick(c, r, 100, 100, 40, 3),
        lambda c, r: marks.cross(c, r, 100, 80, 40, 3),
        lambda c, r: marks.circle(c, r, box, 3),
        lambda c, r: marks.line(c, r, 60, 80, 140, 80, 3),
        lambda c, r: marks.underline(c, r, 60, 140, 80, 3, 20),
        lambda c, r: marks.scribble(c, r, box, 3),
        lambda c, r: marks.caret(c, r, 100, 80, 30, 3),
        lambda c, r: marks.bracket(c, r, box, 3),
        lambda c, r: marks.sketch(c, r, box, 3),
        lambda c, r: marks.blot(c, r, 100, 80, 9),
    ]
    for place, draw in enumerate(drawings):
        for seed in range(5):
            canvas = np.zeros((200, 200), np.uint8)
            draw(canvas, generator(seed, 26))
            rows, columns = np.nonzero(canvas > 127)
            assert len(rows) > 20, place
            assert abs(rows.mean() - 80) < 40, place
            assert abs(columns.mean() - 100) < 50, place


def test_brackets_are_straight_strokes_in_their_box():
    seen = set()
    for seed in range(40):
        canvas = np.zeros((200, 200), np.uint8)
        marks.bracket(canvas, generator(seed, 29), (60.0, 60.0, 140.0, 100.0), 3)
        assert not canvas[:52].any() and not canvas[109:].any()
        inked = canvas > 127
        assert inked[70:90].any(1).all(), "each has an upright stroke"
        uprights = int((np.diff(inked[80].astype(int)) == 1).sum())
        above, below = (inked[rows, 72:128].any(0).mean() for rows in (slice(52, 68), slice(92, 108)))
        seen.add((uprights, round(2 * above) / 2, round(2 * below) / 2))
    frame, brackets, slash, slashes = (2, 1.0, 1.0), (2, 0.0, 0.0), (1, 0.0, 0.0), (2, 0.0, 0.0)
    assert {frame, brackets, slash, slashes} <= seen
    assert any(uprights == 1 and above + below >= 1 for uprights, above, below in seen), "the sign to swap"


def test_writers_and_teachers_bracket_words(monkeypatch):
    boxes = []
    monkeypatch.setattr(marks, "bracket", lambda _, __, box, ___: boxes.append(box))
    sheet = new_sheet(generator(3, 16), 200, 600, "en")
    written, printed = [], []
    for seed in range(120):
        rng = generator(seed, 32)
        pen = Layer(pens.writing_pen(rng), np.zeros((200, 600), np.uint8))
        writer = Writer(rng, sheet, new_hand(rng, "en"), pen, 30.0)
        writing._fill_line(writer, Slot("line", 40, 60, 560, 120))
        written += boxes
        boxes.clear()
        text_mark(writer, Slot("text", 40, 150, 300, 170, "one two three"))
        printed += boxes
        boxes.clear()
    assert written and all(top > 60 and bottom > 100 for _, top, _, bottom in written)
    assert printed and all(130 < top < 150 and bottom > 170 for _, top, _, bottom in printed)


def test_hands_differ_in_height_and_in_how_low_they_write():
    western = [new_hand(generator(seed, 33), "en") for seed in range(60)]
    assert min(hand.stretch for hand in western) < 0.9 and max(hand.stretch for hand in western) > 1.25
    assert min(hand.sit for hand in western) < 0 and max(hand.sit for hand in western) > 0.2
    assert all(new_hand(generator(seed, 33), "zh").stretch == 1 for seed in range(5))


def test_marks_at_print_reach_from_word_to_word():
    sheet = replace(render_sheet(generator(1), 200, 300)[1], language="en")
    writer = Writer(generator(2), sheet, new_hand(generator(2), "en"), None, 20)
    slot = Slot("text", 100, 0, 230, 20, "one two three")  # ten pixels a letter
    for _ in range(50):
        start, stop = some_words(writer, slot)
        assert min(abs(start - edge) for edge in (100, 140, 180)) < sheet.unit
        assert min(abs(stop - edge) for edge in (130, 170, 230)) < sheet.unit
        assert start < stop
    unread = [some_words(writer, Slot("text", 0, 0, 40 * sheet.unit, 20)) for _ in range(50)]
    assert max(stop - start for start, stop in unread) < 6 * sheet.unit


@pytest.mark.parametrize(("right", "kind"), [("B", "[ACD]"), ("17", r"\d+"), ("goes", ".*")])
def test_a_mistake_is_of_the_answers_kind_and_wrong(right, kind):
    rng = generator(1, 15)
    for _ in range(50):
        wrong = phrases.mistake(rng, "en", right)
        assert wrong != right
        assert re.fullmatch(kind, wrong)


def test_the_teacher_ticks_what_is_right_and_crosses_what_is_wrong(monkeypatch):
    drawn = []
    monkeypatch.setattr(marks, "tick", lambda *_: drawn.append("tick"))
    monkeypatch.setattr(marks, "cross", lambda *_: drawn.append("cross"))
    sheet = new_sheet(generator(0, 16), 400, 600, "en")
    right, wrong, empty = (Slot("sum", 50, 50 * n, 150, 50 * n + 30, str(n)) for n in (1, 2, 3))
    for graded, expected in (({right: True}, {"tick"}), ({wrong: False}, {"cross"}), ({}, set())):
        drawn.clear()
        sheet.slots = [*graded, empty]
        for seed in range(20):
            rng = generator(seed, 17)
            pen = Layer(pens.marking_pen(rng), np.zeros((400, 600), np.uint8))
            mark_work(Writer(rng, sheet, new_hand(rng, "en"), pen, 20), 1.0, graded)
        assert set(drawn) == expected


def test_options_are_marked_as_they_were_answered_and_one_at_most(monkeypatch):
    written, marked, shaded = [], [], []
    monkeypatch.setattr(Writer, "write", lambda self, text, *_: written.append(text) or 0.0)
    monkeypatch.setattr(writing, "_mark_option", lambda _, slot, __: marked.append(slot.hint))
    monkeypatch.setattr(marks, "scribble", lambda _, __, box, ___: shaded.append(box))
    monkeypatch.setattr(writing, "fill_blanks", lambda *_: None)
    monkeypatch.setattr(writing, "_notes", lambda *_: None)
    monkeypatch.setattr(writing, "mark_work", lambda *_: None)
    gap, *options = (
        Slot(kind, 50 * n, 20, 50 * n + 20, 40, hint)
        for n, (kind, hint) in enumerate([("gap", "B"), *(("option", letter) for letter in "ABCD")])
    )
    bubbles = [Slot("bubble", 50 * n, 90, 50 * n + 20, 99, letter) for n, letter in enumerate("ABCD")]
    both, marked_alone, shades = 0, 0, 0
    for seed in range(300):
        sheet = new_sheet(generator(0, 16), 400, 600, "en")
        sheet.slots = [gap, *options, *bubbles]
        for log in (written, marked, shaded):
            log.clear()
        write_on(sheet, generator(seed, 18))
        assert len(marked) <= 1
        assert not (written and marked) or written[0] == marked[0]
        boxes = set(map(tuple, shaded)) & {slot[1:5] for slot in bubbles}
        assert len(boxes) <= 1
        both += bool(written and marked)
        marked_alone += bool(marked and not written)
        shades += len(boxes)
    assert both > 5
    assert marked_alone > 5
    assert 150 < shades < 300


def test_a_text_goes_on_from_line_to_line_and_nothing_of_it_is_lost(monkeypatch):
    monkeypatch.setattr(phrases, "sentence", lambda *_: "one two three four five six.")
    rng = generator(3, 19)
    pen = Layer(pens.writing_pen(rng), np.zeros((40, 400), np.uint8))
    writer = Writer(rng, new_sheet(rng, 40, 400, "en"), new_hand(rng, "en"), pen, 20)
    lines = [writer.next_line(100, 6) for _ in range(4)]
    assert lines == ["one two", "three four", "five six.", "one two"]


def test_teachers_pens_are_bright_or_dull_strong_or_pale():
    made = [pens.marking_pen(generator(seed, 0)) for seed in range(200)]
    assert all(0 <= value <= 1 for pen in made for value in pen.colour)
    red = [pen.colour[0] - max(pen.colour[1:]) for pen in made if pen.colour[0] > 1.5 * max(pen.colour[1:])]
    assert min(red) < 0.3 and max(red) > 0.55
    assert min(pen.density for pen in made) < 0.45
    assert min(pen.width for pen in made) < 0.07


def test_fractions_stand_one_number_above_the_other():
    for seed in range(12):
        rng = generator(seed, 20)
        sheet = new_sheet(rng, 300, 400, "en")
        pen = Layer(pens.writing_pen(rng), np.zeros((300, 400), np.uint8))
        writer = Writer(rng, sheet, new_hand(rng, "en"), pen, 40.0)
        end = writer.write_working("3⁄4", 100, 150)
        inked = pen.coverage[:, 90 : int(end) + 10] > 127
        assert end > 110
        assert inked[:126].any() and inked[150:].any()
        assert inked[132:145].mean(1).max() > 0.35, "a bar at half the height of a letter"


def test_teachers_marks_are_as_small_as_a_letter_or_as_tall_as_some_lines(monkeypatch):
    sizes, slashes = [], []
    monkeypatch.setattr(marks, "tick", lambda _, __, ___, ____, size, _____: sizes.append(size))
    monkeypatch.setattr(marks, "cross", lambda *_: None)
    monkeypatch.setattr(marks, "line", lambda *_: slashes.append(1))
    sheet = new_sheet(generator(0, 16), 400, 600, "en")
    right, wrong = Slot("sum", 50, 50, 150, 80, "1"), Slot("sum", 50, 150, 150, 180, "2")
    sheet.slots = [right, wrong]
    for seed in range(80):
        rng = generator(seed, 21)
        pen = Layer(pens.marking_pen(rng), np.zeros((400, 600), np.uint8))
        mark_work(Writer(rng, sheet, new_hand(rng, "en"), pen, 20), 1.0, {right: True, wrong: False})
    assert min(sizes) < 1.3 * sheet.unit and max(sizes) > 4 * sheet.unit
    assert slashes, "some teachers strike out what is wrong instead of crossing it"
