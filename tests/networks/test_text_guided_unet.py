import pytest
import torch

from restorekit.networks import ResidualUNet, TextGuidedUNet
from restorekit.networks.text_guided_unet import bounded


def networks(widths, patch=4):
    torch.manual_seed(0)
    plain = ResidualUNet(widths=widths, blocks=1, patch=patch)
    guided = TextGuidedUNet(widths=widths, blocks=1, patch=patch)
    for parameter in plain.parameters():
        torch.nn.init.normal_(parameter, std=0.05)
    guided.load_state_dict(guided.state_dict() | plain.state_dict())
    return plain, guided


@pytest.mark.parametrize("patch", [2, 4])
@pytest.mark.parametrize("widths", [(4, 4, 8, 8), (4, 4, 8, 8, 8)])
def test_restores_as_the_plain_network_until_it_is_trained_and_learns(widths, patch):
    plain, guided = networks(widths, patch)
    image = torch.rand(1, 3, 64, 64)
    output = guided(image)
    assert torch.equal(output.image, plain(image).image)
    assert torch.equal(output.mask_logits, plain(image).mask_logits)
    output.mask_logits.square().mean().backward()
    assert all(guide.weight.grad.abs().sum() > 0 for guide in guided.guides)


@pytest.mark.parametrize("patch", [2, 4])
@pytest.mark.parametrize("level", range(4))
def test_each_guide_moves_the_result(level, patch):
    plain, guided = networks((4, 4, 8, 8, 8), patch)
    torch.nn.init.constant_(guided.guides[level].bias, 0.5)
    image = torch.rand(1, 3, 64, 64)
    assert not torch.equal(guided(image).mask_logits, plain(image).mask_logits)


def test_sides_are_multiples_of_what_both_parts_need():
    assert TextGuidedUNet(widths=(4, 4, 8, 8), blocks=1).size_divisor == 32
    assert TextGuidedUNet(widths=(4, 4, 8, 8, 8), blocks=1).size_divisor == 64
    assert TextGuidedUNet(widths=(4, 4, 8, 8), blocks=1, patch=2).size_divisor == 32
    assert TextGuidedUNet(widths=(4, 4, 8, 8, 8), blocks=1, patch=2).size_divisor == 32


def test_guides_begin_at_four_pixels():
    assert [len(TextGuidedUNet(widths=(4, 5, 6, 7), blocks=1, patch=patch).guides) for patch in (4, 2)] == [
        4,
        3,
    ]
    assert TextGuidedUNet(widths=(4, 5, 6, 7), blocks=1, patch=2).guides[0].out_channels == 5


def test_guides_are_bounded_in_each_pixel_and_small_ones_stay():
    features = torch.tensor([[3.0, 3.0], [0.01, -0.01]]).T.view(1, 2, 1, 2)
    output = bounded(features)
    torch.testing.assert_close(output[0, :, 0, 0], torch.full((2,), 3 / 10**0.5))
    torch.testing.assert_close(output[0, :, 0, 1], features[0, :, 0, 1], rtol=1e-3, atol=0)
    assert bounded(1e6 * torch.rand(1, 8, 2, 2)).square().mean(1).max() <= 1.0001


def test_fewer_levels_than_the_detector_has_are_refused():
    with pytest.raises(ValueError, match="widths must name at least 4 levels"):
        TextGuidedUNet(widths=(4, 8, 8))
    with pytest.raises(ValueError, match="patch be 2 or 4"):
        TextGuidedUNet(widths=(4, 8, 8, 8), patch=8)


def test_what_guides_is_bounded_however_large_the_features_are():
    guided = TextGuidedUNet(widths=(4, 4, 8, 8), blocks=1)
    torch.nn.init.constant_(guided.backbone.stem5.bias, 1e3)
    seen = []
    for guide in guided.guides:
        guide.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    guided(torch.rand(1, 3, 32, 32))
    assert all(features.square().mean(1).max() <= 1.0001 for features in seen) and len(seen) == 4
