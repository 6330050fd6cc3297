"""Words in letters drawn stroke by stroke."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import drawn_words, lines
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.letters import letter
from restorekit.synthesis.handwriting.lines import write_line
from restorekit.synthesis.pages import generator


@pytest.fixture(autouse=True)
def spelt_rightly(monkeypatch):
    monkeypatch.setattr(drawn_words, "MISSPELT", 0.0)


def hands(language, count=30, **habits):
    for seed in range(count):
        hand = new_hand(generator(seed, 23), language)
        yield seed, hand._replace(ink=None, western="", slant=0.0, climb=0.0, **habits)


def paths_of(monkeypatch, seed, hand, word):
    """The paths that the pen draws a word in."""
    paths = []
    monkeypatch.setattr(drawn_words, "draw", lambda strip, path, em: paths.append(path))
    write_line(generator(seed, 24), hand, word, 60, 3)
    return paths


def test_words_stand_farther_apart_than_letters_do():
    for seed, hand in hands("en"):
        drawn = write_line(generator(seed, 24), hand, "oo oo oo oo", 60, 3).coverage.max(0) > 127
        inked = np.flatnonzero(drawn)
        gaps = sorted(np.diff(inked)[np.diff(inked) > 1], reverse=True)
        assert np.mean(gaps[:3]) > 1.8 * (np.median(gaps[3:]) if gaps[3:] else 0)


def test_the_figures_of_a_number_stay_together_in_hands_that_write_wide():
    for spacing in (0.1, 0.3):
        for seed, hand in hands("en", aspect=1.0, unrest=0.012, spacing=spacing):
            drawn = write_line(generator(seed, 24), hand, "600", 60, 3).coverage.max(0) > 127
            gaps = np.diff(np.flatnonzero(drawn))
            assert gaps[gaps > 1].max(initial=0) < 0.45 * 60


def test_the_stem_of_a_russian_r_goes_far_below_the_line():
    for seed, hand in hands("ru", wobble=0.0):
        coverage, baseline = write_line(generator(seed, 24), hand._replace(unrest=0.012), "р", 60, 3)
        assert np.flatnonzero((coverage > 127).any(1))[-1] - baseline > 0.11 * 60


@pytest.mark.parametrize("word", ["ko", "fo", "of", "ыс", "жи", "λα", "λσ", "rn", "as", "es"])
def test_no_stroke_leads_across_a_letter_to_the_next(monkeypatch, word):
    monkeypatch.setattr(drawn_words, "USED", (0,))
    for seed, hand in hands("ru", join=1.0):
        count = sum(len(letter(one, hand.style)[0]) for one in word)
        assert len(paths_of(monkeypatch, seed, hand, word)) == count


def test_the_strokes_of_an_equals_sign_are_never_run_together(monkeypatch):
    for seed, hand in hands("en", join=1.0):
        assert len(paths_of(monkeypatch, seed, hand, "=")) == 2


def test_a_letter_is_another_each_time_it_is_written(monkeypatch):
    apart = []
    for seed, hand in hands("en", join=0.0, aspect=1.0, spacing=0.1):
        paths = [path for path in paths_of(monkeypatch, seed, hand, "ooooooooo") if len(path) > 5]
        shapes = np.array([path[np.linspace(0, len(path) - 1, 9).astype(int), :2] for path in paths])
        shapes -= shapes.mean(1, keepdims=True)
        apart.append(np.hypot(*(shapes - shapes.mean(0)).std(0).T).mean() / 60)
    assert 0.03 < np.median(apart) < 0.12


def test_letters_of_a_word_lean_grow_widen_and_leave_the_line_unlike_each_other(monkeypatch):
    monkeypatch.setattr(drawn_words, "drawn_anew", lambda _, strokes, *__: list(strokes))
    monkeypatch.setattr(drawn_words, "USED", (0,))
    found = []
    for seed, hand in hands("en", join=0.0, aspect=1.0, unrest=0.03):
        rounds = [path[:, :2] for path in paths_of(monkeypatch, seed, hand, "oooooooo")]
        spans = np.log([np.ptp(one, 0) for one in rounds])
        leans = [(one[0, 0] - one[len(one) // 2, 0]) / np.ptp(one[:, 1]) for one in rounds]
        floors = [one[:, 1].max() / 60 for one in rounds]
        found.append([np.std(leans), *spans.std(0), np.std(spans[:, 0] - spans[:, 1]), np.std(floors)])
    leaning, wide, tall, flat, low = np.mean(found, 0)
    assert 0.05 < leaning < 0.16 and 0.02 < tall < 0.08 and 0.07 < wide < 0.2
    assert 0.05 < flat < 0.18 and 0.012 < low < 0.04


def test_a_quick_hand_ends_words_farther_on(monkeypatch):
    ends = []
    for join in (0.0, 1.0):
        last = []
        for seed, hand in hands("en", join=join):
            monkeypatch.setattr(drawn_words, "joins", lambda *_: False)
            path = paths_of(monkeypatch, seed, hand, "a")[0]
            last.append((path[-1, 0] - path[-2, 0]) / 60)
        ends.append(np.mean(last))
    assert ends[1] > ends[0] + 0.02


def test_a_quick_hand_sets_dots_farther_on_and_longer():
    dot = np.array([[10.0, 2.0], [10.0, 4.0]])
    slow, quick = (
        np.array(
            [drawn_words._in_passing(generator(seed, 7), join, 0.0, dot, 40.0) for seed in range(60)]
        ).mean(0)
        for join in (0.0, 1.0)
    )
    assert slow[:, 0].mean() == pytest.approx(10, abs=0.2)
    assert quick[:, 0].mean() == pytest.approx(10 + 0.5 * drawn_words.LATE * 40, rel=0.1)
    assert np.ptp(quick[:, 1]) > 1.2 * np.ptp(slow[:, 1])


def test_words_of_a_line_are_not_pressed_alike(monkeypatch):
    hand = new_hand(generator(2, 23), "en")._replace(western="", ink=None, taper=0.0)
    firm = []
    monkeypatch.setattr(lines, "draw_word", lambda strip, *_: firm.append(strip.firm) or 9.0)
    for seed in range(20):
        write_line(generator(seed, 24), hand, "a b c d e f g h", 40, 3)
    assert np.std(np.log(firm)) == pytest.approx(lines.FIRMNESS, rel=0.35)
    assert np.mean(np.diff(np.reshape(firm, (20, 8)), axis=1) == 0) == 0


@pytest.mark.parametrize("slant", [0.0, 0.3])
def test_a_point_stands_clear_of_the_figure_before_it_however_that_leans(monkeypatch, slant):
    monkeypatch.setattr(drawn_words, "SLIP", 0.0)
    apart = []
    for seed, hand in hands("en", join=0.3):
        paths = paths_of(monkeypatch, seed, hand._replace(slant=slant), "0.")
        figure, point = (path[:, :2] - slant * path[:, 1:2] * (1, 0) for path in paths)
        apart.append(point[:, 0].min() - figure[figure[:, 1] > point[0, 1] - 0.3 * 60, 0].max())
    assert np.min(apart) > 0.05 * 60


def test_narrow_hands_keep_letters_of_three_stems_open():
    ratios = {}
    for aspect in (0.6, 1.0):
        reach = {"m": 0.0, "n": 0.0}
        for seed, hand in hands("en", aspect=aspect, unrest=0.008, join=0.0):
            for one in reach:
                drawn = write_line(generator(seed, 24), hand, one, 60, 3).coverage.max(0) > 127
                reach[one] += np.ptp(np.flatnonzero(drawn))
        ratios[aspect] = reach["m"] / reach["n"]
    assert ratios[0.6] > 1.2 * ratios[1.0]
