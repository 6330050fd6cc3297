"""What a small network sees to in a mark that was taken off by its blend: rims, and whom to believe where.

A blend's opacity and colour hold for a whole mark (``uniform_mark.py``). Which share of a pixel the mark
covers at its rim, where compression has moved what the blend starts from, and where the network that restored
the picture did better is told by the few pixels around alone, and so a network of some 30 px learns it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from restorekit.inferencers.blending import Blend
from restorekit.inferencers.functional import predict_bands, predict_padded
from restorekit.inferencers.morphology import maximum_filter

WEIGHTS = Path(__file__).parents[1] / "weights" / "uniform_mark" / "model.safetensors"
SEEN, REACH = 0.15, 3
"""Probability from which on a pixel may bear the mark, and px around such pixels that may be changed."""
STEEP, FINE = 4.0, 0.1
"""What the heads for the cover's logit and for the colours are multiplied by: layers learn at one rate."""
LEAST_COVER = 0.02
TILE, MARGIN = 512, 32
"""px. It looks 30 px around a pixel."""
PLANES = 11
NO_BLEND = Blend(0.0, np.zeros(3, np.float32))
"""Of marks that have none: what this leaves is the picture itself."""


class _Residual(nn.Sequential):
    def forward(self, features: Tensor) -> Tensor:
        return features + super().forward(features)


def _block(width: int) -> _Residual:
    return _Residual(nn.Conv2d(width, width, 3, padding=1), nn.ReLU(), nn.Conv2d(width, width, 3, padding=1))


class BlendRefiner(nn.Module):
    """A U-Net of two levels on 2x2 pixels folded into channels (0.29 M): a settled picture to a better one.

    It gives each pixel another cover of the mark, shares of what the blend then leaves and of what was
    restored before, and a little colour. Its last layer starts at zero, and it then changes nothing.

    Args:
        widths: channels of both levels.
    """

    multiple = 4

    def __init__(self, *, widths: tuple[int, int] = (48, 64)) -> None:
        super().__init__()
        fine, deep = widths
        self.fold, self.unfold = nn.PixelUnshuffle(2), nn.PixelShuffle(2)
        self.stem = nn.Conv2d(4 * (PLANES + 2), fine, 3, padding=1)
        self.encoder = _block(fine)
        self.down = nn.Conv2d(fine, deep, 2, 2)
        self.middle = nn.Sequential(_block(deep), _block(deep))
        self.up = nn.ConvTranspose2d(deep, fine, 2, 2)
        self.decoder = _block(fine)
        self.head = nn.Conv2d(fine, 4 * 6, 3, padding=1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, planes: Tensor, opacity: Tensor, colour: Tensor) -> Tensor:
        """The picture, ``(N, 3, H, W)``, not clamped.

        Args:
            planes: ``(N, 11, H, W)`` in [0, 1], sides multiples of 4: the picture with the mark (3), as a
                network restored it (3), as the blend put that right (3), the probability of a mark, and its
                cover.
            opacity: ``(N, 1, 1, 1)``, the blend's.
            colour: ``(N, 3, 1, 1)`` in [0, 1], the blend's.
        """
        image, restored, settled, seen, cover = planes.split((3, 3, 3, 1, 1), 1)
        contrast = (colour - restored).abs().mean(1, keepdim=True)
        known = torch.cat([planes, opacity.expand_as(seen), contrast], 1)
        features = self.encoder(self.stem(self.fold(known - 0.5)))
        features = features + self.up(self.middle(self.down(features)))
        steeper, undo, undo_nothing, colours = self.unfold(self.head(self.decoder(features))).split(
            (1, 1, 1, 3), 1
        )
        covered = torch.special.logit(cover.clamp(LEAST_COVER, 1 - LEAST_COVER)) + STEEP * steeper
        share = opacity * torch.sigmoid(covered)
        undone = ((image - share * colour) / (1 - share)).clamp(0, 1)
        change = undo * (undone - settled) + undo_nothing * (restored - settled) + FINE * colours
        return settled + maximum_filter((seen > SEEN).to(seen), REACH) * change


@cache
def load_refiner(device: torch.device) -> BlendRefiner:
    """The one that ships, on a device."""
    refiner = BlendRefiner()
    refiner.load_state_dict(load_file(WEIGHTS))
    return refiner.float().eval().requires_grad_(False).to(device)


@torch.no_grad()
def refine(
    refiner: BlendRefiner, pictures: tuple[np.ndarray, ...], blend: Blend
) -> Iterator[tuple[int, np.ndarray]]:
    """What a refiner makes of a picture, by tiles: those without a mark stay as they are.

    Args:
        refiner: see ``BlendRefiner``.
        pictures: float32 ``(H, W, 3)`` or ``(H, W)`` in [0, 1], in the order of ``BlendRefiner``'s planes.
        blend: the mark's.

    Yields:
        The first row and the finished rows from there on, float32 ``(rows, W, 3)`` in [0, 1].
    """
    weight = refiner.head.weight
    opacity = torch.full((1, 1, 1, 1), blend.opacity).to(weight)
    colour = torch.from_numpy(blend.colour).view(1, 3, 1, 1).to(weight)

    def read(rows: Tensor, columns: Tensor) -> Tensor:
        place = np.ix_(rows.numpy(), columns.numpy())
        planes = np.dstack([picture[place] for picture in pictures])
        return torch.from_numpy(planes).permute(2, 0, 1)[None]

    def predict(planes: Tensor) -> Tensor:
        if not (planes[:, 9] > SEEN).any():
            return planes[:, 6:9]
        refined = predict_padded(
            lambda padded: refiner(padded, opacity, colour),
            planes.to(weight),
            multiple=refiner.multiple,
            mode="replicate",
        )
        return refined.clamp(0, 1)

    height, width = pictures[0].shape[:2]
    for first, band in predict_bands(predict, read, (height, width), tile=TILE, margin=MARGIN, extend="none"):
        yield first, band[0].permute(1, 2, 0).numpy()
