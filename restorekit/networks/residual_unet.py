"""The toolbox's default network: an ink mask, and where it says ink, a gain and an offset for each pixel.

Networks that redraw the page from a bottleneck spend most of their training on print that was right
already. This one starts as the identity (its last layers are zero) and learns only what to change. Ink
multiplies a page and a watermark is blended into it, so what undoes either is affine in each pixel; and
since the mask multiplies that, gain and offset need be right under ink alone. Plain residual blocks without
normalisation follow EDSR (Lim et al., CVPRW 2017, section 3.1).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from restorekit.networks.blocks import check_size
from restorekit.registry import NETWORKS
from restorekit.types import Restoration


class PlainResidualBlock(nn.Module):
    """Input + conv(ReLU(conv(input))); the second convolution starts at zero, so the block at identity."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)

    def forward(self, features: Tensor) -> Tensor:
        """``(N, C, H, W)`` to the same shape."""
        return features + self.conv2(torch.relu(self.conv1(features)))


@NETWORKS.register_module()
class ResidualUNet(nn.Module):
    """U-Net of plain residual blocks: ``image + mask * (gain * image + offset)``, and the mask (3.2 M).

    With ``patch`` 2 the first level works on 2x2 pixels folded into channels (Shi et al., CVPR 2016, section
    2.2, reversed), which loses nothing and spares the convolutions at full size, the dearest of a U-Net.

    Args:
        widths: channels of the first level, the second and so on; each level halves the size.
        blocks: residual blocks a level, in the encoder and again in the decoder.
        patch: side of the square of pixels that the first level takes as one.

    Raises:
        ValueError: fewer than two ``widths``, or a number below 1.
    """

    bounded_receptive_field = True

    def __init__(
        self, *, widths: Sequence[int] = (32, 64, 128, 192), blocks: int = 2, patch: int = 2
    ) -> None:
        super().__init__()
        if len(widths) < 2 or min(*widths, blocks, patch) < 1:
            raise ValueError(
                f"widths must name at least two positive numbers, blocks and patch be at least 1;"
                f" got widths={tuple(widths)}, blocks={blocks}, patch={patch}"
            )
        self.size_divisor = patch * 2 ** (len(widths) - 1)
        self.fold, self.unfold = nn.PixelUnshuffle(patch), nn.PixelShuffle(patch)
        pairs = list(zip(widths, widths[1:], strict=False))
        self.stem = nn.Conv2d(3 * patch**2, widths[0], 3, padding=1)
        self.encoder = nn.ModuleList(self._blocks(w, blocks) for w in widths)
        self.downs = nn.ModuleList(nn.Conv2d(fine, deep, 2, 2) for fine, deep in pairs)
        self.ups = nn.ModuleList(nn.ConvTranspose2d(deep, fine, 2, 2) for fine, deep in pairs)
        self.decoder = nn.ModuleList(self._blocks(w, blocks) for w in widths[:-1])
        self.gain = nn.Conv2d(widths[0], 3 * patch**2, 3, padding=1)
        self.offset = nn.Conv2d(widths[0], 3 * patch**2, 3, padding=1)
        self.mask = nn.Conv2d(widths[0], patch**2, 3, padding=1)
        for head in (self.gain, self.offset, self.mask):
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)

    @staticmethod
    def _blocks(width: int, count: int) -> nn.Sequential:
        return nn.Sequential(*(PlainResidualBlock(width) for _ in range(count)))

    def forward(self, image: Tensor) -> Restoration:
        """``(N, 3, H, W)`` in [0, 1] to the restored page and its mask."""
        check_size(image, self.size_divisor)
        return self.restore(image, [])

    def restore(self, image: Tensor, guides: Sequence[Tensor | None]) -> Restoration:
        """The same, with ``guides``, each of its level's shape, added to what the first levels take in."""
        features = self.stem(self.fold(image))
        skips = []
        for index, level in enumerate(self.encoder):
            guide = guides[index] if index < len(guides) else None
            features = level(features if guide is None else features + guide)
            if index < len(self.downs):
                skips.append(features)
                features = self.downs[index](features)
        for level, up, skip in zip(reversed(self.decoder), reversed(self.ups), reversed(skips), strict=True):
            features = level(up(features) + skip)
        gain, offset, mask = (self.unfold(head(features)) for head in (self.gain, self.offset, self.mask))
        return Restoration(image + torch.sigmoid(mask) * (gain * image + offset), mask)


def grown_state(small: ResidualUNet, large: ResidualUNet) -> dict[str, Tensor]:
    """The state with which ``large`` computes what ``small`` does, what is more being idle at first.

    New channels start from chance and nothing that was there listens to them yet, new blocks start at
    identity, and what comes up from a new level is multiplied by zero. Training soon lets them in. The idea
    is Net2Net's (Chen et al., ICLR 2016), which copies channels instead.

    Raises:
        ValueError: ``large`` lacks something of ``small``, or its first level takes other squares of pixels.
    """
    old = small.state_dict()
    state = {key: value.clone() for key, value in large.state_dict().items()}
    if small.fold.downscale_factor != large.fold.downscale_factor or not all(
        key in state and all(a <= b for a, b in zip(value.shape, state[key].shape, strict=True))
        for key, value in old.items()
    ):
        raise ValueError(
            "the larger network must have all levels, channels and blocks of the smaller one, and its patch"
        )
    for key, value in old.items():
        kept = tuple(map(slice, value.shape))
        if value.ndim > 1:
            taken = 0 if key.startswith("ups.") else 1  # transposed convolutions name their inputs first
            listening = [slice(None)] * value.ndim
            listening[1 - taken], listening[taken] = kept[1 - taken], slice(value.shape[taken], None)
            state[key][tuple(listening)] = 0
        state[key][kept] = value
    if len(large.ups) > len(small.ups):
        for name in ("weight", "bias"):
            state[f"ups.{len(small.ups)}.{name}"].zero_()
    return state
