"""The bare paper of a page around each pixel."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from restorekit.inferencers.morphology import maximum_filter
from restorekit.inferencers.resizing import stretched

CELL = 8
"""Paper is measured in squares of so many px, and averaged over five by five of them."""
FINE = 4
"""Where paper is even, in squares of so many px."""
EVEN = 0.02
"""What is close is even where it spreads by less than this, a standard deviation."""
LEAST_TINT = 0.35
"""The share of five by five of those that a tinted field covers; a bar beside wide ink covers less."""
BARE = 0.1
"""Ink is less probable than this on paper, and paper no more than this share darker than paper is around."""
LEAST_PAPER = 0.05
"""The share of those five by five squares that must be paper."""
RIM = 3
"""px around ink that are not taken for paper: its soft edge."""
FAINTEST = 32 / 255
"""What is darker than paper by less counts as darker by this, so that soft edges are filled too."""

LEVELS, NEAR = 64, 3
"""Of so many levels, those so near to the most frequent one of the brighter half are paper's."""
PHOTOGRAPH, PAGE = 0.35, 0.55
"""The share with the level of paper under which a picture is no page, and over which it is one: of 96
photographs 93 have less than the former, of 40 documents 34 more than the latter."""


def paper_around(page: Tensor, probability: Tensor) -> tuple[Tensor, Tensor]:
    """The paper within some 20 px of each pixel, or within 10 where that is even and nearer to the pixel.

    The latter is the tint of a field that is too low for the former.

    Args:
        page: ``(N, 3, H, W)`` in [0, 1].
        probability: of ink, ``(N, 1, H, W)``.

    Returns:
        Its colour, ``(N, 3, H, W)``, and where there is enough of it to tell, bool ``(N, 1, H, W)``.
    """
    level = page.mean(1, keepdim=True)
    clear = maximum_filter(probability, RIM) < BARE
    count = torch.ones_like(level)
    close = _around(torch.cat([page, count, level**2], 1) * clear, FINE)
    share = close[:, 3:4].clamp(min=1e-6)
    spread = close[:, 4:] / share - (close[:, :3].mean(1, keepdim=True) / share) ** 2
    even = (spread < EVEN**2) & (share > LEAST_TINT)
    tint, tinted = _shares(close[:, :4] * even, FINE, level)
    far = _around(torch.cat([page, count], 1) * (clear & (level > (1 - BARE) * paper_level(level))), CELL)
    paper, found = _shares(far, CELL, level)
    off, off_tint = ((colour.mean(1, keepdim=True) - level).abs() for colour in (paper, tint))
    return torch.where(tinted & ((off_tint <= off) | ~found), tint, paper), tinted | found


def _shares(sums: Tensor, cell: int, page: Tensor) -> tuple[Tensor, Tensor]:
    """The colour of each pixel of a page from sums and counts in squares, and where enough was counted."""
    sums = _upsampled(sums, cell)[..., : page.shape[-2], : page.shape[-1]]
    return sums[:, :3] / sums[:, 3:].clamp(min=1e-6), sums[:, 3:] > LEAST_PAPER


def _around(planes: Tensor, cell: int) -> Tensor:
    """The means over five by five squares about each."""
    return F.avg_pool2d(squares(planes, cell), 5, 1, 2)


def paper_level(level: Tensor) -> Tensor:
    """How bright paper is around each pixel: the brightest median, of seven by seven squares, near it.

    Args:
        level: brightness of a page, ``(N, 1, H, W)``.

    Returns:
        The brightness of its paper, ``(N, 1, H, W)``.
    """
    return _upsampled(usual_level(squares(level, CELL)), CELL)[..., : level.shape[-2], : level.shape[-1]]


def paper_rows(paper: Tensor, rows: Tensor, width: int) -> Tensor:
    """Some rows of the paper of a page, ``(C, rows, width)``.

    Args:
        paper: the page's in squares of ``CELL`` px, ``(1, C, h, w)``.
        rows: which.
        width: px of the page.
    """
    size = (CELL * paper.shape[-2], CELL * paper.shape[-1])
    return stretched(paper, rows, size)[0, :, :, :width]


def usual_level(cells: Tensor) -> Tensor:
    """``paper_level`` in squares of ``CELL`` px, from the brightness of each; both ``(N, 1, h, w)``."""
    windows = F.unfold(F.pad(cells, (3, 3, 3, 3), "replicate"), 7)
    return maximum_filter(windows.median(1).values.view(cells.shape), 1)


def squares(planes: Tensor, cell: int) -> Tensor:
    """The means of squares of ``cell`` px, ``(N, C, H, W)`` to ``(N, C, h, w)``; the edge is repeated."""
    height, width = planes.shape[-2:]
    return F.avg_pool2d(F.pad(planes, (0, -width % cell, 0, -height % cell), "replicate"), cell)


def _upsampled(cells: Tensor, cell: int) -> Tensor:
    return F.interpolate(cells, scale_factor=cell, mode="bilinear", align_corners=False)


def page_likeness(image: Tensor) -> Tensor:
    """How surely each picture is a page: 0 for photographs, 1 for documents, float32 ``(N, 1, 1, 1)``.

    By the share that has the level of its paper.

    Args:
        image: ``(N, 3, H, W)`` in [0, 1]; the darkest channel counts.
    """
    levels = (image.amin(1).clamp(0, 1) * (LEVELS - 1)).round().long().flatten(1)
    counts = torch.zeros(len(levels), LEVELS, device=image.device)
    counts = counts.scatter_add(1, levels, torch.ones_like(levels, dtype=torch.float32)) / levels.shape[1]
    paper = counts[:, LEVELS // 2 :].argmax(1) + LEVELS // 2
    near = (torch.arange(LEVELS, device=image.device) - paper[:, None]).abs() <= NEAR
    share = (counts * near).sum(1)
    return ((share - PHOTOGRAPH) / (PAGE - PHOTOGRAPH)).clamp(0, 1).view(-1, 1, 1, 1)
