import cv2
import numpy as np
import pytest

from restorekit.datasets.transforms import RandomRotation
from restorekit.datasets.transforms.random_rotation import paper_colour, rotate

PAPER = (240, 230, 210)


def page(ink_share=0.0):
    target = np.empty((64, 64, 3), np.uint8)
    target[:] = PAPER
    target.reshape(-1, 3)[: int(ink_share * 64 * 64)] = 10
    return target


def sample():
    target = page()
    target[30:34] = 0  # print
    image = target.copy()
    image[:, ::4] = (200, 0, 0)
    mask = np.zeros((64, 64), np.uint8)
    mask[:, ::4] = 255
    return {"image": image, "target": target, "mask": mask, "name": "a"}


@pytest.mark.parametrize("share", [0.0, 0.4, 0.6, 0.7])
def test_paper_is_found_under_much_print(share):
    assert paper_colour(page(share)) == PAPER


def test_a_little_glare_is_no_paper():
    target = page()
    target[:8, :8] = 255
    assert paper_colour(target) == PAPER


def test_a_page_of_one_colour_is_that_colour():
    assert paper_colour(np.full((1, 1, 3), 7, np.uint8)) == (7, 7, 7)


def test_corners_are_paper_in_image_and_target_and_no_ink_in_the_mask():
    np.random.seed(0)
    turned = RandomRotation(degrees=45, probability=1.0).transform(sample())
    inside = rotate(np.full((64, 64), 255, np.uint8), _angle(45), fill=(0,))
    outside = cv2.dilate(inside, np.ones((5, 5), np.uint8)) == 0  # the edge itself is interpolated
    assert outside.sum() > 100
    assert np.all(turned["image"][outside] == PAPER)
    assert np.all(turned["target"][outside] == PAPER)
    assert not turned["mask"][outside].any()
    assert turned["mask"].max() == 255


def _angle(degrees):
    """The angle that the first transform after ``seed(0)`` draws."""
    np.random.seed(0)
    np.random.random()
    return np.random.uniform(-degrees, degrees)


def test_image_target_and_mask_turn_together():
    np.random.seed(1)
    turned = RandomRotation(degrees=30, probability=1.0).transform(sample())
    inked = np.abs(turned["image"].astype(int) - turned["target"]).max(axis=2)
    assert inked[turned["mask"] > 200].min() > 20
    assert inked[turned["mask"] == 0].max() <= 40  # cubic interpolation rings a little


def test_a_right_angle_is_exact():
    plane = np.arange(25, dtype=np.uint8).reshape(5, 5)
    np.testing.assert_array_equal(rotate(plane, 90, fill=(0,)), np.rot90(plane))
    colour = np.stack([plane, plane + 1, plane + 2], axis=2)
    np.testing.assert_array_equal(rotate(colour, 180, fill=(0, 0, 0)), colour[::-1, ::-1])


def test_angles_are_within_the_bound(monkeypatch):
    import restorekit.datasets.transforms.random_rotation as module

    angles = []
    monkeypatch.setattr(module, "rotate", lambda plane, angle, fill: angles.append(angle) or plane)
    np.random.seed(0)
    for _ in range(300):
        RandomRotation(degrees=5, probability=0.5).transform(
            {k: v for k, v in sample().items() if k != "mask"}
        )
    assert len(angles) == pytest.approx(300, abs=60)  # half of 300, two planes each
    assert -5 <= min(angles) < -4.5 and 4.5 < max(angles) <= 5


def test_probability_zero_changes_nothing():
    before = sample()
    assert RandomRotation(degrees=10, probability=0.0).transform(before) is before


def test_what_cannot_be_turned():
    with pytest.raises(ValueError, match="degrees is -1"):
        RandomRotation(degrees=-1)
    with pytest.raises(ValueError, match="probability is 2"):
        RandomRotation(probability=2)
