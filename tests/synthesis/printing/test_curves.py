"""Thin lines of figures: how thick they come out, and what shape braces and labels have."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.curves import (
    area,
    arrow,
    brace,
    curves,
    dashes,
    hatching,
    put_label,
    short_word,
)
from restorekit.synthesis.printing.sheets import new_sheet, text_width

BLACK = (0, 0, 0)


def _sheet():
    return new_sheet(generator(1, 1), 200, 300, "zh", unit=24)


def _ink(sheet):
    return 1 - np.asarray(sheet.image.convert("L")) / 255


@pytest.mark.parametrize("width", [0.75, 1.25, 2.25])
def test_lines_are_as_thick_as_asked_for_though_thinner_than_a_pixel(width):
    sheet = _sheet()
    curves(sheet, [[(20, 100), (280, 100)]], width, BLACK)
    assert _ink(sheet)[:, 100:200].sum(0) == pytest.approx(width, abs=0.26)


def test_slanting_lines_are_smooth():
    sheet = _sheet()
    curves(sheet, [[(20, 20), (280, 130)]], 1.2, BLACK)
    assert len(np.unique(_ink(sheet))) > 5


def test_lines_may_leave_the_sheet():
    sheet = _sheet()
    curves(sheet, [[(-50, -50), (400, 300)]], 2, BLACK)
    area(sheet, [(250, 150), (400, 150), (400, 400)], BLACK)
    assert _ink(sheet)[199, 299] == 1


@pytest.mark.parametrize("angular", [True, False])
def test_a_brace_begins_and_ends_on_its_level_and_has_its_tip_in_the_middle(angular):
    points = brace(10, 110, 50, 12, angular=angular)
    assert points[0] == pytest.approx((10, 50))
    assert points[-1] == pytest.approx((110, 50))
    tip = points[np.argmin(points[:, 1])]
    assert tip == pytest.approx((60, 38))
    assert points[:, 1] == pytest.approx(points[::-1, 1])
    assert (np.diff(points[:, 0]) >= -1e-9).all()
    below = brace(10, 110, 50, -12, angular=angular)
    assert below[:, 1].max() == pytest.approx(62)


def test_areas_are_filled_and_hatching_covers_a_share_of_them():
    corners = [(50, 50), (150, 50), (150, 150), (50, 150)]
    full, hatched = _sheet(), _sheet()
    area(full, corners, BLACK)
    hatched.colour = BLACK
    hatching(hatched, corners, 10, 2)
    assert _ink(full).sum() == pytest.approx(10000, rel=0.02)
    # Lines 2 pixels thick, 10 pixels apart across, at 45 degrees.
    assert _ink(hatched).sum() == pytest.approx(10000 * 0.2 * np.sqrt(2), rel=0.2)
    assert not _ink(hatched)[:49].any()


def test_an_arrow_has_its_head_at_the_end():
    sheet = _sheet()
    sheet.colour = BLACK
    arrow(sheet, [(50, 100), (200, 100)], 1)
    tall = (_ink(sheet) > 0.3).sum(0)
    assert tall[60:180].max() <= 2
    assert tall[190:200].max() >= 4
    assert not tall[202:].any()


def test_dashes_are_as_long_as_asked_for():
    cut = dashes([(0, 0), (100, 0)], 10)
    assert len(cut) == 6
    assert [float(np.hypot(*(b - a))) for a, b in cut[:-1]] == pytest.approx([10] * 5)


def test_a_label_sets_low_figures_small_and_low_and_stands_as_it_is_aligned():
    sheet = _sheet()
    kind = sheet.body._replace(colour=BLACK, spacing=0.0, size=40)
    end = put_label(sheet, 20, 100, "CO₂", kind, align=0.0)
    assert end == pytest.approx(20 + text_width("CO₂", kind))
    assert put_label(sheet, 20, 60, "CO₂", kind, align=1.0) == pytest.approx(20, abs=1)
    assert text_width("XO₂", kind) < text_width("XO2", kind)
    below = _ink(sheet)[102:]
    assert below.any()
    assert not below[:, : int(20 + text_width("C", kind))].any()


def test_words_fit_their_room():
    sheet, rng = _sheet(), generator(2, 2)
    for _ in range(50):
        assert text_width(short_word(sheet, rng, 60, sheet.body), sheet.body) <= 60


def test_hatching_rises_or_falls():
    corners = [(50, 50), (150, 50), (150, 150), (50, 150)]
    inks = []
    for falling in (False, True):
        sheet = _sheet()
        sheet.colour = BLACK
        hatching(sheet, corners, 20, 1, falling=falling)
        inks.append(_ink(sheet)[60:140, 60:140] > 0.5)
    slope = [[(ink[:-1, 1:] & ink[1:, :-1]).mean(), (ink[:-1, :-1] & ink[1:, 1:]).mean()] for ink in inks]
    assert slope[0][0] > slope[0][1] and slope[1][0] < slope[1][1]


def test_a_hollow_head_is_of_two_strokes():
    inks = []
    for hollow in (False, True):
        sheet = new_sheet(generator(1, 1), 200, 300, "zh", unit=80)
        sheet.colour = BLACK
        arrow(sheet, [(50, 100), (200, 100)], 1, hollow=hollow)
        inks.append(_ink(sheet)[:, 160:205])
    full, two = inks
    assert two.sum() < 0.5 * full.sum()
    assert abs(two.any(1).sum() - full.any(1).sum()) <= 3, "as wide as the filled one"
