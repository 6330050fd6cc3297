"""PERT: the same small network run several times, each time closer, and the page kept outside the mask.

Wang et al., "What is the Real Need for Scene Text Removal? Exploring the Background Integrity and
Erasure Exhaustivity Properties", IEEE TIP 2023. The mask head follows SFNet (Li et al., "Semantic Flow
for Fast and Accurate Scene Parsing", ECCV 2020).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from restorekit.networks.blocks import ResidualBlock, check_size, conv_lrelu
from restorekit.networks.erase_net import CoarseDecoder, Features
from restorekit.registry import NETWORKS
from restorekit.types import Restoration

POOLED_SIDES = (1, 2, 3, 6)


def _resize(features: Tensor, size: torch.Size) -> Tensor:
    return F.interpolate(features, size=size, mode="bilinear", align_corners=True)


def _conv_norm(inputs: int, outputs: int, kernel: int, *, bias: bool, relu: bool = True) -> nn.Sequential:
    layers = [nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=bias), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, *([nn.ReLU()] if relu else []))


def _lateral(channels: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels, 2 * channels, 3, padding=1), nn.Conv2d(2 * channels, channels, 1)
    )


class PyramidPooling(nn.Module):
    """The deepest map, and its averages over 1, 4, 9 and 36 fields, to one map (Zhao et al., CVPR 2017)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.stages = nn.ModuleList(
            _conv_norm(inputs, outputs, 1, bias=False, relu=False) for _ in POOLED_SIDES
        )
        self.bottleneck = nn.Sequential(
            _conv_norm(inputs + len(POOLED_SIDES) * outputs, outputs, 1, bias=False), nn.Dropout2d(0.1)
        )

    def forward(self, features: Tensor) -> Tensor:
        """``(N, inputs, H, W)`` to ``(N, outputs, H, W)``."""
        size = features.shape[-2:]
        pooled = [
            _resize(stage(F.adaptive_avg_pool2d(features, side)), size)
            for stage, side in zip(self.stages, POOLED_SIDES, strict=True)
        ]
        return self.bottleneck(torch.cat([*pooled, features], 1))


class FlowAlignment(nn.Module):
    """Samples a deep map where a flow, predicted from it and a finer one, says that it lies."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.deep = nn.Conv2d(width, width // 2, 1, bias=False)
        self.fine = nn.Conv2d(width, width // 2, 1, bias=False)
        self.flow = nn.Conv2d(2 * (width // 2), 2, 3, padding=1, bias=False)

    def forward(self, fine: Tensor, deep: Tensor) -> Tensor:
        """``fine (N, C, H, W)`` and ``deep (N, C, h, w)`` to ``deep`` at ``(N, C, H, W)``."""
        height, width = fine.shape[-2:]
        flow = self.flow(torch.cat([_resize(self.deep(deep), fine.shape[-2:]), self.fine(fine)], 1))
        options = {"device": flow.device, "dtype": torch.float32}
        rows, columns = (torch.linspace(-1, 1, side, **options) for side in (height, width))
        grid = torch.stack(torch.meshgrid(columns, rows, indexing="xy"), -1)
        # the flow is in pixels of the fine map; grid_sample's corners lie outside its linspace by half a
        # pixel, and the authors' weights were trained with that shift
        offset = flow.float().permute(0, 2, 3, 1) / torch.tensor([width, height], **options)
        return F.grid_sample(deep.float(), grid + offset, align_corners=False).to(deep.dtype)


class MaskHead(nn.Module):
    """The encoder's maps at 1/4, 1/8, 1/16 and 1/32 to logits of "this pixel is ink" at 1/4."""

    def __init__(self, inputs: tuple[int, int, int, int], width: int, channels: int) -> None:
        super().__init__()
        self.pooling = PyramidPooling(inputs[-1], width)
        self.reduce = nn.ModuleList(_conv_norm(i, width, 1, bias=True) for i in inputs[:-1])
        self.align = nn.ModuleList(FlowAlignment(width) for _ in inputs[:-1])
        self.smooth = nn.ModuleList(_conv_norm(width, width, 3, bias=False) for _ in inputs[:-1])
        self.fuse = _conv_norm(len(inputs) * width, width, 3, bias=False)
        self.head = nn.Conv2d(width, channels, 1)

    def forward(self, maps: tuple[Tensor, Tensor, Tensor, Tensor]) -> Tensor:
        """Logits ``(N, channels, H/4, W/4)`` for maps of an image ``(N, 3, H, W)``."""
        deep = self.pooling(maps[-1])
        levels = [deep]
        for features, reduce, align, smooth in zip(
            maps[-2::-1], self.reduce[::-1], self.align[::-1], self.smooth[::-1], strict=True
        ):
            fine = reduce(features)
            deep = fine + align(fine, deep)
            levels.append(smooth(deep))
        size = levels[-1].shape[-2:]
        return self.head(self.fuse(torch.cat([_resize(level, size) for level in levels[::-1]], 1)))


class Step(NamedTuple):
    """One pass: the page and, before sigmoid and resizing, its mask; then the heads at 1/4 and 1/2."""

    image: Tensor
    mask: Tensor
    quarter_mask: Tensor
    quarter: Tensor
    half: Tensor


@NETWORKS.register_module()
class PERT(nn.Module):
    """Progressive erasure with shared weights (14.01 M parameters at width 32).

    Each pass sees the page and the last pass's result, predicts a soft mask, and keeps the *original* page
    outside it. It pools over the whole page, so tiles change its result (``bounded_receptive_field`` is
    False), and its batch norms want at least two pages a batch in training.

    Args:
        width: channels at half size; the paper's is 32. The mask head has four times as many.
        iterations: passes over the page.
        spectral_norm: normalise the convolutions as the paper does; ``fold_spectral_norm`` removes it.
        mask_channels: channels of the mask; the authors' weights have three.

    Raises:
        ValueError: no iteration.
    """

    size_divisor = 32
    bounded_receptive_field = False

    def __init__(
        self, *, width: int = 32, iterations: int = 3, spectral_norm: bool = True, mask_channels: int = 1
    ) -> None:
        super().__init__()
        if iterations < 1:
            raise ValueError(f"iterations must be at least 1; got {iterations}")
        self.iterations = iterations
        w, sn = width, spectral_norm
        self.to_half = nn.Sequential(nn.Conv2d(6, w, 4, 2, 1), nn.ReLU())
        self.to_quarter = conv_lrelu(w, 2 * w, 4, 2, spectral_norm=sn)
        self.deepen = ResidualBlock(2 * w, 2 * w)
        self.to_eighth = ResidualBlock(2 * w, 4 * w, downsample=True)
        self.to_sixteenth = ResidualBlock(4 * w, 8 * w, downsample=True)
        self.to_thirty_second = nn.Sequential(
            ResidualBlock(8 * w, 8 * w), ResidualBlock(8 * w, 16 * w, downsample=True)
        )
        self.to_bottom = nn.Sequential(
            ResidualBlock(16 * w, 16 * w), conv_lrelu(16 * w, 16 * w, 1, spectral_norm=sn)
        )
        self.decoder = CoarseDecoder(w, spectral_norm=sn, lateral=_lateral)
        self.mask = MaskHead((2 * w, 4 * w, 8 * w, 16 * w), 4 * w, mask_channels)

    def step(self, image: Tensor, previous: Tensor) -> Step:
        """One pass over ``image (N, 3, H, W)``, given the last pass's result."""
        half = self.to_half(torch.cat([image, previous], 1))
        early = self.to_quarter(half)
        quarter = self.deepen(early)
        eighth = self.to_eighth(quarter)
        sixteenth = self.to_sixteenth(eighth)
        deepest = self.to_thirty_second(sixteenth)
        quarter_mask = torch.sigmoid(self.mask((early, eighth, sixteenth, deepest)).float())
        mask = _resize(quarter_mask, image.shape[-2:])
        features = Features(half, quarter, eighth, sixteenth, sixteenth, self.to_bottom(deepest))
        quarter_page, half_page, page = self.decoder(features)
        return Step(mask * page + (1 - mask) * image, mask, quarter_mask, quarter_page, half_page)

    def forward(self, image: Tensor) -> Restoration:
        """``(N, 3, H, W)`` in [0, 1], sides multiples of 32, to the restored page.

        The last pass has ``coarse`` pages at a quarter and at half size; the earlier ones stand in
        ``iterations``.

        Raises:
            ValueError: another shape, or one page alone in training.
        """
        check_size(image, self.size_divisor)
        if self.training and len(image) < 2:
            raise ValueError(
                "PERT pools a page to one field, whose batch norm in training wants two pages or more: set"
                " train_dataloader.batch_size to 2 at least; where that takes too much memory, smaller crops"
            )
        previous, steps = image, []
        for _ in range(self.iterations):
            steps.append(self.step(image, previous))
            previous = steps[-1].image
        *earlier, last = steps
        half_mask = F.interpolate(last.quarter_mask, scale_factor=2, mode="nearest")
        coarse = []
        for page, mask in ((last.quarter, last.quarter_mask), (last.half, half_mask)):
            small = F.interpolate(image, size=page.shape[-2:], mode="nearest")
            coarse.append(mask * page + (1 - mask) * small)
        passes = tuple(Restoration(step.image, self._logits(step.mask)) for step in earlier)
        return Restoration(last.image, self._logits(last.mask), tuple(coarse), passes)

    @staticmethod
    def _logits(mask: Tensor) -> Tensor:
        # the mask is resized as a probability; its logits are what a Restoration holds
        return torch.logit(mask.mean(1, keepdim=True), eps=1e-6)
