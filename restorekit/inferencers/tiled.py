"""Tiles as inferencers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from functools import partial
from itertools import takewhile
from typing import Any

import torch
from torch import Tensor

from restorekit.inferencers.functional import (
    Read,
    check_tiling,
    predict_bands,
    predict_padded,
    predict_tiled,
    reader,
)
from restorekit.inferencers.resizing import Bands, size_of
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

Around = Callable[[Bands, Read, tuple[int, int]], Iterator[tuple[int, Tensor]]]
"""``around(bands, read, size)`` yields what it makes of the rows of ``bands(read, size)``."""


@INFERENCERS.register_module()
class Tiled:
    """Predict by tiles; see ``predict_tiled`` for the arguments.

    The contest entry's handwriting setting is ``tile=512, margin=106`` (a step of 300).
    """

    def __init__(
        self, *, tile: int, margin: int, batch_size: int = 4, blend: str = "centre", extend: str = "reflect"
    ) -> None:
        check_tiling(tile, margin, batch_size, blend, extend)
        self.tile, self.margin, self.batch_size = tile, margin, batch_size
        self.blend, self.extend = blend, extend

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, tile by tile."""
        return predict_tiled(
            predict,
            image,
            tile=self.tile,
            margin=self.margin,
            batch_size=self.batch_size,
            blend=self.blend,
            extend=self.extend,
        )

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
        tile: see ``predict_tiled``; so are ``margin``, ``batch_size``, ``blend`` and ``extend``.
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


def predict_whole(predict: Predict, read: Read, size: tuple[int, int]) -> Iterator[tuple[int, Tensor]]:
    """The whole page as one band."""
    yield 0, predict(read(torch.arange(size[0]), torch.arange(size[1])))


def predict_around(around: Around, predict: Predict, image: Tensor) -> Tensor:
    """``(N, 3, H, W)`` to what ``around`` yields around the whole of each image."""
    whole = partial(predict_whole, predict)
    pages = [around(whole, reader(page), size_of(page)) for page in image.split(1)]
    return torch.cat([torch.cat([band for _, band in bands], -2) for bands in pages])


def stream(
    inferencers: list[Any],
    predict: Predict,
    read: Read,
    size: tuple[int, int],
    on_band: Callable[[int], None] | None = None,
) -> Iterator[tuple[int, Tensor]]:
    """Run a chain of inferencers, the outermost first, from top to bottom of a page.

    Where the outermost streams (it has a method ``bands``), only its tiles are held; one with a method
    ``around`` lets the next stream; otherwise the page is read as a whole. The pixels are those of
    ``Chain(inferencers=inferencers)(predict, image)``.

    Args:
        inferencers: what ``Chain`` holds.
        predict: see ``restorekit.types.Predict``.
        read: see ``predict_bands``; so are ``size`` and what is yielded.
        size: see ``read``.
        on_band: called with the number of pixels that the network is done with since the last call, at the
            size at which it saw them: an inferencer may hold them, or have pages predicted at several sizes.
    """
    if not inferencers:
        return _told(predict_whole(predict, read, size), on_band)
    outer, *inner = inferencers
    if hasattr(outer, "around"):
        return outer.around(partial(stream, inner, predict, on_band=on_band), read, size)
    for inferencer in reversed(inner):
        predict = partial(inferencer, predict)
    if isinstance(getattr(outer, "inferencers", None), list):
        return stream(outer.inferencers, predict, read, size, on_band)
    if hasattr(outer, "bands"):
        return _told(outer.bands(predict, read, size), on_band)
    return _told(predict_whole(partial(outer, predict), read, size), on_band)


def _told(
    bands: Iterator[tuple[int, Tensor]], on_band: Callable[[int], None] | None
) -> Iterator[tuple[int, Tensor]]:
    for first, band in bands:
        if on_band is not None:
            on_band(band.shape[-2] * band.shape[-1])
        yield first, band


def with_less_memory(inferencers: list[Any]) -> list[Any] | None:
    """The chain with a smaller batch, else smaller tiles; with tiles where it has none; None at the end."""
    for index, inferencer in enumerate(inferencers):
        if isinstance(getattr(inferencer, "inferencers", None), list):
            inner = with_less_memory(inferencer.inferencers)
            return None if inner is None else [*inferencers[:index], *inner, *inferencers[index + 1 :]]
        if hasattr(inferencer, "smaller"):
            smaller = inferencer.smaller()
            return None if smaller is None else [*inferencers[:index], smaller, *inferencers[index + 1 :]]
    outer = list(takewhile(lambda item: hasattr(item, "around"), inferencers))
    return [*outer, Tiled(tile=1024, margin=128, batch_size=1), *inferencers[len(outer) :]]


def is_out_of_memory(error: RuntimeError) -> bool:
    """Whether a device refused memory; the CPU's and other allocators have no exception of their own."""
    told = str(error)
    return (
        isinstance(error, torch.OutOfMemoryError)
        or "can't allocate memory" in told
        or "out of memory" in told
    )
