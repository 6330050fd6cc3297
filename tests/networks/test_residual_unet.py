import pytest
import torch

from restorekit.networks import ResidualUNet
from restorekit.networks.residual_unet import deepened_state


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


def test_a_level_more_computes_the_same_and_learns():
    torch.manual_seed(0)
    shallow, deep = ResidualUNet(widths=(4, 8)), ResidualUNet(widths=(4, 8, 8))
    for parameter in shallow.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    deep.load_state_dict(deepened_state(shallow, deep))
    image = torch.rand(1, 3, 16, 24)
    output = deep(image)
    assert torch.equal(output.image, shallow(image).image)
    output.image.square().mean().backward()
    assert deep.ups[1].weight.grad.abs().sum() > 0


def test_only_a_level_more_is_taken():
    for other in (
        ResidualUNet(widths=(4, 8)),
        ResidualUNet(widths=(8, 8, 8)),
        ResidualUNet(widths=(4, 8, 8, 8)),
    ):
        with pytest.raises(ValueError, match="one more level"):
            deepened_state(ResidualUNet(widths=(4, 8)), other)
