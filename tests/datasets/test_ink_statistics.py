import numpy as np
import pytest

from restorekit.datasets.ink_statistics import ink_statistics


def page():
    target = np.full((100, 200, 3), 200, np.uint8)
    target[50:60] = 40  # a printed bar
    return target


@pytest.mark.parametrize("width", [1, 3, 5, 9])
def test_width_of_strokes_is_that_of_the_bars(width):
    target = np.full((100, 200, 3), 255, np.uint8)
    image = target.copy()
    image[20 : 20 + width, 10:190] = 0
    image[60:90, 50 : 50 + width] = 0
    assert ink_statistics(image, target).stroke_width == width


def test_shares_by_hand():
    target, image = page(), page()
    image[10:20, 0:100] = (180, 20, 20)  # red: 1000 px
    image[30:40, 0:50] = (20, 20, 180)  # blue: 500 px
    image[50:60, 0:50] = 0  # black, and on print: 500 px
    found = ink_statistics(image, target)
    assert found.crossing == pytest.approx(0.25)
    assert found.red == pytest.approx(0.5)
    assert found.blue == pytest.approx(0.25)
    assert found.darkness == pytest.approx(0.9)
    error = 1000 * (20**2 + 2 * 180**2) + 500 * (2 * 180**2 + 20**2) + 500 * 3 * 40**2
    assert found.psnr == pytest.approx(10 * np.log10(255**2 * target.size / error))


def test_a_page_without_ink_has_no_more_than_a_psnr():
    assert ink_statistics(page(), page()) == (100.0, None, None, None, None, None)


def test_pairs_of_two_sizes_are_refused():
    with pytest.raises(ValueError, match="a pair has one size"):
        ink_statistics(page(), page()[:50])
