"""EraseNet's discriminator: the whole page, and its text alone, judged together."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from restorekit.networks.blocks import check_size, conv_lrelu


class PatchDiscriminator(nn.Module):
    """Two equal stacks of spectrally normalised convolutions and a plain one over both (7.62 M).

    Liu et al., "EraseNet: End-to-End Text Removal in the Wild", IEEE TIP 2020. It is no
    restoration network, so the registry does not list it; the adversarial model builds it.

    Args:
        width: channels after the first convolution; the paper's is 64.
    """

    size_divisor = 64

    def __init__(self, *, width: int = 64) -> None:
        super().__init__()
        widths = (3, width, 2 * width, 4 * width, 4 * width, 4 * width, 4 * width)

        def stack() -> nn.Sequential:
            pairs = zip(widths, widths[1:], strict=False)
            return nn.Sequential(*(conv_lrelu(i, o, 4, 2) for i, o in pairs))

        self.whole, self.text = stack(), stack()
        self.head = nn.Conv2d(8 * width, 1, 4)

    def forward(self, image: Tensor, mask: Tensor) -> Tensor:
        """Score of ``image (N, 3, H, W)`` in [0, 1], sides multiples of 64 and at least 256.

        Args:
            image: real or restored pages.
            mask: ``(N, 1, H, W)``, 1 = ink; the second stack sees the page through it.

        Returns:
            ``(N, 1, H/64 - 3, W/64 - 3)`` in (0, 1), float32; 1 is real.

        Raises:
            ValueError: another shape.
        """
        check_size(image, self.size_divisor)
        if min(image.shape[-2:]) < 4 * self.size_divisor:
            raise ValueError(
                f"the discriminator takes crops of at least 256x256; got"
                f" {image.shape[-2]}x{image.shape[-1]}: train with a larger crop"
            )
        features = torch.cat([self.whole(image), self.text(image * mask)], 1)
        # in bfloat16 it would be 1, and without a gradient, where the page is surely real
        return torch.sigmoid(self.head(features).float())
