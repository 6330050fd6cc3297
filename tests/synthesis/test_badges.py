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


def test_logos_show_emblems_and_icons_both_solid_and_in_line(monkeypatch):
    shown = []
    for name in ("draw_emblem", "draw_icon", "outline"):
        real = getattr(badges, name)
        monkeypatch.setattr(badges, name, lambda *a, real=real, name=name: shown.append(name) or real(*a))
    for seed in range(100):
        badges._figure(generator(seed, 20), 60)
    assert 25 < shown.count("draw_emblem") < 55
    assert 5 < shown.count("outline") < shown.count("draw_icon") - 20
