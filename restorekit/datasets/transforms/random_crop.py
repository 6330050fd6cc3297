"""A random window, the same in image, target and mask."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from mmcv.transforms import BaseTransform

from restorekit.datasets.masks import HARD_THRESHOLD, summed_difference
from restorekit.registry import TRANSFORMS

PLANES = ("image", "target", "mask")

_PROBES = 65536


@TRANSFORMS.register_module()
class RandomCrop(BaseTransform):
    """Cut the same random window from image, target and mask; a smaller page is padded by reflection.

    The windows are copied, so this is where a memory-mapped page is read, and it comes first in a pipeline.
    Randomness comes from numpy's global generator, which mmengine seeds in each worker.

    Args:
        size: the side of the square window, in pixels.
        ink_bias: the probability that the window is placed around a random ink pixel, in [0, 1]. The other
            windows are uniform over the page. Ink is looked for on a grid of some 65,000 points with a random
            offset, which reads a fifteenth of a large page's rows and costs a few milliseconds.

    Raises:
        ValueError: ``size`` is below 1 or ``ink_bias`` outside [0, 1].
    """

    def __init__(self, *, size: int, ink_bias: float = 0.0) -> None:
        if not isinstance(size, int) or size < 1:
            raise ValueError(f"size is {size!r}; expected the window's side in pixels, 1 or more")
        if not 0 <= ink_bias <= 1:
            raise ValueError(f"ink_bias is {ink_bias}; expected a probability in [0, 1]")
        self.size = size
        self.ink_bias = ink_bias

    def transform(self, results: dict[str, Any]) -> dict[str, Any]:
        """Crop the planes that the sample has."""
        height, width = results["image"].shape[:2]
        corner = None
        if self.ink_bias > 0 and np.random.random() < self.ink_bias:
            corner = self._corner_near_ink(results)
        if corner is None:
            corner = (_draw(0, height - self.size), _draw(0, width - self.size))
        windows = {key: cut(results[key], corner, self.size) for key in PLANES if key in results}
        return {**results, **windows}

    def _corner_near_ink(self, sample: dict[str, Any]) -> tuple[int, int] | None:
        """A corner whose window holds a random ink pixel, evenly placed in it; None where no ink is found."""
        height, width = sample["image"].shape[:2]
        step = max(1, round(math.sqrt(height * width / _PROBES)))
        top, left = np.random.randint(step, size=2)
        grid = (slice(top, None, step), slice(left, None, step))
        if "mask" in sample:
            rows, columns = np.nonzero(sample["mask"][grid] > 127)
        else:
            probes = summed_difference(
                np.ascontiguousarray(sample["image"][grid]), np.ascontiguousarray(sample["target"][grid])
            )
            rows, columns = np.nonzero(probes > 3 * HARD_THRESHOLD)
        if len(rows) == 0:
            return None
        chosen = np.random.randint(len(rows))
        row, column = top + step * rows[chosen], left + step * columns[chosen]
        return _around(row, height, self.size), _around(column, width, self.size)


def cut(plane: np.ndarray, corner: tuple[int, int], size: int) -> np.ndarray:
    """A copy of the ``size`` x ``size`` window at ``corner`` (row, column), reflected beyond the end."""
    top, left = corner
    window = np.array(plane[top : top + size, left : left + size])
    missing = [(0, size - length) for length in window.shape[:2]]
    if missing == [(0, 0), (0, 0)]:
        return window
    return np.pad(window, missing + [(0, 0)] * (plane.ndim - 2), mode="reflect")


def _draw(low: int, high: int) -> int:
    return int(np.random.randint(low, high + 1)) if high > low else low


def _around(position: int, length: int, size: int) -> int:
    """A random start of a window that holds ``position`` and stays on the page."""
    last = max(length - size, 0)
    return _draw(min(max(position - size + 1, 0), last), min(position, last))
