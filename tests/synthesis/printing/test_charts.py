"""Charts: shares that make up the whole, and wedges of white, grey and hatching."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.charts import _curve, _shares, pie
from restorekit.synthesis.printing.sheets import new_sheet


def test_shares_make_up_a_hundred_and_some_are_thin():
    drawn = [_shares(generator(seed, 1)) for seed in range(1000)]
    for shares in drawn:
        assert sum(shares) == pytest.approx(100)
        assert min(shares) > 0
    assert any(min(shares) < 2 for shares in drawn)
    assert any(max(shares) < 50 for shares in drawn)


def test_curves_stay_between_the_axes():
    across = np.linspace(0, 1, 40)
    for seed in range(60):
        high = _curve(generator(seed, 2), across)
        assert 0 <= high.min() <= high.max() <= 1


def test_pies_are_mostly_thin_lines_on_white():
    shares = []
    for seed in range(20):
        sheet = new_sheet(generator(seed, 3), 240, 360, "en", unit=22)
        pie(sheet, generator(seed, 4), 30, 20, 300, 200)
        shares.append((np.asarray(sheet.image).min(2) < 240).mean())
    assert 0.005 < np.median(shares) < 0.12
