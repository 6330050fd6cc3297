import pytest
import torch
from torch import nn
from torch.nn.utils import parametrize

from restorekit.networks.blocks import (
    ResidualBlock,
    check_size,
    conv_lrelu,
    deconv_lrelu,
    fold_spectral_norm,
)


@pytest.mark.parametrize(
    ("layer", "side"),
    [
        (conv_lrelu(2, 3, 4, 2), 8),
        (conv_lrelu(2, 3, 3), 16),
        (conv_lrelu(2, 3, 5), 16),
        (conv_lrelu(2, 3, 1), 16),
        (conv_lrelu(2, 3, 3, dilation=4), 16),
        (deconv_lrelu(2, 3), 32),
    ],
)
def test_output_sizes(layer: nn.Module, side: int) -> None:
    assert layer(torch.zeros(1, 2, 16, 16)).shape == (1, 3, side, side)


@pytest.mark.parametrize("layer", [conv_lrelu(6, 4, 3), deconv_lrelu(6, 4)])
def test_the_normalised_weight_has_spectral_norm_one(layer: nn.Module) -> None:
    torch.manual_seed(0)
    with torch.no_grad():
        layer[0].parametrizations.weight.original.normal_()
        for _ in range(100):  # power iterations
            layer(torch.zeros(1, 6, 4, 4))
    fold_spectral_norm(layer)
    weight = layer[0].weight
    outputs_first = weight.transpose(0, 1) if isinstance(layer[0], nn.ConvTranspose2d) else weight
    norm = torch.linalg.matrix_norm(outputs_first.flatten(1), 2)
    assert norm.item() == pytest.approx(1, abs=1e-4)
    assert not parametrize.is_parametrized(layer[0])


def test_residual_block_by_hand() -> None:
    block = ResidualBlock(1, 1).eval()
    with torch.no_grad():
        for conv in (block.conv1, block.conv2):
            conv.weight.zero_()
            conv.weight[0, 0, 1, 1] = 2
            conv.bias.fill_(-1)
        block.norm.running_mean.fill_(0.5)
        block.norm.eps = 0.0
    # 2x - 1, ReLU, again 2x - 1, plus x, minus the mean, ReLU
    features = torch.tensor([0.0, 1.0, 3.0]).reshape(1, 1, 1, 3)
    expected = torch.tensor([0.0, 1 + 1 - 0.5, 9 + 3 - 0.5]).reshape(1, 1, 1, 3)
    torch.testing.assert_close(block(features), expected)


def test_residual_block_halves_the_size_in_both_paths() -> None:
    assert ResidualBlock(2, 4, downsample=True)(torch.zeros(1, 2, 8, 12)).shape == (1, 4, 4, 6)


@pytest.mark.parametrize("shape", [(3, 32, 32), (1, 1, 32, 32), (1, 4, 32, 32)])
def test_other_than_rgb_batches_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"shape \(N, 3, H, W\); got"):
        check_size(torch.zeros(shape), 32)


@pytest.mark.parametrize(("height", "width"), [(32, 33), (16, 32), (0, 32)])
def test_sides_must_be_multiples(height: int, width: int) -> None:
    with pytest.raises(
        ValueError, match=f"{height}x{width}, .* multiples of 32: train on such crops.* wrap it in"
    ):
        check_size(torch.zeros(1, 3, height, width), 32)
