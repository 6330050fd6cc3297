"""Maps: what is written on them keeps apart."""

import numpy as np
import pytest
from PIL import ImageDraw

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.maps import APART, FINE, MAPS


@pytest.mark.parametrize("name", sorted(MAPS))
def test_names_and_heights_stand_apart_and_begin_with_a(monkeypatch, name):
    written, draw = [], ImageDraw.ImageDraw.text

    def noted(self, xy, text, *more, **named):
        written.append((text, np.array(xy, float)))
        draw(self, xy, text, *more, **named)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", noted)
    for seed in range(6):
        written.clear()
        MAPS[name](generator(seed, 5), 160, 240)
        size, (*labels, north, scale) = 9 * FINE, written
        assert north[0] == "N" and scale[0].endswith(" km")
        letters = "".join(text for text, _ in labels if text.isalpha())
        assert letters and "ABCDE".startswith(letters)
        for place, (_, one) in enumerate(labels):
            for _, other in labels[:place]:
                assert np.hypot(*(one - other)) > (APART - 1) * size
