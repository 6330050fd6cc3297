"""NAFNet (Chen et al., "Simple Baselines for Image Restoration", ECCV 2022): a U-Net without activations.

Products of feature maps stand where other networks have an activation (section 3.3): half of the channels
times the other half, and channels times a weight that is linear in their means.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from restorekit.networks.blocks import check_size
from restorekit.registry import NETWORKS
from restorekit.types import Restoration


class LayerNorm2d(nn.Module):
    """Normalise the channels of each pixel by their own mean and variance."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, features: Tensor) -> Tensor:
        """``(N, C, H, W)`` to the same shape."""
        last = features.permute(0, 2, 3, 1)  # no copy in channels_last, which restorekit trains in
        normalised = F.layer_norm(last, self.weight.shape, self.weight, self.bias, eps=1e-6)
        return normalised.permute(0, 3, 1, 2)


def simple_gate(features: Tensor) -> Tensor:
    """The first half of the channels times the second: ``(N, 2C, H, W)`` to ``(N, C, H, W)``."""
    first, second = features.chunk(2, dim=1)
    return first * second


class NAFBlock(nn.Module):
    """The paper's block: a depthwise convolution with channel attention, then a pointwise one, both gated.

    Each half is added to its input times a weight a channel, ``beta`` and ``gamma``, which starts at zero: a
    new block passes its input on as it is.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm1 = LayerNorm2d(channels)
        self.expand1 = nn.Conv2d(channels, 2 * channels, 1)
        self.depthwise = nn.Conv2d(2 * channels, 2 * channels, 3, padding=1, groups=2 * channels)
        self.attention = nn.Conv2d(channels, channels, 1)
        self.project1 = nn.Conv2d(channels, channels, 1)
        self.beta = nn.Parameter(torch.zeros(1, channels, 1, 1))
        self.norm2 = LayerNorm2d(channels)
        self.expand2 = nn.Conv2d(channels, 2 * channels, 1)
        self.project2 = nn.Conv2d(channels, channels, 1)
        self.gamma = nn.Parameter(torch.zeros(1, channels, 1, 1))

    def forward(self, features: Tensor) -> Tensor:
        """``(N, C, H, W)`` to the same shape."""
        spatial = simple_gate(self.depthwise(self.expand1(self.norm1(features))))
        spatial = spatial * self.attention(F.adaptive_avg_pool2d(spatial, 1))
        features = features + self.beta * self.project1(spatial)
        pointwise = simple_gate(self.expand2(self.norm2(features)))
        return features + self.gamma * self.project2(pointwise)


def blocks(channels: int, count: int) -> nn.Sequential:
    """``count`` blocks in a row."""
    return nn.Sequential(*(NAFBlock(channels) for _ in range(count)))


@NETWORKS.register_module()
class NAFNet(nn.Module):
    """The page plus a correction from a U-Net of NAF blocks, and an ink mask beside it if asked.

    Channel attention weighs the channels by their means over *all* of what the network sees, so the result
    changes with the tile: ``bounded_receptive_field`` is False, and no margin makes tiles equal the whole
    page. Predict with tiles as large as the crops of the training, so that the means are taken over as
    much paper. The paper's authors later put local means in their place at test time (TLC: Chu et al.,
    "Improving Image Restoration by Revisiting Global Information Aggregation", ECCV 2022); that is left
    out here.

    The mask head is ours: one more convolution of the last features.

    Args:
        width: channels at full size; each level doubles them and halves the sides.
        encoder_blocks: blocks at each level on the way down. The defaults are the paper's for denoising
            (29.2 M parameters); ``(1, 1, 1, 28), 1, (1, 1, 1, 1)`` are those for deblurring (17.1 M).
        middle_blocks: blocks at the bottom.
        decoder_blocks: blocks at each level on the way up; as many levels as ``encoder_blocks``.
        predict_mask: give ``mask_logits`` too, as the losses on the mask need.

    Raises:
        ValueError: numbers that make no network.
    """

    bounded_receptive_field = False

    def __init__(
        self,
        *,
        width: int = 32,
        encoder_blocks: Sequence[int] = (2, 2, 4, 8),
        middle_blocks: int = 12,
        decoder_blocks: Sequence[int] = (2, 2, 2, 2),
        predict_mask: bool = True,
    ) -> None:
        super().__init__()
        if len(encoder_blocks) != len(decoder_blocks) or not encoder_blocks:
            raise ValueError(
                "encoder_blocks and decoder_blocks must name the same levels, one at least;"
                f" got {len(encoder_blocks)} and {len(decoder_blocks)}"
            )
        if width < 1 or min(*encoder_blocks, *decoder_blocks, middle_blocks) < 0:
            raise ValueError(
                "width must be at least 1 and no count of blocks negative; got"
                f" width={width}, encoder_blocks={tuple(encoder_blocks)}, middle_blocks={middle_blocks},"
                f" decoder_blocks={tuple(decoder_blocks)}"
            )
        self.size_divisor = 2 ** len(encoder_blocks)
        widths = [width * 2**level for level in range(len(encoder_blocks))]
        self.stem = nn.Conv2d(3, width, 3, padding=1)
        self.encoder = nn.ModuleList(blocks(w, n) for w, n in zip(widths, encoder_blocks, strict=True))
        self.downs = nn.ModuleList(nn.Conv2d(w, 2 * w, 2, 2) for w in widths)
        self.middle = blocks(2 * widths[-1], middle_blocks)
        self.ups = nn.ModuleList(
            nn.Sequential(nn.Conv2d(2 * w, 4 * w, 1, bias=False), nn.PixelShuffle(2))
            for w in reversed(widths)
        )
        self.decoder = nn.ModuleList(
            blocks(w, n) for w, n in zip(reversed(widths), decoder_blocks, strict=True)
        )
        self.correction = nn.Conv2d(width, 3, 3, padding=1)
        self.mask = nn.Conv2d(width, 1, 3, padding=1) if predict_mask else None

    def forward(self, image: Tensor) -> Restoration:
        """``(N, 3, H, W)`` in [0, 1] to the restored page and, with ``predict_mask``, its mask.

        Raises:
            ValueError: another shape, or sides that ``size_divisor`` does not divide.
        """
        check_size(image, self.size_divisor)
        features = self.stem(image)
        skips = []
        for level, down in zip(self.encoder, self.downs, strict=True):
            skips.append(level(features))
            features = down(skips[-1])
        features = self.middle(features)
        for up, level, skip in zip(self.ups, self.decoder, reversed(skips), strict=True):
            features = level(up(features) + skip)
        mask_logits = None if self.mask is None else self.mask(features)
        return Restoration(image + self.correction(features), mask_logits)
