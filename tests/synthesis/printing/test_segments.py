"""Diagrams of sums: what they show is what is worked out, and there is room below for it."""

import re

import numpy as np
import pytest
from PIL import Image

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import segments
from restorekit.synthesis.printing.line_art import LEAST
from restorekit.synthesis.printing.segments import Bar, Span, see_and_solve, segment_problem, things_in_row
from restorekit.synthesis.printing.sheets import new_sheet


def _worth(term):
    assert re.fullmatch(r"[\d+\-÷×()]+", term)
    return eval(term.replace("÷", "/").replace("×", "*"))


@pytest.mark.parametrize("seed", range(40))
def test_each_line_of_a_working_is_worth_the_answer(seed):
    problem = segment_problem(generator(seed, 1), "个")
    values = [_worth(line.lstrip("=")) for line in problem.working]
    assert values == pytest.approx([values[-1]] * len(values))
    assert values[-1] == int(values[-1]) > 0
    assert sum(span.text.startswith("?") for span in problem.spans) == 1
    for span in problem.spans:
        assert 0 <= span.first < span.last <= len(problem.bars[span.row].lengths)
    told = [(span, int(span.text[:-1])) for span in problem.spans if span.text[0] != "?"]
    lengths = [sum(problem.bars[span.row].lengths[span.first : span.last]) / told for span, told in told]
    assert lengths == pytest.approx([lengths[0]] * len(lengths)), "bars are as long as their numbers say"


def test_the_working_goes_below_each_diagram():
    for seed in range(10):
        sheet = new_sheet(generator(seed, 2), 600, 900, "zh", unit=24)
        end = see_and_solve(sheet, generator(seed, 3), 40, 860, 40)
        areas = [slot for slot in sheet.slots if slot.kind == "area"]
        assert 1 <= len(areas) <= 2
        for slot in areas:
            values = [_worth(line.lstrip("=")) for line in slot.hint.split("\n")]
            assert values == pytest.approx([values[-1]] * len(values))
            assert slot.bottom < end
            assert np.asarray(sheet.image)[: slot.top, slot.left : slot.right].min() < 250


def test_some_workings_begin_at_the_last_printed_label_and_others_below_it():
    touching = []
    for seed in range(40):
        sheet = new_sheet(generator(seed, 2), 600, 900, "zh", unit=24)
        see_and_solve(sheet, generator(seed, 3), 40, 860, 40)
        for slot in (slot for slot in sheet.slots if slot.kind == "area"):
            print_ = np.asarray(sheet.image)[slot.top : slot.bottom, slot.left : slot.right]
            touching.append(print_.min() < 200)
            assert print_[24 * 2 :].min() == 255
    assert 0.05 < np.mean(touching) < 0.7


@pytest.mark.parametrize("unit", [16, 22])
def test_what_is_counted_is_shown_however_narrow_the_row(monkeypatch, unit):
    packs, braces, said, kinds = [], [], set(), []

    def things_of(_, __, side, count, kind):
        kinds.append(kind)
        return [Image.new("RGB", (side,) * 2)] * count

    monkeypatch.setattr(segments, "drawings", things_of)
    monkeypatch.setattr(segments, "_pack", lambda *args: packs.append(args[4]))
    monkeypatch.setattr(
        segments, "_brace", lambda _, start, stop, *rest: braces.append((start, stop, rest[2]))
    )
    for seed in range(60):
        sheet = new_sheet(generator(seed, 4), 200, 500, "en", unit=unit)
        packs.clear()
        working = things_in_row(sheet, generator(seed, 5), 20, 20, 8 * unit, 3.5 * unit)["see"]
        things = (np.asarray(sheet.image) == 0).all(2)
        side = things.any(1).sum()
        assert side >= LEAST and things.any(0)[20 : 20 + 8 * unit + 1].sum() == things.any(0).sum()
        single = things.sum() / side**2
        start, stop, text = braces[-1]
        assert start == 20 and 0 < stop - start <= 8 * unit + LEAST
        values = [_worth(line.lstrip("=")) for line in working]
        assert values == pytest.approx([values[-1]] * len(values))
        asked = text.startswith("?")
        if not packs:
            assert asked and values[-1] == single
        elif asked:
            assert values[-1] == sum(map(int, packs)) + single
        else:
            assert set(packs) == {"?"} and values[-1] * len(packs) + single == int(text)
        said.add((bool(packs), asked))
        assert not packs or kinds[-1] in segments.BOXED, "no cow comes in boxes"
    assert said == {(False, True), (True, True), (True, False)}


def test_braces_reach_over_the_parts_that_they_name(monkeypatch):
    drawn = {}

    def brace(sheet, start, stop, level, away, text, line, angular):
        drawn[text] = (start, stop, level, away)

    monkeypatch.setattr(segments, "_brace", brace)
    spans = Span(0, 0, 1, True, "a"), Span(0, 1, 2, False, "b"), Span(1, 0, 2, False, "c")
    problem = segments.Problem((Bar((2, 2)), Bar((1, 1))), spans, ("1", "=1"))
    monkeypatch.setattr(segments, "segment_problem", lambda *_: problem)
    for seed in range(10):
        sheet = new_sheet(generator(seed, 4), 300, 500, "en", unit=22)
        segments.segments(sheet, generator(seed, 5), 20, 20, 400, 150)
        a, b, c = (drawn[text] for text in "abc")
        assert a[1] < b[0] and a[1] - a[0] == pytest.approx(b[1] - b[0])
        assert c[0] == a[0] and c[1] - c[0] == pytest.approx(a[1] - a[0], rel=0.05)
        assert a[2] == b[2] < c[2]
        assert a[3] > 0 > b[3] == c[3]


@pytest.mark.parametrize("thick", [0.0, 16.0])
def test_what_is_missing_of_a_bar_is_dashed(thick):
    sheet = new_sheet(generator(1, 4), 100, 300, "en", unit=22)
    segments._draw_bar(sheet, Bar((1, 1), dashed=True), np.array([20.0, 140.0, 260.0]), 50.0, thick, 1.5)
    row = (np.asarray(sheet.image.convert("L")) < 200)[round(50 - thick / 2)]
    assert row[22:138].all()
    assert 0.3 < row[145:255].mean() < 0.85


def test_most_bars_have_their_names_before_them(monkeypatch):
    given = iter(range(10**6))
    monkeypatch.setattr(segments.phrases, "entry", lambda *_: f"Ann{next(given) % 3}")
    named = []
    for seed in range(30):
        names, starts = [], []
        monkeypatch.setattr(
            segments, "put_label", lambda _, x, __, text, *___, log=names, **____: log.append((x, text))
        )
        monkeypatch.setattr(segments, "_draw_bar", lambda _, __, cuts, *___, log=starts: log.append(cuts[0]))
        sheet = new_sheet(generator(seed, 4), 300, 500, "en", unit=22)
        segments.segments(sheet, generator(seed, 5), 20, 20, 400, 150)
        before = [x for x, text in names if text.startswith("Ann")]
        assert len(before) in (0, len(starts)) and len(names) == len(set(names)), "each of another"
        assert all(x == 20 for x in before) and (min(starts) > 50 if before else set(starts) == {20})
        named.append(bool(before))
    assert 0.5 < np.mean(named) < 0.95


def test_diagrams_are_of_bars_or_of_things(monkeypatch):
    drawn = []
    monkeypatch.setattr(segments, "segments", lambda *_: drawn.append("bars") or {"see": ("1",)})
    monkeypatch.setattr(segments, "things_in_row", lambda *_: drawn.append("things") or {"see": ("1",)})
    for seed in range(20):
        see_and_solve(new_sheet(generator(seed, 2), 600, 900, "zh", unit=24), generator(seed, 3), 40, 860, 40)
    assert set(drawn) == {"bars", "things"} and len(drawn) > 20, "now and then two beside each other"
