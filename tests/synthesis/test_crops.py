import cv2
import numpy as np
import pytest

from restorekit.synthesis.crops import CELL, _strength, bend, crop_grid, cut_crop, moved_to_rim, place_crop
from restorekit.synthesis.pages import generator


@pytest.fixture
def page():
    noise = np.random.default_rng(0).integers(0, 256, (90, 120, 3), dtype=np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 3)


def test_a_crop_is_what_its_transform_shows(page):
    matrix = np.array([[1.1, -0.1, 20], [0.1, 0.9, 10], [1e-4, 1e-4, 1]])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    for size in (64, 50):
        warped = cv2.warpPerspective(page, matrix, (size, size), flags=how, borderMode=cv2.BORDER_REFLECT_101)
        assert np.abs(cut_crop(page, matrix, size).astype(int) - warped).max() <= 1
        bent = np.zeros((*crop_grid(matrix, size).shape[:2], 2), np.float32)
        assert np.array_equal(cut_crop(page, matrix, size, bent), cut_crop(page, matrix, size))


def test_each_pixel_is_taken_from_where_the_bend_looks(page):
    matrix = np.array([[1.0, 0, 20], [0, 1.0, 10], [0, 0, 1]])
    bent = np.zeros((8, 8, 2), np.float32)
    bent[:, 4:] = -3, 5
    crop = cut_crop(page, matrix, 48, bent)
    assert np.array_equal(crop[:, :20], page[10:58, 20:40])
    assert np.array_equal(crop[:, 28:], page[15:63, 45:65])


def test_beyond_the_page_it_is_mirrored(page):
    crop = cut_crop(page, np.array([[1.0, 0, -4], [0, 1.0, 0], [0, 0, 1]]), 32)
    assert np.array_equal(crop[:, :4], page[:32, 4:0:-1])
    assert np.array_equal(crop[:, 4:], page[:32, :28])


@pytest.mark.parametrize("zoom", [1.0, 1.35, 1.5, 1.9])
def test_a_thin_rule_keeps_its_ink_wherever_it_falls(zoom):
    page = np.zeros((900, 900), np.uint8)
    page[30:870:21] = 240
    matrix = np.array([[zoom, 0, 10.3], [0, zoom, 12.7], [0, 0, 1]])
    column = cut_crop(page, matrix, 420)[:, 200].astype(float)
    first, rule = (20 - 12.7) / zoom, 21 / zoom
    inks = [
        column[round(first + place * rule) : round(first + (place + 1) * rule)].sum()
        for place in range(1, 20)
    ]
    np.testing.assert_allclose(inks, 240 / zoom, rtol=0.12)


def test_bends_are_smooth_and_small_and_each_another():
    matrix = np.array([[1.0, 0, 500], [0, 1.0, 700], [0, 0, 1]])
    bends = [bend(np.random.default_rng(seed), matrix, 384, 1240) for seed in range(50)]
    fields = [field for field, _ in bends]
    for field, shade in bends:
        assert field.shape == (50, 50, 2) and field.dtype == np.float32
        assert max(np.abs(np.diff(field, axis=axis)).max() for axis in (0, 1)) < 0.6 * CELL  # some 30 degrees
        assert np.abs(field.mean((0, 1))).max() < 0.5  # a crop stays where it was placed
        assert shade.min() >= 0.35 and shade.max() <= 1.25
        assert shade.shape == (48, 48)
    lines = [np.ptp(field[25, :, 1] - np.linspace(*field[25, [0, -1], 1], 50)) for field in fields]
    flat, bent = np.quantile(lines, [0.25, 0.8])  # px off a straight line
    assert flat < 0.7 and 1 < bent < 9, "some lie flat, others bend"
    assert not np.array_equal(fields[0], fields[1])


def test_some_inks_are_far_paler_than_their_page():
    full = np.full((1, 1), 100, np.uint8)
    strengths = np.array([int(_strength(generator(seed, 7), full)[0, 0]) for seed in range(400)])
    assert strengths.min() < 50 and strengths.max() > 115
    assert 0.07 < (strengths < 80).mean() < 0.2


def test_where_no_place_has_enough_ink_the_one_with_most_is_taken():
    ink = np.zeros((1200, 900), np.uint8)
    ink[500:700:40, 300:600] = 255
    share = {}
    for seek in (True, False):
        matrices = [place_crop(generator(seed, 5), ink, 300, seek_ink=seek) for seed in range(200)]
        cuts = [cut_crop(ink, matrix, 300) for matrix in matrices]
        share[seek] = np.mean([cut.any() for cut in cuts])
    assert share[True] > 0.66 and share[False] < 0.6


def test_a_crop_that_is_moved_to_a_rim_looks_over_one_edge_of_its_page():
    ink, sides = np.zeros((900, 700), np.uint8), set()
    for seed in range(40):
        rng = generator(seed, 6)
        matrix = moved_to_rim(rng, place_crop(rng, ink, 200, seek_ink=False), 200, (900, 700))
        grid = crop_grid(matrix, 200)[1:-1, 1:-1]
        off = {
            "left": (grid[..., 0] < 0).mean(),
            "right": (grid[..., 0] > 699).mean(),
            "above": (grid[..., 1] < 0).mean(),
            "below": (grid[..., 1] > 899).mean(),
        }
        side = max(off, key=off.get)
        assert 0 < off[side] < 0.4
        sides.add(side)
    assert len(sides) == 4
