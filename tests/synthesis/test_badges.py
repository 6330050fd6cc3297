import numpy as np

from restorekit.synthesis import badges
from restorekit.synthesis.pages import generator


def test_logos_are_bare_framed_and_named():
    shapes = [badges.draw_logo(generator(seed, 19), 80) for seed in range(60)]
    assert all(shape.dtype == np.uint8 and shape.any() for shape in shapes)
    square = [shape for shape in shapes if shape.shape == (80, 80)]
    assert 25 < len(square) < 55
    full = [shape for shape in square if (shape > 127).mean() > 0.6]  # discs and tiles, an icon cut out
    assert full and all(shape.min() == 0 for shape in full)
