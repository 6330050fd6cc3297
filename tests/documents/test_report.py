import numpy as np
import pytest

from restorekit.documents.report import overlay, preview


def test_a_preview_is_of_8_bits_and_over_white():
    page = np.zeros((1, 4, 2), np.uint16)
    page[0] = [(0, 0), (0, 65535), (65535, 65535), (0, 32896)]  # clear, black, white, half clear
    assert preview(page)[0].tolist() == [[255] * 3, [0] * 3, [255] * 3, [127] * 3]


@pytest.mark.parametrize(
    "shape, small", [((1600, 400), (800, 200)), ((400, 1601, 3), (200, 800)), ((7, 9, 4), (7, 9))]
)
def test_a_preview_is_at_most_800_px_long(shape, small):
    assert preview(np.zeros(shape, np.uint8)).shape == (*small, 3)


def test_an_overlay_is_red_where_the_page_changed_and_pale_elsewhere():
    page = np.full((1, 3, 3), 100, np.uint8)
    changed = np.repeat(np.array([[[0], [85], [17]]], np.uint8), 3, axis=2)  # a third is enough for all red
    assert overlay(page, changed)[0].tolist() == [[178] * 3, [200, 0, 20], [182, 142, 146]]
