import numpy as np
import pytest

from restorekit.atomic import write_whole
from restorekit.datasets.writing import encode_image
from restorekit.reading import read_grey, read_rgb


def test_colour_and_grey_come_back(tmp_path):
    rgb = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    write_whole(tmp_path / "a.png", encode_image(rgb, ".PNG"))
    np.testing.assert_array_equal(read_rgb(tmp_path / "a.png"), rgb)
    write_whole(tmp_path / "a.png", encode_image(rgb[..., 0], ".png"))
    np.testing.assert_array_equal(read_grey(tmp_path / "a.png"), rgb[..., 0])


def test_an_unknown_type_is_refused():
    with pytest.raises(ValueError, match="'.xyz' is no image type"):
        encode_image(np.zeros((2, 2), np.uint8), ".xyz")
