"""Fingers come from a side of the picture and hide what is below them."""

import numpy as np

from restorekit.synthesis.capture import fingers
from restorekit.synthesis.pages import generator


def test_fingers_reach_in_from_a_side_and_shade_the_page_beside_them():
    covered = []
    for seed in range(12):
        page = np.full((240, 200, 3), 0.9, np.float32)
        share = fingers.lay_fingers(generator(seed, 61), page, 3.0)
        assert share.shape == (240, 200) and share.dtype == np.float32
        assert share.min() == 0 and share.max() <= 1
        edges = np.concatenate([share[0], share[-1], share[:, 0], share[:, -1]])
        assert edges.max() > 0.9, "it comes from without"
        bare = page[share == 0]
        assert bare.max() <= np.float32(0.9) and bare.min() < 0.87, "its shadow is on the page"
        assert np.ptp(page[share > 0.99], axis=0).min() > 0.05, "it is round"
        covered.append(share.mean())
    assert 0.002 < np.median(covered) < 0.2


def test_dark_and_light_skin_is_redder_than_it_is_blue():
    for seed in range(12):
        page = np.full((240, 200, 3), 0.9, np.float32)
        share = fingers.lay_fingers(generator(seed, 61), page, 3.0)
        red, green, blue = page[share > 0.99].mean(0)
        assert red > green > 0.8 * blue and red > 1.1 * blue
