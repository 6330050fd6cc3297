"""A small random rotation whose corners are filled with the page's own paper."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from mmcv.transforms import BaseTransform

from restorekit.registry import TRANSFORMS


@TRANSFORMS.register_module()
class RandomRotation(BaseTransform):
    """Turn image, target and mask together about their centre, keeping the size.

    The corners that come in from outside get the target's paper colour in image and target alike, and mask 0:
    there is nothing to erase. Black corners, as in EraseNet's own code, would teach a white page a border
    that it never has.

    Args:
        degrees: the angle is uniform in [-degrees, degrees].
        probability: how often, in [0, 1].

    Raises:
        ValueError: ``degrees`` is below 0 or above 180, or the probability is outside [0, 1].
    """

    def __init__(self, *, degrees: float = 10.0, probability: float = 0.3) -> None:
        if not 0 <= degrees <= 180:
            raise ValueError(f"degrees is {degrees}; expected the largest angle, in [0, 180]")
        if not 0 <= probability <= 1:
            raise ValueError(f"probability is {probability}; expected a number in [0, 1]")
        self.degrees = degrees
        self.probability = probability

    def transform(self, results: dict[str, Any]) -> dict[str, Any]:
        """Rotate the planes that the sample has, or none of them."""
        if np.random.random() >= self.probability:
            return results
        angle = np.random.uniform(-self.degrees, self.degrees)
        paper = paper_colour(results["target"])
        turned = {key: rotate(results[key], angle, fill=paper) for key in ("image", "target")}
        if "mask" in results:
            turned["mask"] = rotate(results["mask"], angle, fill=(0,))
        return {**results, **turned}


def paper_colour(page: np.ndarray) -> tuple[int, ...]:
    """The colour of a page's paper: the median, per channel, of the brighter half of its pixels.

    Paper is the brightest large area of a page without ink. The plain median follows print as soon as that
    covers half of the pixels; the median of the brighter half holds until print covers three quarters, and a
    few pixels of glare do not move it.

    Args:
        page: ``(H, W, 3)`` uint8 RGB, the ground truth.
    """
    step = max(1, min(page.shape[:2]) // 64)
    pixels = page[::step, ::step].reshape(-1, 3)
    half = len(pixels) // 2
    by_brightness = np.argpartition(pixels.sum(axis=1), half)  # by rank, as a binarised page has ties
    brighter = pixels[by_brightness[half:]]
    return tuple(int(level) for level in np.median(brighter, axis=0))


def rotate(plane: np.ndarray, degrees: float, *, fill: tuple[int, ...]) -> np.ndarray:
    """A plane turned counter-clockwise about its centre, at the same size.

    Args:
        plane: ``(H, W)`` or ``(H, W, 3)`` uint8.
        degrees: the angle.
        fill: the value of what comes in from outside, one level a channel.
    """
    height, width = plane.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    return cv2.warpAffine(
        np.asarray(plane),
        matrix,
        (width, height),
        flags=cv2.INTER_LINEAR if plane.ndim == 2 else cv2.INTER_CUBIC,  # cubic keeps print crisp
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=fill,
    )
