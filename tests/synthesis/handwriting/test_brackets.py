"""Brackets by hand."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting.brackets import BRACKETS, bracket, bracket_habit
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.lines import write_line
from restorekit.synthesis.pages import generator


@pytest.mark.parametrize("sign", BRACKETS)
def test_a_bracket_is_about_as_high_as_capitals_and_opens_to_its_side(sign):
    sides = []
    for style in range(200):
        path, advance = bracket(generator(style, 1), sign, style)
        (left, top), (right, floor) = path.min(0), path.max(0)
        assert left == 0 and right < advance < 1.4
        assert 0.7 < floor - top < 1.4 and -0.2 < floor < 0.4
        ends, middle = path[[0, -1], 0].mean(), path[len(path) // 3 : -(len(path) // 3), 0].mean()
        sides.append(middle > ends)
    assert np.mean(sides) > 0.85 if sign in ")]}" else np.mean(sides) < 0.15


def test_writers_bow_brackets_more_or_less_and_no_two_of_a_pair_are_alike():
    deep = [bracket_habit(style).deep for style in range(200)]
    assert np.quantile(deep, 0.9) > 2 * np.quantile(deep, 0.1)
    rng = generator(1, 1)
    opens, closes = (np.ptp(bracket(rng, sign, 3)[0], axis=0) for sign in "()")
    assert np.abs(opens - closes).max() > 0.02


@pytest.mark.parametrize(("language", "text"), [("en", "a a"), ("zh", "水 水"), ("ru", "а а"), ("el", "α α")])
def test_hands_write_brackets_whatever_their_letters_come_from(language, text):
    for seed in range(4):
        hand = new_hand(generator(seed, 25), language)._replace(ink=None, slant=0.0, climb=0.0)
        for sign in BRACKETS:
            with_, without = (
                sum(
                    (write_line(generator(chance, 24), hand, one, 40, 3).coverage > 127).sum()
                    for chance in range(3, 9)
                )
                for one in (text.replace(" ", sign), text)
            )
            assert with_ > without + 60, sign


@pytest.mark.parametrize("western", ["", "hand/la_kalam_400.ttf"])
def test_brackets_are_as_tall_as_the_figures_that_they_stand_around(western):
    tall = {}
    for latin in (0.65, 1.0):
        for seed in range(12):
            hand = new_hand(generator(seed, 23), "zh")._replace(
                western=western, latin=latin, climb=0.0, unrest=0.0, ink=None
            )
            written = write_line(generator(seed, 24), hand, "(2)", 60, 3)
            rows = np.flatnonzero((written.coverage > 127).any(1))
            tall.setdefault(latin, []).append(np.ptp(rows))
    assert np.mean(tall[0.65]) < 0.93 * np.mean(tall[1.0])


def test_round_brackets_are_arcs_and_neither_strokes_nor_wedges():
    quarters = []
    for sign, way in zip("()", (-1, 1), strict=True):
        for style in range(200):
            path = bracket(generator(style, 1), sign, style)[0]
            down = (path[:, 1] - path[0, 1]) / np.ptp(path[:, 1])
            bow = way * (path[:, 0] - path[0, 0] - down * (path[-1, 0] - path[0, 0])) / np.ptp(path[:, 1])
            assert 0.07 < bow.max() < 0.4
            quarters.append(np.interp((0.25, 0.75), down, bow).mean() / np.interp(0.5, down, bow))
            assert abs(path[-1, 0] - path[0, 0]) < 0.35 * np.ptp(path[:, 1])
    assert np.mean(quarters) > 0.72  # a wedge has half
