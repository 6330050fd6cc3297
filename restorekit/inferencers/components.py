"""Connected components of a page, and what they look like."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from restorekit.inferencers.density import off_grey

LETTER = 22
"""px, the height of letters on pages that come here: lengths are in these."""


class Kind(NamedTuple):
    """What components look like, each ``(N,)``."""

    area: np.ndarray
    height: np.ndarray
    width: np.ndarray
    darkness: np.ndarray
    darkest: np.ndarray
    half_width: np.ndarray
    widest: np.ndarray
    redness: np.ndarray
    blueness: np.ndarray
    across: np.ndarray
    along: np.ndarray


class Components:
    """Connected components of a plane, but for the background."""

    def __init__(self, where: np.ndarray) -> None:
        found = cv2.connectedComponentsWithStats(where.view(np.uint8))
        self.count, self.labels, self.stats, self.centres = found
        self.rows, self.columns = np.nonzero(where)
        self.own = self.labels[self.rows, self.columns]
        self.area = self.stats[:, cv2.CC_STAT_AREA].astype(np.float64)

    def mean(self, plane: np.ndarray) -> np.ndarray:
        """Over each, of ``(H, W)``."""
        return self._mean(plane[self.rows, self.columns])

    def most(self, plane: np.ndarray) -> np.ndarray:
        """Over each, of ``(H, W)``, none of it below 0."""
        most = np.zeros(self.count, plane.dtype)
        np.maximum.at(most, self.own, plane[self.rows, self.columns])
        return most

    def kind(
        self, page: np.ndarray, darkness: np.ndarray, depth: np.ndarray, density: np.ndarray | None
    ) -> Kind:
        """What they look like.

        Args:
            page: uint8 RGB ``(H, W, 3)``.
            darkness: the share of the paper's light that each pixel takes away, ``(H, W)``.
            depth: how far each pixel is inside what is dark, px, ``(H, W)``.
            density: of R, G and B of their pixels, ``(3, N)``; None where the page has no colour.
        """
        colours = page[self.rows, self.columns].astype(np.float32) / 255
        grey = colours.mean(1)
        return Kind(
            self.area,
            self.stats[:, cv2.CC_STAT_HEIGHT] / LETTER,
            self.stats[:, cv2.CC_STAT_WIDTH] / LETTER,
            self.mean(darkness),
            self.most(darkness),
            self.mean(depth),
            self.most(depth),
            self._mean(colours[:, 0] - grey),
            self._mean(colours[:, 2] - grey),
            *self._chromaticity(density),
        )

    def _chromaticity(self, density: np.ndarray | None) -> np.ndarray:
        """How far their densities are off grey, for their length, ``(2, count)``."""
        if density is None:
            return np.zeros((2, self.count))
        own = np.stack([self._mean(plane) for plane in density])
        return np.stack(off_grey(own)) / np.linalg.norm(own, axis=0).clip(min=1e-6)

    def shape(self) -> list[np.ndarray]:
        """How long each is for its width, how far that slants, and how far it stands upright."""
        down, across = self.rows - self.centres[self.own, 1], self.columns - self.centres[self.own, 0]
        tall, wide = (self._mean(off * off).clip(min=0.05) for off in (down, across))
        both = self._mean(down * across)
        middle, spread = (tall + wide) / 2, np.hypot((wide - tall) / 2, both)
        angle = np.arctan2(2 * both, wide - tall) / 2
        length = np.log((middle + spread) / (middle - spread).clip(min=0.05))
        return [length, np.abs(np.sin(2 * angle)) * spread / middle, np.abs(np.sin(angle))]

    def _mean(self, values: np.ndarray) -> np.ndarray:
        return np.bincount(self.own, values, self.count) / self.area.clip(min=1)
