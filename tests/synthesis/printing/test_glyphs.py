"""Letters stand where their face says, between pixels too."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from restorekit.synthesis.assets import load_font
from restorekit.synthesis.printing.glyphs import put_letters, width

SERIF = "print/la_serif_regular.ttf"


def drawn(x, letters, size=18, spacing=0.0):
    image = Image.new("RGB", (200, 60), (255, 255, 255))
    put_letters(ImageDraw.Draw(image), x, 40, letters, SERIF, size, (0, 0, 0), spacing)
    return 255.0 - np.asarray(image)[..., 0]


def middle(ink):
    return float((ink.sum(0) * np.arange(ink.shape[1])).sum() / ink.sum())


def test_letters_advance_by_what_their_face_says_at_any_size():
    assert width(SERIF, "n") == pytest.approx(0.5, abs=0.002) and width(SERIF, "i") == pytest.approx(
        0.278, abs=0.002
    )
    for size in (17, 23):
        first, last = (middle(drawn(x, "n", size)) for x in (20, 20 + 0.5 * size * 9))
        both = drawn(20, "n" * 10, size)
        assert middle(both) == pytest.approx((first + last) / 2, abs=0.15)
    assert middle(drawn(20, "nn", spacing=6)) == pytest.approx(middle(drawn(20, "nn")) + 3, abs=0.13)


def test_a_letter_moves_by_parts_of_a_pixel():
    places = [middle(drawn(20 + part / 4, "l")) for part in range(5)]
    assert np.diff(places) == pytest.approx([0.25] * 4, abs=0.1)


def test_a_letter_is_what_its_font_draws_large_and_shrunk():
    large = Image.new("L", (400, 160))
    ImageDraw.Draw(large).text((80, 120), "g", fill=255, font=load_font(SERIF, 96), anchor="ls")
    ink = drawn(20, "g", 24)
    assert np.abs(ink[10:50, :100] - np.asarray(large.reduce(4), float)).max() <= 1
    assert not drawn(20, " ").any()
