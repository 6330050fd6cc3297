import copy

import pytest
import torch

from restorekit.networks import ResidualUNet, TextGuidedUNet
from restorekit.networks.residual_unet import grown_state


def test_starts_as_the_identity_with_an_undecided_mask() -> None:
    image = torch.rand(2, 3, 16, 24)
    output = ResidualUNet(widths=(4, 8, 8))(image)
    assert torch.equal(output.image, image)
    assert torch.equal(output.mask_logits, torch.zeros(2, 1, 16, 24))


def test_gain_and_offset_count_where_the_mask_says_ink():
    network = ResidualUNet(widths=(4, 8, 8))
    torch.nn.init.constant_(network.gain.bias, -1.0)  # nothing of the page is left
    torch.nn.init.constant_(network.offset.bias, 0.75)
    image = torch.rand(1, 3, 16, 24)
    for logit, expected in (
        (100.0, torch.full_like(image, 0.75)),
        (-100.0, image),
        (0.0, (image + 0.75) / 2),
    ):
        torch.nn.init.constant_(network.mask.bias, logit)
        torch.testing.assert_close(network(image).image, expected)


def test_sizes_of_the_default_and_of_the_form_at_full_size() -> None:
    default, full = ResidualUNet(), ResidualUNet(widths=(24, 48, 96, 192), patch=1)
    assert (default.size_divisor, full.size_divisor) == (16, 8)
    assert sum(p.numel() for p in default.parameters()) == 3_168_668
    assert sum(p.numel() for p in full.parameters()) == 2_396_359


@pytest.mark.parametrize("wrong", [{"widths": (8,)}, {"widths": (8, 0)}, {"blocks": 0}, {"patch": 0}])
def test_wrong_widths_and_blocks_are_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match="widths must name at least two"):
        ResidualUNet(**wrong)


def lively(network):
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return network


@pytest.mark.parametrize(
    ("larger", "new"),
    [
        ({"widths": (4, 8, 8)}, "ups.1.weight"),
        ({"widths": (4, 8, 8, 8)}, "ups.1.weight"),
        ({"widths": (6, 8)}, "gain.weight"),
        ({"widths": (8, 12), "blocks": 1}, "encoder.1.0.conv1.weight"),
        ({"widths": (4, 8), "blocks": 3}, "encoder.0.2.conv2.weight"),
        ({"widths": (6, 12, 8), "blocks": 2}, "mask.weight"),
    ],
)
def test_a_grown_network_does_as_before_and_what_is_new_learns(larger, new):
    small = lively(ResidualUNet(widths=(4, 8), blocks=1))
    large = ResidualUNet(**{"blocks": 1, **larger})
    before = copy.deepcopy(large.state_dict())
    state = grown_state(small, large)
    assert all(torch.equal(value, before[key]) for key, value in large.state_dict().items())
    large.load_state_dict(state)
    image = torch.rand(1, 3, 32, 48)
    output = large(image)
    torch.testing.assert_close(output.image, small(image).image, atol=1e-6, rtol=0)
    torch.testing.assert_close(output.mask_logits, small(image).mask_logits, atol=1e-6, rtol=0)
    (output.image.square().mean() + output.mask_logits.square().mean()).backward()
    before = dict(small.named_parameters()).get(new)
    idle = 0 if before is None else before.shape[1]  # new weights, or the inputs that are new
    assert dict(large.named_parameters())[new].grad[:, idle:].abs().sum() > 0


def test_a_guided_network_grows_too():
    small = lively(TextGuidedUNet(widths=(4, 4, 8, 8), blocks=1, patch=2)).eval()
    large = TextGuidedUNet(widths=(6, 4, 12, 8, 8), blocks=2, patch=2).eval()
    large.load_state_dict(grown_state(small, large))
    image = torch.rand(1, 3, 64, 64)
    torch.testing.assert_close(large(image).image, small(image).image, atol=1e-5, rtol=0)


@pytest.mark.parametrize("other", [{"widths": (4, 4)}, {"widths": (8, 8), "patch": 4}, {"blocks": 1}])
def test_nothing_may_be_lost_by_growing(other):
    small = ResidualUNet(widths=(4, 8), blocks=2)
    with pytest.raises(ValueError, match="must have all levels, channels and blocks"):
        grown_state(small, ResidualUNet(**{"widths": (8, 8), **other}))
