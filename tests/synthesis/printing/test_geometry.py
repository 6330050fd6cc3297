"""Figures of geometry: their slanting and round lines are smooth."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import geometry
from restorekit.synthesis.printing.geometry import cuboid, edge, isosceles, ring, triangle
from restorekit.synthesis.printing.sheets import new_sheet


@pytest.mark.parametrize("dashed", [False, True])
def test_slanting_edges_are_smooth(dashed):
    sheet = new_sheet(generator(1, 1), 200, 300, "en", unit=24)
    edge(sheet, 20, 20, 280, 130, dashed=dashed)
    assert len(np.unique(np.asarray(sheet.image))) > 5


def test_a_ring_is_round_and_smooth():
    sheet = new_sheet(generator(1, 1), 200, 200, "en", unit=24)
    ring(sheet, 100, 100, 60)
    rows, columns = np.nonzero(np.asarray(sheet.image.convert("L")) < 200)
    assert np.hypot(rows + 0.5 - 100, columns + 0.5 - 100) == pytest.approx(60, abs=1.6)
    assert len(np.unique(np.asarray(sheet.image))) > 5


def test_angles_of_an_isosceles_triangle_make_up_two_right_ones():
    for seed in range(20):
        sheet = new_sheet(generator(1, 1), 240, 320, "en", unit=22)
        term, result = isosceles(sheet, generator(seed, 2), 20, 20, 280, 200)["see_angle"]
        angle = int(term[len("(180-") : -len(")÷2")])
        assert 2 * int(result[1:]) + angle == 180
        dark = np.asarray(sheet.image.convert("L")) < 200
        assert dark[:, :20].sum() == 0 and dark[:, 300:].sum() == 0


def test_a_solid_and_a_triangle_are_drawn_to_scale(monkeypatch):
    edges: list[tuple[float, float, float, float]] = []
    monkeypatch.setattr(geometry, "edge", lambda _, *ends, **__: edges.append(tuple(map(float, ends))))
    made: list[tuple[float, ...]] = []
    sides = geometry._sides
    monkeypatch.setattr(geometry, "_sides", lambda *given: made.append(sides(*given)) or made[-1])
    for seed in range(20):
        sheet = new_sheet(generator(1, 1), 300, 420, "en", unit=22)
        edges.clear()
        term = cuboid(sheet, generator(seed, 2), 20, 20, 360, 240)["see_volume"][0]
        long, deep, tall = map(int, term.split("×"))
        (_, _, back, _), across = edges[0], edges[3]
        up = edges[4]
        assert (across[2] - across[0]) / (up[3] - up[1]) == pytest.approx(long / tall)
        assert (back - edges[0][0]) / (across[2] - across[0]) == pytest.approx(0.45 * deep / long)
        edges.clear()
        term = triangle(sheet, generator(seed, 2), 20, 20, 360, 240)["see_area"][0]
        base, high = map(int, term.removesuffix("÷2").split("×"))
        left, right, _, top, floor = made[-1]
        drawn = (right - left) / (floor - top)
        assert base / high == pytest.approx(drawn, rel=0.25)
