"""The bare paper of a page around each pixel."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

CELL = 8
"""Paper is measured in squares of so many px, and averaged over five by five of them."""
BARE = 0.1
"""Ink is less probable than this on paper, and paper no more than this share darker than paper is around."""
LEAST_PAPER = 0.05
"""The share of those five by five squares that must be paper."""
RIM = 3
"""px around ink that are not taken for paper: its soft edge."""
FAINTEST = 32 / 255
"""What is darker than paper by less counts as darker by this, so that soft edges are filled too."""


def paper_around(page: Tensor, probability: Tensor) -> tuple[Tensor, Tensor]:
    """The paper within some 20 px of each pixel.

    Args:
        page: ``(N, 3, H, W)`` in [0, 1].
        probability: of ink, ``(N, 1, H, W)``.

    Returns:
        Its colour, ``(N, 3, H, W)``, and where there is enough of it to tell, bool ``(N, 1, H, W)``.
    """
    height, width = page.shape[-2:]
    level = page.mean(1, keepdim=True)
    near = F.max_pool2d(probability, 2 * RIM + 1, 1, RIM)
    bare = (near < BARE) & (level > (1 - BARE) * paper_level(level))
    cells = _cells(torch.cat([page, torch.ones_like(level)], 1) * bare)
    sums = _upsampled(F.avg_pool2d(cells, 5, 1, 2))[..., :height, :width]
    paper, share = sums[:, :3], sums[:, 3:]
    return paper / share.clamp(min=1e-6), share > LEAST_PAPER


def paper_level(level: Tensor) -> Tensor:
    """How bright paper is around each pixel: the brightest median, of seven by seven squares, near it.

    Args:
        level: brightness of a page, ``(N, 1, H, W)``.

    Returns:
        The same of its paper.
    """
    cells = _cells(level)
    windows = F.unfold(F.pad(cells, (3, 3, 3, 3), "replicate"), 7)
    usual = F.max_pool2d(windows.median(1).values.view(cells.shape), 3, 1, 1)
    return _upsampled(usual)[..., : level.shape[-2], : level.shape[-1]]


def _cells(planes: Tensor) -> Tensor:
    """The means of squares, the last ones of a row or column filled up by repeating."""
    height, width = planes.shape[-2:]
    return F.avg_pool2d(F.pad(planes, (0, -width % CELL, 0, -height % CELL), "replicate"), CELL)


def _upsampled(cells: Tensor) -> Tensor:
    return F.interpolate(cells, scale_factor=CELL, mode="bilinear", align_corners=False)
