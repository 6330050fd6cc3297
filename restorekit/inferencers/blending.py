"""A mark of one colour and one opacity, and the picture it was blended with, from the blend alone.

``image = (1 - opacity * shape) * picture + opacity * shape * colour`` (Dekel et al., "On the effectiveness of
visible watermarks", CVPR 2017, eq. 1, with one colour and opacity for the whole mark).
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

WINDOWS = (5, 13, 35, 95)
"""Sides in px of the windows in which what is around a mark is averaged, the smallest that finds enough."""
ENOUGH = 0.08
"""The share of a window, weighted, that must be no mark."""
LEAST_OPACITY, MOST_OPACITY = 0.1, 0.9
"""Opacities of marks: what is fainter can hardly be seen, and under what is denser nothing is left."""
USUAL_OPACITY = 0.4
"""The opacity that is taken where all is of one colour below the mark: any gives the same picture then."""
DOUBT = 4.0
"""By how much what is below a mark is less sure than what is around it."""
QUIET = 2 / 255
"""The unrest of calm ground: noise and compression."""
ROUNDING = 0.5 / 255
"""How far off a level may be: white paper below a red mark keeps its red, which then bounds no slope."""
EXTREME = 2.0
"""Per cent of a mark's pixels that may be too dark for the blend, or too bright: noise and compression."""
NEAR_ENOUGH = 0.4
"""How near what is around a mark must be for it to tell anything, see ``around``."""
LEAST_PIXELS = 60
"""Pixels that a fit takes."""
DETAIL_SHARE, DETAIL_SIGMA = 0.5, 3.0
"""The share of the blend's detail that is taken where a network restored as well, and the standard deviation
in px of the blur that parts it from the rest. Where both differ smoothly the blend is right; in detail the
network errs on lively ground, and the blend on compressed pictures, whose noise it makes larger."""
BLOCK = 32
"""px, the side of the blocks in each of which what is left of a mark's edges is looked for."""
OPACITY_STEP = 0.02
"""Between the opacities that are tried."""


class Blend(NamedTuple):
    """The mark's opacity, in (0, 1), and its colour, float32 ``(3,)`` in [0, 1]."""

    opacity: float
    colour: np.ndarray


def around(image: np.ndarray, shape: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The picture below a mark, from what is around it: normalised convolution, small windows first.

    Args:
        image: float32 ``(H, W, 3)``.
        shape: float32 ``(H, W)``, how much of the mark covers a pixel, in [0, 1].

    Returns:
        The picture, float32 ``(H, W, 3)``, the image itself where nothing is around; and how near that is,
        float32 ``(H, W)``: 1 within the smallest two windows, less and less beyond, 0 where nothing is.
    """
    free = np.clip(1 - 2 * cv2.dilate(shape, np.ones((3, 3))), 0, 1).astype(np.float32)
    found, near, missing = np.zeros_like(image), np.zeros_like(shape), np.ones_like(shape)
    for place, side in enumerate(WINDOWS):
        share, total = (_twice_blurred(plane, side) for plane in (free, image * free[..., None]))
        taken = missing * np.clip((share - ENOUGH) / 0.1, 0, 1)
        found += total * (taken / np.maximum(share, 1e-4))[..., None]
        near += taken * min(1.0, 2.0 ** (1 - place))
        missing = missing - taken
        if not missing.any():
            break
    return found + image * missing[..., None], near


def _twice_blurred(plane: np.ndarray, side: int) -> np.ndarray:
    return cv2.blur(cv2.blur(plane, (side, side)), (side, side))


def fit_blend(
    image: np.ndarray, below: np.ndarray, near: np.ndarray, shape: np.ndarray, control: np.ndarray
) -> Blend | None:
    """Opacity and colour by a line through what a mark made of what was below it.

    One slope for all channels, and an offset for each. The slope is ``1 - opacity``, and less, since what is
    below is known from its surroundings only; how much less is seen at ``control``, a place without a mark,
    where the slope would be 1.

    Args:
        image: float32 ``(H, W, 3)``.
        below: the picture below both, see ``around``.
        near: how far it can be trusted, see ``around``.
        shape: float32 ``(H, W)`` in [0, 1].
        control: the same shape laid elsewhere.

    Returns:
        None where the mark covers too few pixels near enough to its edge, or has an opacity that none has.
    """
    inside, outside = (part > 0.8 for part in (shape, control))
    inside, outside = inside & (near > NEAR_ENOUGH), outside & (near > NEAR_ENOUGH) & (shape == 0)
    if np.count_nonzero(inside) < LEAST_PIXELS:
        return None
    slope, middle, shown = robust_line(below[inside], image[inside], 1 - USUAL_OPACITY)
    if np.count_nonzero(outside) >= LEAST_PIXELS:
        lost, _, _ = robust_line(below[outside], image[outside], 1.0)
        slope /= float(np.clip(lost, 0.7, 1))
    # the picture below is neither darker than black nor brighter than white
    low, high = np.percentile(image[inside], (EXTREME, 100 - EXTREME), axis=0)
    black, white = np.maximum(middle, 1e-3), np.maximum(1 - middle, 1e-3)
    slope = max(slope, float(((shown - low) / black).max()), float(((high - shown) / white).max()))
    return blend_of(min(slope, 1 - LEAST_OPACITY), middle, shown)


def blend_of(slope: float, before: np.ndarray, after: np.ndarray) -> Blend | None:
    """The blend whose line has a slope and takes one point to another; None where it is too dense, or none.

    The slope is made less where the mark's colour would be darker than black or brighter than white.

    Args:
        slope: 1 less the opacity.
        before: R, G, B of a point below the mark, in [0, 1].
        after: the same as the mark shows it.
    """
    ground, seen = (np.clip(point, ROUNDING, 1 - ROUNDING) for point in (before, after))
    slope = min(slope, float((seen / ground).min()), float(((1 - seen) / (1 - ground)).min()))
    if 1 - slope > MOST_OPACITY or slope >= 1:
        return None
    colour = (after - slope * before) / (1 - slope)
    return Blend(1 - slope, np.clip(colour, 0, 1).astype(np.float32))


def robust_line(before: np.ndarray, after: np.ndarray, usual: float) -> tuple[float, np.ndarray, np.ndarray]:
    """A line through ``(N, 3)`` pixels by reweighted least squares: its slope, and a point before and after.

    Where all is of one tone before, the slope is the ``usual`` one.
    """
    weight = np.ones_like(before)
    for _ in range(10):
        total = weight.sum(0)
        middle, shown = (weight * before).sum(0) / total, (weight * after).sum(0) / total
        spread = float((weight * (before - middle) ** 2).sum())
        common = float((weight * (before - middle) * (after - shown)).sum())
        prior = 3e-4 * float(total.sum())
        slope = (common + prior * usual) / (spread + prior)
        weight = 1 / np.maximum(abs(after - shown - slope * (before - middle)), 0.03)
    return slope, middle, shown


def settle(image: np.ndarray, below: np.ndarray, shape: np.ndarray, blend: Blend) -> np.ndarray:
    """A shape known to half a pixel, put right by the image where the ground is calm.

    Each pixel's own cover can be read off too, the worse the livelier the picture is around. Both are weighed
    by their variances: that of the shape's is its steepness, that of the reading the unrest around the mark.

    Args:
        image: float32 ``(H, W, 3)``.
        below: the picture below, see ``around``.
        shape: float32 ``(H, W)`` in [0, 1], right but for half a pixel's shift.
        blend: the mark's opacity and colour.

    Returns:
        float32 ``(H, W)`` in [0, 1].
    """
    free = (cv2.dilate(shape, np.ones((3, 3))) == 0).astype(np.float32)
    window = (WINDOWS[1], WINDOWS[1])
    unrest = cv2.blur(((image - below) ** 2).mean(2) * free, window)
    unrest /= np.maximum(cv2.blur(free, window), 1e-3)
    change = (blend.colour - below) * blend.opacity
    strength = np.maximum((change**2).sum(2), 1e-6)
    read = np.clip(((image - below) * change).sum(2) / strength, 0, 1)
    reading_variance = np.maximum(DOUBT * unrest, QUIET**2) / strength
    shape_variance = (cv2.morphologyEx(shape, cv2.MORPH_GRADIENT, np.ones((3, 3))) / 2) ** 2
    trust = shape_variance / (shape_variance + reading_variance)
    return np.clip(shape + trust * (read - shape), 0, 1).astype(np.float32)


def unblend(image: np.ndarray, shape: np.ndarray, blend: Blend) -> np.ndarray:
    """The picture below the mark: float32 ``(H, W, 3)`` in [0, 1]."""
    share = (blend.opacity * shape)[..., None]
    return np.clip((image - share * blend.colour) / (1 - share), 0, 1)


def steadied(
    undone: np.ndarray, restored: np.ndarray, where: np.ndarray, seen: np.ndarray | float = 1.0
) -> np.ndarray:
    """A blend undone, float32 ``(H, W, 3)``, its detail shared with what a network restored.

    Args:
        undone: float32 ``(H, W, 3)``, see ``unblend``.
        restored: the same as a network gives it.
        where: bool ``(H, W)``, where the mark is; elsewhere what was restored stays.
        seen: float32 ``(H, W)`` in [0, 1], how far the network took a pixel for the mark: where it did not,
            the mark is still in what it restored, and all detail is the blend's.
    """
    change = (undone - restored) * where[..., None]
    smooth = blurred(change, where, DETAIL_SIGMA)
    kept = 1 - (1 - DETAIL_SHARE) * np.asarray(seen, np.float32)[..., None]
    return restored + (smooth + kept * (change - smooth)) * where[..., None]


def blurred(values: np.ndarray, where: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian means of ``(H, W, 3)`` values over ``where``, bool ``(H, W)``; elsewhere they must be 0."""
    share = np.maximum(cv2.GaussianBlur(where.astype(np.float32), (0, 0), sigma), 1e-3)
    return cv2.GaussianBlur(values, (0, 0), sigma) / share[..., None]


class Edges:
    """A mark's edges in a picture, by which a blend is judged: undone rightly, it leaves none of them.

    What the picture below changes by at the edges has nothing to do with the mark, and cancels out.

    Args:
        image: float32 ``(H, W, 3)`` in [0, 1], with the mark.
        shape: float32 ``(H, W)`` in [0, 1], how much of the mark covers a pixel.
    """

    def __init__(self, image: np.ndarray, shape: np.ndarray) -> None:
        pixels, covers, blocks = [], [], []
        columns = -(-shape.shape[1] // BLOCK)
        for axis in (0, 1):
            here = np.nonzero(np.diff(shape, axis=axis))
            there = tuple(line + (place == axis) for place, line in enumerate(here))
            pixels.append([image[here], image[there]])
            covers.append([shape[here], shape[there]])
            blocks.append(here[0] // BLOCK * columns + here[1] // BLOCK)
        self._pixels, self._covers = (np.concatenate(part, 1) for part in (pixels, covers))
        self._blocks = np.concatenate(blocks)
        self._steps = self._covers[1] - self._covers[0]
        self._total = np.bincount(self._blocks, self._steps**2) + 1e-3

    def left(self, blend: Blend) -> float:
        """How much of the edges is seen once a blend is undone, in squares of levels of 1: 0 for nothing."""
        before, after = (
            unblend(plane, cover, blend) for plane, cover in zip(self._pixels, self._covers, strict=True)
        )
        along = (after - before) * self._steps[:, None]
        common = np.stack([np.bincount(self._blocks, channel) for channel in along.T])
        return float((common**2 / self._total).sum())

    def faintest(self, before: np.ndarray, after: np.ndarray) -> Blend | None:
        """The blend of those that take one point to another that leaves the least of the edges.

        Args:
            before: R, G, B of a point below the mark, in [0, 1].
            after: the same as the mark shows it.

        Returns:
            None where that is the faintest of all: on even ground any does, and noise favours that.
        """
        tried = [
            blend
            for opacity in np.arange(LEAST_OPACITY, MOST_OPACITY, OPACITY_STEP).tolist()
            if (blend := blend_of(1 - opacity, before, after)) and blend.opacity < opacity + OPACITY_STEP
        ]
        best = min(tried, key=self.left, default=None)
        return best if best is not None and best is not tried[0] else None
