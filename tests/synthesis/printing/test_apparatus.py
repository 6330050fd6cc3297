"""Apparatus: liquids stay within their vessels."""

import numpy as np
import pytest

from restorekit.synthesis.printing.apparatus import VESSELS, _across


@pytest.mark.parametrize("outline", VESSELS)
def test_vessels_are_wide_between_their_sides(outline):
    points = np.array(outline)
    assert points[:, 0] == pytest.approx(1 - points[::-1, 0])
    for level in (0.2, 0.5, 0.9):
        left, right = _across(points, level)
        assert -0.1 < left < 0.5 < right < 1.1
        assert left == pytest.approx(1 - right)


def test_a_beaker_is_as_wide_as_it_says():
    assert _across(np.array(VESSELS[1]), 0.5) == pytest.approx((0, 1))
