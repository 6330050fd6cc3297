import numpy as np
import pytest
from PIL import Image, ImageOps

from restorekit.orientation import LYING, ORIENTATION_TAG, orientation_of, upright

STORED = np.arange(6, dtype=np.uint8).reshape(2, 3)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pixels_are_shown_as_pillow_shows_them(orientation):
    image = Image.fromarray(STORED)
    image.getexif()[ORIENTATION_TAG] = orientation
    assert orientation_of(image) == orientation
    shown = upright(STORED, orientation)
    assert np.array_equal(shown, np.asarray(ImageOps.exif_transpose(image)))
    assert (shown.shape == (3, 2)) == (orientation in LYING)


def test_what_says_nothing_is_upright():
    assert orientation_of(Image.fromarray(STORED)) == 1
    assert upright(STORED, 1) is STORED


def test_damaged_data_says_nothing():
    image = Image.fromarray(STORED)
    image.info["exif"] = b"Exif\0\0MM\0*\0\0"
    assert orientation_of(image) == 1
