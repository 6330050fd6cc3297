"""Chains of inferencers that run from top to bottom of a page, in little memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import takewhile
from typing import Any

import torch
from torch import Tensor

from restorekit.inferencers.chain import through
from restorekit.inferencers.functional import Read, predict_whole, reader
from restorekit.inferencers.resizing import Bands, size_of
from restorekit.inferencers.tiled import Tiled
from restorekit.types import Predict

REFUSALS = (
    *("out of memory", "can't allocate memory", "not enough memory"),  # the third is the CPU's on Windows
    "_STATUS_ALLOC_FAILED",  # cuBLAS's and cuDNN's, which take what torch's own allocator has left
)
"""How the errors of allocators say that there is no memory left."""
Around = Callable[[Bands, Read, tuple[int, int]], Iterator[tuple[int, Tensor]]]
"""``around(bands, read, size)`` yields what it makes of the rows of ``bands(read, size)``."""
Follow = Callable[[Read, tuple[int, int]], Read]
"""``follow(read, size)`` gives a ``read`` of the same pixels, to know which are asked for."""


def unfollowed(read: Read, size: tuple[int, int]) -> Read:
    """``read`` itself."""
    return read


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
    follow: Follow = unfollowed,
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
        follow: gives the ``read`` through which the network is given its pixels, from that and ``size``, at
            each of the sizes at which an inferencer has the page predicted.
    """
    if not inferencers:
        return predict_whole(predict, follow(read, size), size)
    outer, *inner = inferencers
    if hasattr(outer, "around"):
        return outer.around(partial(stream, inner, predict, follow=follow), read, size)
    for inferencer in reversed(inner):
        predict = through(inferencer, predict)
    if isinstance(getattr(outer, "inferencers", None), list):
        return stream(outer.inferencers, predict, read, size, follow)
    if hasattr(outer, "bands"):
        return outer.bands(predict, follow(read, size), size)
    return predict_whole(through(outer, predict), follow(read, size), size)


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
    """Whether a device refused memory; most allocators have no exception of their own."""
    return isinstance(error, torch.OutOfMemoryError) or any(words in str(error) for words in REFUSALS)
