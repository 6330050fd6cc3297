"""A random mirror image, the same in image, target and mask."""

from __future__ import annotations

from typing import Any, Literal

import cv2
import numpy as np
from mmcv.transforms import BaseTransform

from restorekit.datasets.transforms.random_crop import PLANES
from restorekit.registry import TRANSFORMS

_FLIP_CODES = {"horizontal": 1, "vertical": 0}


@TRANSFORMS.register_module()
class RandomFlip(BaseTransform):
    """Mirror image, target and mask together.

    Args:
        probability: how often, in [0, 1].
        direction: ``"horizontal"`` (left to right) or ``"vertical"`` (top to bottom).

    Raises:
        ValueError: the probability is outside [0, 1], or there is no such direction.
    """

    def __init__(
        self, *, probability: float = 0.5, direction: Literal["horizontal", "vertical"] = "horizontal"
    ) -> None:
        if not 0 <= probability <= 1:
            raise ValueError(f"probability is {probability}; expected a number in [0, 1]")
        if direction not in _FLIP_CODES:
            raise ValueError(f"direction is {direction!r}; expected 'horizontal' or 'vertical'")
        self.probability = probability
        self.direction = direction

    def transform(self, results: dict[str, Any]) -> dict[str, Any]:
        """Flip the planes that the sample has, or none of them."""
        if np.random.random() >= self.probability:
            return results
        code = _FLIP_CODES[self.direction]
        flipped = {key: cv2.flip(np.asarray(results[key]), code) for key in PLANES if key in results}
        return {**results, **flipped}
