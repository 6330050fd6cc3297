"""Beyond its edge a page shows nothing, and no ink."""

import numpy as np
import pytest

from restorekit.synthesis.capture import rims
from restorekit.synthesis.pages import generator

X, Y = np.meshgrid(np.arange(-30, 70, dtype=np.float32), np.arange(50, 130, dtype=np.float32))


def test_places_on_a_page_are_below_0_by_how_far_its_edge_is():
    away = rims.beyond(X, Y, 60, 400)
    assert away[0, 0] == 30 and away[0, 30] == 0 and away[0, 40] == -10 and away[0, 99] == 10
    assert rims.beyond(X, Y, 60, 100)[79, 40] == 30


@pytest.mark.parametrize("by_hand", [False, True])
def test_what_is_off_the_page_has_no_ink_and_is_of_another_tone(by_hand):
    other = 0
    for seed in range(12):
        page, ink = np.full((80, 100, 3), 0.9, np.float32), np.full((80, 100, 3), 0.3, np.float32)
        away = rims.beyond(X, Y, 400, 400)
        laid, left = rims.surround(generator(seed, 62), page, ink, away, 5.0, by_hand=by_hand)
        assert left.shape == ink.shape and left.dtype == np.float32
        assert left[:, :25].min() == 1
        if not by_hand:
            assert np.array_equal(left[:, 36:], ink[:, 36:])
            assert np.allclose(laid[:, 45:], 0.9)
        other += abs(float(laid[:, :20].mean()) - 0.9) > 0.05
    assert other > 7


def test_far_from_the_edges_most_pages_stay_as_they_are():
    page, ink = np.full((80, 100, 3), 0.9, np.float32), np.full((80, 100, 3), 0.3, np.float32)
    for seed in range(8):
        laid, left = rims.surround(generator(seed, 63), page, ink, None, 5.0, by_hand=False)
        assert laid is page and left is ink
    bare, none = rims.surround(generator(1, 63), page, None, None, 5.0, by_hand=False)
    assert bare is page and none is None
