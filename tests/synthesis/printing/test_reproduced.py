"""Figures from a book: in black and white pixels, or in a screen of dots."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.reproduced import WAYS, copied, pixelated, reproduce, screened, sketched
from restorekit.synthesis.printing.sheets import new_sheet


def drawing():
    drawn = np.full((120, 160), 255, np.uint8)
    drawn[20:22, 10:150] = 0  # a line of two pixels
    drawn[40:100, 20:80] = 128  # a grey area
    drawn[40:100, 100:150] = 0
    return drawn


@pytest.mark.parametrize("way", [pixelated, screened])
def test_lines_stay_whole_greys_become_a_pattern_and_black_and_white_stay(way):
    for seed in range(8):
        made = way(generator(seed, 61), drawing(), 24.0)
        assert made.shape == (120, 160) and made.dtype == np.uint8
        assert (made[18:24, 14:146].min(0) < 130).mean() > 0.95
        grey = made[45:95, 25:75]
        assert 80 < grey.mean() < 180 and grey.std() > 35
        assert made[45:95, 108:142].max() < 40 and made[106:118].min() > 215


@pytest.mark.parametrize("way", [pixelated, screened])
def test_thin_lines_and_letters_stay_whole_and_as_thick(way):
    drawn = np.full((120, 160), 255, np.uint8)
    drawn[20, 10:150] = 110  # thinner than a pixel
    drawn[30:90, 40] = 0
    drawn[30:90, 90] = drawn[30:90, 91] = 60
    for seed in range(8):
        made = way(generator(seed, 61), drawn, 16.0).astype(int)
        assert abs(made[20, 14:146].astype(float).mean() - 110) < 30, "no darker than it was drawn"
        for column in (40, 90):
            thick = (255 - made[34:86, column - 6 : column + 8]).sum(1)
            assert thick.min() > 220 and np.ptp(thick) < 60


@pytest.mark.parametrize("figures", ["", *WAYS])
def test_a_figures_box_alone_is_redrawn_and_only_where_the_plan_has_it(figures):
    sheet = new_sheet(generator(1, 16), 400, 400, "en", unit=20)
    sheet.plan = sheet.plan._replace(figures=figures)
    sheet.draw.ellipse([110, 110, 290, 290], fill=(150, 150, 150))
    sheet.draw.ellipse([5, 5, 60, 60], fill=(150, 150, 150))
    before = np.asarray(sheet.image).copy()
    reproduce(sheet, generator(2, 16), 100, 100, 200, 200)
    same = (np.asarray(sheet.image) == before).all(-1)
    assert same[:90].all() and same[:, :80].all()
    assert same.all() == (not figures)


def test_a_copied_drawing_is_where_it_was_its_lines_ragged_and_its_greys_gone():
    drawn = drawing()
    grounds = 0
    for seed in range(12):
        made = copied(generator(seed, 62), drawn, 24.0).astype(float)
        assert made.shape == drawn.shape
        assert made[55:85, 110:140].max() < 60 and (made[17:26, 14:146].min(0) < 140).mean() > 0.8
        assert np.ptp(made[17:26, 20:140].min(0)) > 10
        edge = made[45:95, 25:75]
        assert edge.std() > 20 or edge.mean() > 215 or edge.mean() < 60
        grounds += 225 < np.median(made[106:114, 20:140]) < 254
    assert 2 < grounds < 11


def test_a_line_that_is_drawn_by_hand_is_whole_and_near_where_it_was_but_not_straight_nor_even():
    drawn = np.full((120, 300), 255, np.uint8)
    drawn[60:62, 20:280] = 0
    for seed in range(8):
        ink = 255.0 - sketched(generator(seed, 63), drawn, 24.0)
        middle = (ink * np.arange(120)[:, None]).sum(0)[30:270] / ink.sum(0)[30:270]
        assert ink.max(0)[30:270].min() > 100
        assert 0.5 < np.ptp(middle) < 16 and abs(middle.mean() - 60.5) < 8
        assert np.ptp(ink.sum(0)[30:270]) > 60
