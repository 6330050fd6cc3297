"""Graphs: lines between axes that can be read off."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import charts, graphs
from restorekit.synthesis.printing.graphs import _curve, _steps
from restorekit.synthesis.printing.sheets import new_sheet


def test_lines_stay_between_the_axes_and_begin_and_end_at_ticks():
    across = np.linspace(0, 1, 40)
    for seed in range(60):
        for most in (2, 4, 7):
            for high in (_curve(generator(seed, 2), across, most), _steps(generator(seed, 2), 5, most)):
                assert 0 <= high.min() <= high.max() <= most + 1e-9
                assert high[-1] > 0 or high[0] > 0
                assert high[-1] == pytest.approx(round(high[-1])) and high[0] == pytest.approx(round(high[0]))
            assert _curve(generator(seed, 2), across, most, swing=True).min() >= 0


def test_dashed_lines_lead_from_a_point_to_both_axes(monkeypatch):
    sheet = new_sheet(generator(1, 3), 240, 360, "en", unit=22)
    room = np.array([50.0, 20.0, 330.0, 200.0])
    graphs._drop(sheet, np.array([180.0, 90.0]), room, 1.5, "")
    ink = np.asarray(sheet.image.convert("L")) < 200
    assert 0.3 < ink[88:93, 52:178].any(0).mean() < 0.9
    assert 0.3 < ink[92:198, 178:183].any(1).mean() < 0.9


def test_what_is_asked_for_stands_at_a_tick_or_at_the_point(monkeypatch):
    said = []
    for module in (charts, graphs):
        monkeypatch.setattr(module, "put_label", lambda _, __, ___, text, *____, **_____: said.append(text))
    for seed in range(60):
        said.clear()
        sheet = new_sheet(generator(seed, 1), 400, 500, "en", unit=16)
        graph = graphs.line_graph(sheet, generator(seed, 7), 20, 20, 400, 300)
        assert graph["see_end"][0] in {*said, "0"} and graph["see_largest"][0] in said
        assert float(graph["see_end"][0]) <= float(graph["see_largest"][0])
        assert len([text for text in said if text.isdigit()]) > 1  # numbers along the axis
