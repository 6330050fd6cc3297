import numpy as np
import pytest

from restorekit.datasets.transforms import RandomFlip

IMAGE = np.arange(18, dtype=np.uint8).reshape(2, 3, 3)


def sample():
    return {"image": IMAGE, "target": IMAGE + 100, "mask": IMAGE[..., 0], "name": "a"}


@pytest.mark.parametrize(("direction", "axis"), [("horizontal", 1), ("vertical", 0)])
def test_all_planes_are_mirrored_together(direction, axis):
    flipped = RandomFlip(probability=1.0, direction=direction).transform(sample())
    np.testing.assert_array_equal(flipped["image"], np.flip(IMAGE, axis))
    np.testing.assert_array_equal(flipped["target"], np.flip(IMAGE + 100, axis))
    np.testing.assert_array_equal(flipped["mask"], np.flip(IMAGE[..., 0], axis))
    assert flipped["name"] == "a"


def test_the_share_of_flips_is_the_probability():
    np.random.seed(0)
    flip = RandomFlip(probability=0.3)
    hits = [flip.transform(sample())["mask"][0, 0] != 0 for _ in range(1000)]
    assert np.mean(hits) == pytest.approx(0.3, abs=0.05)


def test_probability_zero_never_flips():
    assert all(RandomFlip(probability=0.0).transform(sample())["mask"][0, 0] == 0 for _ in range(20))


def test_what_cannot_be_flipped():
    with pytest.raises(ValueError, match="probability is 1.1"):
        RandomFlip(probability=1.1)
    with pytest.raises(ValueError, match="direction is 'h'; expected 'horizontal' or 'vertical'"):
        RandomFlip(direction="h")
