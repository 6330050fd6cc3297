"""How much more things are like those of one kind than like those of another, by two measures together."""

from __future__ import annotations

import cv2
import numpy as np

FAR, FINE = 24, 4
"""Spreads from the middle of the second kind, from which on all is as far; and of how many steps one is."""
KERNEL = cv2.getGaussianKernel(8 * FINE + 1, FINE).max() ** 2
"""What a thing of weight 1 adds to the density at its own place: the top of a normal one, a spread wide."""
RARE = 2e-3
"""The share of a kind below which the numbers say nothing: so much of either is everywhere."""
HEAVIEST = 400
"""px; larger things count no more than those of this size, by the root of it."""


def median(values: np.ndarray, weights: np.ndarray) -> float:
    """Of ``(N,)``, by their weights."""
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])


def likeness(
    measures: list[np.ndarray], areas: list[np.ndarray], own: int, least: tuple[float, float]
) -> list[np.ndarray]:
    """Compare the things of one kind with the others of both.

    The densities of both kinds are kernel estimates (Silverman, Density Estimation, 1986, section 4.2), of
    the width that the second kind has: its median absolute deviation.

    Args:
        measures: of the first kind and of the second, ``(N, 2)`` and ``(M, 2)``.
        areas: what they weigh, px, ``(N,)`` and ``(M,)``.
        own: the kind that is compared, 0 or 1; each of its things with the others alone.
        least: the least spread of each measure that counts: finer ones are noise.

    Returns:
        The logarithm of how much likelier each is of the first kind than of the second, and that of one more
        than its spreads from the middle of the second; ``(N,)`` or ``(M,)`` each.
    """
    weights = [np.minimum(area, HEAVIEST) ** 0.5 for area in areas]
    middle = np.array([median(plane, weights[1]) for plane in measures[1].T])
    off = np.abs(measures[1] - middle).T
    spread = np.maximum([1.4826 * median(plane, weights[1]) for plane in off], least)
    scaled = [(of_kind - middle) / spread for of_kind in measures]
    places = [np.rint(FINE * kind.clip(-FAR, FAR)).astype(np.intp) + FINE * FAR for kind in scaled]
    side = 2 * FINE * FAR + 1
    across, along = places[own].T
    near = []
    for kind, (place, weight) in enumerate(zip(places, weights, strict=True)):
        plane = np.bincount(place @ (1, side), weight, side**2).reshape(side, side).astype(np.float32)
        found = cv2.GaussianBlur(plane, (0, 0), FINE, borderType=cv2.BORDER_CONSTANT)[along, across]
        itself = weight if kind == own else 0
        near.append((found - KERNEL * itself).clip(min=0) / np.maximum(weight.sum() - itself, 1))
    ratio = np.log((near[0] + RARE * KERNEL) / (near[1] + RARE * KERNEL))
    return [ratio, np.log1p(np.linalg.norm(scaled[own], axis=1))]
