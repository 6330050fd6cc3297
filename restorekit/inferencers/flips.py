"""Averaging over flips (test-time augmentation)."""

from __future__ import annotations

from functools import reduce

import torch
from torch import Tensor

from restorekit.registry import INFERENCERS
from restorekit.types import Predict

AXES: dict[str, list[tuple[int, ...]]] = {
    "h": [(), (-1,)],
    "v": [(), (-2,)],
    "hv": [(), (-1,), (-2,), (-2, -1)],
}


@INFERENCERS.register_module()
class FlipAverage:
    """The mean of the predictions for an image and its flips, each flipped back.

    Args:
        directions: ``'h'`` (left-right: 2 runs), ``'v'`` (up-down: 2 runs) or ``'hv'`` (all four).

    Raises:
        ValueError: other ``directions``.
    """

    def __init__(self, *, directions: str) -> None:
        if directions not in AXES:
            raise ValueError(f"directions must be one of 'h', 'v', 'hv'; got {directions!r}")
        self.axes = AXES[directions]

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to the mean of what ``predict`` gives."""
        runs = (torch.flip(predict(torch.flip(image, axes)), axes) for axes in self.axes)
        return reduce(torch.add, runs) / len(self.axes)  # two or four: identical ones average to themselves
