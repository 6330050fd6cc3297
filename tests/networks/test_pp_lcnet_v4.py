import pytest
import torch

from restorekit.networks.pp_lcnet_v4 import (
    MEAN,
    PYRAMID_WIDTH,
    WIDTHS,
    LargeKernelPyramid,
    LCNetBlock,
    PPLCNetV4,
    SqueezeExcite,
)


@pytest.mark.parametrize(
    ("slope", "residual", "expected"), [(1 / 6, False, 1.75), (0.2, False, 1.8), (0.2, True, 4.8)]
)
def test_channels_are_weighed_by_their_means(slope, residual, expected):
    excite = SqueezeExcite(4, slope=slope, residual=residual)
    for parameter in excite.parameters():
        torch.nn.init.zeros_(parameter)
    torch.nn.init.ones_(excite.squeeze.weight)
    torch.nn.init.constant_(excite.excite.weight, 1 / 16)
    # the four means sum to 8, so that the hard sigmoid is of 1/2: 1/2 + slope / 2
    features = torch.tensor([1.0, 3.0]).view(1, 1, 1, 2).expand(1, 4, 1, 2)
    assert excite(features)[0, 0, 0, 1].item() == pytest.approx(expected)
    torch.nn.init.constant_(excite.excite.weight, -10.0)
    assert excite(features)[0, 0, 0, 1].item() == (3.0 if residual else 0.0)


def test_a_block_passes_its_mixture_on_only_where_sizes_allow():
    for stride, expected in ((1, 1.0), (2, 0.0)):
        block = LCNetBlock(2, 2, hidden=4, stride=stride)
        torch.nn.init.zeros_(block.project.weight)
        torch.nn.init.zeros_(block.project.bias)
        torch.nn.init.zeros_(block.mix.weight)
        torch.nn.init.ones_(block.mix.bias)
        output = block(torch.rand(1, 2, 8, 8))
        assert output.shape[-1] == 8 // stride and torch.all(output == expected)


def test_features_at_four_sizes_and_all_of_them_at_the_finest():
    backbone, neck = PPLCNetV4(), LargeKernelPyramid()
    levels = backbone(torch.rand(2, 3, 64, 96))
    assert [level.shape for level in levels] == [
        (2, width, 64 // side, 96 // side) for width, side in zip(WIDTHS, (4, 8, 16, 32), strict=True)
    ]
    assert neck(levels).shape == (2, PYRAMID_WIDTH, 16, 24)


def test_colours_are_taken_as_blue_green_red_less_their_means():
    backbone = PPLCNetV4()
    seen = []
    backbone.stem1.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    backbone(torch.tensor(MEAN[::-1]).view(1, 3, 1, 1).expand(1, 3, 32, 32))
    torch.testing.assert_close(seen[0], torch.zeros(1, 3, 32, 32))
    backbone(torch.tensor([1.0, 0.0, 0.0]).view(1, 3, 1, 1).expand(1, 3, 32, 32))
    assert seen[1][0, :, 0, 0].tolist() == pytest.approx([-0.485 / 0.229, -0.456 / 0.224, 0.594 / 0.225])


def test_what_a_deep_level_says_reaches_the_finer_ones_but_not_the_other_way():
    torch.manual_seed(0)
    neck = LargeKernelPyramid().eval()
    levels = [
        torch.rand(1, width, 32 // side, 32 // side) for width, side in zip(WIDTHS, (1, 2, 4, 8), strict=True)
    ]
    before = neck(levels).split(PYRAMID_WIDTH // 4, 1)  # the deepest first
    for changed, moved in ((3, [True] * 4), (0, [False, False, False, True])):
        other = [level + (index == changed) for index, level in enumerate(levels)]
        after = neck(other).split(PYRAMID_WIDTH // 4, 1)
        assert [not torch.equal(a, b) for a, b in zip(before, after, strict=True)] == moved


def test_sizes_and_places_are_those_of_the_file():
    backbone, neck = PPLCNetV4(), LargeKernelPyramid()
    assert sum(p.numel() for p in backbone.parameters()) == 2_312_448
    assert sum(p.numel() for p in neck.parameters()) == 117_720
    weighing = [[isinstance(block.excite, SqueezeExcite) for block in stage] for stage in backbone.stages]
    assert weighing == [
        [True, False],
        [False, True, False],
        [False, True, False, True, False],
        [False, True, False],
    ]
