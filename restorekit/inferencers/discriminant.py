"""What tells the things of one kind from those of another, by all that was measured of them at once."""

from __future__ import annotations

import numpy as np

SHRINKAGE = 0.3
"""The share of the covariance, in [0, 1], that is taken from measures as if they were independent."""
LEAST_SPREAD = 1e-6
"""So much is added to each measure's spread."""


def discriminant(measures: list[np.ndarray], weights: list[np.ndarray]) -> list[np.ndarray]:
    """Of things of two kinds, on which side of the plane between them they lie, and how far.

    Fisher's linear discriminant ("The use of multiple measurements in taxonomic problems", 1936), whose
    common covariance is shrunk to that of independent measures (Friedman, "Regularized discriminant
    analysis", 1989).

    Args:
        measures: of the first kind and of the second, ``(N, K)`` and ``(M, K)``.
        weights: above 0, ``(N,)`` and ``(M,)``.

    Returns:
        Below 0 like the first kind, above like the second, ``(N,)`` and ``(M,)``; 0 where either has none.
    """
    if not all(map(len, measures)):
        return [np.zeros(len(kind)) for kind in measures]
    means = [np.average(kind, axis=0, weights=weight) for kind, weight in zip(measures, weights, strict=True)]
    off = np.concatenate([kind - mean for kind, mean in zip(measures, means, strict=True)])
    weight = np.concatenate(weights)
    spread = np.sqrt(np.average(off * off, axis=0, weights=weight)) + LEAST_SPREAD
    scaled = off / spread
    common = (scaled * weight[:, None]).T @ scaled / weight.sum()
    shrunk = (1 - SHRINKAGE) * common + SHRINKAGE * np.eye(len(spread))
    across = np.linalg.solve(shrunk, (means[1] - means[0]) / spread) / spread
    middle = (means[0] + means[1]) / 2
    return [(kind - middle) @ across for kind in measures]
