"""EraseNet's generator: a coarse page and an ink mask, then a refinement of the coarse page.

Liu et al., "EraseNet: End-to-End Text Removal in the Wild", IEEE TIP 2020, section III. The first-place
contest entry trains this generator alone (its model one) and with a Non-Local refinement in place of the
dilated one (its model two, ``NonLocalEraseNet``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm as normalise

from restorekit.networks.blocks import ResidualBlock, check_size, conv_lrelu, deconv_lrelu, lateral
from restorekit.networks.nonlocal_refiner import Attention, NonLocalRefiner
from restorekit.registry import NETWORKS
from restorekit.types import Restoration


class Features(NamedTuple):
    """The encoder's maps, named by their size as a share of the image's."""

    half: Tensor
    quarter: Tensor
    eighth: Tensor
    sixteenth: Tensor
    deep_sixteenth: Tensor
    bottom: Tensor


class Encoder(nn.Module):
    """Image to ``Features``; widths are ``width`` times 1, 2, 4, 8, 8, 16."""

    def __init__(self, width: int, *, spectral_norm: bool) -> None:
        super().__init__()
        w, sn = width, spectral_norm
        self.to_half = nn.Sequential(
            conv_lrelu(3, w, 4, 2, spectral_norm=sn), conv_lrelu(w, w, 3, spectral_norm=sn)
        )
        self.to_quarter = nn.Sequential(
            conv_lrelu(w, 2 * w, 4, 2, spectral_norm=sn), ResidualBlock(2 * w, 2 * w)
        )
        self.to_eighth = nn.Sequential(
            ResidualBlock(2 * w, 2 * w), ResidualBlock(2 * w, 4 * w, downsample=True)
        )
        self.to_sixteenth = nn.Sequential(
            ResidualBlock(4 * w, 4 * w), ResidualBlock(4 * w, 8 * w, downsample=True)
        )
        self.deepen = ResidualBlock(8 * w, 8 * w)
        self.to_bottom = nn.Sequential(
            ResidualBlock(8 * w, 16 * w, downsample=True),
            ResidualBlock(16 * w, 16 * w),
            conv_lrelu(16 * w, 16 * w, 1, spectral_norm=sn),
        )

    def forward(self, image: Tensor) -> Features:
        """``(N, 3, H, W)``, sides multiples of 32, to its feature maps."""
        half = self.to_half(image)
        quarter = self.to_quarter(half)
        eighth = self.to_eighth(quarter)
        sixteenth = self.to_sixteenth(eighth)
        deep = self.deepen(sixteenth)
        return Features(half, quarter, eighth, sixteenth, deep, self.to_bottom(deep))


class CoarseDecoder(nn.Module):
    """``Features`` to the coarse page at a quarter, half and full size."""

    def __init__(
        self, width: int, *, spectral_norm: bool, lateral: Callable[[int], nn.Module] = lateral
    ) -> None:
        super().__init__()
        w, sn = width, spectral_norm
        self.laterals = nn.ModuleList([lateral(8 * w), lateral(4 * w), lateral(2 * w), lateral(w)])
        self.ups = nn.ModuleList(
            deconv_lrelu(i, o, spectral_norm=sn)
            for i, o in [(16 * w, 8 * w), (16 * w, 4 * w), (8 * w, 2 * w), (4 * w, w), (2 * w, 3)]
        )
        self.quarter_head = nn.Conv2d(2 * w, 3, 1)
        self.half_head = nn.Conv2d(w, 3, 1)

    def forward(self, features: Features) -> tuple[Tensor, Tensor, Tensor]:
        """The coarse page ``(N, 3, h, w)`` at a quarter, half and full size."""
        skips = (features.sixteenth, features.eighth, features.quarter, features.half)
        decoded = [self.ups[0](features.bottom)]
        for up, side, skip in zip(self.ups[1:], self.laterals, skips, strict=True):
            decoded.append(up(torch.cat([side(skip), decoded[-1]], 1)))
        return self.quarter_head(decoded[2]), self.half_head(decoded[3]), decoded[4]


class MaskBranch(nn.Module):
    """``Features`` to logits of "this pixel is ink"."""

    def __init__(self, width: int, channels: int, *, spectral_norm: bool) -> None:
        super().__init__()
        w, sn = width, spectral_norm
        self.ups = nn.ModuleList(
            deconv_lrelu(i, o, spectral_norm=sn)
            for i, o in [(16 * w, 8 * w), (8 * w, 4 * w), (4 * w, 2 * w), (2 * w, w)]
        )
        self.convs = nn.ModuleList(
            conv_lrelu(i, o, 3, spectral_norm=sn) for i, o in [(8 * w, 4 * w), (4 * w, 2 * w), (2 * w, w)]
        )
        self.head = nn.Conv2d(w, channels, 1)

    def forward(self, features: Features) -> Tensor:
        """Logits ``(N, channels, H, W)``."""
        decoded = features.deep_sixteenth
        skips = (features.sixteenth, features.eighth, features.quarter)
        for up, conv, skip in zip(self.ups, self.convs, skips, strict=False):
            decoded = conv(up(torch.cat([decoded, skip], 1)))
        return self.head(self.ups[3](torch.cat([decoded, features.half], 1)))


class DilatedRefiner(nn.Module):
    """EraseNet's second stage: dilated convolutions on the coarse page, with the encoder's skips."""

    def __init__(self, width: int, *, spectral_norm: bool) -> None:
        super().__init__()
        w, sn = width, spectral_norm
        self.to_half = nn.Sequential(
            conv_lrelu(3, w, 5, spectral_norm=sn),
            conv_lrelu(w, 2 * w, 4, 2, spectral_norm=sn),
            conv_lrelu(2 * w, 2 * w, 3, spectral_norm=sn),
        )
        self.to_quarter = nn.Sequential(
            conv_lrelu(2 * w, 4 * w, 4, 2, spectral_norm=sn),
            *(conv_lrelu(4 * w, 4 * w, 3, spectral_norm=sn) for _ in range(2)),
        )
        self.context = nn.Sequential(
            *(conv_lrelu(4 * w, 4 * w, 3, dilation=d, spectral_norm=sn) for d in (2, 4, 8, 16, 1, 1))
        )
        self.quarter_skip = nn.Conv2d(2 * w, 4 * w, 1)
        self.half_skip = nn.Conv2d(w, 2 * w, 1)
        self.up_half = nn.Sequential(
            deconv_lrelu(12 * w, 2 * w, spectral_norm=sn), conv_lrelu(2 * w, 2 * w, 3, spectral_norm=sn)
        )
        self.up_full = nn.Sequential(
            deconv_lrelu(6 * w, w, spectral_norm=sn), conv_lrelu(w, w // 2, 3, spectral_norm=sn)
        )
        head = nn.Conv2d(w // 2, 3, 3, 1, 1)
        self.head = normalise(head) if sn else head

    def forward(self, coarse: Tensor, features: Features) -> Tensor:
        """The coarse page ``(N, 3, H, W)`` to the refined one, unclamped."""
        half = self.to_half(coarse)
        quarter = self.to_quarter(half)
        up = self.up_half(torch.cat([self.context(quarter), quarter, self.quarter_skip(features.quarter)], 1))
        return self.head(self.up_full(torch.cat([up, half, self.half_skip(features.half)], 1)))


class _CoarseToFine(nn.Module):
    """What both generators share; ``refine`` is theirs."""

    size_divisor = 32

    def __init__(self, width: int, mask_channels: int, *, spectral_norm: bool) -> None:
        super().__init__()
        if width < 2 or width % 2:
            raise ValueError(f"width must be an even number of at least 2; got {width}")
        self.encoder = Encoder(width, spectral_norm=spectral_norm)
        self.coarse = CoarseDecoder(width, spectral_norm=spectral_norm)
        self.mask = MaskBranch(width, mask_channels, spectral_norm=spectral_norm)

    def refine(self, coarse: Tensor, features: Features) -> Tensor:
        """The refined page, from the full-size coarse page and the encoder's maps."""
        raise NotImplementedError

    def forward(self, image: Tensor) -> Restoration:
        """``(N, 3, H, W)`` in [0, 1] to the restored page, its mask, and the coarse pages (1/4, 1/2, 1)."""
        check_size(image, self.size_divisor)
        features = self.encoder(image)
        coarse = self.coarse(features)
        logits = self.mask(features).mean(1, keepdim=True)
        return Restoration(self.refine(coarse[-1], features), logits, coarse)


@NETWORKS.register_module()
class EraseNet(_CoarseToFine):
    """EraseNet's generator (19.74 M parameters, 145.5 GFLOP at 512x512 with width 32).

    Args:
        width: channels at half size; the paper's is 32.
        spectral_norm: normalise the convolutions as the paper does; ``fold_spectral_norm`` removes it
            after training. Off, the network is plain and faster to train.
        mask_channels: channels of the mask branch. The authors' weights have three equal ones; their mean
            is the mask.
    """

    bounded_receptive_field = True

    def __init__(self, *, width: int = 32, spectral_norm: bool = True, mask_channels: int = 1) -> None:
        super().__init__(width, mask_channels, spectral_norm=spectral_norm)
        self.refiner = DilatedRefiner(width, spectral_norm=spectral_norm)

    def refine(self, coarse: Tensor, features: Features) -> Tensor:
        """See ``DilatedRefiner``."""
        return self.refiner(coarse, features)


@NETWORKS.register_module()
class NonLocalEraseNet(_CoarseToFine):
    """EraseNet with a Non-Local refinement: the contest entry's model two (22.7 M at refiner width 96).

    Its attention sees the whole input, so tiles change its result, and its work grows with the square of
    the pixels: it wants tiles (``bounded_receptive_field`` is False).

    Args:
        width: channels at half size of the coarse stage.
        refiner_width: channels of the refinement; the entry's is 96.
        attention: ``'contest'`` for the form that the entry's weights need, ``'textbook'`` for the usual
            one; see ``NonLocalBlock``.
        spectral_norm: as in ``EraseNet``; the refinement has none.
        mask_channels: as in ``EraseNet``.
    """

    bounded_receptive_field = False

    def __init__(
        self,
        *,
        width: int = 32,
        refiner_width: int = 96,
        attention: Attention = "contest",
        spectral_norm: bool = True,
        mask_channels: int = 1,
    ) -> None:
        super().__init__(width, mask_channels, spectral_norm=spectral_norm)
        if attention == "contest":
            # its tokens pair the pixels of a map at 1/32: one side must hold an even number of them
            self.size_divisor = 64
        self.refiner = NonLocalRefiner(
            refiner_width, skip_widths=(2 * width, 4 * width, 8 * width), attention=attention
        )

    def refine(self, coarse: Tensor, features: Features) -> Tensor:
        """See ``NonLocalRefiner``."""
        return self.refiner(coarse, (features.quarter, features.eighth, features.sixteenth))
