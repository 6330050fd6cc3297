import cv2
import numpy as np
import pytest

from restorekit.datasets.outlines import share_of_target


def marked(page, colour, opacity=0.6):
    """The page below a disc and a bar of one colour."""
    height, width = page.shape[:2]
    shape = np.zeros((height, width, 1), np.float32)
    cv2.circle(shape, (width // 3, height // 2), 40, 1, -1)
    cv2.rectangle(shape, (width // 2, 40), (width // 2 + 12, height - 40), 1, -1)
    return np.rint(page + opacity * shape * (np.float32(colour) - page)).astype(np.uint8)


@pytest.mark.parametrize(
    ("ground", "colour"), [(235, (20, 40, 180)), (60, (250, 250, 250)), (120, (0, 0, 0))]
)
def test_marks_darker_and_brighter_than_the_page(ground, colour):
    target = np.full((200, 300, 3), ground, np.uint8)
    image = marked(target, colour)
    assert share_of_target(image, target) == 0
    assert share_of_target(target, image) == 1


def test_on_print(make_pair):
    image, target = make_pair()
    assert share_of_target(image, target) < 0.05
    assert share_of_target(target, image) > 0.95


def test_two_pages_that_differ_in_what_each_has_alone_are_half_and_half():
    page = np.full((200, 300, 3), 235, np.uint8)
    image, target = page.copy(), page.copy()
    image[50:100, 40:90] = 20
    target[50:100, 180:230] = 20
    assert share_of_target(image, target) == 0.5


def test_outlines_that_both_have_do_not_tell(make_page):
    page = make_page()
    assert share_of_target(page, page) is None  # there are none
    rng = np.random.default_rng(0)
    busy = rng.integers(0, 256, (200, 300, 3), dtype=np.uint8)
    assert share_of_target(marked(busy, (255, 255, 255), 0.4), busy) is None


def test_sizes_that_differ_are_refused(make_page):
    with pytest.raises(ValueError, match="a pair has one size"):
        share_of_target(make_page(), make_page(height=80))
