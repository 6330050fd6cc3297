import cv2
import numpy as np
import pytest

from restorekit.inferencers.blending import (
    DETAIL_SHARE,
    Blend,
    Edges,
    around,
    blend_of,
    fit_blend,
    settle,
    steadied,
    unblend,
)

RNG = np.random.default_rng(0)


def lively(size=(300, 400)):
    """A picture with large and small changes: float32 RGB."""
    coarse, fine = RNG.random((7, 9, 3)), RNG.random((60, 80, 3))
    picture = 0.8 * cv2.resize(coarse, size[::-1], interpolation=cv2.INTER_CUBIC)
    picture += 0.2 * cv2.resize(fine, size[::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip(picture, 0.03, 0.97).astype(np.float32)


def bars(size=(300, 400), shift=0):
    shape = np.zeros(size, np.float32)
    for top in range(20, size[0] - 20, 40):
        shape[top + shift : top + 8 + shift, 20:-20] = 1
    return shape


def blended(picture, shape, opacity, colour):
    share = (opacity * shape)[..., None]
    return ((1 - share) * picture + share * np.array(colour, np.float32)).astype(np.float32)


def test_around_even_ground_is_even():
    picture = np.full((60, 70, 3), (0.2, 0.5, 0.9), np.float32)
    shape = np.zeros((60, 70), np.float32)
    shape[20:40, 25:45] = 1
    picture[20:40, 25:45] = 0
    below, near = around(picture, shape)
    assert below[shape == 1] == pytest.approx(np.tile([0.2, 0.5, 0.9], (400, 1)), abs=1e-5)
    assert near[20, 25] == 1
    assert 0 < near[30, 35] < 1


def test_with_nothing_around_the_picture_stays():
    picture = lively((20, 20))
    below, near = around(picture, np.ones((20, 20), np.float32))
    assert np.array_equal(below, picture)
    assert not near.any()


@pytest.mark.parametrize(
    ("opacity", "colour"), [(0.3, (1, 1, 1)), (0.6, (0.1, 0.1, 0.1)), (0.5, (0.9, 0.2, 0.4))]
)
def test_opacity_and_colour_are_told_from_the_blend(opacity, colour):
    picture, shape, control = lively(), bars(), bars(shift=20)
    image = blended(picture, shape, opacity, colour)
    below, near = around(image, np.maximum(shape, control))
    blend = fit_blend(image, below, near, shape, control)
    assert blend.opacity == pytest.approx(opacity, abs=0.03)
    assert blend.colour == pytest.approx(np.array(colour), abs=0.06)
    restored = unblend(image, shape, blend)
    assert abs(restored - picture).max() < 0.12
    assert abs(restored - picture).mean() < 0.01


def test_a_control_tells_how_much_guessed_ground_flattens_the_line():
    grain = cv2.resize(RNG.random((60, 80, 3)), (400, 300), interpolation=cv2.INTER_LINEAR)
    picture, shape, control = grain.astype(np.float32), bars(), bars(shift=20)
    image = blended(picture, shape, 0.4, (0.5, 0.5, 0.5))
    below, near = around(image, np.maximum(shape, control))
    with_control = fit_blend(image, below, near, shape, control)
    without = fit_blend(image, below, near, shape, np.zeros_like(control))
    assert with_control.opacity == pytest.approx(0.4, abs=0.05)
    assert without.opacity > with_control.opacity + 0.05


def test_on_white_paper_any_opacity_gives_white():
    paper, shape = np.ones((300, 400, 3), np.float32), bars()
    image = blended(paper, shape, 0.3, (0.2, 0.4, 0.6))
    blend = fit_blend(image, *around(image, shape), shape, np.zeros_like(shape))
    assert unblend(image, shape, blend) == pytest.approx(paper, abs=1e-3)


@pytest.mark.parametrize("ground", [0.0, 1.0])
def test_a_pure_colour_goes_off_plain_white_and_black(ground):
    """In a channel that both share nothing changes below the mark."""
    plain, shape = np.full((300, 400, 3), ground, np.float32), bars()
    image = blended(plain, shape, 0.3, (1, 0, 0))
    blend = fit_blend(image, *around(image, shape), shape, np.zeros_like(shape))
    assert unblend(image, shape, blend) == pytest.approx(plain, abs=1e-3)


def test_a_point_that_stays_where_it_was_is_no_blend():
    assert blend_of(1.2, np.full(3, 0.4), np.full(3, 0.4)) is None


def test_black_print_below_a_mark_tells_its_opacity():
    paper, shape = np.ones((300, 400, 3), np.float32), bars()
    paper[:, ::16] = 0  # thin rules: on average the ground below is light
    image = blended(paper, shape, 0.25, (0.4, 0.4, 0.4))
    blend = fit_blend(image, *around(image, shape), shape, np.zeros_like(shape))
    assert blend.opacity == pytest.approx(0.25, abs=0.05)


def test_what_covers_all_is_no_blend():
    picture, shape, control = lively(), bars(), bars(shift=20)
    image = blended(picture, shape, 0.97, (0.5, 0.5, 0.5))
    assert fit_blend(image, *around(image, np.maximum(shape, control)), shape, control) is None


def test_a_speck_is_too_little():
    picture, speck = lively(), np.zeros((300, 400), np.float32)
    speck[100:104, 100:110] = 1
    assert fit_blend(picture, *around(picture, speck), speck, np.zeros_like(speck)) is None


def test_a_shape_half_a_pixel_off_is_settled_on_calm_ground():
    paper = np.full((300, 400, 3), 0.9, np.float32)
    blend = Blend(0.5, np.full(3, 0.2, np.float32))
    true = cv2.blur(bars(), (3, 3))
    off = (0.5 * true + 0.5 * np.roll(true, 1, 0)).astype(np.float32)
    image = blended(paper, true, blend.opacity, blend.colour)
    settled = settle(image, paper, off, blend)
    assert abs(settled - true).max() < 0.02 < abs(off - true).max()


def test_a_shape_stays_on_lively_ground_and_off_its_edges():
    picture = RNG.random((300, 400, 3), dtype=np.float32)
    blend = Blend(0.3, np.full(3, 0.5, np.float32))
    image = blended(picture, bars(), blend.opacity, blend.colour)
    settled = settle(image, np.full_like(picture, 0.5) + 0.1, bars(), blend)
    assert abs(settled - bars()).mean() < 0.02
    assert (settled[24, 60:340] == 1).all()  # the middle of a bar


@pytest.mark.parametrize(
    ("opacity", "colour"), [(0.3, (0.8, 0.8, 0.8)), (0.75, (0.9, 0.4, 0.1)), (0.5, (0.4, 0.4, 0.4))]
)
def test_rightly_undone_a_mark_leaves_the_least_of_its_edges(opacity, colour):
    picture, shape = lively(), bars()
    edges = Edges(blended(picture, shape, opacity, colour), shape)
    before = np.full(3, 0.5)
    after = (1 - opacity) * before + opacity * np.array(colour)
    found = edges.faintest(before, after)
    assert found.opacity == pytest.approx(opacity, abs=0.03)
    fainter, denser = (Blend(opacity + by, np.array(colour, np.float32)) for by in (-0.15, 0.15))
    assert edges.left(found) < 0.5 * min(edges.left(fainter), edges.left(denser))


def test_an_edge_is_left_in_squares_of_levels():
    """A step of 0.5 in three channels where the mark has one of 0.8: 3 (0.5 0.8)^2 / 0.8^2 for each row."""
    image, shape = np.zeros((20, 30, 3), np.float32), np.zeros((20, 30), np.float32)
    image[:, 10:], shape[:, 10:] = 0.5, 0.8
    nothing = Blend(0.0, np.ones(3, np.float32))
    assert Edges(image, shape).left(nothing) == pytest.approx(20 * 3 * 0.25, rel=1e-3)


def test_on_even_ground_no_opacity_leaves_less_than_another():
    picture, shape = np.full((300, 400, 3), 0.5, np.float32), bars()
    image = np.round(255 * blended(picture, shape, 0.5, (0.8, 0.8, 0.8))).astype(np.float32) / 255
    image += RNG.normal(0, 0.01, image.shape).astype(np.float32)
    assert Edges(image, shape).faintest(np.full(3, 0.5), np.full(3, 0.65)) is None


def test_a_mark_without_edges_tells_nothing():
    picture = lively()
    assert (
        Edges(picture, np.ones(picture.shape[:2], np.float32)).left(Blend(0.5, np.ones(3, np.float32))) == 0
    )


def test_what_is_undone_and_restored_share_the_detail():
    """A restoring that is 0.2 too bright all over goes to what is undone; of its grain half stays."""
    undone = np.full((60, 80, 3), 0.4, np.float32)
    grain = np.zeros((60, 80, 1), np.float32)
    grain[::2, ::2], grain[1::2, 1::2], grain[::2, 1::2], grain[1::2, ::2] = 0.1, 0.1, -0.1, -0.1
    where = np.zeros((60, 80), bool)
    where[10:50, 10:70] = True
    both = steadied(undone, undone + 0.2 + grain, where)
    assert both[25:35, 25:55] == pytest.approx((undone + (1 - DETAIL_SHARE) * grain)[25:35, 25:55], abs=2e-3)
    np.testing.assert_array_equal(both[~where], (undone + 0.2 + grain)[~where])


def test_what_the_network_did_not_see_is_undone_by_the_blend_alone():
    undone, restored, where = lively(), lively(), np.ones((300, 400), bool)
    both = steadied(undone, restored, where, np.zeros((300, 400), np.float32))
    assert both == pytest.approx(undone, abs=1e-5)
