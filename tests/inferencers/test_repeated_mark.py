import cv2
import numpy as np
import pytest
import torch

from restorekit.inferencers import Chain, MaskComposite, RepeatedMark
from restorekit.inferencers.blending import USUAL_OPACITY, Blend, robust_line, unblend
from restorekit.inferencers.repeated_mark import Mark, find_mark, settled_blend

OPACITY, COLOUR = 0.45, np.array([0.95, 0.9, 0.2], np.float32)


def picture(seed=0, size=(380, 460)):
    """Float32 RGB, lively everywhere."""
    rng = np.random.default_rng(seed)
    coarse, fine = rng.random((8, 10, 3)), rng.random((size[0] // 4, size[1] // 4, 3))
    result = 0.75 * cv2.resize(coarse, size[::-1], interpolation=cv2.INTER_CUBIC)
    result += 0.25 * cv2.resize(fine, size[::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip(result, 0, 1).astype(np.float32)


def tiled_shape(size=(380, 460)):
    """A mark with wide and thin strokes and a hole, every 80 and 110 px, rows staggered."""
    tile = np.zeros((80, 110), np.uint8)
    cv2.circle(tile, (35, 40), 20, 255, 8)
    cv2.rectangle(tile, (66, 18), (88, 62), 255, -1)
    pair = np.concatenate([np.tile(tile, (1, 7)), np.roll(np.tile(tile, (1, 7)), 55, 1)])
    return (np.tile(pair, (4, 1))[: size[0], : size[1]] / 255).astype(np.float32)


def marked(clean, shape):
    share = (OPACITY * shape)[..., None]
    return np.round(255 * ((1 - share) * clean + share * COLOUR)).astype(np.float32) / 255


def seen_in_part(shape):
    """What a network may see of a mark: some repeats, and of all others a hint."""
    seen = 0.08 * shape
    seen[:200, :230] = 0.9 * shape[:200, :230]
    return np.clip(seen + 0.04 * np.random.default_rng(1).random(shape.shape), 0, 1).astype(np.float32)


def tensor(plane):
    return torch.from_numpy(plane).permute(2, 0, 1)[None]


def predictor(probability):
    """A network that says where, and changes nothing."""
    return lambda image: torch.cat([image, torch.from_numpy(probability)[None, None]], 1)


def psnr(image, clean):
    return -10 * np.log10(((image - clean) ** 2).mean())


def test_a_mark_seen_in_part_is_taken_off_everywhere():
    clean, shape = picture(), tiled_shape()
    image = marked(clean, shape)
    output = RepeatedMark()(predictor(seen_in_part(shape)), tensor(image))
    restored = output[0, :3].permute(1, 2, 0).numpy()
    assert psnr(restored, clean) > psnr(image, clean) + 15
    assert abs(output[0, 3].numpy() - shape).mean() < 0.04
    far = cv2.dilate(shape, np.ones((13, 13))) == 0
    assert (restored[far] != image[far]).any(-1).mean() < 0.01


def test_of_a_filled_mark_its_outline_is_enough():
    clean, shape = picture(), tiled_shape()
    image = marked(clean, shape)
    outline = 0.9 * (shape - cv2.erode(shape, np.ones((5, 5))))
    mark = find_mark(image, outline, least=0.33)
    assert mark.shape[40, 77] == pytest.approx(1, abs=0.2)  # within the rectangle
    assert mark.shape[40, 35] < 0.2  # within the ring
    assert psnr(unblend(image, mark.shape, mark.blend), clean) > psnr(image, clean) + 15


def test_repeats_a_pixel_astray_in_the_mask_are_put_right_by_the_picture():
    clean, shape = picture(), tiled_shape()
    image = marked(clean, shape)
    rows = [np.roll(shape, place - 2, (0, 1))[80 * place : 80 * place + 80] for place in range(5)]
    mark = find_mark(image, 0.8 * np.concatenate(rows), least=0.33)
    # +10.4 dB with the steps of the mask
    assert psnr(unblend(image, mark.shape, mark.blend), clean) > psnr(image, clean) + 11.5


def test_repeats_half_a_pixel_astray_leave_no_outlines_on_paper():
    clean = np.full((380, 460, 3), 0.9, np.float32)
    shape = cv2.blur(tiled_shape(), (3, 3))
    shape[160:240] = (shape[160:240] + np.roll(shape, 1, 1)[160:240]) / 2
    image = marked(clean, shape)
    mark = find_mark(image, shape, least=0.33)
    # 44 dB with the mean shape alone
    assert psnr(unblend(image, mark.shape, mark.blend), clean) > 48


def test_the_mark_is_what_was_laid_on():
    shape = tiled_shape()
    mark = find_mark(marked(picture(), shape), seen_in_part(shape), least=0.33)
    assert mark.blend.opacity == pytest.approx(OPACITY, abs=0.03)
    assert mark.blend.colour == pytest.approx(COLOUR, abs=0.06)
    assert 0.33 < mark.belief <= 1


def test_the_mask_lets_a_composite_take_it_over():
    clean, shape = picture(), tiled_shape()
    image = marked(clean, shape)
    chain = Chain(inferencers=[MaskComposite(low=0.5, high=0.8, grow=3), RepeatedMark()])
    restored = chain(predictor(seen_in_part(shape)), tensor(image))[0, :3].permute(1, 2, 0).numpy()
    assert psnr(restored, clean) > psnr(image, clean) + 15


def harmed(image, seen, places):
    """A network that besides takes ``places`` of a picture for marks, and greys them."""
    seen, restored = seen.copy(), image.copy()
    for place in places:
        seen[place], restored[place] = 0.97, 0.5
    output = np.concatenate([restored.transpose(2, 0, 1), seen[None]])[None]
    return lambda _: torch.from_numpy(output)


def test_print_that_is_taken_for_letters_of_the_mark_stays():
    shape = tiled_shape()
    image, letter = marked(picture(), shape), (slice(100, 120), slice(49, 57))
    output = RepeatedMark()(harmed(image, seen_in_part(shape), [letter]), tensor(image))
    np.testing.assert_array_equal(output[0, :3].permute(1, 2, 0)[letter], image[letter])
    assert not output[0, 3][letter].any()


def test_another_mark_between_the_repeats_goes_as_well():
    shape = tiled_shape()
    image, other = marked(picture(), shape), (slice(290, 360), slice(220, 420))
    output = RepeatedMark()(harmed(image, 0.8 * shape, [other]), tensor(image))
    assert output[0, 3][shape > 0.9].mean() > 0.9  # what repeats was found
    between = np.zeros(shape.shape, bool)
    between[other] = cv2.dilate(shape, np.ones((15, 15)))[other] == 0
    assert between.sum() > 3000
    assert output[0, :3].permute(1, 2, 0)[between] == pytest.approx(0.5)
    assert (output[0, 3][between] > 0.9).all()


def test_where_the_network_saw_the_mark_half_of_the_detail_is_its_own():
    """A restoring with grain, which the blend undone does not have: half of the grain stays where it saw."""
    clean, shape = picture(), tiled_shape()
    image, seen = marked(clean, shape), seen_in_part(shape)
    grain = np.random.default_rng(5).choice([-0.1, 0.1], (*shape.shape, 1)).astype(np.float32)
    planes = np.concatenate([(clean + grain).clip(0, 1).transpose(2, 0, 1), seen[None]])
    output = RepeatedMark()(lambda _: torch.from_numpy(planes[None]), tensor(image))
    left = output[0, :3].permute(1, 2, 0).numpy() - clean
    core = cv2.erode(shape, np.ones((9, 9))) > 0.5
    saw = np.zeros_like(core)
    saw[:190, :220] = True
    shares = [float((left * grain)[core & place].mean() / 0.01) for place in (saw, ~saw)]
    assert shares[0] == pytest.approx(0.5, abs=0.12)
    assert abs(shares[1]) < 0.12


def test_a_blend_that_is_too_faint_is_put_right_by_the_edges_that_it_leaves():
    clean, shape, colour = picture(), tiled_shape(), np.array([0.6, 0.4, 0.2], np.float32)
    share = (0.8 * shape)[..., None]
    image = np.round(255 * ((1 - share) * clean + share * colour)).astype(np.float32) / 255
    faint = Mark(shape, Blend(0.5, colour), area=3000, belief=0.8)
    blend = settled_blend(image, image, faint)
    assert blend.opacity == pytest.approx(0.8, abs=0.04)
    assert blend.colour == pytest.approx(colour, abs=0.04)


def test_on_even_ground_the_network_has_half_a_say():
    clean, shape, colour = np.full((380, 460, 3), 0.5, np.float32), tiled_shape(), np.full(3, 0.7, np.float32)
    clean += np.random.default_rng(0).normal(0, 0.01, clean.shape).astype(np.float32)
    image = (clean + 0.6 * shape[..., None] * (colour - clean)).astype(np.float32)
    faint = Mark(shape, Blend(0.4, np.full(3, 0.8, np.float32)), area=3000, belief=0.8)
    blend = settled_blend(image, clean, faint)
    slope, _, _ = robust_line(clean[shape > 0.8], image[shape > 0.8], 1 - USUAL_OPACITY)
    assert blend.opacity == pytest.approx((0.4 + 1 - slope) / 2, abs=1e-3)
    assert abs(unblend(image, shape, blend) - clean)[shape > 0.5].mean() < 0.01


def test_pages_of_a_batch_are_taken_one_by_one():
    clean, shape = picture(), tiled_shape()
    both = torch.cat([tensor(clean), tensor(marked(clean, shape))])
    seen = np.stack([np.zeros_like(shape), seen_in_part(shape)])[:, None]
    output = RepeatedMark()(lambda image: torch.cat([image, torch.from_numpy(seen)], 1), both)
    assert torch.equal(output[0, :3], both[0])
    assert not torch.equal(output[1, :3], both[1])


def test_a_single_mark_is_left_to_the_network():
    shape = np.zeros((380, 460), np.float32)
    shape[100:180, 120:300] = 1
    image, seen = marked(picture(), shape), 0.9 * shape
    assert torch.equal(
        RepeatedMark()(predictor(seen), tensor(image)),
        torch.cat([tensor(image), torch.from_numpy(seen)[None, None]], 1),
    )


def test_what_repeats_but_is_hardly_seen_is_a_pattern():
    shape = tiled_shape()
    assert find_mark(marked(picture(), shape), 0.2 * shape, least=0.33) is None


def test_what_is_seen_to_repeat_but_is_not_there_stays():
    """Probabilities on a lattice over a picture that has nothing there."""
    assert find_mark(picture(), seen_in_part(tiled_shape()), least=0.33) is None


@pytest.mark.parametrize("size", [(1, 1), (5, 40), (33, 20)])
def test_small_pictures_pass(size):
    image, seen = torch.rand(1, 3, *size), np.full(size, 0.5, np.float32)
    assert torch.equal(RepeatedMark()(predictor(seen), image)[:, :3], image)


def test_half_precision_comes_back_as_it_went():
    shape = tiled_shape()
    image = tensor(marked(picture(), shape)).half()
    seen = torch.from_numpy(seen_in_part(shape))[None, None].half()
    output = RepeatedMark()(lambda page: torch.cat([page, seen], 1), image)
    assert output.dtype == torch.float16
    assert not torch.equal(output[:, :3], image)


def test_without_a_mask_it_says_so():
    with pytest.raises(ValueError, match="predicts none"):
        RepeatedMark()(lambda image: image, torch.zeros(1, 3, 4, 4))


@pytest.mark.parametrize("belief", [0, 1, -0.5])
def test_bad_arguments_are_refused(belief):
    with pytest.raises(ValueError, match="belief must be over 0 and under 1"):
        RepeatedMark(belief=belief)
