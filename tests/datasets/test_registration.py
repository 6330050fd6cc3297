import cv2
import numpy as np
import pytest

from restorekit.datasets.registration import BLOCK, coarse_shift, measure_shift


def moved(page, dx, dy):
    matrix = np.float32([[1, 0, dx], [0, 1, dy]])
    return cv2.warpAffine(
        page, matrix, page.shape[1::-1], flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


@pytest.mark.parametrize("shift", [(0, 0), (0.4, -0.3), (1, 0), (0, -2.5), (-7, 4.2), (31, -18)])
def test_a_known_shift_is_measured(make_pair, shift):
    image, target = make_pair(height=700, width=900)
    found = measure_shift(image, moved(target, *shift))
    assert found.shift == pytest.approx(shift, abs=0.1)
    assert found.length == pytest.approx(np.hypot(*shift), abs=0.1)
    assert found.worst == pytest.approx(found.length, abs=0.4)
    assert found.blocks >= 4


def test_ink_alone_does_not_move_a_pair(make_page):
    target = make_page(height=600, width=600)
    image = target.copy()
    for row in range(20, 600, 60):
        cv2.line(image, (0, row), (599, row + 20), (20, 40, 180), 5)
    found = measure_shift(image, target)
    assert found.length < 0.05 and found.worst < 0.2


def test_a_turned_page_shows_in_the_worst_blocks(make_pair):
    image, target = make_pair(height=900, width=900)
    turn = cv2.getRotationMatrix2D((449.5, 449.5), 0.3, 1.0)
    found = measure_shift(image, cv2.warpAffine(target, turn, (900, 900), borderMode=cv2.BORDER_REPLICATE))
    assert found.worst > found.length + 0.5
    assert 1 < found.worst < 3.4  # 0.3 degrees at the corner, 636 px from the centre


def test_a_blank_page_tells_nothing():
    rng = np.random.default_rng(0)
    blank = (235 + rng.normal(0, 1.5, (500, 500, 3))).astype(np.uint8)
    assert measure_shift(blank, blank) is None


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (40, 30), (BLOCK - 1, BLOCK + 1)])
def test_small_pages_do_no_harm(make_page, size):
    page = make_page()[: size[0], : size[1]]
    found = measure_shift(page, page)
    assert found is None or found.length < 0.05


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("size", [(1, 1), (1, 40), (40, 1), (2, 2), (3, 200), (8, 8), (9, 300), (40, 100)])
@pytest.mark.parametrize("seed", range(5))
def test_noise_of_any_size_is_measured_or_not(size, seed):
    one, other = np.random.default_rng(seed).integers(0, 256, (2, *size, 3), dtype=np.uint8)
    for target in (one, other, np.roll(one, (3, 5), (0, 1))):
        found = measure_shift(one, target)
        assert found is None or found.length <= max(size)


def test_the_coarse_shift_is_exact_and_small_ones_are_left(make_page):
    page = cv2.cvtColor(make_page(height=800, width=600), cv2.COLOR_RGB2GRAY)
    assert coarse_shift(page, moved(page, 40, -25)) == (40, -25)
    assert coarse_shift(page, moved(page, 2, 1)) == (0, 0)


def test_a_coarse_shift_that_does_not_fit_is_not_taken():
    rng = np.random.default_rng(0)
    one, other = rng.integers(0, 256, (2, 300, 400), dtype=np.uint8)
    assert coarse_shift(one, other) == (0, 0)


def test_print_is_found_between_heavy_writing():
    rng = np.random.default_rng(0)
    target = np.full((500, 500, 3), 235, np.uint8)
    for baseline in range(25, 500, 70):
        words = "".join(rng.choice(list("abcdefgh ijk"), 60))
        cv2.putText(target, words, (5, baseline), 0, 0.5, (150, 150, 150), 1, cv2.LINE_AA)
    image = target.copy()
    for baseline in range(45, 500, 70):
        words = "".join(rng.choice(list("mnopqr stuv"), 60))
        font = cv2.FONT_HERSHEY_SCRIPT_SIMPLEX
        cv2.putText(image, words, (5, baseline), font, 1.2, (20, 30, 90), 4, cv2.LINE_AA)
    found = measure_shift(image, moved(target, 2.5, -1.3))
    assert found.shift == pytest.approx((2.5, -1.3), abs=0.4)


def test_unrelated_pages_have_no_shift(make_page):
    one, other = make_page(1, height=600, width=600), make_page(2, height=600, width=600)
    found = measure_shift(one, other)
    assert found is None or found.blocks <= 3
