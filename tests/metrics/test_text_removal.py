import json
import math

import cv2
import numpy as np
import pytest

from restorekit.metrics import text_removal
from restorekit.metrics.page import Page, score_page
from tests.conftest import REFERENCE


def grey(level, height=6, width=8):
    return np.full((height, width, 3), level, np.uint8)


def test_age_weighs_the_channels_and_rounds_each_pixel():
    restored = grey(100)
    restored[0, 0, 0] += 50  # 14.95 levels of Y
    restored[0, 1, 1] -= 50  # -29.35
    restored[0, 2, 2] += 50  # 5.7
    restored[0, 3, 2] += 4  # 0.456: rounds away
    assert text_removal.age(restored, grey(100)) == pytest.approx((15 + 29 + 6) / 48, rel=1e-12)


def test_peps_counts_more_than_20_levels():
    restored = grey(100)
    restored[0, 0] = 120  # 20: not yet
    restored[1, 1] = 121
    restored[2, 2] = 60
    assert text_removal.peps(restored, grey(100)) == 2 / 48
    assert text_removal.peps_published(restored, grey(100)) == 2 / 512**2


def test_pceps_asks_for_four_bad_neighbours():
    restored = grey(100)
    restored[1:4, 1:5] = 0  # 3 x 4 errors: two have all four neighbours
    restored[5, :] = 0  # a row at the page's edge: outside is no error
    assert text_removal.pceps(restored, grey(100)) == 2 / 48
    assert text_removal.pceps_published(restored, grey(100)) == 2 / 512**2
    restored[1, 1] = 100  # a diagonal neighbour does not count
    assert text_removal.pceps(restored, grey(100)) == 2 / 48


def test_pceps_where_everything_is_wrong_spares_the_rim():
    assert text_removal.pceps(grey(0), grey(255)) == 4 * 6 / 48


def _published_by_formula(first, second):
    """Straight from the formula, one window at a time, on grey pages."""
    x = np.arange(-5, 6)
    window = np.exp(-(x[:, None] ** 2 + x**2) / (2 * 1.5**2))
    window /= window.sum()
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    whole, contrast = [], []
    for top in range(first.shape[0] - 10):
        for left in range(first.shape[1] - 10):
            a, b = (page[top : top + 11, left : left + 11, 0].astype(float) for page in (first, second))
            mean_a, mean_b = (window * a).sum(), (window * b).sum()
            both = (window * (a - mean_a) * (b - mean_b)).sum()
            power = (window * (a - mean_a) ** 2).sum() + (window * (b - mean_b) ** 2).sum()
            contrast.append((2 * both + c2) / (power + c2))
            whole.append(contrast[-1] * (2 * mean_a * mean_b + c1) / (mean_a**2 + mean_b**2 + c1))
    return np.mean(contrast) ** (0.0448 + 0.2856 + 0.3001 + 0.2363) * np.mean(whole) ** 0.1333


def test_published_mssim_by_formula():
    rng = np.random.default_rng(0)
    target = np.repeat(rng.integers(0, 200, (14, 17, 1), dtype=np.uint8), 3, axis=2)
    restored = target + np.repeat(rng.integers(0, 55, (14, 17, 1), dtype=np.uint8), 3, axis=2)
    expected = _published_by_formula(restored, target)
    assert 0.5 < expected < 0.99
    assert text_removal.mssim_published(restored, target) == pytest.approx(expected, rel=1e-6)


def test_published_mssim_of_a_page_smaller_than_its_window_is_nan():
    assert math.isnan(text_removal.mssim_published(grey(0, 10, 30), grey(0, 10, 30)))


def _read(path, crop):
    page = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)
    if crop is None:
        return page
    x, y, width, height = crop
    return np.ascontiguousarray(page[y : y + height, x : x + width])


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="no reference folder (set RESTOREKIT_REFERENCE)")
def test_published_protocol_gives_the_authors_numbers():
    pairs = json.loads((REFERENCE / "metrics.json").read_text(encoding="utf-8"))
    assert len(pairs) == 7
    for name, expected in pairs.items():
        files = (REFERENCE.parent / "data" / expected[kind] for kind in ("image", "gt"))
        restored, target = (_read(file, expected.get("crop_xywh")) for file in files)
        scores = score_page(Page(restored, target), protocol="published")
        for metric in ("mse", "psnr", "age", "peps", "pceps"):
            assert scores[metric] == pytest.approx(expected[metric], rel=1e-6), (name, metric)
        assert scores["mssim"] == pytest.approx(expected["mssim_official"], rel=1e-6), (name, "mssim")
