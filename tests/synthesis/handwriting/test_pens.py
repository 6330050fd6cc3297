"""Pens lay ink where their tip passed."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import pens
from restorekit.synthesis.pages import generator
from restorekit.synthesis.strokes import stamp


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


def test_teachers_pens_are_bright_or_dull_strong_or_pale():
    made = [pens.marking_pen(generator(seed, 0)) for seed in range(200)]
    assert all(0 <= value <= 1 for pen in made for value in pen.colour)
    red = [pen.colour[0] - max(pen.colour[1:]) for pen in made if pen.colour[0] > 1.5 * max(pen.colour[1:])]
    assert min(red) < 0.3 and max(red) > 0.55
    assert 0.8 <= min(pen.density for pen in made) < 0.84
    assert min(pen.width for pen in made) < 0.11


@pytest.mark.parametrize("name", ["gel", "ballpoint", "pencil"])
def test_a_light_hand_leaves_paler_lines_and_most_so_with_a_pencil(name):
    coverage = np.zeros((60, 600), np.uint8)
    coverage[28:32, 20:300], coverage[28:32, 300:580] = 220, 176  # four fifths of the pressure
    pen = pens.Pen(name, (0.1, 0.1, 0.1), 0.15, 1.0, 0.0, 0.0)
    laid = pens.lay_ink(generator(3, 25), pen, coverage)[30]
    assert laid[400] / laid[100] == pytest.approx(0.8 ** (1 + pens.PRESS[name]), abs=0.01)


def test_lines_of_gel_have_no_blotches():
    coverage = np.zeros((60, 600), np.uint8)
    coverage[28:32, 20:580] = 255
    for seed in range(40):
        rng = generator(seed, 25)
        pen = pens.writing_pen(rng)
        if pen.name == "gel":
            middle = pens.lay_ink(rng, pen, coverage)[29:31, 30:570].mean(0)
            blotches = np.convolve(middle, np.full(9, 1 / 9), "valid")
            assert blotches.std() < 0.03 * blotches.mean()


def test_most_writing_is_as_dark_as_people_press_and_hardly_any_red_or_broad():
    made = [pens.writing_pen(generator(seed, 0)) for seed in range(400)]
    pencils = [pen.density for pen in made if pen.name == "pencil"]
    assert 0.1 < len(pencils) / 400 < 0.25 and min(pencils) < 0.7 and max(pencils) > 0.8
    darkness = [pen.density * (1 - np.mean(pen.colour)) for pen in made]
    assert 0.7 < np.median(darkness) < 0.85
    assert np.mean(np.array(darkness) > 0.93) < 0.2
    assert np.mean([pen.colour[0] > 0.2 + max(pen.colour[1:]) for pen in made]) < 0.03
    assert np.mean([pen.width > 0.245 for pen in made]) < 0.05


def test_a_ball_pen_runs_dry_along_one_side_of_its_line_here_and_there():
    coverage = np.zeros((60, 1200), np.uint8)
    coverage[26:34, 20:1180] = 220
    pen = pens.Pen("ballpoint", (0.1, 0.1, 0.1), 0.15, 0.8, 0.0, 0.0)
    sides = []
    for seed in range(30):
        laid = pens.lay_ink(generator(seed, 27), pen, coverage)[26:34, 30:1170].astype(float)
        assert laid[3:5].std() == 0, "the middle stays as it is"
        sides.append([(laid[row] < 0.8 * laid[3]).mean() for row in (0, -1)])
    assert min(map(min, sides)) == 0 and 0.1 < np.mean(sides) < 0.4
    assert max(map(max, sides)) < 0.8


def test_ink_on_ink_is_darker_with_a_ball_pen_and_hardly_so_with_gel():
    coverage = np.full((9, 9), 220, np.uint8)
    twice = coverage.copy()
    stamp(twice, coverage, 0, 0)
    darker = {}
    for name in ("ballpoint", "gel"):
        pen = pens.Pen(name, (0.1, 0.1, 0.1), 0.15, 0.8, 0.0, 0.0)
        once, more = (int(pens.lay_ink(generator(1), pen, one)[4, 4]) for one in (coverage, twice))
        darker[name] = more / once
    assert darker["ballpoint"] > 1.2 > 1.1 > darker["gel"] > 1


def test_pens_leave_most_of_their_ink_on_the_middle_of_a_line():
    coverage = np.zeros((60, 400), np.uint8)
    coverage[28:32, 20:380] = 255
    left = {"pencil": 0.6, "ballpoint": 0.68, "gel": 0.8, "felt": 0.7}
    for seed in range(60):
        rng = generator(seed, 26)
        pen = pens.writing_pen(rng)
        middle = pens.lay_ink(rng, pen, coverage)[29:31, 30:370].mean() / 255
        assert middle > left[pen.name] * pen.density, pen


def test_teachers_take_another_ink_than_the_pupils():
    for seed in range(60):
        written = pens.writing_pen(generator(seed, 3))
        pen = pens.marking_pen_beside(generator(seed, 4), written)
        assert max(abs(a - b) for a, b in zip(pen.colour, written.colour, strict=True)) > pens.TOLD_APART
        red, green, blue = pens.marking_pen_beside(
            generator(seed, 4), written._replace(colour=(0.9, 0.3, 0.3))
        ).colour
        assert red < max(green, blue) + pens.TOLD_APART, "nobody marks red in red"


def test_some_ball_pens_run_dry_in_places_and_most_do_not():
    made = [pens.writing_pen(generator(seed, 0)) for seed in range(400)]
    balls = [pen for pen in made if pen.name == "ballpoint"]
    dry = [pen for pen in balls if pen.skip > 0.1]
    assert len(dry) / len(balls) == pytest.approx(pens.EMPTY, abs=0.07)
    coverage = np.zeros((60, 600), np.uint8)
    coverage[28:32, 20:580] = 255
    gaps = [
        (pens.lay_ink(generator(1, 25), pen._replace(grain=0.0), coverage)[30, 20:580] < 80).mean()
        for pen in (dry[0]._replace(skip=0.5), dry[0]._replace(skip=0.06))
    ]
    assert gaps[0] > 0.02 > gaps[1] == 0


def test_a_pencil_leaves_its_ink_on_the_hills_of_the_paper_which_are_larger_than_a_pixel():
    coverage = np.zeros((60, 600), np.uint8)
    coverage[26:34, 20:580] = 255
    pen = pens.Pen("pencil", (0.2, 0.2, 0.2), 0.15, 0.8, 0.3, 0.0)
    middle = pens.lay_ink(generator(5, 25), pen, coverage)[29:31, 30:570].astype(float)
    assert middle.std() / middle.mean() > 0.1
    assert np.corrcoef(middle[:, 1:].ravel(), middle[:, :-1].ravel())[0, 1] > 0.3


def test_pens_are_fine_and_broad_ones():
    made = [pens.writing_pen(generator(seed, 0)) for seed in range(300)]
    for kind in ("gel", "ballpoint", "pencil"):
        widths = [pen.width for pen in made if pen.name == kind]
        assert min(widths) < 0.125 and max(widths) > 0.185
        assert np.median(widths) == pytest.approx(0.15, abs=0.015)
