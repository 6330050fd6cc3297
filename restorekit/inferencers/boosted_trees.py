"""Boosted decision trees, as a few arrays."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from safetensors.numpy import load_file, save

from restorekit.atomic import write_whole

ROWS = 512
"""So many are judged at a time, which takes little memory however many there are."""


class BoostedTrees(NamedTuple):
    """Trees whose values add up to a logit (Friedman, "Greedy function approximation", 2001).

    All arrays but ``start`` are ``(trees, nodes)``; each tree begins at node 0.

    Attributes:
        feature: which feature a node asks for, int16; below 0 at a leaf.
        threshold: float32; what is no more than it goes left.
        left: the next node, int16; a leaf's is itself.
        right: the same for what is more.
        value: a leaf's, float32.
        start: what the values are added to, float32 ``()``.
    """

    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    start: np.ndarray

    @classmethod
    def load(cls, path: Path) -> BoostedTrees:
        """From a safetensors file with an array for each attribute."""
        return cls(**load_file(path))

    def save(self, path: Path) -> None:
        """To such a file, which appears whole or not at all."""
        write_whole(path, save(self._asdict()))

    def probability(self, features: np.ndarray) -> np.ndarray:
        """Of each row of float32 ``(N, features)``, in (0, 1), float32 ``(N,)``."""
        firsts = range(0, max(len(features), 1), ROWS)
        logits = np.concatenate([self._logits(features[first : first + ROWS]) for first in firsts])
        return np.asarray(1 / (1 + np.exp(-logits)), np.float32)

    def _logits(self, features: np.ndarray) -> np.ndarray:
        trees = np.arange(len(self.feature))
        node = np.zeros((len(features), len(trees)), np.int16)
        while True:
            asked = self.feature[trees, node]
            if (asked < 0).all():
                break
            more = (
                np.take_along_axis(features, asked.clip(min=0).astype(np.intp), 1)
                > self.threshold[trees, node]
            )
            node = np.where(more, self.right[trees, node], self.left[trees, node])
        return self.start + self.value[trees, node].sum(1)
