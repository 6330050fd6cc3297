"""Apparatus: liquids stay within their vessels."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import apparatus
from restorekit.synthesis.printing.apparatus import VESSELS, _across, _glass, _liquid, _part, _powder
from restorekit.synthesis.printing.curves import curves
from restorekit.synthesis.printing.sheets import new_sheet


@pytest.mark.parametrize("outline", VESSELS)
def test_vessels_are_wide_between_their_sides(outline):
    points = np.array(outline)
    assert points[:, 0] == pytest.approx(1 - points[::-1, 0])
    for level in (0.2, 0.5, 0.9):
        left, right = _across(points, level)
        assert -0.1 < left < 0.5 < right < 1.1
        assert left == pytest.approx(1 - right)


def test_a_beaker_is_as_wide_as_it_says():
    assert _across(np.array(VESSELS[1]), 0.5) == pytest.approx((0, 1))


def test_the_wire_ends_at_the_parts_of_a_circuit():
    for part in ("resistor", "cell", "meter"):
        sheet = new_sheet(generator(1, 1), 100, 200, "en", unit=30)
        curves(sheet, [[(10, 50), (190, 50)]], 1.5)
        _part(sheet, part, "", 100.0, 50.0, 1.5)
        row = (np.asarray(sheet.image.convert("L")) < 200)[50]
        half = {"cell": 3, "meter": 11, "resistor": 15}[part]
        assert row[20:70].all() and row[130:180].all()
        assert not row[100 - half : 100 - half + 3].any(), "no wire within"


def test_glass_tubes_are_hollow():
    sheet = new_sheet(generator(1, 1), 100, 200, "en", unit=30)
    curves(sheet, [[(10, 50), (190, 50)]], 1.5)
    _glass(sheet, np.array([(100.0, 10.0), (100.0, 90.0)]), 1.5)
    dark = np.flatnonzero((np.asarray(sheet.image.convert("L")) < 200)[30])
    assert 5 <= np.ptp(dark) <= 12 and np.diff(dark).max() >= 4


@pytest.mark.parametrize("vessel", range(len(VESSELS)))
def test_a_liquid_stays_within_its_vessel(vessel):
    outline = np.array(VESSELS[vessel]) * (100, 150) + (50, 20)
    for seed in range(10):
        sheet = new_sheet(generator(1, 1), 200, 200, "en", unit=24)
        a, b = _liquid(sheet, generator(seed, 2), outline, 1.0)
        left, right = _across(outline, b)
        assert left < a < right
        rows, columns = np.nonzero(np.asarray(sheet.image.convert("L")) < 200)
        assert len(rows) > 20 and rows.min() > 20 + 0.3 * 150 and rows.max() <= 171
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            left, right = _across(outline, row)
            assert left - 3 <= column <= right + 3


@pytest.mark.parametrize("vessel", range(len(VESSELS)))
def test_a_solid_lies_at_the_bottom_of_its_vessel(vessel):
    outline, covered = np.array(VESSELS[vessel]) * (100, 150) + (50, 20), []
    for seed in range(12):
        sheet = new_sheet(generator(1, 1), 200, 200, "en", unit=24)
        _powder(sheet, generator(seed, 2), outline, 1.0)
        rows, columns = np.nonzero(np.asarray(sheet.image.convert("L")) < 200)
        covered.append(len(rows))
        assert len(rows) > 15 and rows.min() > 20 + 0.5 * 150 and rows.max() <= 172
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            left, right = _across(outline, row)
            assert left - 3 <= column <= right + 3
    assert max(covered) > 2 * min(covered), "full tones and single grains"


def test_a_circuit_has_one_battery_a_closed_switch_and_one_resistor_to_find(monkeypatch):
    parts: list[tuple[str, str]] = []
    monkeypatch.setattr(apparatus, "_part", lambda _, part, name, *__: parts.append((part, name)))
    for seed in range(30):
        parts.clear()
        sheet = new_sheet(generator(seed, 1), 300, 500, "en", unit=20 + seed % 3 * 20)
        apparatus.circuit(sheet, generator(seed, 2), 20, 20, 400, 240)
        assert [kind for kind, _ in parts].count("cell") == 1
        assert [kind for kind, _ in parts].count("switch") == 1
        assert [name for kind, name in parts if kind == "resistor"] == ["R"]
        assert [name for _, name in parts].count("A") <= 1
