"""Cartoons: drawn within their box, of lines, tones and dark parts, no two alike."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.cartoons import CARTOONS, new_pen, oval
from restorekit.synthesis.printing.sheets import new_sheet


def drawn(name, seed, side=120):
    sheet = new_sheet(generator(1, 9), 300, 300, "en", unit=24)
    sheet.colour = (0, 0, 0)
    CARTOONS[name](new_pen(sheet, generator(seed, 1), 90, 90, side), generator(seed, 2))
    return np.asarray(sheet.image)


@pytest.mark.parametrize("name", CARTOONS)
def test_a_cartoon_stands_in_its_box(name):
    for seed in range(12):
        rows, columns = np.nonzero(drawn(name, seed).min(2) < 250)
        assert min(rows.min(), columns.min()) >= 90 - 6 and max(rows.max(), columns.max()) <= 210 + 6
        assert np.ptp(rows) > 0.3 * 120 and np.ptp(columns) > 0.25 * 120


@pytest.mark.parametrize("name", CARTOONS)
def test_cartoons_have_dark_parts_and_differ(name):
    pictures = [drawn(name, seed) for seed in range(12)]
    assert len({picture.tobytes() for picture in pictures}) > 9
    dark = [(picture.min(2) < 40).mean() for picture in pictures]
    assert 0.005 < np.median(dark) < 0.12


def test_the_tone_is_of_the_second_colour_where_a_page_has_one():
    sheet = new_sheet(generator(1, 9), 300, 300, "en", unit=24)
    for accent, coloured in (((30, 30, 30), False), ((200, 30, 30), True)):
        sheet.plan = sheet.plan._replace(accent=accent)
        pen = new_pen(sheet, generator(1, 1), 0, 0, 100)
        assert (len(set(pen.tone)) > 1) == coloured and min(pen.tone) > 100


def test_an_oval_is_as_wide_and_as_tall_as_it_is_told():
    points = oval(2, 3, 0.5, 0.25)
    assert np.ptp(points, 0) == pytest.approx([1, 0.5], abs=0.01)
    assert points.mean(0) == pytest.approx([2, 3], abs=0.02)
    assert oval(0, 0, 1, 1, 1.0, 2.0)[:, 1].max() == pytest.approx(0, abs=1e-6), "the upper half"
