import cv2
import numpy as np
import pytest
import torch

from restorekit.inferencers import UniformMark
from restorekit.inferencers.blend_refiner import BlendRefiner
from restorekit.inferencers.blending import USUAL_OPACITY, robust_line
from restorekit.inferencers.uniform_mark import CLEAN, SURE, fit_beside, fit_restored, settle_restored

OPACITY, COLOUR = 0.5, np.array([0.9, 0.85, 0.2], np.float32)
SIZE = (240, 300)


def picture(seed=0):
    """Float32 RGB, lively everywhere."""
    rng = np.random.default_rng(seed)
    coarse, fine = rng.random((6, 8, 3)), rng.random((SIZE[0] // 3, SIZE[1] // 3, 3))
    result = 0.75 * cv2.resize(coarse, SIZE[::-1], interpolation=cv2.INTER_CUBIC)
    result += 0.25 * cv2.resize(fine, SIZE[::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip(result, 0.02, 0.98).astype(np.float32)


def ring():
    """A mark's cover, its edges soft."""
    shape = np.zeros(SIZE, np.float32)
    cv2.circle(shape, (150, 120), 70, 1, 26)
    return cv2.GaussianBlur(shape, (0, 0), 0.7)


def marked(clean, shape, colour=COLOUR):
    share = (OPACITY * shape)[..., None]
    return np.round(255 * ((1 - share) * clean + share * colour)).astype(np.float32) / 255


def ghosts(image, clean, shape):
    """What a network may leave of a mark: a fifth of it, and blotches."""
    blotches = np.random.default_rng(2).normal(0, 0.4, (30, 40, 3)).astype(np.float32)
    blotches = cv2.resize(blotches, SIZE[::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip(clean + (0.2 + blotches) * (image - clean) * (shape > 0)[..., None], 0, 1)


def psnr(image, clean):
    return -10 * np.log10(((image - clean) ** 2).mean())


def tensor(plane):
    return torch.from_numpy(plane).permute(2, 0, 1)[None]


def test_ghosts_of_a_mark_go():
    clean, shape = picture(), ring()
    image = marked(clean, shape)
    restored = ghosts(image, clean, shape)
    settled = settle_restored(image, restored, shape)
    assert psnr(settled, clean) > psnr(restored, clean) + 4
    far = cv2.dilate(shape, np.ones((9, 9))) == 0
    np.testing.assert_array_equal(settled[far], restored[far])


def test_what_is_restored_rightly_stays_right():
    clean, shape = picture(), ring()
    settled = settle_restored(marked(clean, shape), clean, shape)
    assert abs(settled - clean).max() < 0.08
    assert psnr(settled, clean) > 41


def test_a_mark_whose_colours_run_into_each_other_is_left_to_the_network():
    clean, shape = picture(), ring()
    across = np.linspace(0, 1, SIZE[1], dtype=np.float32)[None, :, None]
    image = marked(clean, shape, COLOUR * across + (1 - COLOUR) * (1 - across))
    assert settle_restored(image, clean, shape) is None


def test_a_blend_from_beside_the_mark_is_taken_whatever_slope_the_network_errs_by():
    clean, shape = picture(), ring()
    image = marked(clean, shape)
    across = np.linspace(-0.3, 0.3, SIZE[1], dtype=np.float32)[None, :, None]
    restored = np.clip(clean + across * shape[..., None], 0, 1)
    settled = settle_restored(image, restored, shape)
    assert psnr(settled, clean) > psnr(restored, clean) + 4


def test_even_ground_stays_as_the_network_restored_it():
    noise, shape = np.random.default_rng(0).normal(0, 1, (*SIZE, 3)).astype(np.float32), ring()
    clean = 0.97 + 0.3 / 255 * noise
    noisy = np.clip(marked(clean, shape) + 0.02 * noise[::-1], 0, 1)
    settled = settle_restored(noisy, clean, shape)
    np.testing.assert_array_equal(settled, clean)


def test_where_there_is_no_mark_nothing_is_done():
    assert settle_restored(picture(), picture(), np.zeros(SIZE, np.float32)) is None


@pytest.mark.parametrize(("side", "found"), [(17, False), (18, True)])
def test_a_mark_of_under_300_pixels_is_too_small_to_fit(side, found):
    clean, shape = picture(), np.zeros(SIZE, np.float32)
    shape[60 : 60 + side, 60 : 60 + side] = 1
    blend = fit_restored(marked(clean, shape), clean, shape == 1, clean, np.ones(SIZE, np.float32))
    assert (blend is not None) == found


def test_it_works_in_a_batch_and_keeps_the_mask():
    clean, shape = picture(), ring()
    images = torch.cat([tensor(marked(clean, shape)), tensor(clean)])
    restored = torch.cat([tensor(ghosts(marked(clean, shape), clean, shape)), tensor(clean)])
    masks = torch.stack([torch.from_numpy(shape), torch.zeros(SIZE)])[:, None]
    output = UniformMark()(lambda _: torch.cat([restored, masks], 1), images)
    assert output.shape == (2, 4, *SIZE)
    assert not torch.equal(output[0, :3], restored[0])
    assert torch.equal(output[1, :3], restored[1])
    assert torch.equal(output[:, 3:], masks)


def test_a_network_without_a_mask_is_refused():
    with pytest.raises(ValueError, match="UniformMark needs the mask"):
        UniformMark()(lambda image: image, torch.zeros(1, 3, 8, 8))


def places(shape):
    """Where a mark is all there, and where it is not at all, by its cover."""
    grown = cv2.dilate((shape > CLEAN).astype(np.uint8), np.ones((5, 5))) > 0
    return cv2.erode((shape > SURE).astype(np.uint8), np.ones((3, 3))) > 0, ~grown


def calm_picture(seed=0):
    """Float32 RGB that changes slowly."""
    coarse = np.random.default_rng(seed).random((4, 5, 3))
    return np.clip(cv2.resize(coarse, SIZE[::-1], interpolation=cv2.INTER_CUBIC), 0.02, 0.98).astype(
        np.float32
    )


@pytest.mark.parametrize("seed", range(4))
def test_what_lies_beside_a_mark_tells_its_blend(seed):
    shape = ring()
    blend = fit_beside(marked(calm_picture(seed), shape), *places(shape))
    assert blend.opacity == pytest.approx(OPACITY, abs=0.05)
    np.testing.assert_allclose(blend.colour, COLOUR, atol=0.06)


def test_ghosts_flatten_the_line_through_what_was_restored_and_not_the_one_beside():
    clean, shape = calm_picture(), ring()
    image, (whole, free) = marked(clean, shape), places(shape)
    ghosted = clean + 0.4 * (image - clean)
    slope, _, _ = robust_line(ghosted[whole], image[whole], 1 - USUAL_OPACITY)
    assert 1 - slope < OPACITY - 0.1
    settled = settle_restored(image, ghosted, shape)
    assert psnr(settled, clean) > psnr(ghosted, clean) + 9
    assert fit_beside(image, whole, free).opacity == pytest.approx(OPACITY, abs=0.025)


def test_ground_of_one_tone_or_without_likeness_tells_nothing():
    shape, noise = ring(), np.random.default_rng(0).random((*SIZE, 3)).astype(np.float32)
    assert fit_beside(marked(np.full_like(noise, 0.6), shape), *places(shape)) is None
    assert fit_beside(marked(noise, shape), *places(shape)) is None


def test_a_mark_that_fills_the_picture_has_nothing_beside_it():
    whole = np.ones(SIZE, bool)
    assert fit_beside(marked(calm_picture(), whole.astype(np.float32)), whole, ~whole) is None


@pytest.mark.parametrize("height", [1, 5, 7, 8])
def test_a_strip_of_a_few_rows_that_is_all_mark_has_no_blend(height):
    given = torch.cat([torch.rand(1, 3, height, 40), torch.ones(1, 1, height, 40)], 1)
    strip = given[0, :3].permute(1, 2, 0).contiguous().numpy()
    assert settle_restored(strip, strip, np.ones((height, 40), np.float32)) is None
    assert UniformMark()(lambda image: given, given[:, :3]).shape == given.shape


def test_errors_of_the_network_do_not_flatten_the_line():
    clean, shape = picture(), ring()
    image, whole = marked(clean, shape), shape == 1
    wrong = clean + np.random.default_rng(1).normal(0, 0.15, clean.shape).astype(np.float32)
    blend = fit_restored(image, wrong, whole, clean, np.ones(SIZE, np.float32))
    assert blend.opacity == pytest.approx(OPACITY, abs=0.02)
    np.testing.assert_allclose(blend.colour, COLOUR, atol=0.03)
    assert 1 - robust_line(wrong[whole], image[whole], 0.6)[0] > OPACITY + 0.08


def test_thin_letters_are_fitted_by_what_lies_beside_them_alone():
    clean, shape = calm_picture(), np.zeros(SIZE, np.float32)
    for row in range(40, 200, 16):
        shape[row : row + 4, 40:260] = 1
    image = marked(clean, shape)
    ghosted = clean + 0.4 * (image - clean)
    assert psnr(settle_restored(image, ghosted, shape), clean) > psnr(ghosted, clean) + 6
    noise = np.random.default_rng(0).random((*SIZE, 3)).astype(np.float32)
    assert settle_restored(marked(noise, shape), noise, shape) is None


def test_what_the_blend_leaves_is_seen_to_by_the_refiner_that_ships():
    shape, gains = ring(), []
    far = cv2.dilate(shape, np.ones((9, 9))) == 0
    for seed in range(6):
        clean = calm_picture(seed)
        image = marked(clean, shape)
        restored = ghosts(image, clean, shape)
        output = torch.cat([tensor(restored), torch.from_numpy(shape)[None, None]], 1)
        refined = UniformMark()(lambda _, output=output: output, tensor(image))[0, :3]
        refined = refined.permute(1, 2, 0).numpy()
        settled = settle_restored(image, restored, shape)
        settled = restored if settled is None else settled  # some have no blend
        gains.append(psnr(refined, clean) - psnr(settled, clean))
        np.testing.assert_array_equal(refined[far], restored[far])
    assert np.mean(gains) > 1.5  # single ones differ, from 0 to 3 dB


def test_a_mark_without_a_blend_is_refined_from_what_the_network_restored():
    clean, shape = picture(), ring()
    across = np.linspace(0, 1, SIZE[1], dtype=np.float32)[None, :, None]
    image = marked(clean, shape, COLOUR * across + (1 - COLOUR) * (1 - across))
    unchanging = BlendRefiner()  # its last layer is zero
    np.testing.assert_array_equal(settle_restored(image, clean, shape, unchanging), clean)
    unchanging.head.bias.data[12:] = 1.0  # the heads for colours: a tenth brighter
    brighter = settle_restored(image, clean, shape, unchanging)
    near = cv2.dilate((shape > 0.15).astype(np.uint8), np.ones((7, 7))) > 0
    np.testing.assert_allclose(brighter[near], np.minimum(clean[near] + 0.1, 1), atol=1e-6)
    np.testing.assert_array_equal(brighter[~near], clean[~near])
