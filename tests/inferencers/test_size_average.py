import math

import pytest
import torch

from restorekit.inferencers import SizeAverage


def by_size(answers):
    """A predictor that gives, by the size of what it gets, an even picture and an even probability."""

    def predict(image):
        level, probability = answers[tuple(image.shape[-2:])]
        return torch.cat([torch.full_like(image, level), torch.full_like(image[:, :1], probability)], 1)

    return predict


def test_sizes_count_as_far_as_they_see_ink():
    answers = by_size({(20, 31): (0.8, 0.9), (30, 46): (0.2, 0.1)})
    output = SizeAverage(factors=[1.5])(answers, torch.zeros(2, 3, 20, 31))
    assert output.shape == (2, 4, 20, 31)
    torch.testing.assert_close(output[:, :3], torch.full((2, 3, 20, 31), 0.9 * 0.8 + 0.1 * 0.2))
    torch.testing.assert_close(output[:, 3:], torch.full((2, 1, 20, 31), math.sqrt(0.9 * 0.1)))


def test_no_size_vetoes_alone():
    answers = by_size({(20, 20): (0.8, 1.0), (10, 10): (0.8, 1.0), (40, 40): (0.1, 0.0)})
    output = SizeAverage(factors=[0.5, 2])(answers, torch.zeros(1, 3, 20, 20))
    torch.testing.assert_close(output[:, 3:], torch.full((1, 1, 20, 20), 0.1))  # the cube root of 0.001
    assert output[:, :3].min() > 0.799


def test_what_is_seen_at_another_size_comes_back_in_its_place():
    image = torch.rand(1, 3, 24, 36, generator=torch.manual_seed(0))
    image = torch.nn.functional.interpolate(image, scale_factor=8, mode="bicubic").clamp(0, 1)

    def mirror_of_light(page):
        return torch.cat([1 - page, page[:, :1]], 1)

    output = SizeAverage(factors=[1.5, 0.75])(mirror_of_light, image)
    assert (output[:, :3] - (1 - image)).abs().mean() < 0.01
    assert (output[:, 3:] - image[:, :1].clamp(min=1e-3)).abs().mean() < 0.01


@pytest.mark.parametrize("factors", [[], [0], [1.5, -1]])
def test_factors_out_of_range_are_refused(factors):
    with pytest.raises(ValueError, match="factors must be over 0"):
        SizeAverage(factors=factors)


def test_a_network_without_a_mask_is_refused():
    with pytest.raises(ValueError, match="SizeAverage needs the mask"):
        SizeAverage(factors=[2])(lambda image: image, torch.zeros(1, 3, 8, 8))


def test_hard_edges_stay_in_range():
    image = torch.zeros(1, 3, 24, 24)
    image[..., 8:16, 8:16] = 1
    seen = []

    def predict(page):
        seen.append((page.min(), page.max()))
        return torch.cat([page, page[:, :1]], 1)

    output = SizeAverage(factors=[1.5])(predict, image)
    assert all(least >= 0 and most <= 1 for least, most in seen)
    assert output[:, :3].min() >= 0
    assert output.max() <= 1
