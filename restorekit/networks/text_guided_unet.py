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
    """``ResidualUNet`` to whose levels of 4x4 pixels and more a text detector's features are added.

    Through 1x1 convolutions that start at zero, so that it computes what a ``ResidualUNet`` of the same
    weights does until it is trained (as in ControlNet, Zhang et al., ICCV 2023, section 3.1). The detector
    weighs its channels by means over the whole picture, so that tiles change the result a little
    (``bounded_receptive_field`` is False). ``tools/guide.py`` gives a network its detector.

    Args:
        widths: see ``ResidualUNet``; at least four.
        blocks: see ``ResidualUNet``.
        patch: 4, or 2, where the first level has no guide.

    Raises:
        ValueError: fewer than four ``widths``, or another ``patch``.
    """

    bounded_receptive_field = False

    def __init__(
        self, *, widths: Sequence[int] = (48, 64, 128, 192, 192), blocks: int = 2, patch: int = 4
    ) -> None:
        if len(widths) < len(WIDTHS) or patch not in (2, 4):
            raise ValueError(
                f"widths must name at least {len(WIDTHS)} levels, and patch be 2 or 4;"
                f" got widths={tuple(widths)}, patch={patch}"
            )
        super().__init__(widths=widths, blocks=blocks, patch=patch)
        self.size_divisor = max(self.size_divisor, 32)  # the detector's
        self.unguided = 1 if patch == 2 else 0
        self.backbone, self.neck = PPLCNetV4(), LargeKernelPyramid()
        inputs = (WIDTHS[0] + PYRAMID_WIDTH, *WIDTHS[1:])
        guided = widths[self.unguided :]
        self.guides = nn.ModuleList(nn.Conv2d(i, o, 1) for i, o in zip(inputs, guided, strict=False))
        for guide in self.guides:
            nn.init.zeros_(guide.weight)
            nn.init.zeros_(guide.bias)

    def forward(self, image: Tensor) -> Restoration:
        """``(N, 3, H, W)`` in [0, 1] to the restored page and its mask."""
        check_size(image, self.size_divisor)
        levels = self.backbone(image)
        levels[0] = torch.cat([levels[0], self.neck(levels)], 1)
        # three guides of the detector's four levels, where the U-Net ends before
        guides = [guide(bounded(level)) for guide, level in zip(self.guides, levels, strict=False)]
        return self.restore(image, [None] * self.unguided + guides)


def bounded(features: Tensor) -> Tensor:
    """Features with a root mean square under 1 in each pixel: small ones nearly as they were.

    The detector's grow to twenty on black ground, and networks without norms run away from there.
    """
    return features * torch.rsqrt(1 + features.square().mean(1, keepdim=True))
