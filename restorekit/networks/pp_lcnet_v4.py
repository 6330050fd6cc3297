"""The features of a text detector: PP-OCRv6's backbone, PP-LCNetV4, and its neck, as they are deployed.

Letters are what most watermarks are made of, and a detector that has learnt from many pictures tells them
from railings and leaves as no network trained on made marks alone does. Source: PP-OCRv6 (arXiv 2606.13108,
2026), of the size "small"; its weights are under Apache-2.0. Trained with several branches a layer, it is
deployed with those summed into one convolution each, without norms: that form is what stands here. Under the
head of its ONNX file, ``PPLCNetV4`` and ``LargeKernelPyramid`` give the same probabilities to within 1e-5.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

WIDTHS = (48, 96, 192, 384)
"""Channels at 1/4, 1/8, 1/16 and 1/32 of the image's sides."""
DEPTHS = (2, 2, 4, 2)
"""Blocks that keep their size, a stage; every second of them, from the first, weighs its channels."""
PYRAMID_WIDTH = 96
MEAN = (0.485, 0.456, 0.406)
DEVIATION = (0.229, 0.224, 0.225)
"""ImageNet's, which the detector applies to blue, green and red in that order."""


class SqueezeExcite(nn.Module):
    """Channels weighed by what the whole picture holds of each (Hu et al., CVPR 2018, section 3).

    Args:
        channels: in and out.
        slope: of the hard sigmoid, ``clip(slope * x + 0.5, 0, 1)``.
        residual: add the weighed channels to the input, as the neck does, instead of returning them.
    """

    def __init__(self, channels: int, *, slope: float = 1 / 6, residual: bool = False) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(channels, channels // 4, 1)
        self.excite = nn.Conv2d(channels // 4, channels, 1)
        self.slope, self.residual = slope, residual

    def forward(self, features: Tensor) -> Tensor:
        """``(N, C, H, W)`` to the same shape."""
        means = features.mean((2, 3), keepdim=True)
        weights = (self.excite(torch.relu(self.squeeze(means))) * self.slope + 0.5).clamp(0, 1)
        return features + features * weights if self.residual else features * weights


class LCNetBlock(nn.Module):
    """A depthwise 3x3 convolution, then two 1x1 ones with a GELU between and, at stride 1, an identity."""

    def __init__(
        self, inputs: int, outputs: int, *, hidden: int, stride: int = 1, excite: bool = False
    ) -> None:
        super().__init__()
        self.mix = nn.Conv2d(inputs, inputs, 3, stride, 1, groups=inputs)
        self.excite = SqueezeExcite(inputs) if excite else nn.Identity()
        self.expand, self.project = nn.Conv2d(inputs, hidden, 1), nn.Conv2d(hidden, outputs, 1)
        self.residual = stride == 1

    def forward(self, features: Tensor) -> Tensor:
        """``(N, inputs, H, W)`` to ``(N, outputs, H / stride, W / stride)``."""
        mixed = self.excite(self.mix(features))
        projected = self.project(F.gelu(self.expand(mixed)))
        return mixed + projected if self.residual else projected


def _stage(index: int) -> nn.Sequential:
    width = WIDTHS[index]
    blocks = [
        LCNetBlock(width, width, hidden=2 * width, excite=not number % 2) for number in range(DEPTHS[index])
    ]
    if index:
        blocks.insert(0, LCNetBlock(WIDTHS[index - 1], width, hidden=width, stride=2))
    return nn.Sequential(*blocks)


class PPLCNetV4(nn.Module):
    """PP-LCNetV4, small: RGB in [0, 1], sides multiples of 32, to features at four sizes (2.3 M)."""

    mean: Tensor
    deviation: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.stem1 = nn.Conv2d(3, 24, 3, 2, 1)
        self.stem2, self.stem3 = nn.Conv2d(24, 12, 2), nn.Conv2d(12, 24, 2)
        self.stem4, self.stem5 = nn.Conv2d(48, 24, 3, 2, 1), nn.Conv2d(24, 48, 1)
        self.stages = nn.ModuleList(_stage(index) for index in range(len(WIDTHS)))
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("deviation", torch.tensor(DEVIATION).view(1, 3, 1, 1), persistent=False)

    def forward(self, image: Tensor) -> list[Tensor]:
        """``(N, 3, H, W)`` to the features at 1/4, 1/8, 1/16 and 1/32."""
        half = torch.relu(self.stem1((image.flip(1) - self.mean) / self.deviation))
        half = F.pad(half, (0, 1, 0, 1))
        fine = torch.relu(self.stem2(half))
        fine = torch.relu(self.stem3(F.pad(fine, (0, 1, 0, 1))))
        features = torch.relu(self.stem4(torch.cat([F.max_pool2d(half, 2, 1), fine], 1)))
        features = torch.relu(self.stem5(features))
        levels = []
        for stage in self.stages:
            features = stage(features)
            levels.append(features)
        return levels


class LargeKernelPyramid(nn.Module):
    """RepLKFPN, PP-OCRv6's neck: what all levels say, at 1/4 of the image's sides (0.1 M)."""

    def __init__(self) -> None:
        super().__init__()
        width, quarter = PYRAMID_WIDTH, PYRAMID_WIDTH // 4
        self.laterals = nn.ModuleList(
            nn.Sequential(nn.Conv2d(w, width, 1, bias=False), SqueezeExcite(width, slope=0.2, residual=True))
            for w in reversed(WIDTHS)
        )
        self.outputs = nn.ModuleList(
            nn.Sequential(
                nn.Conv2d(width, width, 7, padding=3, groups=width),
                nn.Conv2d(width, quarter, 1, bias=False),
                SqueezeExcite(quarter, slope=0.2, residual=True),
            )
            for _ in WIDTHS
        )

    def forward(self, levels: list[Tensor]) -> Tensor:
        """The backbone's features to ``(N, PYRAMID_WIDTH, H / 4, W / 4)``, the deepest level's first."""
        deeper: Tensor | None = None
        said = []
        for index, level in enumerate(reversed(levels)):
            features = self.laterals[index](level)
            if deeper is not None:
                features = features + F.interpolate(deeper, scale_factor=2.0)
            deeper = features
            scale = float(2 ** (len(levels) - 1 - index))
            said.append(F.interpolate(self.outputs[index](features), scale_factor=scale))
        return torch.cat(said, 1)
