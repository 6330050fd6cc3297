import numpy as np
import pytest

from restorekit.synthesis import icons
from restorekit.synthesis.assets import ICONS, load_font
from restorekit.synthesis.pages import generator

FACE = "icons/phosphor_fill.ttf"


def test_every_icon_is_there_and_no_two_are_alike():
    font = load_font(FACE, 24)
    missing = bytes(font.getmask(chr(0xE000 + ICONS)))
    pictures = [bytes(font.getmask(chr(0xE000 + number))) for number in range(ICONS)]
    assert missing not in pictures
    assert len(set(pictures)) > 0.98 * ICONS  # some outlines differ by less than a pixel


def test_an_icon_fills_its_square():
    for seed in range(40):
        icon = icons.draw_icon(generator(seed, 18), 96)
        assert icon.shape == (96, 96)
        rows, columns = np.nonzero(icon > 127)
        assert max(np.ptp(rows), np.ptp(columns)) >= 90
        assert min(rows.min(), columns.min()) >= 0 and max(rows.max(), columns.max()) <= 95


@pytest.mark.parametrize("weight", [2, 5, 9])
def test_an_outline_is_a_line_along_the_edge(weight):
    icon = np.zeros((80, 80), np.uint8)
    icon[20:60, 10:70] = 255
    line = icons.outline(icon, weight)
    assert not line[40, 30:50].any() and not line[5, 5:75].any()
    assert np.count_nonzero(line[40, :40]) == weight
    assert line[19:21, 40].max() == line[59:61, 40].max() == 255


def test_an_icon_is_drawn_from_those_named():
    one = {icons.draw_icon(generator(seed, 18), 96, among=[537]).tobytes() for seed in range(20)}
    assert 1 <= len(one) <= 2  # a star and its mirror image
    things = [number for numbers in icons.THINGS.values() for number in numbers]
    assert len(set(things)) == len(things) > 40 and max(things) < ICONS
    assert min(map(len, icons.THINGS.values())) >= 4, "as many as stand beside each other"
