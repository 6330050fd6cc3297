import math

import numpy as np
import pytest
import torch
from mmengine.evaluator import Evaluator
from mmengine.evaluator import metric as metric_module

from restorekit.metrics import PageMetrics
from restorekit.registry import METRICS


def levels(value, height=8, width=8):
    return torch.full((3, height, width), value / 255)


def batch():
    """Two pages of paper 200; the first has a block of ink, which the mask marks softly."""
    target = torch.stack([levels(200), levels(200)])
    image = target.clone()
    image[0, :, 2:4, 2:6] = 0
    mask = torch.zeros(2, 1, 8, 8)
    mask[0, :, 2:4, 2:6] = 0.9
    mask[0, :, 7] = 0.4
    return {"image": image, "target": target, "mask": mask, "name": ["inked", "clean"]}


def evaluate(metric, restored, data=None):
    metric.process(data or batch(), restored)
    return metric.evaluate(size=len(restored))


def test_colours_are_rounded_to_8_bits_before_scoring():
    # 210.49 levels round to 210: exactly 10 off
    result = evaluate(PageMetrics(names=["rmse", "mse"]), [levels(210.49), levels(190.0)])
    assert result == pytest.approx({"rmse": 10.0, "mse": (10 / 255) ** 2}, rel=1e-12)


def test_not_a_number_counts_as_black_and_colours_are_clamped():
    broken = levels(-40.0)
    broken[:, :4] = math.nan
    white = {**batch(), "target": torch.stack([levels(255), levels(255)])}
    assert evaluate(PageMetrics(names=["rmse"]), [broken, levels(300.0)], white) == {"rmse": 127.5}


def test_height_and_width_keep_their_places():
    data = {
        "image": torch.zeros(1, 3, 4, 9),
        "target": torch.zeros(1, 3, 4, 9),
        "mask": torch.zeros(1, 1, 4, 9),
        "name": ["wide"],
    }
    data["mask"][0, 0, 1, 7] = 1
    restored = torch.zeros(3, 4, 9)
    restored[0, 1, 7] = 30 / 255
    result = evaluate(PageMetrics(names=["rmse_in_mask", "age"]), [restored], data)
    # Y of 30 levels of red is 8.97
    assert result == pytest.approx({"rmse_in_mask": math.sqrt(300), "age": 9 / 36})


def test_pages_are_kept_and_the_mean_is_over_them():
    metric = PageMetrics(names=["psnr", "psnr_gain", "residue"])
    data = batch()
    result = evaluate(metric, list(data["image"]))  # the untouched input
    assert [page["name"] for page in metric.pages] == ["inked", "clean"]
    inked, clean = metric.pages
    # 8 of 64 pixels are 200 levels off
    assert inked["psnr"] == pytest.approx(-10 * math.log10(8 / 64 * (200 / 255) ** 2), rel=1e-12)
    assert clean["psnr"] == 100.0
    assert result["psnr"] == pytest.approx((inked["psnr"] + 100) / 2, rel=1e-12)
    assert result["psnr_gain"] == 0.0
    assert math.isnan(clean["psnr_gain"])
    assert result["residue"] == 100.0
    assert all(type(value) is float for value in result.values())


def test_the_fourth_channel_is_the_ink_probability():
    probability = torch.zeros(2, 1, 8, 8)
    probability[0, :, 2, 2:6] = 0.8  # half of the ink
    data = batch()
    restored = torch.cat([data["target"], probability], 1)
    result = evaluate(PageMetrics(names=["mask_iou", "rmse_in_mask"]), list(restored))
    assert result == {"mask_iou": (0.5 + 1.0) / 2, "rmse_in_mask": 0.0}


def test_pages_that_come_as_bytes_are_scored_alike():
    data = batch()
    as_bytes = {key: data[key].mul(255).round().byte() for key in ("image", "target", "mask")}
    restored = torch.cat([data["target"] * 0.9, data["mask"]], 1)
    expected, found = PageMetrics(), PageMetrics()
    evaluate(expected, list(restored))
    evaluate(found, list(restored), data | as_bytes)
    np.testing.assert_equal(found.pages, expected.pages)


def test_without_names_the_network_decides():
    data = batch()
    plain = evaluate(PageMetrics(), list(data["target"]))
    assert "mask_iou" not in plain
    assert plain["residue"] == 0.0
    with_mask = torch.cat([data["target"], data["mask"]], 1)
    assert evaluate(PageMetrics(), list(with_mask))["mask_f1"] == 1.0


def test_published_protocol():
    result = evaluate(PageMetrics(names=["peps"], protocol="published"), [levels(0), levels(200)])
    assert result == {"peps": 64 / 512**2 / 2}


def test_a_second_evaluation_forgets_the_first():
    metric = PageMetrics(names=["rmse"])
    evaluate(metric, [levels(0), levels(0)])
    assert evaluate(metric, [levels(200), levels(200)]) == {"rmse": 0.0}
    assert len(metric.pages) == 2


def test_built_from_a_config_it_runs_in_mmengines_evaluator_without_a_prefix(monkeypatch):
    warnings = []
    monkeypatch.setattr(metric_module, "print_log", lambda *args, **_: warnings.append(args))
    evaluator = Evaluator(METRICS.build({"type": "PageMetrics", "names": ["psnr"]}))
    data = batch()
    evaluator.process(data_samples=list(data["target"]), data_batch=data)
    assert evaluator.evaluate(2) == {"psnr": 100.0}
    assert warnings == []


def test_mistakes_are_refused_at_construction():
    with pytest.raises(ValueError, match="no metric is called 'demage'; did you mean 'damage'"):
        PageMetrics(names=["psnr", "demage"])
    with pytest.raises(ValueError, match="got 'honst'; did you mean 'honest'"):
        PageMetrics(protocol="honst")
    with pytest.raises(TypeError, match="no argument 'nmes'; did you mean 'names'"):
        METRICS.build({"type": "PageMetrics", "nmes": ["psnr"]})
