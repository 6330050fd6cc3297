import numpy as np

from restorekit.synthesis import badges
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
        icon = badges._icon(generator(seed, 18), 96)
        assert icon.shape == (96, 96)
        rows, columns = np.nonzero(icon > 127)
        assert max(np.ptp(rows), np.ptp(columns)) >= 90
        assert min(rows.min(), columns.min()) >= 0 and max(rows.max(), columns.max()) <= 95


def test_logos_are_bare_framed_and_named():
    shapes = [badges.draw_logo(generator(seed, 19), 80) for seed in range(60)]
    assert all(shape.dtype == np.uint8 and shape.any() for shape in shapes)
    square = [shape for shape in shapes if shape.shape == (80, 80)]
    assert 25 < len(square) < 55
    full = [shape for shape in square if (shape > 127).mean() > 0.6]  # discs and tiles, an icon cut out
    assert full and all(shape.min() == 0 for shape in full)
