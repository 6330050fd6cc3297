"""Labels of figures: none lies on a line or on another."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import geometry, labels
from restorekit.synthesis.printing.labels import around, put_clear
from restorekit.synthesis.printing.sheets import new_sheet


def dark(sheet):
    return np.asarray(sheet.image).min(-1) < 128


def test_a_label_stands_at_the_first_place_where_nothing_is_printed():
    sheet = new_sheet(generator(1, 1), 200, 300, "en", unit=24)
    kind = sheet.body._replace(spacing=0.0, colour=(0, 0, 0))
    sheet.draw.line([(0, 60), (150, 60)], fill=(0, 0, 0), width=3)
    lines = dark(sheet)
    put_clear(sheet, [np.array(place) for place in ((60, 60), (240, 60), (60, 120))], "H8", kind)
    rows, columns = np.nonzero(dark(sheet) & ~lines)
    assert (rows.mean(), columns.mean()) == pytest.approx((60, 240), abs=3)
    put_clear(sheet, [np.array(place) for place in ((-4.0, 100.0), (60.0, 150.0))], "H8", kind)
    assert not dark(sheet)[:, :20][70:].any(), "off the sheet"


def test_places_lie_around_a_point_the_nearest_and_straightest_first():
    places = np.array(around(np.array([10.0, 20.0]), np.array([0.0, 3.0]), (5, 8)))
    assert places[0] == pytest.approx((10, 25)) and places[len(places) // 2] == pytest.approx((10, 28))
    assert np.hypot(*(places - (10, 20)).T) == pytest.approx([5] * 9 + [8] * 9)


@pytest.mark.parametrize("name", ["polygon", "triangle", "right_triangle", "isosceles", "circle"])
def test_labels_of_figures_keep_clear_of_lines(monkeypatch, name):
    touching, put = [], labels.put_label

    def noted(sheet, x, y, text, kind, *more):
        before = dark(sheet)
        put(sheet, x, y, text, kind, *more)
        rows, columns = np.nonzero(dark(sheet) & ~before)
        box = before[rows.min() - 1 : rows.max() + 2, columns.min() - 1 : columns.max() + 2]
        touching.append(bool(box.any()))

    monkeypatch.setattr(labels, "put_label", noted)
    for seed in range(40):
        sheet = new_sheet(generator(1, 1), 300, 400, "en", unit=20)
        getattr(geometry, name)(sheet, generator(seed, 2), 60, 50, 220, 160)
    assert len(touching) >= 40 and np.mean(touching) < 0.02
