"""Pages at other sizes, read and brought back in rows, so that none need be held whole as floats."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from restorekit.inferencers.functional import Read

Bands = Callable[[Read, tuple[int, int]], Iterator[tuple[int, Tensor]]]
"""``bands(read, size)`` yields a page's finished rows from top to bottom, as ``predict_bands`` does."""

ROWS = 512  # px that are read or written at once


def row_groups(height: int) -> Iterator[tuple[int, Tensor]]:
    """The first row and the rows of each part of a page that is ``height`` px high."""
    for first in range(0, height, ROWS):
        yield first, torch.arange(first, min(first + ROWS, height))


def gathered(bands: Iterator[tuple[int, Tensor]], height: int) -> Tensor:
    """What is yielded from top to bottom of a page that is ``height`` px high, as one ``(N, C, H, W)``.

    It is laid down as it comes, so that no page is held twice, and whoever gathers it may change it in place.
    """
    _, whole = next(bands)
    if whole.shape[-2] < height:
        band, whole = whole, whole.new_empty(*whole.shape[:2], height, whole.shape[-1])
        whole[..., : band.shape[-2], :] = band
        for first, band in bands:
            whole[..., first : first + band.shape[-2], :] = band
    return whole


def page_levels(read: Read, size: tuple[int, int]) -> np.ndarray:
    """A page whole, uint8 RGB ``(H, W, 3)``: a quarter of the memory that floats take."""
    levels, columns = np.empty((*size, 3), np.uint8), torch.arange(size[1])
    for first, rows in row_groups(size[0]):
        own = (255 * read(rows, columns)[0].clamp(0, 1)).round().byte()
        levels[first : first + len(rows)] = own.permute(1, 2, 0).cpu().numpy()
    return levels


def size_of(image: Tensor) -> tuple[int, int]:
    """``(height, width)`` in px."""
    return image.shape[-2], image.shape[-1]


def resized_page(read: Read, size: tuple[int, int], factor: float) -> Tensor:
    """The page at ``factor`` times its size, with a filter as wide as that needs; first across, then down.

    Args:
        read: gives the pixels at some rows and columns.
        size: ``(height, width)`` of the page in px.
        factor: over 0.

    Returns:
        ``(N, 3, H, W)`` in [0, 1], at least 1x1.
    """
    height, width = (max(1, round(side * factor)) for side in size)
    columns = torch.arange(size[1])
    parts = [resized(read(rows, columns), (len(rows), width)) for _, rows in row_groups(size[0])]
    return resized(torch.cat(parts, -2), (height, width)).clamp(0, 1)


def resized(image: Tensor, size: tuple[int, int]) -> Tensor:
    """``(N, C, H, W)`` at ``size``, cubic, with a filter as wide as shrinking needs; it may leave [0, 1]."""
    return F.interpolate(image, size=size, mode="bicubic", align_corners=False, antialias=True)


def stretched(image: Tensor, rows: Tensor, size: tuple[int, int]) -> Tensor:
    """Some rows of an image that is brought to another size by linear interpolation.

    Args:
        image: float ``(N, C, h, w)``.
        rows: which rows of the result, int ``(rows,)``.
        size: ``(height, width)`` in px of the whole result.

    Returns:
        ``(N, C, rows, width)``, on the image's device.
    """
    there = image.shape[-2]
    at = ((rows + 0.5) * (there / size[0]) - 0.5).clamp(0, there - 1).to(image.device)
    low = at.floor().long()
    high = (low + 1).clamp(max=there - 1)
    own = torch.lerp(image[..., low, :], image[..., high, :], (at - low).to(image.dtype)[:, None])
    return F.interpolate(own, size=(len(rows), size[1]), mode="bilinear", align_corners=False)
