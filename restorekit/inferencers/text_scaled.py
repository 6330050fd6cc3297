"""Pages at the size of text that the network was trained on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import torch
from torch import Tensor

from restorekit.inferencers.functional import Read, reader
from restorekit.inferencers.mask_composite import MaskComposite
from restorekit.inferencers.resizing import Bands, gathered, resized_page, row_groups, size_of, stretched
from restorekit.inferencers.streaming import predict_around
from restorekit.inferencers.text_size import stroke_width, text_height
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

STROKES = 4.0, 5.2
"""px that strokes (``stroke_width``) have at least once scaled, and from which on a page is scaled down."""
DECIDED = 0.5
"""The probability of ink under which what is as it was is print that came back."""
LEVEL = 1 / 255
"""A smaller change is none."""


@INFERENCERS.register_module()
class TextScaled:
    """Predict a page whose letters are too large or too small at another size, and bring the result back.

    A network trained on letters of some height takes those three times as large for something else: on a
    scan of 600 dpi it harms print that it leaves alone at 200. Large letters of thin strokes are large
    writing, and no sign of a fine scan. Where the mask is, the page gets the resized restoration; elsewhere
    it stays bit for bit, and so does print among ink that came back at that size as it was. A network without
    a mask adds its resized correction. It comes early in a chain, before tiles.

    Args:
        least: px of letters (``text_height``) from which on a page is taken as it is.
        most: px up to which a page is taken as it is, and beyond where its strokes are thin (``STROKES``).
        target: px to which letters of another page are scaled, unless strokes get too thin.
        largest_factor: by how much a page may grow; it may shrink without limit.
        finish: config of an inferencer that goes once more over pages that were scaled down, at their own
            size: print that ``InkColour`` brings back inside, where it sees them small, is no sharper.
        low: see ``MaskComposite``; so are ``high`` and ``grow``, the latter in px of the scaled page.
        high: see ``low``.
        grow: see ``low``.

    Raises:
        ValueError: not ``0 < least <= target <= most``, or a ``largest_factor`` under 1; ``finish`` takes
            no whole pages.
    """

    def __init__(
        self,
        *,
        least: float,
        most: float,
        target: float,
        largest_factor: float = 2.0,
        finish: dict | None = None,
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
        self.finish = None if finish is None else INFERENCERS.build(finish)
        if self.finish is not None and not hasattr(self.finish, "around"):
            raise ValueError(f"finish must be an inferencer of whole pages, with around(); got {finish}")
        self.composite = MaskComposite(low=low, high=high, grow=grow)

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives at the size that suits each."""
        return predict_around(self.around, predict, image)

    def factor(self, read: Read, size: tuple[int, int]) -> float:
        """By how much a page is to be scaled; exactly 1 where it is to be left at its size."""
        page = _darkest(read, size)
        height = text_height(page)
        if height is None or self.least <= height <= self.most:
            return 1.0
        factor = self.target / height
        if factor < 1 and (width := stroke_width(page)) is not None:
            factor = 1.0 if width < STROKES[1] else max(factor, STROKES[0] / width)
        return min(factor, self.largest_factor)

    def around(self, bands: Bands, read: Read, size: tuple[int, int]) -> Iterator[tuple[int, Tensor]]:
        """The same from top to bottom, around what streams; a scaled page is held whole."""
        factor = self.factor(read, size)
        if factor == 1.0:
            yield from bands(read, size)
        elif self.finish is None or factor > 1:
            yield from self._scaled(factor, bands, read, size)
        else:
            yield from self.finish.around(partial(self._scaled, factor, bands), read, size)

    def _scaled(
        self, factor: float, bands: Bands, read: Read, size: tuple[int, int]
    ) -> Iterator[tuple[int, Tensor]]:
        """What ``bands`` yields of the page at ``factor`` times its size, brought back."""
        small = resized_page(read, size, factor)
        output = gathered(bands(reader(small), size_of(small)), small.shape[-2])
        small = small.to(output.device)
        mask = self._share(small, output) if output.shape[1] > 3 else None
        change = output[:, :3] - small if mask is None else None
        columns = torch.arange(size[1])
        for first, rows in row_groups(size[0]):
            page = read(rows, columns).to(output.device)
            if mask is None:
                yield first, page + stretched(change, rows, size)
                continue
            part, share = stretched(output, rows, size), stretched(mask, rows, size)
            yield first, torch.cat([torch.lerp(page, part[:, :3], share), part[:, 3:]], 1)

    def _share(self, small: Tensor, output: Tensor) -> Tensor:
        """How much is taken of what was restored, ``(N, 1, h, w)``: nothing of print that came back as is."""
        change = (output[:, :3] - small).abs().amax(1, keepdim=True)
        came_back = (output[:, 3:4] < DECIDED) & (change < LEVEL)
        return self.composite.share(output[:, 3:4]).masked_fill(came_back, 0)


def _darkest(read: Read, size: tuple[int, int]) -> np.ndarray:
    """The darkest channel of a page, uint8 ``(H, W)``."""
    columns = torch.arange(size[1])
    parts = [read(rows, columns)[0].amin(0) for _, rows in row_groups(size[0])]
    return torch.cat([(255 * part).round().byte().cpu() for part in parts]).numpy()
