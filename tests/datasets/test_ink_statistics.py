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


@pytest.mark.parametrize("turned", [False, True])
def test_rules_drawn_anew_are_told_from_ink(turned):
    target = np.full((200, 300, 3), 240, np.uint8)
    image = target.copy()
    image[50:52, 20:280] = 60
    target[51:53, 20:280] = 60  # one row lower: 520 px differ
    image[120:122, 20:280] = target[120:122, 20:280] = 60  # as it was
    image[30:75, 100:103] = 0  # a stroke across: of its 135 px two rows are in both
    image[122:124, 20:280] = 0  # a line by hand along it: 520 px
    image[150:152, 20:280] = 60  # and one where there is no rule: 520 px
    image[180:190, 40:140] = 60
    if turned:
        image, target = (np.ascontiguousarray(page.transpose(1, 0, 2)) for page in (image, target))
    differs = np.abs(image.astype(int) - target).mean(-1) > 25
    crossed = 2 * 3  # where the stroke is, both rows of the rule differ or are ink
    assert ink_statistics(image, target).redrawn == pytest.approx((520 - crossed) / differs.sum(), rel=0.01)


def test_a_page_without_ink_has_no_more_than_a_psnr():
    assert ink_statistics(page(), page()) == (100.0, None, None, None, None, None, None)


def test_pairs_of_two_sizes_are_refused():
    with pytest.raises(ValueError, match="a pair has one size"):
        ink_statistics(page(), page()[:50])
