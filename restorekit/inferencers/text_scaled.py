"""Pages at the size of text that the network was trained on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from restorekit.inferencers.functional import Read, reader
from restorekit.inferencers.mask_composite import MaskComposite
from restorekit.inferencers.text_size import text_height
from restorekit.inferencers.tiled import predict_whole
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

Bands = Callable[[Read, tuple[int, int]], Iterator[tuple[int, Tensor]]]
"""``bands(read, size)`` yields a page's finished rows from top to bottom, as ``predict_bands`` does."""

ROWS = 512  # px that are read or written at once


@INFERENCERS.register_module()
class TextScaled:
    """Predict a page whose letters are too large or too small at another size, and bring the result back.

    A network trained on letters of some height takes those three times as large for something else: on a
    scan of 600 dpi it harms print that it leaves alone at 200. Where the mask is, the page gets the resized
    restoration; elsewhere it stays bit for bit. A network without a mask adds its resized correction. It
    comes first in a chain, before tiles.

    Args:
        least: px of letters (``text_height``) from which on a page is taken as it is.
        most: px up to which a page is taken as it is.
        target: px to which letters of another page are scaled.
        largest_factor: by how much a page may grow; it may shrink without limit.
        low: see ``MaskComposite``; so are ``high`` and ``grow``, the latter in px of the scaled page.
        high: see ``low``.
        grow: see ``low``.
    """

    def __init__(
        self,
        *,
        least: float,
        most: float,
        target: float,
        largest_factor: float = 2.0,
        low: float = 0.1,
        high: float = 0.5,
        grow: int = 2,
    ) -> None:
        if not 0 < least <= target <= most or largest_factor < 1:
            raise ValueError(
                f"expected 0 < least <= target <= most and largest_factor >= 1;"
                f" got {least=}, {target=}, {most=}, {largest_factor=}"
            )
        self.least, self.most, self.target, self.largest_factor = least, most, target, largest_factor
        self.composite = MaskComposite(low=low, high=high, grow=grow)

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives at the size that suits each."""
        whole = partial(predict_whole, predict)
        pages = [self.around(whole, reader(page), _size(page)) for page in image.split(1)]
        return torch.cat([torch.cat([band for _, band in bands], -2) for bands in pages])

    def factor(self, read: Read, size: tuple[int, int]) -> float:
        """By how much a page is to be scaled; exactly 1 where it is to be left at its size."""
        height = text_height(_darkest(read, size))
        if height is None or self.least <= height <= self.most:
            return 1.0
        return min(self.target / height, self.largest_factor)

    def around(self, bands: Bands, read: Read, size: tuple[int, int]) -> Iterator[tuple[int, Tensor]]:
        """The same from top to bottom, around what streams; a scaled page is held whole."""
        factor = self.factor(read, size)
        if factor == 1.0:
            yield from bands(read, size)
            return
        small = _scaled(read, size, factor)
        output = torch.cat([band for _, band in bands(reader(small), _size(small))], -2)
        mask = self.composite.share(output[:, 3:4]) if output.shape[1] > 3 else None
        change = output[:, :3] - small.to(output.device) if mask is None else None
        columns = torch.arange(size[1])
        for first, rows in _row_groups(size[0]):
            page = read(rows, columns).to(output.device)
            if mask is None:
                yield first, page + _stretched(change, rows, size)
                continue
            part, share = _stretched(output, rows, size), _stretched(mask, rows, size)
            yield first, torch.cat([torch.lerp(page, part[:, :3], share), part[:, 3:]], 1)


def _row_groups(height: int) -> Iterator[tuple[int, Tensor]]:
    for first in range(0, height, ROWS):
        yield first, torch.arange(first, min(first + ROWS, height))


def _size(image: Tensor) -> tuple[int, int]:
    return image.shape[-2], image.shape[-1]


def _darkest(read: Read, size: tuple[int, int]) -> np.ndarray:
    """The darkest channel of a page, uint8 ``(H, W)``."""
    columns = torch.arange(size[1])
    parts = [read(rows, columns)[0].amin(0) for _, rows in _row_groups(size[0])]
    return torch.cat([(255 * part).round().byte().cpu() for part in parts]).numpy()


def _scaled(read: Read, size: tuple[int, int], factor: float) -> Tensor:
    """The page at ``factor`` times its size, with a filter as wide as that needs; first across, then down."""
    height, width = (max(1, round(side * factor)) for side in size)
    columns = torch.arange(size[1])
    parts = []
    for _, rows in _row_groups(size[0]):
        parts.append(_resized(read(rows, columns), (len(rows), width)))
    return _resized(torch.cat(parts, -2), (height, width)).clamp(0, 1)


def _resized(image: Tensor, size: tuple[int, int]) -> Tensor:
    return F.interpolate(image, size=size, mode="bicubic", align_corners=False, antialias=True)


def _stretched(image: Tensor, rows: Tensor, size: tuple[int, int]) -> Tensor:
    """Some rows of ``image`` brought to ``size`` by linear interpolation."""
    for axis, places, length in ((-2, rows, size[0]), (-1, torch.arange(size[1]), size[1])):
        there = image.shape[axis]
        at = ((places + 0.5) * (there / length) - 0.5).clamp(0, there - 1).to(image.device)
        low = at.floor().long()
        high = (low + 1).clamp(max=there - 1)
        weight = (at - low).to(image.dtype)
        weight = weight[:, None] if axis == -2 else weight
        image = torch.lerp(image.index_select(axis, low), image.index_select(axis, high), weight)
    return image
