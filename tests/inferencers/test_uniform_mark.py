import cv2
import numpy as np
import pytest
import torch

from restorekit.inferencers import UniformMark
from restorekit.inferencers.blending import robust_line
from restorekit.inferencers.uniform_mark import fit_restored, settle_restored

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
    assert psnr(settled, clean) > 45


def test_a_mark_whose_colours_run_into_each_other_is_left_to_the_network():
    clean, shape = picture(), ring()
    across = np.linspace(0, 1, SIZE[1], dtype=np.float32)[None, :, None]
    image = marked(clean, shape, COLOUR * across + (1 - COLOUR) * (1 - across))
    assert settle_restored(image, clean, shape) is None


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


def test_errors_of_the_network_do_not_flatten_the_line():
    clean, shape = picture(), ring()
    image, whole = marked(clean, shape), shape == 1
    wrong = clean + np.random.default_rng(1).normal(0, 0.15, clean.shape).astype(np.float32)
    blend = fit_restored(image, wrong, whole, clean, np.ones(SIZE, np.float32))
    assert blend.opacity == pytest.approx(OPACITY, abs=0.02)
    np.testing.assert_allclose(blend.colour, COLOUR, atol=0.03)
    assert 1 - robust_line(wrong[whole], image[whole], 0.6)[0] > OPACITY + 0.08
