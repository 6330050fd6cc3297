"""A mark of one colour and one opacity, taken off as one where the network took it off pixel by pixel."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import torch
from torch import Tensor

from restorekit.inferencers.blend_refiner import NO_BLEND, BlendRefiner, load_refiner, refine
from restorekit.inferencers.blending import (
    DETAIL_SIGMA,
    LEAST_OPACITY,
    NEAR_ENOUGH,
    USUAL_OPACITY,
    Blend,
    around,
    blend_of,
    blurred,
    robust_line,
    steadied,
    unblend,
)
from restorekit.inferencers.functional import mask_of
from restorekit.inferencers.morphology import dilated
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

SURE, SUSPECTED, CLEAN = 0.8, 0.3, 0.15
"""Probabilities from which on a pixel is marked, from which on it may be, and up to which it is not."""
RIM, NARROW = 5, 3
"""px, the side of the window that must be marked all over for a pixel to bear the whole mark, and the least
that is taken where what lies beside the mark tells its blend, as for thin letters."""
LEAST_PIXELS = 300
"""Pixels that a fit takes."""
APART, BESIDE = 8, 20
"""px between a pixel of the mark and the one outside that it is compared with, beyond what the rim shows of
either; and px around the mark in which pixels outside are compared with each other."""
VARIED = 1e-3
"""The variance of what is around a mark from which on it tells the mark's opacity."""
ALIKE = 0.8
"""The slope of the line through pixels outside so far apart: a picture that changes more over that way tells
nothing."""
PAIRS = 50_000
"""Pairs of pixels that are enough for a line."""
SLANT = 0.5
"""The share of what the blend and the picture below differ by that a slope over the picture may explain: a
mark whose colours run into each other differs so. What is below is taken from around the mark where the blend
is, and from the network's restoring where that is, whose errors may slope too."""
NOISE = 0.02
"""The unrest of a picture, of 1, beside which a mark must be seen for its cover to be read off."""
EVEN = 1 / 255
"""What the network restored as evenly as this, a standard deviation over 7 px, is paper or sky, and stays."""
EDGE = 100
"""px around a mark that are looked at."""


@INFERENCERS.register_module()
class UniformMark:
    """Where a picture's mark has one colour and one opacity, fit these to all its pixels and undo the blend.

    A network restores each pixel of a mark on its own and leaves ghosts, lighter here and darker there. But a
    mark is mostly of one colour and one opacity, which a line through what lies below it and what is seen
    tells (``image = (1 - opacity) * below + opacity * colour``; Dekel et al., "On the effectiveness of
    visible watermarks", CVPR 2017, eq. 1), for the errors of single pixels cancel out. What lies below is
    taken from just beside the mark's edge, and where that tells nothing, from what the network restored.
    A small network then sees to what is left (``blend_refiner.py``), of marks without such a blend too. Where
    there is no mark, the prediction stays as it is.

    In a chain it stands after ``MaskComposite`` and before ``RepeatedMark``.
    """

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, its image put right where the mark is."""
        output = predict(image)
        result = output.clone()
        for page, mask, place in zip(image, mask_of(output, self), result, strict=True):
            given, before = (plane.permute(1, 2, 0).float().cpu().numpy() for plane in (page, place[:3]))
            seen = mask[0].float().cpu().numpy()
            restored = settle_restored(given, before, seen, load_refiner(output.device))
            if restored is not None:
                place[:3] = torch.from_numpy(restored).permute(2, 0, 1).to(place)
        return result


class Settled(NamedTuple):
    """A mark taken off by its blend, or as the network did where it has none.

    Attributes:
        pictures: float32 in [0, 1], what ``blend_refiner.refine`` takes: the picture with the mark, as it was
            restored, as the blend puts that right (``(H, W, 3)`` each), the probability of a mark, and how
            much of each pixel it covers (``(H, W)`` each).
        blend: the mark's opacity and colour; ``NO_BLEND`` where it has none.
    """

    pictures: tuple[np.ndarray, ...]
    blend: Blend


def settle_restored(
    image: np.ndarray, restored: np.ndarray, probability: np.ndarray, refiner: BlendRefiner | None = None
) -> np.ndarray | None:
    """What a network restored, put right by the one blend of the mark, and refined; None where it stays.

    Args:
        image: float32 RGB ``(H, W, 3)`` in [0, 1], with the mark.
        restored: the same without it, as a network gives it.
        probability: float32 ``(H, W)`` in [0, 1]: where the network sees a mark.
        refiner: sees to what the blend, or the network, leaves of a mark; None leaves it.
    """
    rows, columns = (np.flatnonzero((probability > SURE).any(axis)) for axis in (1, 0))
    if not rows.size:
        return None
    box = tuple(slice(max(0, line[0] - EDGE), line[-1] + EDGE + 1) for line in (rows, columns))
    parts = [np.ascontiguousarray(plane[box]) for plane in (image, restored, probability)]
    found = settle(*parts)
    if refiner is not None:
        found = found or unsettled(*parts)
    if found is None:
        return None
    result = restored.copy()
    part = result[box]
    part[:] = found.pictures[2]
    if refiner is not None:
        for first, band in refine(refiner, found.pictures, found.blend):
            part[first : first + len(band)] = band
    return result


def unsettled(image: np.ndarray, restored: np.ndarray, probability: np.ndarray) -> Settled:
    """A mark without a blend, as it was restored; the arguments are ``settle_restored``'s."""
    return Settled((image, restored, restored, probability, probability), NO_BLEND)


def settle(image: np.ndarray, restored: np.ndarray, probability: np.ndarray) -> Settled | None:
    """A mark's blend, and what it makes of what was restored; None where it has none.

    The arguments are ``settle_restored``'s.
    """
    whole, narrow = (_eroded(probability > SURE, side) for side in (RIM, NARROW))
    marked, free = dilated(probability > SUSPECTED, 2, 2), ~dilated(probability > CLEAN, 2, 2)
    below, near = around(image, marked.astype(np.float32))
    blend, known = fit_beside(image, narrow, free), below
    if blend is None:
        blend, known = fit_restored(image, restored, whole, below, near), restored
    whole = whole if np.count_nonzero(whole) >= LEAST_PIXELS else narrow
    if blend is None or _slant(unblend(image, np.ones_like(probability), blend) - known, whole) > SLANT:
        return None
    cover = _cover(image, restored, probability, whole, blend)
    change = steadied(unblend(image, cover, blend), restored, marked) - restored
    settled = np.clip(restored + _uneven(restored)[..., None] * change, 0, 1)
    return Settled((image, restored, settled, probability, cover), blend)


def fit_beside(image: np.ndarray, whole: np.ndarray, free: np.ndarray) -> Blend | None:
    """A mark's opacity and colour by a line through what it covers and what lies just beside it.

    The picture goes on below the mark's edge: on pairs of pixels ``APART``, one in the mark and one outside,
    ``covered = (1 - opacity) * outside + opacity * colour`` but for what the picture changes over that way.
    That flattens the line as much as the one through pairs that both lie outside, by whose slope it is put
    right. Nothing here was restored, so that no ghost of the mark counts.

    Args:
        image: float32 ``(H, W, 3)`` in [0, 1], with the mark.
        whole: bool ``(H, W)``, where the mark covers all of a pixel.
        free: bool ``(H, W)``, where there is no mark.

    Returns:
        None where too little lies beside the mark, or it is of one tone or changes too much.
    """
    near = free & dilated(whole, BESIDE, BESIDE)
    covered, outside = _pairs(image, whole, free)
    one, other = _pairs(image, near, near)
    if min(len(outside), len(other)) < LEAST_PIXELS or outside.var(0).mean() < VARIED:
        return None
    kept, _, _ = robust_line(other, one, 1.0)
    if kept < ALIKE:
        return None
    slope, before, after = robust_line(outside, covered, 1 - USUAL_OPACITY)
    slope /= min(kept, 1.0)
    return blend_of(slope, before, after) if 0 < slope < 1 - LEAST_OPACITY else None


def fit_restored(
    image: np.ndarray, restored: np.ndarray, whole: np.ndarray, below: np.ndarray, near: np.ndarray
) -> Blend | None:
    """A mark's opacity and colour by a line through what was restored below it and what is seen.

    Errors in what was restored flatten that line. What lies around the mark does not share them. Where that
    varies, the slope is taken from how far either goes along with it (an instrumental variable).

    Args:
        image: float32 ``(H, W, 3)`` in [0, 1], with the mark.
        restored: the same without it, roughly.
        whole: bool ``(H, W)``, where the mark covers all of a pixel.
        below: the picture below from what is around, see ``around``.
        near: how far that can be trusted, see ``around``.

    Returns:
        None where the mark is too small or has an opacity that none has.
    """
    if np.count_nonzero(whole) < LEAST_PIXELS:
        return None
    slope, before, after = robust_line(restored[whole], image[whole], 1 - USUAL_OPACITY)
    known = whole & (near > NEAR_ENOUGH)
    if np.count_nonzero(known) >= LEAST_PIXELS:
        guess = below[known] - below[known].mean(0)
        with_restored, with_image = (float((guess * plane[known]).sum()) for plane in (restored, image))
        if (guess**2).mean() > VARIED and min(with_restored, with_image) > 0:
            slope, before, after = with_image / with_restored, restored[known].mean(0), image[known].mean(0)
    blend = blend_of(slope, before, after)
    return None if blend is None or blend.opacity < LEAST_OPACITY else blend


def _pairs(image: np.ndarray, one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pixels of ``one`` and of ``other`` that are ``APART`` along rows or columns, both ``(N, 3)``."""
    size, found = one.shape, []
    for way in ((APART, 0), (-APART, 0), (0, APART), (0, -APART)):
        here, there = (
            tuple(_overlap(sign * step, side) for step, side in zip(way, size, strict=True))
            for sign in (-1, 1)
        )
        both = one[here] & other[there]
        found.append((image[here][both], image[there][both]))
    first, second = (np.concatenate(part) for part in zip(*found, strict=True))
    step = max(1, len(first) // PAIRS)
    return first[::step], second[::step]


def _overlap(step: int, side: int) -> slice:
    """Of an axis of ``side`` pixels those that one ``step`` away leads to."""
    return slice(max(0, step), max(0, side + min(0, step)))


def _cover(
    image: np.ndarray, restored: np.ndarray, seen: np.ndarray, whole: np.ndarray, blend: Blend
) -> np.ndarray:
    """How much of each pixel the mark covers, ``(H, W)`` in [0, 1], as its rim shows."""
    sure = (whole | ~dilated(seen > CLEAN, 1, 1)).astype(np.float32)
    known = np.where(whole[..., None], unblend(image, np.ones_like(seen), blend), image)
    share = cv2.GaussianBlur(sure, (0, 0), 1.5)
    inside = cv2.GaussianBlur(known * sure[..., None], (0, 0), 1.5) / np.maximum(share, 1e-4)[..., None]
    below = np.where((share > 0.02)[..., None], (restored + inside) / 2, restored)
    change = blend.opacity * (blend.colour - below)
    strength = (change**2).sum(2)
    guess = np.clip((seen - 0.2) / 0.6, 0, 1)
    cover = (((image - below) * change).sum(2) + NOISE**2 * guess) / (strength + NOISE**2)
    return np.where(whole, 1, np.clip(cover, 0, 1)).astype(np.float32)


def _slant(difference: np.ndarray, whole: np.ndarray) -> float:
    """The share of a difference's variance that a plane through it explains, ``whole`` px alone."""
    rows, columns = np.nonzero(whole)
    values = blurred(difference * whole[..., None], whole, DETAIL_SIGMA)[whole].astype(np.float64)
    values -= values.mean(0)
    places = np.stack([rows - rows.mean(), columns - columns.mean()], 1)
    plane = places @ np.linalg.lstsq(places, values, rcond=None)[0]
    return float((plane**2).mean() / max((values**2).mean(), 1e-9))


def _uneven(restored: np.ndarray) -> np.ndarray:
    """1 where a picture is not even, 0 where it is: ``(H, W)``."""
    grey = restored.mean(2)
    mean = cv2.blur(grey, (7, 7))
    deviation = np.sqrt(np.maximum(cv2.blur(grey**2, (7, 7)) - mean**2, 0))
    return np.clip(2 * deviation / EVEN - 1, 0, 1)


def _eroded(where: np.ndarray, side: int) -> np.ndarray:
    return cv2.erode(where.astype(np.uint8), np.ones((side, side))) > 0
