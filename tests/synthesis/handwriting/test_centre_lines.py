"""Filled shapes become the line of a pen."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from restorekit.synthesis.assets import load_font
from restorekit.synthesis.handwriting.centre_lines import (
    FAINT,
    FIRMEST,
    YIELDS,
    breadth,
    pressed,
    shade,
    thin,
    trace,
)
from restorekit.synthesis.pages import generator


@pytest.mark.parametrize("thick", [3, 7, 15])
def test_a_bar_thins_to_its_middle_row(thick):
    bar = np.zeros((41, 120), np.uint8)
    bar[20 - thick // 2 : 21 + thick // 2, 10:110] = 255
    line = thin(bar)
    assert set(np.nonzero(line)[0]) == {20}
    assert np.count_nonzero(line) >= 100 - thick


def test_a_ring_stays_one_ring_and_a_dot_one_dot():
    rows, columns = np.ogrid[:81, :161]
    radius = np.hypot(rows - 40, columns - 40)
    shapes = ((radius > 20) & (radius < 32)) | (np.hypot(rows - 40, columns - 120) < 9)
    line = thin(shapes.astype(np.uint8) * 255) > 0
    ring, dot = line[:, :80], line[:, 80:]
    assert 26 - 3 < radius[:, :80][ring].min() <= radius[:, :80][ring].max() < 26 + 3
    assert 1 <= dot.sum() <= 3
    turned = np.unique(np.round(np.degrees(np.arctan2(*np.nonzero(ring))) / 5))
    assert len(turned) > 5


@pytest.mark.parametrize("pen_px", [2.0, 3.5, 6.0])
def test_a_pen_draws_as_wide_as_it_is_and_narrower_where_it_is_light(pen_px):
    pressures = np.zeros((40, 200), np.uint8)
    pressures[20, 10:100], pressures[20, 100:190] = 125, 50
    drawn = trace(pressures, pen_px).sum(0) / 255
    assert drawn[50] == pytest.approx(pen_px * 1.25**YIELDS, abs=0.3)
    light = 1 - FAINT * (FIRMEST - 0.5)
    assert drawn[150] == pytest.approx(max(1, pen_px * 0.5**YIELDS) * light, abs=0.3)
    assert not trace(np.zeros((4, 4), np.uint8), 3).any()


def test_a_brush_face_is_written_with_one_pen():
    image = Image.new("L", (400, 160))
    font = load_font("hand/zh_zhimangxing_400.ttf", 120)
    ImageDraw.Draw(image).text((30, 120), "水木", fill=255, font=font, anchor="ls")
    line = thin(np.where(np.asarray(image) > 127, 255, 0).astype(np.uint8))
    inked = trace(np.where(line > 0, 125, 0).astype(np.uint8), 4.0).sum() / 255
    assert inked / np.count_nonzero(line) == pytest.approx(4.7, abs=0.7)  # diagonal steps are longer


def test_lines_are_thin_at_their_ends_and_thicker_downwards():
    line = np.zeros((200, 300), np.uint8)
    line[100, 20:140] = line[30:170, 220] = 255
    wide = pressed(generator(1), line, 40, 0.8).astype(int)
    assert not wide[line == 0].any()
    assert wide[100, 20] < 0.9 * wide[100, 80] > wide[100, 139]
    assert wide[60:140, 220].mean() > 1.15 * wide[100, 50:110].mean()
    even = pressed(generator(1), line, 40, 0.0)[line > 0]
    assert 75 < even.min() <= even.max() < 125


def test_a_light_touch_leaves_a_thinner_and_paler_line():
    pressures = np.zeros((60, 200), np.uint8)
    pressures[30, 10:90], pressures[30, 110:190] = 125, 50
    full, light = np.split(trace(pressures, 8.0), 2, axis=1)
    assert full.max() == 255 and light.max() == pytest.approx(255 * (1 - 0.75 * FAINT), abs=1)
    assert (light[:, 50] > 0).sum() < (full[:, 50] > 0).sum()


def test_pressure_changes_the_ink_of_a_line_more_than_its_width():
    pressure = np.array([0.5, 0.8, 1.08, 1.3])
    assert breadth(pressure) == pytest.approx(pressure**0.7)
    assert shade(pressure) == pytest.approx([0.5875, 0.7525, 0.9065, 1])
