"""Tiles as inferencers."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from torch import Tensor

from restorekit.inferencers.functional import Read, predict_bands, predict_padded, predict_whole, reader
from restorekit.inferencers.resizing import gathered, size_of
from restorekit.registry import INFERENCERS
from restorekit.types import Predict


@INFERENCERS.register_module()
class Tiled:
    """Predict by tiles; see ``predict_bands`` for the arguments.

    The contest entry's handwriting setting is ``tile=512, margin=106`` (a step of 300).

    Raises:
        ValueError: sizes that leave no centre, or another ``blend`` or ``extend``.
    """

    def __init__(
        self, *, tile: int, margin: int, batch_size: int = 4, blend: str = "centre", extend: str = "reflect"
    ) -> None:
        if margin < 0 or tile <= 2 * margin:
            raise ValueError(
                f"tile must exceed twice the margin, so that a centre is left; got tile={tile},"
                f" margin={margin}: give a larger tile (--tile), or a smaller margin (--margin), not below 0"
            )
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1; got {batch_size}")
        if blend not in ("centre", "feather"):
            raise ValueError(f"blend must be 'centre' or 'feather'; got {blend!r}")
        if extend not in ("reflect", "none"):
            raise ValueError(f"extend must be 'reflect' or 'none'; got {extend!r}")
        self.tile, self.margin, self.batch_size = tile, margin, batch_size
        self.blend, self.extend = blend, extend

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, tile by tile."""
        size = size_of(image)
        return gathered(self.bands(predict, reader(image), size), size[0])

    def bands(self, predict: Predict, read: Read, size: tuple[int, int]) -> Iterator[tuple[int, Tensor]]:
        """The same from top to bottom, without ever holding the page; see ``predict_bands``."""
        return predict_bands(
            predict,
            read,
            size,
            tile=self.tile,
            margin=self.margin,
            batch_size=self.batch_size,
            blend=self.blend,
            extend=self.extend,
        )

    def smaller(self) -> Tiled | None:
        """One that needs less memory: half the batch, else half the tile; None where nothing is left."""
        tile, batch_size = self.tile, self.batch_size
        if batch_size > 1:
            batch_size //= 2
        else:
            tile = max(tile // 2, 2 * self.margin + 32)
        if (tile, batch_size) == (self.tile, self.batch_size) or tile > self.tile:
            return None
        smaller = copy(self)
        smaller.tile, smaller.batch_size = tile, batch_size
        return smaller


@INFERENCERS.register_module()
class WholeOrTiled:
    """The whole image at once where it fits, else tiles: the contest entry's watermark setting.

    Args:
        whole_below: an image is predicted whole where both sides are under this many px.
        multiple: a whole image is first padded to a multiple of this: by reflection, or with ``extend``
            ``'none'`` by its last row and column.
        tile: see ``predict_bands``; so are ``margin``, ``batch_size``, ``blend`` and ``extend``.

    Raises:
        ValueError: a ``multiple`` under 1, or tiles that cannot work.
    """

    def __init__(
        self,
        *,
        whole_below: int,
        multiple: int,
        tile: int,
        margin: int,
        batch_size: int = 1,
        blend: str = "centre",
        extend: str = "reflect",
    ) -> None:
        if multiple < 1:
            raise ValueError(f"multiple must be at least 1; got {multiple}")
        self.whole_below, self.multiple = whole_below, multiple
        self.tiled = Tiled(tile=tile, margin=margin, batch_size=batch_size, blend=blend, extend=extend)

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, whole or by tiles."""
        if max(image.shape[-2:]) < self.whole_below:
            mode = "reflect" if self.tiled.extend == "reflect" else "replicate"
            return predict_padded(predict, image, multiple=self.multiple, mode=mode)
        return self.tiled(predict, image)

    def bands(self, predict: Predict, read: Read, size: tuple[int, int]) -> Iterator[tuple[int, Tensor]]:
        """The same from top to bottom; see ``predict_bands``."""
        if max(size) < self.whole_below:
            return predict_whole(lambda image: self(predict, image), read, size)
        return self.tiled.bands(predict, read, size)

    def smaller(self) -> Tiled | None:
        """Its tiles alone: what did not fit was a whole page, or a batch of tiles."""
        tiled = copy(self.tiled)
        tiled.batch_size = 1
        return tiled
