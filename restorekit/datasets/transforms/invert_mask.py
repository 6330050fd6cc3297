"""Masks whose files mark the background."""

from __future__ import annotations

from typing import Any

from mmcv.transforms import BaseTransform

from restorekit.registry import TRANSFORMS


@TRANSFORMS.register_module()
class InvertMask(BaseTransform):
    """Turn a mask that came from a file over, where files are black on what is to be erased.

    SCUT-EnsText's masks for EraseNet are; restorekit's own are white there. Put it first in the pipeline. A
    sample without a mask stays as it is.
    """

    def transform(self, results: dict[str, Any]) -> dict[str, Any]:
        """Invert ``mask``, ``(H, W)`` uint8."""
        if "mask" not in results:
            return results
        return {**results, "mask": 255 - results["mask"]}
