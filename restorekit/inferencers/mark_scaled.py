"""Pictures at the size at which the network sees their mark."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from restorekit.inferencers.functional import Read, mask_of, reader
from restorekit.inferencers.mask_composite import MaskComposite
from restorekit.inferencers.morphology import component_means
from restorekit.inferencers.resizing import Bands, gathered, resized_page, row_groups, size_of, stretched
from restorekit.inferencers.streaming import predict_around
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

SMALLEST = 192
"""px, the shorter side under which a picture is not halved further."""
LARGE = 1280
"""px, the shorter side from which on a picture's own size counts only where half of it shows a mark as well:
there networks meet larger letters and wider lines than in their training, and take some of them for marks.
The half of smaller ones does not show small marks."""
NEARBY = MaskComposite(low=0.3, high=0.7, grow=4)
"""Where, at the half, a mark is close enough."""
ENOUGH = 1 / 3
"""The share of what any smaller size shows of a mark that a picture's own size must show to be taken."""
NEARLY = 0.9
"""The share of what any shows that the smaller size taken else must show; the largest such is taken."""
SURE = 0.9
"""The probability from which on a pixel counts as seen."""
LIKELY = 0.5
"""The probability from which on pixels hang together in a part."""
BELIEF = 0.92
"""The mean probability from which on a part is believed at a smaller size; what is taken for a mark there
and is none mostly has 0.75 to 0.91."""
LEAST_PART, LEAST = 100, 1500
"""px of a part that is believed at a smaller size, and of all that must be for it to count: what is little
there is seen at larger ones too."""
MOST = 0.45
"""The share of a picture over which at a smaller size nothing is a mark."""
REACH, EVEN = 2, 1e-4
"""px around each of which a change is a line in what is seen, and the variance under which that is even."""


@INFERENCERS.register_module()
class MarkScaled:
    """Predict a picture at its size, half of it, a quarter and so on, and take the size that shows the mark.

    A network knows marks of the sizes that it was trained on. The same mark on a picture three times as
    large has strokes three times as wide, and is not seen at all. So the picture is looked at in all sizes,
    and where its own shows far less of a mark than a smaller one, that is taken. A smaller size counts only
    where it is sure, and what it changes is brought back to the picture's size along the picture's own edges
    (fast guided filter; He and Sun, 2015, arXiv 1505.00996) and added; elsewhere the picture stays bit for
    bit. On a large picture the network takes letters and figures for marks, other ones at each size, so what
    its own size takes stays where half of it shows nothing, and what both take is the mean of the two. It
    comes first in a chain, before tiles; the smaller sizes take a third of the time of its own.
    """

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives at the size that suits each."""
        return predict_around(self.around, predict, image)

    def around(self, bands: Bands, read: Read, size: tuple[int, int]) -> Iterator[tuple[int, Tensor]]:
        """The same from top to bottom, around what streams; where a smaller size shows a mark it is held."""
        smaller = []
        page_read, page_size = read, size
        while (min(page_size) + 1) // 2 >= SMALLEST:
            page = resized_page(page_read, page_size, 0.5)
            page_read, page_size = reader(page), size_of(page)
            output = gathered(bands(page_read, page_size), page_size[0])
            seen = seen_share(mask_of(output, self)[0, 0].float().cpu().numpy())
            smaller.append((seen, _Smaller(page.to(output.device), output)))
        own = bands(read, size)
        if min(size) >= LARGE:
            own = _agreed(own, smaller[0][1], read, size)
        most = max((seen for seen, _ in smaller), default=0.0)
        if most == 0:
            yield from own
            return
        full = gathered(own, size[0])
        share = float((mask_of(full, self) > SURE).float().mean())
        if share >= ENOUGH * most:
            yield 0, full
            return
        taken = next(page for seen, page in smaller if seen >= NEARLY * most)
        columns = torch.arange(size[1])
        for first, rows in row_groups(size[0]):
            yield first, taken.brought_back(read(rows, columns).to(full.device), rows, size)


class _Smaller:
    """A smaller page, ``(1, 3, h, w)``, and what is predicted for it, to be brought back to the picture."""

    def __init__(self, page: Tensor, output: Tensor) -> None:
        change = output[:, :3] - page
        self.slope, self.offset = along_edges(change, page)
        self.changed = (change != 0).any(1, keepdim=True).float()
        self.mask = output[:, 3:]

    def brought_back(self, part: Tensor, rows: Tensor, size: tuple[int, int]) -> Tensor:
        """A ``part`` of the picture, some ``rows``, changed as the smaller page is, and the mask."""
        change = stretched(self.slope, rows, size) * part + stretched(self.offset, rows, size)
        change = change * (stretched(self.changed, rows, size) > 0)
        return torch.cat([(part + change).clamp(0, 1), stretched(self.mask, rows, size)], 1)


def _agreed(
    own: Iterator[tuple[int, Tensor]], half: _Smaller, read: Read, size: tuple[int, int]
) -> Iterator[tuple[int, Tensor]]:
    """The rows of a picture as its ``own`` size and its half agree on them."""
    columns = torch.arange(size[1])
    near = NEARBY.share(half.mask)
    for top, band in own:
        for first, rows in row_groups(band.shape[-2]):
            output, rows = band[..., first : first + len(rows), :], top + rows
            image = read(rows, columns).to(output.device)
            other = half.brought_back(image, rows, size)
            mean = torch.lerp(output[:, :3], other[:, :3], output[:, 3:] * other[:, 3:] / 2)
            share = stretched(near, rows, size)
            yield top + first, torch.cat([torch.lerp(image, mean, share), output[:, 3:] * share], 1)


def along_edges(change: Tensor, page: Tensor) -> tuple[Tensor, Tensor]:
    """A change as ``slope * page + offset``, which holds at a larger size too, where edges are sharper.

    Args:
        change: ``(N, 3, H, W)``, what to add to ``page``.
        page: ``(N, 3, H, W)`` in [0, 1].

    Returns:
        Slope and offset, ``(N, 3, H, W)`` each; zero where nothing near changes.
    """

    def mean(plane: Tensor) -> Tensor:
        return F.avg_pool2d(plane, 2 * REACH + 1, 1, REACH, count_include_pad=False)

    mean_page, mean_change = mean(page), mean(change)
    variance = mean(page**2) - mean_page**2
    slope = (mean(page * change) - mean_page * mean_change) / (variance.clamp(min=0) + EVEN)
    return mean(slope), mean(mean_change - slope * mean_page)


def seen_share(probability: np.ndarray) -> float:
    """The share of a picture that is surely a mark; 0 where too little of it is believed, or too much likely.

    Args:
        probability: float32 ``(H, W)`` in [0, 1].
    """
    likely = probability > LIKELY
    if likely.mean() > MOST:
        return 0.0
    _, stats, mean = component_means(likely, probability)
    area = stats[:, cv2.CC_STAT_AREA]
    believed = (area >= LEAST_PART) & (mean >= BELIEF)
    return float((probability > SURE).mean()) if area[believed].sum() >= LEAST else 0.0
