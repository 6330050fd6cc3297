"""How much things on a page look alike: print comes again as it was, and writing never quite does."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

SIDE = 16
"""px, the width and height that each is brought to."""
SLACK, TOLERANCE = 1.0, 0.12
"""px by which sizes may differ for nothing, and by what factor, as its logarithm, they differ by once."""
FARTHEST = 0.5
"""The logarithm of a factor between heights beyond which nothing is alike: four tolerances and more."""
ROWS = 256
"""So many are compared at a time."""


class Glyphs(NamedTuple):
    """What things look like, their darkness alone.

    Attributes:
        looks: of each, of mean 0 and length 1 (0 where it is even), float32 ``(N, SIDE * SIDE)``.
        sizes: height and width, px, float32 ``(N, 2)``.
    """

    looks: np.ndarray
    sizes: np.ndarray


def glyphs(labels: np.ndarray, stats: np.ndarray, judged: np.ndarray, darkness: np.ndarray) -> Glyphs:
    """Connected components, each cut out and brought to one size.

    Args:
        labels: int32 ``(H, W)``.
        stats: their boxes and areas, as OpenCV tells them, int32 ``(count, 5)``.
        judged: the labels of those that are asked for, ``(N,)``.
        darkness: the share of the paper's light that each pixel takes away, float32 ``(H, W)``.
    """
    looks = np.zeros((len(judged), SIDE, SIDE), np.float32)
    for index, (label, (left, top, width, height)) in enumerate(zip(judged, stats[judged, :4], strict=True)):
        box = slice(top, top + height), slice(left, left + width)
        own = np.where(labels[box] == label, darkness[box], 0)
        way = cv2.INTER_AREA if max(height, width) > SIDE else cv2.INTER_LINEAR
        cv2.resize(own, (SIDE, SIDE), looks[index], interpolation=way)
    flat = looks.reshape(-1, SIDE * SIDE)
    flat -= flat.mean(1, keepdims=True)
    length = np.linalg.norm(flat, axis=1, keepdims=True)
    sizes = stats[judged][:, [cv2.CC_STAT_HEIGHT, cv2.CC_STAT_WIDTH]]
    return Glyphs(flat / length.clip(min=1e-3), sizes.astype(np.float32))


def most_alike(own: Glyphs, others: Glyphs, itself: np.ndarray | None = None) -> np.ndarray:
    """How alike each is to the one most like it of some others: 1 where that is the same, 0 where none is.

    Their correlation, which falls off with the difference of their sizes.

    Args:
        own: what is compared, ``N``.
        others: what it is compared with.
        itself: which of the others each is, -1 where it is none, ``(N,)``; None: none is.

    Returns:
        float32 ``(N,)`` in [0, 1].
    """
    alike = np.zeros(len(own.sizes), np.float32)
    if not len(others.sizes):
        return alike
    order, by_height = np.argsort(own.sizes[:, 0]), np.argsort(others.sizes[:, 0])
    heights = np.log(others.sizes[by_height, 0])
    for first in range(0, len(order), ROWS):
        rows = order[first : first + ROWS]
        lowest, highest = np.log(own.sizes[rows[[0, -1]], 0])
        near = slice(
            np.searchsorted(heights, lowest - FARTHEST), np.searchsorted(heights, highest + FARTHEST)
        )
        columns = by_height[near]
        if not len(columns):
            continue
        found = own.looks[rows] @ others.looks[columns].T
        found *= np.exp(-_difference(own.sizes[rows], others.sizes[columns]) / TOLERANCE)
        if itself is not None:
            found[itself[rows, None] == columns] = 0
        alike[rows] = found.max(1).clip(0, 1)
    return alike


def _difference(own: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Of sizes, as the logarithm of their factor, summed over both, float32 ``(N, M)``."""
    total = np.zeros((len(own), len(others)), np.float32)
    for mine, theirs in zip(own.T, others.T, strict=True):
        factor = np.abs(np.log(mine)[:, None] - np.log(theirs))
        total += (factor - SLACK / np.minimum(mine[:, None], theirs)).clip(min=0)
    return total
