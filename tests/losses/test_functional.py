import math

import pytest
import torch

from restorekit.losses import functional


def test_dice_of_a_hand_computed_pair() -> None:
    probability = torch.tensor([[1.0, 0.5, 0.0, 0.0]])
    mask = torch.tensor([[1.0, 1.0, 0.0, 0.0]])
    expected = 1 - 2 * 1.5 / (1.25 + 2 + 0.002)
    assert functional.dice(probability, mask).item() == pytest.approx(expected, abs=1e-6)


def test_dice_is_a_mean_over_samples_not_over_pixels() -> None:
    mask = torch.zeros(2, 1, 4, 4)
    mask[0] = 1
    perfect_and_empty = functional.dice(torch.ones_like(mask) * mask, mask)
    first = 1 - 2 * 16 / (32 + 0.002)
    assert perfect_and_empty.item() == pytest.approx((first + 1) / 2, abs=1e-6)


def test_region_l1_by_hand() -> None:
    image = torch.zeros(1, 3, 1, 2)
    target = torch.tensor([0.25, 0.5]).expand(1, 3, 1, 2)
    mask = torch.tensor([1.0, 0.0]).expand(1, 1, 1, 2)
    value = functional.region_l1(image, target, mask, ink_weight=10.0, background_weight=2.0)
    assert value.item() == pytest.approx((10 * 0.25 + 2 * 0.5) / 2)


def test_charbonnier_by_hand() -> None:
    image, target = torch.tensor([0.3, 0.0]), torch.tensor([0.0, 0.0])
    expected = (math.sqrt(0.09 + 0.16) + 0.4) / 2
    assert functional.charbonnier(image, target, epsilon=0.4).item() == pytest.approx(expected)


def test_negative_psnr_averages_decibels_over_samples() -> None:
    target = torch.zeros(2, 3, 2, 2)
    image = torch.stack([torch.full((3, 2, 2), 0.1), torch.full((3, 2, 2), 0.01)])
    value = functional.negative_psnr(image, target, epsilon=1e-12)
    assert value.item() == pytest.approx((-20 - 40) / 2, abs=1e-4)


def test_gram_matrix_by_hand() -> None:
    features = torch.tensor([[[[1.0, 2.0]], [[3.0, -1.0]]]])  # 2 channels, 1x2
    expected = torch.tensor([[[5.0, 1.0], [1.0, 10.0]]]) / 4
    torch.testing.assert_close(functional.gram_matrix(features), expected)


def test_pairwise_similarity_distance_by_hand() -> None:
    # two positions: equal directions in one map, orthogonal in the other
    same = torch.tensor([[[[2.0, 5.0]], [[0.0, 0.0]]]])
    orthogonal = torch.tensor([[[[2.0, 0.0]], [[0.0, 7.0]]]])
    value = functional.pairwise_similarity_distance(same, orthogonal, window_share=0.5)
    assert value.item() == pytest.approx(2 / 4)
    assert functional.pairwise_similarity_distance(same, same * 3, window_share=0.5).item() < 1e-6


def test_pairwise_similarity_pools_by_a_share_of_the_map() -> None:
    first = torch.rand(2, 4, 9, 8)
    second = first.clone()
    second[:, :, 0, 0] = 0  # beside a larger neighbour in its 4x4 window
    first[:, :, 1, 1] = second[:, :, 1, 1] = 2
    value = functional.pairwise_similarity_distance(first, second, window_share=0.5)
    assert value.item() == pytest.approx(0, abs=1e-9)


def test_pairwise_similarity_keeps_a_last_window_that_is_cut() -> None:
    # five rows in windows of two are three positions; only the last, cut one differs, by a right angle
    first = torch.tensor([[1.0, 0.0]]).expand(5, 2).T.reshape(1, 2, 5, 1)
    second = first.clone()
    second[:, :, 4] = torch.tensor([0.0, 1.0]).reshape(1, 2, 1)
    value = functional.pairwise_similarity_distance(first, second, window_share=0.5)
    assert value.item() == pytest.approx(4 / 9)


def test_hinge_acts_on_the_batch_mean() -> None:
    real, fake = torch.tensor([3.0, 0.0]), torch.tensor([-3.0, 0.5])
    # means 1.5 and -1.25: both beyond the margin, though single samples are not
    assert functional.hinge_discriminator(real, fake).item() == 0
    assert functional.hinge_discriminator(-real, fake).item() == pytest.approx(2.5)
    assert functional.hinge_discriminator(-real, -fake).item() == pytest.approx(2.5 + 2.25)
