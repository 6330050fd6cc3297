import cv2
import numpy as np
import pytest
import torch

from restorekit.inferencers import Chain, MarkScaled, Tiled
from restorekit.inferencers.editing import edit_inferencer
from restorekit.inferencers.mark_scaled import along_edges, seen_share
from restorekit.inferencers.streaming import stream

PAPER, MARK = 0.75, 0.25


def picture(*sides, size=(800, 1200)):
    """``(1, 3, H, W)`` of even paper with a grey square of each side in px, 200 px and more apart."""
    image = torch.full((1, 3, *size), PAPER)
    for index, side in enumerate(sides):
        left = 50 + sum(sides[:index]) + 200 * index
        image[..., 50 : 50 + side, left : left + side] = MARK
    return image


class Eye:
    """Takes squares of ``least`` to ``most`` px off as somewhat sure marks, sees no others, and remembers."""

    def __init__(self, least=40, most=150, *, probability=1.0):
        self.least, self.most, self.probability, self.sizes = least, most, probability, []

    def __call__(self, image):
        self.sizes.append(tuple(image.shape[-2:]))
        masks = []
        for page in image[:, 0].numpy():
            dark = (page < (PAPER + MARK) / 2).astype(np.uint8)
            _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
            fits = (stats[:, 3] >= self.least) & (stats[:, 3] <= self.most)
            fits[0] = False
            masks.append(torch.from_numpy(fits[labels].astype(np.float32)))
        mask = torch.stack(masks)[:, None]
        restored = torch.lerp(image, torch.full_like(image, PAPER), mask)
        return torch.cat([restored, self.probability * mask], 1)


@pytest.mark.parametrize(("side", "size"), [(100, (800, 1200)), (240, (400, 600)), (500, (200, 300))])
def test_a_mark_of_any_size_goes_and_the_rest_stays_bit_for_bit(side, size):
    image = picture(side)
    image[..., 700:, :] = torch.rand(1, 3, 100, 1200, generator=torch.manual_seed(0)) / 4 + 0.6
    eye = Eye()
    output = MarkScaled()(eye, image)
    assert eye.sizes == [(400, 600), (200, 300), (800, 1200)]
    inside = slice(60, 40 + side)
    assert (output[0, :3, inside, inside] - PAPER).abs().max() < 0.02
    assert (output[0, 3, inside, inside] > 0.99).all()
    far = torch.ones(800, 1200, dtype=bool)
    far[40 : 60 + side, 40 : 60 + side] = False
    assert torch.equal(output[0, :3, far], image[0, :, far])
    assert (output[0, 3, far] == 0).all()
    only = Eye()
    MarkScaled()(only, torch.nn.functional.interpolate(image, size, mode="area"))
    assert only.sizes[-1] == size


def test_a_smaller_size_is_taken_only_where_it_shows_far_more():
    share = picture(130, 60, 190)  # 20500 of 56600 px at the picture's own size
    output = MarkScaled()(Eye(most=130), share)
    assert torch.equal(output[..., 640:], torch.nn.functional.pad(share, (0,) * 5 + (1,))[..., 640:])
    less = picture(60, 130, 220)  # 20500 of 68900
    output = MarkScaled()(Eye(most=130), less)
    assert (output[0, 0, 60:260, 650:850] - PAPER).abs().max() < 0.02


def test_of_smaller_sizes_the_largest_that_shows_nearly_most_is_taken():
    eye = Eye(least=20, most=130)
    output = MarkScaled()(eye, picture(240, 250))  # both are seen at the half and at the quarter
    half = MarkScaled()(Eye(least=70, most=130), picture(240, 250))  # at the half alone
    assert torch.equal(output, half)
    quarter = MarkScaled()(eye, picture(240, 300))  # at the half one
    assert (quarter[0, 0, 60:340, 500:780] - PAPER).abs().max() < 0.02


def test_what_is_unsure_small_or_all_over_counts_at_no_smaller_size():
    large = picture(240)
    assert torch.equal(MarkScaled()(Eye(probability=0.91), large)[:, :3], large)
    assert (MarkScaled()(Eye(probability=0.93), large)[0, 0, 60:280, 60:280] > 0.7).all()
    wide = picture(720)
    assert torch.equal(MarkScaled()(Eye(most=400), wide)[:, :3], wide)


def test_of_a_large_picture_goes_what_is_a_mark_at_its_half_too():
    image = picture(60, 100, size=(1280, 1300))
    output = MarkScaled()(Eye(), image)
    assert torch.equal(output[0, :3, :, :200], image[0, :, :, :200])
    assert (output[0, 3, :, :200] == 0).all()
    second = output[0, :, 60:140, 320:400]
    assert (second[3] > 0.99).all()
    assert (second[:3] - PAPER).abs().max() < 0.02
    smaller = MarkScaled()(Eye(), picture(60, 100, size=(1279, 1300)))
    assert (smaller[0, :3, 60:100, 60:100] == PAPER).all()


def test_what_a_large_picture_and_its_half_take_both_is_their_mean():
    def dye(image):
        mask = Eye()(image)[:, 3:]
        colour = torch.full_like(image, 0.9 if image.shape[-2] > 700 else 0.6)
        return torch.cat([torch.lerp(image, colour, mask), mask], 1)

    output = MarkScaled()(dye, picture(100, size=(1280, 1300)))
    inside = output[0, :3, 70:130, 70:130]
    torch.testing.assert_close(inside, torch.full_like(inside, 0.75), atol=1e-3, rtol=0)


def test_each_counts_in_the_mean_as_far_as_both_are_sure():
    def dye(image):
        own = image.shape[-2] > 700
        mask = Eye()(image)[:, 3:] * (0.95 if own else 0.96)
        return torch.cat([torch.full_like(image, 0.9 if own else 0.6), mask], 1)

    output = MarkScaled()(dye, picture(100, size=(1280, 1300)))
    inside = output[0, :3, 70:130, 70:130]
    expected = 0.9 - 0.3 * 0.95 * 0.96 / 2
    torch.testing.assert_close(inside, torch.full_like(inside, expected), atol=1e-3, rtol=0)


def test_the_rim_of_a_mark_goes_that_only_a_large_picture_shows():
    def broad(image):
        mask = Eye()(image)[:, 3:]
        if image.shape[-2] > 700:
            mask = torch.nn.functional.max_pool2d(mask, 13, 1, 6)
        return torch.cat([image, mask], 1)

    output = MarkScaled()(broad, picture(100, size=(1280, 1300)))
    assert (output[0, 3, 44:50, 60:140] > 0.99).all()


def test_a_large_picture_that_its_half_shows_alone_is_that():
    large = picture(240, size=(1300, 1400))
    output = MarkScaled()(Eye(), large)
    assert (output[0, 0, 60:280, 60:280] - PAPER).abs().max() < 0.02
    assert torch.equal(output[0, :3, 400:], large[0, :, 400:])


def test_a_change_is_carried_along_edges():
    page = torch.rand(1, 3, 20, 30, generator=torch.manual_seed(0))
    slope, offset = along_edges(0.5 * page - 0.2, page)
    torch.testing.assert_close(slope, torch.full_like(page, 0.5), atol=0.01, rtol=0)
    torch.testing.assert_close(offset, torch.full_like(page, -0.2), atol=0.01, rtol=0)
    for plane in along_edges(torch.zeros_like(page), page):
        assert (plane == 0).all()
    large = picture(240)
    large[..., 61::2, 61::2] -= (large[..., 61::2, 61::2] == MARK) * 0.2
    output = MarkScaled()(Eye(), large)
    rim = output[0, 0, 49:51, 100:200]  # the last row of paper, the first of the mark
    assert (rim - PAPER).abs().max() < 0.05, "the mark's edge was left"


def test_what_comes_back_is_a_picture():
    def whiten(image):
        mask = Eye()(image)[:, 3:]
        return torch.cat([torch.lerp(image, torch.ones_like(image), mask), mask], 1)

    large = picture(240)
    large[..., 61:280:2, 61:280:2] = MARK + 0.1
    output = MarkScaled()(whiten, large)
    assert output.max() == 1
    assert output.min() >= 0


def test_shares_are_of_the_whole_picture():
    probability = np.zeros((100, 200), np.float32)
    probability[:50, :29] = 1  # 1450 px
    assert seen_share(probability) == 0
    probability[60:65, :10] = 0.95
    assert seen_share(probability) == 0, "a part of 50 px was counted"
    probability[60:70, :10] = 0.95
    assert seen_share(probability) == 1550 / 20000
    probability[60:70, :10] = 0.91
    assert seen_share(probability) == 0, "a part was believed that is not sure enough"
    probability[:52, :29] = 1  # 1508 px
    assert seen_share(probability) == (1508 + 100) / 20000
    probability[:, 50:141] = 1
    assert seen_share(probability) == 0, "a mark that covers half the picture was believed"


def test_small_pictures_are_taken_as_they_are():
    eye = Eye()
    MarkScaled()(eye, picture(size=(382, 700)))
    assert eye.sizes == [(382, 700)]
    MarkScaled()(eye, picture(size=(383, 700)))
    assert eye.sizes[1:] == [(192, 350), (383, 700)]


@pytest.mark.parametrize("size", [(800, 1200), (1300, 1400)])
@pytest.mark.parametrize("side", [100, 240, 0])
def test_streamed_pictures_are_those_of_the_chain(side, size):
    image = picture(side, size=size) if side else picture(size=size)
    chain = [MarkScaled(), Tiled(tile=512, margin=64)]

    def read(rows, columns):
        return image.index_select(-2, rows).index_select(-1, columns)

    bands = list(stream(chain, Eye(), read, size))
    assert torch.equal(torch.cat([band for _, band in bands], -2), Chain(inferencers=chain)(Eye(), image))
    assert [first for first, _ in bands] == list(np.cumsum([0] + [band.shape[-2] for _, band in bands]))[:-1]
    if not side:
        assert len(bands) > 1, "a picture without a mark was held whole"


def test_pictures_of_a_batch_are_taken_each_at_its_size():
    images = torch.cat([picture(240), picture(100)])
    output = MarkScaled()(Eye(), images)
    assert (output[0, 0, 60:280, 60:280] > 0.7).all()
    assert torch.equal(output[1:], MarkScaled()(Eye(), images[1:]))


def test_other_tiles_stay_inside():
    config = {"type": "Chain", "inferencers": [{"type": "MarkScaled"}, {"type": "MaskComposite"}]}
    kinds = [item["type"] for item in edit_inferencer(config, tile=512)["inferencers"]]
    assert kinds == ["MarkScaled", "Tiled", "MaskComposite"]


def test_a_network_without_a_mask_is_refused():
    with pytest.raises(ValueError, match="MarkScaled needs the mask"):
        MarkScaled()(lambda image: image, picture())
