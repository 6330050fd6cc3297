"""Building blocks that the networks share.

Channels and layer order follow EraseNet (Liu et al., "EraseNet: End-to-End Text Removal in the Wild",
IEEE TIP 2020); the networks differ in how they put the blocks together.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize
from torch.nn.utils.parametrizations import spectral_norm as normalise

POWER_ITERATIONS = 200
"""Of the power method: enough for singular vectors that begin anywhere."""


def conv_lrelu(
    inputs: int, outputs: int, kernel: int, stride: int = 1, *, dilation: int = 1, spectral_norm: bool = True
) -> nn.Sequential:
    """Convolution, spectrally normalised if asked, and LeakyReLU 0.2; sizes are kept at stride 1."""
    padding = 1 if kernel == 4 else dilation * (kernel - 1) // 2
    conv = nn.Conv2d(inputs, outputs, kernel, stride, padding, dilation)
    return nn.Sequential(normalise(conv) if spectral_norm else conv, nn.LeakyReLU(0.2, inplace=True))


def deconv_lrelu(inputs: int, outputs: int, *, spectral_norm: bool = True) -> nn.Sequential:
    """Transposed 3x3 convolution that doubles height and width, and LeakyReLU 0.2."""
    conv = nn.ConvTranspose2d(inputs, outputs, 3, 2, 1, output_padding=1)
    return nn.Sequential(normalise(conv) if spectral_norm else conv, nn.LeakyReLU(0.2, inplace=True))


def lateral(channels: int) -> nn.Sequential:
    """EraseNet's lateral connection: four plain convolutions without activation between them."""
    return nn.Sequential(
        nn.Conv2d(channels, channels, 1),
        nn.Conv2d(channels, 2 * channels, 3, padding=1),
        nn.Conv2d(2 * channels, 2 * channels, 3, padding=1),
        nn.Conv2d(2 * channels, channels, 1),
    )


class ResidualBlock(nn.Module):
    """EraseNet's residual block: two 3x3 convolutions, then ReLU(BatchNorm(sum)).

    Args:
        inputs: input channels.
        outputs: output channels.
        downsample: halve height and width (the shortcut is then a 1x1 convolution of stride 2).
    """

    def __init__(self, inputs: int, outputs: int, *, downsample: bool = False) -> None:
        super().__init__()
        stride = 2 if downsample else 1
        self.conv1 = nn.Conv2d(inputs, inputs, 3, stride, 1)
        self.conv2 = nn.Conv2d(inputs, outputs, 3, 1, 1)
        self.shortcut = nn.Conv2d(inputs, outputs, 1, 2) if downsample else nn.Identity()
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, features: Tensor) -> Tensor:
        """``(N, inputs, H, W)`` to ``(N, outputs, H, W)``, or half the size where it downsamples."""
        residual = self.conv2(torch.relu(self.conv1(features)))
        return torch.relu(self.norm(residual + self.shortcut(features)))


def fold_spectral_norm(network: nn.Module) -> nn.Module:
    """Replace every spectrally normalised weight by its present value, in place.

    The network's results in evaluation mode stay the same; it no longer recomputes the norm at every call,
    and its weights are plain tensors that export and convert like any others.
    """
    network.eval()  # in training mode, reading a weight would advance its power iteration
    for module in network.modules():
        if parametrize.is_parametrized(module):
            for name in list(module.parametrizations):
                parametrize.remove_parametrizations(module, name, leave_parametrized=True)
    return network


def renew_spectral_norm(network: nn.Module, *, iterations: int = POWER_ITERATIONS) -> None:
    """Measure spectral norms anew, in place, after weights were set and not trained.

    In evaluation a norm is told by singular vectors that follow the weights step by step in training. Those
    of other weights, or the means of two, tell a smaller one, and the network computes something else.

    Args:
        network: changed in place.
        iterations: of the power method; one is enough where the weights moved by no more than a step.
    """
    was_training = network.training
    network.train()
    for module in network.modules():
        if parametrize.is_parametrized(module):
            for name in list(module.parametrizations) * iterations:
                getattr(module, name)  # in training mode, each reading is an iteration
    network.train(was_training)


def check_size(image: Tensor, size_divisor: int) -> None:
    """Raise a ValueError if ``image`` is not ``(N, 3, H, W)`` with sides that ``size_divisor`` divides."""
    if image.ndim != 4 or image.shape[1] != 3:
        raise ValueError(f"image must have shape (N, 3, H, W); got {tuple(image.shape)}")
    height, width = image.shape[-2:]
    if height % size_divisor or width % size_divisor or not height or not width:
        raise ValueError(
            f"image is {height}x{width}, but this network takes sides that are multiples of {size_divisor}:"
            " train on such crops; to predict, wrap it in restorekit.inferencers.predictor, which pads"
        )
