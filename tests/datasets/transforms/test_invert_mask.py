import numpy as np

from restorekit.datasets.transforms import InvertMask


def test_a_mask_is_turned_over_and_nothing_else():
    image = np.full((2, 2, 3), 7, np.uint8)
    mask = np.array([[0, 255], [100, 1]], np.uint8)
    inverted = InvertMask()({"image": image, "mask": mask})
    assert inverted["mask"].tolist() == [[255, 0], [155, 254]]
    assert inverted["image"] is image
    assert InvertMask()({"image": image}) == {"image": image}
