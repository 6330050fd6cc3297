"""Signs that stand alone."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.lines import write_line
from restorekit.synthesis.handwriting.signs import middle_of
from restorekit.synthesis.pages import generator


@pytest.mark.parametrize("sign", ["<", "="])
def test_the_middle_of_a_sign_is_where_it_comes_out_in_the_mean(sign):
    hand = new_hand(generator(4, 23), "zh")._replace(slant=0.1)
    across, above = middle_of(hand, sign)
    found = []
    for seed in range(30):
        written = write_line(generator(seed, 3), hand, sign, 60, 4)
        rows, columns = np.nonzero(written.coverage > 127)
        found.append((columns.min() + columns.max() - 120, 2 * written.baseline - rows.min() - rows.max()))
    assert np.mean(found, 0) / 120 == pytest.approx((across, above), abs=0.08)


def test_a_sign_that_a_hand_does_not_have_has_a_place_all_the_same():
    assert middle_of(new_hand(generator(4, 23), "zh"), "☃") == (0.2, 0.4)
