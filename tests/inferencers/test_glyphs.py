import cv2
import numpy as np
import pytest

from restorekit.inferencers.glyphs import FARTHEST, ROWS, SIDE, TOLERANCE, Glyphs, glyphs, most_alike

NONE = Glyphs(np.zeros((0, SIDE * SIDE), np.float32), np.zeros((0, 2), np.float32))


def drawn(*shapes, darkness=0.8):
    """Each shape, bool, 40 px beside the last."""
    page = np.zeros((60, 20 + 40 * len(shapes)), np.float32)
    for index, shape in enumerate(shapes):
        height, width = shape.shape
        page[10 : 10 + height, 20 + 40 * index : 20 + 40 * index + width] = darkness * shape
    count, labels, stats, _ = cv2.connectedComponentsWithStats((page > 0).view(np.uint8))
    return glyphs(labels, stats, np.arange(1, count), page)


def corner(height=20, width=16):
    shape = np.zeros((height, width), bool)
    shape[:, :4] = shape[-4:] = True
    return shape


def made(sizes, seed=0):
    rng = np.random.default_rng(seed)
    looks = rng.standard_normal((len(sizes), SIDE * SIDE)).astype(np.float32)
    looks -= looks.mean(1, keepdims=True)
    return Glyphs(looks / np.linalg.norm(looks, axis=1, keepdims=True), np.float32(sizes))


def test_looks_have_no_mean_and_length_1_whatever_the_darkness():
    dark, pale = drawn(corner()), drawn(corner(), darkness=0.2)
    assert dark.looks.shape == (1, SIDE * SIDE) and dark.sizes.tolist() == [[20, 16]]
    assert dark.looks.mean() == pytest.approx(0, abs=1e-6) and np.linalg.norm(dark.looks) == pytest.approx(1)
    np.testing.assert_allclose(dark.looks, pale.looks, atol=1e-6)


def test_what_comes_again_is_wholly_alike_and_what_is_turned_is_not():
    page = drawn(corner(), corner()[::-1], corner())
    order = np.arange(3)
    assert most_alike(page, page, order)[[0, 2]] == pytest.approx([1, 1])
    assert most_alike(page, page, order)[1] < 0.5


def test_the_cut_out_holds_no_neighbour_that_reaches_into_the_box():
    inside = corner()
    inside[2:6, 10:14] = True
    both, alone = drawn(inside), drawn(corner())
    np.testing.assert_allclose(both.looks[0], alone.looks[0], atol=1e-6)


def test_an_even_thing_looks_like_nothing():
    page = drawn(np.ones((6, 12), bool), np.ones((6, 12), bool))
    assert most_alike(page, page) == pytest.approx([0, 0], abs=1e-3)


@pytest.mark.parametrize(
    ("size", "off"),
    [
        ((20, 16), 0),
        ((21, 16), 0),  # a pixel
        ((22, 16), np.log(22 / 20) - 1 / 20),
        ((20, 12), np.log(16 / 12) - 1 / 12),
        ((22, 18), np.log(22 / 20) - 1 / 20 + np.log(18 / 16) - 1 / 16),
    ],
)
def test_likeness_falls_off_with_what_sizes_differ_by_more_than_a_pixel(size, off):
    one = made([(20, 16)])
    found = most_alike(one, Glyphs(one.looks, np.float32([size])))
    assert found == pytest.approx([np.exp(-off / TOLERANCE)], rel=1e-4)


def test_nothing_is_alike_where_there_is_nothing_or_all_is_far_taller():
    one = made([(20, 16)])
    assert most_alike(one, NONE).tolist() == [0] and most_alike(NONE, one).shape == (0,)
    taller = Glyphs(one.looks, np.float32([(20 * np.exp(FARTHEST) + 1, 16)]))
    assert most_alike(one, taller).tolist() == [0]


def test_the_most_alike_of_many_is_found_though_but_some_are_compared():
    rng = np.random.default_rng(1)
    sizes = rng.integers(4, 60, (2 * ROWS + 44, 2))
    things, others = made(sizes), made(rng.integers(4, 60, (400, 2)), seed=2)
    itself = np.where(np.arange(len(sizes)) % 2, -1, np.arange(len(sizes)) % 400)
    whole = most_alike(things, others, itself)
    rows = (np.array([i]) for i in range(len(sizes)))
    single = [most_alike(Glyphs(*(plane[i] for plane in things)), others, itself[i])[0] for i in rows]
    np.testing.assert_allclose(whole, single, atol=2e-2)  # beyond FARTHEST it is less than that
    assert (whole > 0).mean() > 0.9
