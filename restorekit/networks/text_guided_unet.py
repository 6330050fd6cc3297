"""The residual U-Net, led by the features of a text detector that others trained on a great many pictures."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from restorekit.networks.blocks import check_size
from restorekit.networks.pp_lcnet_v4 import PYRAMID_WIDTH, WIDTHS, LargeKernelPyramid, PPLCNetV4
from restorekit.networks.residual_unet import ResidualUNet
from restorekit.registry import NETWORKS
from restorekit.types import Restoration


@NETWORKS.register_module()
class TextGuidedUNet(ResidualUNet):
    """``ResidualUNet`` of 4x4 pixels, to whose first four levels a text detector's features are added.

    Through 1x1 convolutions that start at zero, so that it computes what a ``ResidualUNet`` of the same
    weights does until it is trained (as in ControlNet, Zhang et al., ICCV 2023, section 3.1). The detector
    weighs its channels by means over the whole picture, so that tiles change the result a little
    (``bounded_receptive_field`` is False). ``tools/guide.py`` gives a network its detector.

    Args:
        widths: see ``ResidualUNet``; at least four.
        blocks: see ``ResidualUNet``.
    """

    bounded_receptive_field = False

    def __init__(self, *, widths: Sequence[int] = (48, 64, 128, 192, 192), blocks: int = 2) -> None:
        if len(widths) < len(WIDTHS):
            # fewer would leave size_divisor under the detector's, 32
            raise ValueError(f"widths must name at least {len(WIDTHS)} levels; got {tuple(widths)}")
        super().__init__(widths=widths, blocks=blocks, patch=4)
        self.backbone, self.neck = PPLCNetV4(), LargeKernelPyramid()
        inputs = (WIDTHS[0] + PYRAMID_WIDTH, *WIDTHS[1:])
        self.guides = nn.ModuleList(nn.Conv2d(i, o, 1) for i, o in zip(inputs, widths, strict=False))
        for guide in self.guides:
            nn.init.zeros_(guide.weight)
            nn.init.zeros_(guide.bias)

    def forward(self, image: Tensor) -> Restoration:
        """``(N, 3, H, W)`` in [0, 1] to the restored page and its mask."""
        check_size(image, self.size_divisor)
        levels = self.backbone(image)
        levels[0] = torch.cat([levels[0], self.neck(levels)], 1)
        guides = [guide(bounded(level)) for guide, level in zip(self.guides, levels, strict=True)]
        return self.restore(image, guides)


def bounded(features: Tensor) -> Tensor:
    """Features with a root mean square under 1 in each pixel: small ones nearly as they were.

    The detector's grow to twenty on black ground, and networks without norms run away from there.
    """
    return features * torch.rsqrt(1 + features.square().mean(1, keepdim=True))
