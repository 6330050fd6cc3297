import math

import numpy as np
import pytest

from restorekit.metrics import document


def page():
    """White paper, a row of 10 printed pixels, and an image with a block of 6 ink pixels far from it."""
    target = np.full((20, 30, 3), 255, np.uint8)
    target[2, 5:15] = 40
    image = target.copy()
    image[10:12, 20:23] = (60, 60, 200)
    return target, image


def test_untouched_page_has_all_residue_and_no_damage():
    target, image = page()
    assert document.damage(image, target, image) == 0.0
    assert document.residue(image, target, image) == 100.0


def test_damage_is_the_share_of_print_that_changed():
    target, image = page()
    restored = target.copy()
    restored[2, 5:8] = 255  # three of ten erased
    restored[2, 8] = 60  # 20 levels: not yet
    restored[15, 15] = 0  # paper, which is no print
    assert document.damage(restored, target, image) == pytest.approx(30.0, rel=1e-12)


def test_residue_is_the_share_of_ink_left():
    target, image = page()
    restored = target.copy()
    restored[10, 20:22] = (225, 225, 254)  # (30 + 30 + 1) / 3 levels: left
    restored[11, 20] = (225, 225, 255)  # 20 levels: erased
    restored[15, 15] = 0  # no ink was here
    assert document.residue(restored, target, image) == pytest.approx(100 * 2 / 6, rel=1e-12)


def test_print_is_dark_in_its_lowest_channel():
    target, image = page()
    target[2, 5:15] = (255, 255, 159)
    image[2, 5:15] = target[2, 5:15]
    erased = np.full_like(target, 255)  # 96 / 3 = 32 levels off
    assert document.damage(erased, target, image) == 100.0
    target[2, 5:15, 2] = image[2, 5:15, 2] = 160
    assert math.isnan(document.damage(erased, target, image))


def test_print_within_two_pixels_of_ink_is_left_out():
    target, image = page()
    image[4, 7] = 0  # two rows below: reaches columns 5 to 9 of the print
    restored = target.copy()
    restored[2, 5:11] = 255
    # print left to judge: columns 10 to 14, one of which changed
    assert document.damage(restored, target, image) == pytest.approx(20.0, rel=1e-12)


def test_pages_without_print_or_ink_are_nan():
    blank = np.full((8, 8, 3), 255, np.uint8)
    assert math.isnan(document.damage(blank, blank, blank))
    assert math.isnan(document.residue(blank, blank, blank))


def test_sizes_must_agree():
    target, image = page()
    with pytest.raises(ValueError, match="image and target must have the same size"):
        document.damage(target, target, image[:5])
    with pytest.raises(ValueError, match="image and target must have the same size"):
        document.residue(target, target, image[:5])
