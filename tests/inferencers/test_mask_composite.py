import pytest
import torch

from restorekit.inferencers import Chain, FlipAverage, MaskComposite, Tiled


def predict(image):
    """White everywhere; sure of ink in column 8, half sure in column 20."""
    mask = torch.zeros_like(image[:, :1])
    mask[..., 8], mask[..., 20] = 1.0, 0.3
    return torch.cat([torch.ones_like(image), mask], 1)


def test_ink_is_replaced_and_the_rest_stays_bit_for_bit():
    image = torch.rand(1, 3, 6, 32, generator=torch.Generator().manual_seed(0)) * 0.5
    output = MaskComposite(low=0.1, high=0.5, grow=2)(predict, image)
    assert torch.equal(output[:, 3:], predict(image)[:, 3:])
    assert (output[:, :3, :, 6:11] == 1).all()
    torch.testing.assert_close(output[:, :3, :, 18:23], (image[..., 18:23] + 1) / 2)
    kept = [*range(6), *range(11, 18), *range(23, 32)]
    assert torch.equal(output[:, :3, :, kept], image[..., kept])


def test_it_goes_between_tiles_and_flips():
    chain = Chain(inferencers=[Tiled(tile=16, margin=4), MaskComposite(), FlipAverage(directions="h")])
    image = torch.zeros(1, 3, 20, 20)
    output = chain(lambda part: torch.cat([part + 1, torch.ones_like(part[:, :1])], 1), image)
    assert (output[:, :3] == 1).all()


def test_without_a_mask_it_says_so():
    with pytest.raises(ValueError, match="predicts none"):
        MaskComposite()(lambda image: image, torch.zeros(1, 3, 4, 4))


@pytest.mark.parametrize("arguments", [dict(low=0.5), dict(low=-0.1), dict(high=1.1), dict(grow=-1)])
def test_bad_arguments_are_refused(arguments):
    with pytest.raises(ValueError, match="expected 0 <= low < high <= 1"):
        MaskComposite(**arguments)
