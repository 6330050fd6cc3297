import numpy as np
import pytest

from restorekit.datasets.masks import hard_mask, soft_mask
from restorekit.datasets.transforms import MaskFromPair


def pair():
    target = np.full((6, 6, 3), 200, np.uint8)
    image = target.copy()
    image[3, 3] = 190
    image[1, 1] = 0
    return {"image": image, "target": target, "name": "a"}


@pytest.mark.parametrize(("kind", "function"), [("soft", soft_mask), ("hard", hard_mask)])
def test_the_mask_is_the_pairs(kind, function):
    sample = pair()
    result = MaskFromPair(kind=kind).transform(sample)
    np.testing.assert_array_equal(result["mask"], function(sample["image"], sample["target"]))
    assert result["mask"].dtype == np.uint8 and result["mask"].max() == 255


def test_the_kinds_differ():
    assert MaskFromPair().transform(pair())["mask"][3, 3] == 128
    assert MaskFromPair(kind="hard").transform(pair())["mask"][3, 3] == 0


def test_a_mask_from_a_file_stays():
    mask = np.zeros((6, 6), np.uint8)
    assert MaskFromPair().transform({**pair(), "mask": mask})["mask"] is mask


def test_an_unknown_kind():
    with pytest.raises(ValueError, match="kind is 'sharp'; expected 'soft' or 'hard'"):
        MaskFromPair(kind="sharp")
