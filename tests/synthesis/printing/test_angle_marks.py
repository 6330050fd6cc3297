"""Small marks of geometry stand where they belong."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import angle_marks, geometry
from restorekit.synthesis.printing.angle_marks import mark_angle, mark_corners, mark_side
from restorekit.synthesis.printing.sheets import new_sheet


def dark(sheet):
    """Where print is: x and y of its pixels, ``(N, 2)``."""
    rows, columns = np.nonzero(np.asarray(sheet.image).min(2) < 200)
    return np.column_stack([columns, rows])


@pytest.mark.parametrize("way", angle_marks.WAYS)
@pytest.mark.parametrize("turn", [0.4, 1.5, 2.6])
def test_a_mark_lies_within_its_angle(way, turn):
    corner, reach = np.array([100.0, 100.0]), 80
    one = corner + (reach, 0)
    other = corner + reach * np.array([np.cos(turn), np.sin(turn)])
    sheet = new_sheet(generator(1, 3), 220, 220, "en", unit=24)
    mark_angle(sheet, corner, one, other, way)
    around = dark(sheet) + 0.5 - corner
    turns = np.arctan2(around[:, 1], around[:, 0])
    assert len(around) > 3 and np.hypot(*around.T).max() < reach
    slack = 0.25 if way == "number" else 0.12
    assert turns.min() > -slack and turns.max() < turn + slack
    if way == "dot":
        assert len(around) < 40 and np.ptp(around, 0).max() < 7


@pytest.mark.parametrize("count", [1, 2])
def test_strokes_cross_a_side_at_its_middle(count):
    sheet = new_sheet(generator(1, 3), 200, 200, "en", unit=24)
    mark_side(sheet, np.array([20.0, 90.0]), np.array([180.0, 90.0]), count)
    seen = dark(sheet)
    assert seen.mean(0) == pytest.approx((100, 90), abs=1.5)
    columns = np.unique(seen[:, 0])
    assert 1 + int((np.diff(columns) > 1).sum()) == count


def test_two_sides_or_more_angles_are_marked(monkeypatch):
    angles, sides = [], []
    monkeypatch.setattr(angle_marks, "mark_angle", lambda *args: angles.append(args))
    monkeypatch.setattr(angle_marks, "mark_side", lambda _, one, other, count: sides.append(count))
    corners = np.array([(0.0, 0.0), (90, 0), (60, 60)])
    for seed in range(60):
        before = len(angles), len(sides)
        mark_corners(None, generator(seed, 2), corners)
        marked = len(angles) - before[0], len(sides) - before[1]
        assert marked in ((2, 0), (3, 0), (0, 2))
    assert sides and sides == [1, 2] * (len(sides) // 2)


def test_polygons_have_fans_of_lines_and_dots_in_their_angles(monkeypatch):
    ways = []
    monkeypatch.setattr(geometry, "mark_angle", lambda *args: ways.append(args[4]))
    for seed in range(60):
        sheet = new_sheet(generator(seed, 3), 240, 300, "en", unit=22)
        geometry.polygon(sheet, generator(seed, 4), 30, 20, 240, 200)
    assert 10 < len(ways) < 120 and ways.count("dot") > 4
