import os

import numpy as np
import pytest

from restorekit.datasets.reading import read_grey, read_rgb
from restorekit.datasets.writing import encode_image, write_whole


def test_colour_and_grey_come_back(tmp_path):
    rgb = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    write_whole(tmp_path / "a.png", encode_image(rgb, ".PNG"))
    np.testing.assert_array_equal(read_rgb(tmp_path / "a.png"), rgb)
    write_whole(tmp_path / "a.png", encode_image(rgb[..., 0], ".png"))
    np.testing.assert_array_equal(read_grey(tmp_path / "a.png"), rgb[..., 0])


def test_an_unknown_type_is_refused():
    with pytest.raises(ValueError, match="'.xyz' is no image type"):
        encode_image(np.zeros((2, 2), np.uint8), ".xyz")


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old")

    def fail(*_):
        raise OSError("no")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no"):
        write_whole(tmp_path / "a", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"
