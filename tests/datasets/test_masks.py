import numpy as np
import pytest

from restorekit.datasets.masks import hard_mask, soft_mask, summed_difference


def page(height=5, width=7, level=200):
    return np.full((height, width, 3), level, np.uint8)


def test_soft_mask_is_the_difference_over_twenty_levels():
    target = page()
    image = target.copy()
    image[0, :4] = [[190, 190, 190], [180, 180, 180], [0, 0, 0], [197, 200, 200]]
    # d = 10 -> 127.5 -> 128 (even); 20 -> 255; 200 -> clipped; 1 level in the mean -> 12.75 -> 13
    assert soft_mask(image, target)[0].tolist() == [128, 255, 255, 13, 0, 0, 0]
    assert not soft_mask(image, target)[1:].any()


def test_soft_mask_averages_channels_and_ignores_the_sign():
    target = page()
    image = target.copy()
    image[2, 3] = (215, 185, 200)  # |15| + |15| + 0 over 3 = 10
    assert soft_mask(image, target)[2, 3] == 128


def test_hard_mask_is_over_25_levels_grown_by_one_pixel():
    target = page()
    image = target.copy()
    image[2, 3] -= 26
    image[0, 0] -= 25  # not over the threshold
    expected = np.zeros((5, 7), np.uint8)
    expected[1:4, 2:5] = 255
    np.testing.assert_array_equal(hard_mask(image, target), expected)


def test_hard_threshold_is_strict_in_thirds_of_a_level():
    target = page()
    image = target.copy()
    image[2, 3] = (175, 175, 174)  # 76 / 3 = 25.33
    assert hard_mask(image, target)[2, 3] == 255


def test_difference_does_not_wrap():
    assert summed_difference(page(level=0), page(level=255)).tolist() == [[765] * 7] * 5


def test_a_pair_of_two_sizes_is_refused():
    with pytest.raises(ValueError, match="image is 7x5 and target is 7x6"):
        soft_mask(page(5), page(6))


def test_what_is_no_page_is_refused():
    with pytest.raises(ValueError, match=r"target is float64 of shape \(5, 7, 3\)"):
        hard_mask(page(), page().astype(float))
    with pytest.raises(ValueError, match=r"image is uint8 of shape \(5, 7\)"):
        hard_mask(page()[..., 0], page())
