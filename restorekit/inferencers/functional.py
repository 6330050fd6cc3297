"""Tiled prediction in pure torch: any predictor, any image size, no mmengine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from restorekit.types import Predict

Read = Callable[[Tensor, Tensor], Tensor]
"""Row and column indices in, ``(N, 3, rows, columns)`` out: what there is to know of a page's pixels."""


def mask_of(output: Tensor, inferencer: object) -> Tensor:
    """The mask in a prediction, ``(N, 1, H, W)`` in [0, 1].

    Raises:
        ValueError: there is none; the message names the inferencer that needs it.
    """
    if output.shape[1] < 4:
        name = type(inferencer).__name__
        raise ValueError(f"{name} needs the mask, and this network predicts none: leave it out")
    return output[:, 3:4]


def reader(image: Tensor) -> Read:
    """A ``Read`` of an image that is held whole, ``(N, C, H, W)``."""

    def read(rows: Tensor, columns: Tensor) -> Tensor:
        return image[..., span(rows), :][..., span(columns)].clone()

    return read


def span(places: Tensor) -> slice | Tensor:
    """Indices as they are, or as a slice where each follows the one before: those are read sooner."""
    first, count = int(places[0]), len(places)
    return slice(first, first + count) if torch.equal(places, torch.arange(first, first + count)) else places


def transposed(read: Read) -> Read:
    """A ``Read`` of the same page with rows for columns."""
    return lambda rows, columns: read(columns, rows).mT


def reflect_indices(size: int, before: int, after: int) -> Tensor:
    """Indices that extend ``range(size)`` by reflection, to any length."""
    index = torch.arange(-before, size + after)
    if size == 1:
        return torch.zeros_like(index)
    period = 2 * (size - 1)
    return (size - 1) - (index.remainder(period) - (size - 1)).abs()


def pad_reflect(image: Tensor, top: int, bottom: int, left: int, right: int) -> Tensor:
    """``(N, C, H, W)`` extended by reflection without repeating the edge; one pixel is repeated."""
    height, width = image.shape[-2:]
    return reader(image)(reflect_indices(height, top, bottom), reflect_indices(width, left, right))


def predict_padded(predict: Predict, image: Tensor, *, multiple: int, mode: str = "reflect") -> Tensor:
    """Run ``predict`` on ``image`` padded at the bottom and right, and crop its result.

    Args:
        predict: see ``restorekit.types.Predict``.
        image: ``(N, 3, H, W)``, at least 1x1.
        multiple: the padded sides are multiples of it.
        mode: ``'reflect'``, or ``'replicate'``: the last row and column again.

    Returns:
        ``(N, C, H, W)`` with as many channels as ``predict`` gives.
    """
    height, width = image.shape[-2:]
    if height % multiple == 0 and width % multiple == 0:
        return predict(image)
    below, right = -height % multiple, -width % multiple
    if mode == "reflect":
        padded = pad_reflect(image, 0, below, 0, right)
    else:
        padded = F.pad(image, (0, right, 0, below), mode)
    return predict(padded)[..., :height, :width]


def tile_starts(size: int, tile: int, margin: int) -> list[int]:
    """First row (or column) of each tile in an axis of ``size`` pixels padded by ``margin`` at both ends.

    Tiles stand ``tile - 2 * margin`` apart; the last one may reach past the padded end.
    """
    step = tile - 2 * margin
    return list(range(0, max(size, 1), step))


class Span(NamedTuple):
    """What a tile covers of one axis.

    Attributes:
        start: first pixel of the tile in the padded page, and of its centre in the page.
        pixels: the page's pixels that it reads.
        before: how many pixels of the tile lie before those, where the page is not extended.
        after: and how many behind them.
    """

    start: int
    pixels: Tensor
    before: int
    after: int


def tile_spans(size: int, tile: int, margin: int, extend: str) -> list[Span]:
    """The tiles of an axis of ``size`` pixels; see ``predict_bands``."""
    starts = tile_starts(size, tile, margin)
    if extend == "reflect":
        pixels = reflect_indices(size, margin, starts[-1] + tile - margin - size)
        return [Span(start, pixels[start : start + tile], 0, 0) for start in starts]
    spans = []
    for start in starts:
        first, end = max(start - margin, 0), min(start - margin + tile, size)
        before, after = first - (start - margin), start - margin + tile - end
        spans.append(Span(start, torch.arange(first, end), before, after))
    return spans


def predict_bands(
    predict: Predict,
    read: Read,
    size: tuple[int, int],
    *,
    tile: int,
    margin: int,
    batch_size: int = 1,
    blend: str = "centre",
    extend: str = "reflect",
) -> Iterator[tuple[int, Tensor]]:
    """Run ``predict`` tile by tile, one row of tiles at a time, for pages too large to hold as floats.

    The page is extended by reflection, so every pixel is predicted with at least ``margin`` pixels around
    it, or not extended: then tiles end at the page's edges, as the crops of a training end at theirs. Where
    the receptive field of ``predict`` reaches no further than the margin, tiles change nothing: the result is
    that of one tile as large as the page (with ``'feather'``, half the margin must cover it).

    Args:
        predict: see ``restorekit.types.Predict``. It gets square tiles of ``tile`` pixels, less where the
            padded page is smaller than a tile, and at the edges of a page that is not extended.
        read: gives the pixels at some rows and columns.
        size: ``(height, width)`` of the page in px, at least 1x1.
        tile: side in px, margins included.
        margin: px predicted around each tile's centre and then dropped (or blended), under half of ``tile``.
        batch_size: tiles run at once.
        blend: ``'centre'`` keeps each tile's centre; ``'feather'`` fades from tile to tile across the inner
            half of the margins, for predictors whose receptive field the margin does not cover. The fade is
            ``old + weight * (new - old)``, so where two tiles agree it is exact.
        extend: ``'reflect'`` or ``'none'``. What a reflection joins at the edge may look like something else:
            half a ruled line becomes a stroke.

    Yields:
        The first row and the finished rows ``(N, C, rows, width)`` from there on, from top to bottom, on
        the device of what ``read`` gives.
    """
    height, width = size
    tile_h, tile_w = min(tile, height + 2 * margin), min(tile, width + 2 * margin)
    rows, columns = tile_spans(height, tile_h, margin, extend), tile_spans(width, tile_w, margin, extend)
    fade, place = (0, _place_centre) if blend == "centre" else (margin // 2, _place_feathered)

    first, band, row_of_tiles = 0, None, -1
    for group in _groups([(row, column) for row in rows for column in columns], batch_size):
        tiles = torch.cat([read(row.pixels, column.pixels) for row, column in group])
        outputs = predict(tiles).to(tiles.device).chunk(len(group))
        for (row, column), output in zip(group, outputs, strict=True):
            top = row.start
            output = F.pad(output, (column.before, column.after, row.before, row.after))
            if top != row_of_tiles:
                start, end = max(top - fade, 0), min(top + tile_h - 2 * margin + fade, height)
                new = tiles.new_zeros(*output.shape[:2], end - start, width)
                if band is not None:
                    if start > first:
                        yield first, band[..., : start - first, :]
                    unfinished = band[..., start - first :, :]
                    new[..., : unfinished.shape[-2], :] = unfinished
                first, band, row_of_tiles = start, new, top
            place(band, first, output, top, column.start, margin)
    assert band is not None  # a page of at least 1x1 has a tile
    yield first, band


def predict_whole(predict: Predict, read: Read, size: tuple[int, int]) -> Iterator[tuple[int, Tensor]]:
    """What ``predict`` gives of the whole page, as the one band that ``predict_bands`` would yield of it."""
    yield 0, predict(read(torch.arange(size[0]), torch.arange(size[1])))


def _groups(places: list[tuple[Span, Span]], size: int) -> Iterator[list[tuple[Span, Span]]]:
    """Up to ``size`` tiles at a time, all of one shape."""
    for _, alike in groupby(places, lambda place: [len(span.pixels) for span in place]):
        group = list(alike)
        for start in range(0, len(group), size):
            yield group[start : start + size]


def _place_centre(band: Tensor, first: int, output: Tensor, top: int, left: int, margin: int) -> None:
    """Write the centre of a tile; in the padded page its centre starts where in the page ``top`` does."""
    top -= first
    height = min(output.shape[-2] - 2 * margin, band.shape[-2] - top)
    width = min(output.shape[-1] - 2 * margin, band.shape[-1] - left)
    centre = output[..., margin : margin + height, margin : margin + width]
    band[..., top : top + height, left : left + width] = centre


def _place_feathered(band: Tensor, first: int, output: Tensor, top: int, left: int, margin: int) -> None:
    """Fade a tile in over what lies above and to the left of it; the first row and column need no fade."""
    fade = margin // 2
    drop = margin - fade  # the outermost pixels of a tile never count
    output = output[..., drop : output.shape[-2] - drop, drop : output.shape[-1] - drop]
    y0, y1, rows = _fade(top, output.shape[-2], fade, first + band.shape[-2], band)
    x0, x1, columns = _fade(left, output.shape[-1], fade, band.shape[-1], band)
    inner = output[..., y0 - top + fade : y1 - top + fade, x0 - left + fade : x1 - left + fade]
    weight = torch.minimum(rows[:, None], columns[None, :])
    old = band[..., y0 - first : y1 - first, x0:x1]
    band[..., y0 - first : y1 - first, x0:x1] = torch.where(weight >= 1, inner, old + weight * (inner - old))


def _fade(start: int, tile: int, fade: int, size: int, like: Tensor) -> tuple[int, int, Tensor]:
    """A tile's place on one axis of the page, and its weights, which rise over ``2 * fade`` px of overlap."""
    first, last = max(start - fade, 0), min(start - fade + tile, size)
    if start == 0:
        return first, last, like.new_ones(last - first)
    steps = torch.arange(first, last, device=like.device) - (start - fade) + 1
    return first, last, (steps.to(like.dtype) / (2 * fade + 1)).clamp(max=1)
