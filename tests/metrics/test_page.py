import math

import numpy as np
import pytest

from restorekit.metrics.page import PROTOCOLS, Page, mean_scores, score_page


def full_page(height=180, width=190):
    rng = np.random.default_rng(3)
    target = rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
    image = target.copy()
    image[20:40, 20:60] = 0
    restored = target.copy()
    restored[20:30, 20:60] = 0
    mask = np.zeros((height, width), np.float32)
    mask[20:40, 20:60] = 1
    probability = np.zeros((height, width), np.float32)
    probability[20:40, 20:40] = 0.9
    return Page(restored, target, image, mask, probability)


def test_every_metric_of_a_full_page_is_a_finite_float():
    for protocol, metrics in PROTOCOLS.items():
        scores = score_page(full_page(), protocol=protocol)
        assert list(scores) == list(metrics)
        assert all(type(score) is float and math.isfinite(score) for score in scores.values())


def test_scores_come_in_the_order_asked_for():
    scores = score_page(full_page(), ["residue", "mask_iou", "mask_f1"])
    assert list(scores) == ["residue", "mask_iou", "mask_f1"]
    assert scores["mask_iou"] == 0.5
    assert scores["mask_f1"] == pytest.approx(2 / 3)
    assert 49 < scores["residue"] < 51


def test_without_names_only_what_the_page_allows_is_scored():
    page = full_page()
    bare = score_page(Page(page.restored, page.target))
    assert list(bare) == ["psnr", "ssim", "ms_ssim", "mse", "rmse", "age", "peps", "pceps"]
    assert "mask_iou" not in score_page(page._replace(mask_probability=None))
    assert "damage" not in score_page(page._replace(image=None))


def test_protocols_differ_where_they_should():
    honest, published = (score_page(full_page(), protocol=protocol) for protocol in PROTOCOLS)
    share = 180 * 190 / 512**2
    assert published["peps"] == pytest.approx(honest["peps"] * share)
    assert published["pceps"] == pytest.approx(honest["pceps"] * share)
    assert honest["pceps"] > 0
    assert all(published[name] == honest[name] for name in ("psnr", "ssim", "mse", "age"))


def test_wrong_names_get_the_near_match():
    with pytest.raises(ValueError, match="no metric is called 'pnsr'; did you mean 'psnr'"):
        score_page(full_page(), ["pnsr"])
    with pytest.raises(
        ValueError, match="protocol must be one of honest, published, got 'publshed'.*'published'"
    ):
        score_page(full_page(), protocol="publshed")
    with pytest.raises(ValueError, match="'mssim' is not part of the protocol 'honest' but of 'published'"):
        score_page(full_page(), ["mssim"])
    with pytest.raises(TypeError, match=r"write \['psnr'\]"):
        score_page(full_page(), "psnr")


def test_a_metric_without_its_ingredients_says_which():
    page = full_page()
    with pytest.raises(ValueError, match="'damage' needs image, which"):
        score_page(Page(page.restored, page.target), ["damage"])
    with pytest.raises(ValueError, match="'mask_iou' needs mask_probability and mask, which"):
        score_page(Page(page.restored, page.target), ["mask_iou"])


def test_mean_is_over_pages_and_ignores_nan():
    rows = [{"psnr": 30.0, "damage": math.nan}, {"psnr": 40.0, "damage": 4.0}, {"psnr": 20.0, "damage": 0.0}]
    assert mean_scores(rows) == {"psnr": 30.0, "damage": 2.0}
    assert math.isnan(mean_scores([{"damage": math.nan}])["damage"])
    assert mean_scores([]) == {}
