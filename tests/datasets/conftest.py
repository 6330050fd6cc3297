import cv2
import numpy as np
import pytest


def draw_page(seed=0, height=400, width=500):
    """A page of print on slightly uneven paper, ``(H, W, 3)`` uint8."""
    rng = np.random.default_rng(seed)
    page = np.full((height, width, 3), 235, np.uint8)
    for baseline in range(25, height, 28):
        words = "".join(rng.choice(list("abcdefghij klmnop qrstuv wxyz"), width // 10))
        cv2.putText(page, words, (int(rng.integers(5, 40)), baseline), 0, 0.6, (30, 30, 30), 1, cv2.LINE_AA)
    return np.clip(page + rng.normal(0, 1.5, page.shape), 0, 255).astype(np.uint8)


def write_on(page):
    """The page with two strokes of blue ink."""
    image = page.copy()
    height, width = page.shape[:2]
    cv2.line(image, (width // 5, height // 4), (width // 2, height // 2), (20, 40, 180), 4)
    cv2.circle(image, (2 * width // 3, height // 2), 40, (20, 40, 180), 4)
    return image


@pytest.fixture
def make_page():
    return draw_page


@pytest.fixture
def make_pair():
    """``make_pair(seed, ...) -> (image, target)``."""

    def make(seed=0, **size):
        target = draw_page(seed, **size)
        return write_on(target), target

    return make
