"""The ink mask of a sample that came without one."""

from __future__ import annotations

from typing import Any

from mmcv.transforms import BaseTransform

from restorekit.datasets.masks import MASK_KINDS, MaskKind
from restorekit.registry import TRANSFORMS


@TRANSFORMS.register_module()
class MaskFromPair(BaseTransform):
    """Compute ``mask`` from image and target where the sample has none.

    Put it after the crop, so that only the window is compared.

    Args:
        kind: ``"soft"`` or ``"hard"`` (see ``restorekit.datasets.masks``).

    Raises:
        ValueError: there is no such kind.
    """

    def __init__(self, *, kind: MaskKind = "soft") -> None:
        if kind not in MASK_KINDS:
            raise ValueError(f"kind is {kind!r}; expected 'soft' or 'hard'")
        self.kind = kind

    def transform(self, results: dict[str, Any]) -> dict[str, Any]:
        """Add the mask, ``(H, W)`` uint8 where 255 is ink."""
        if "mask" in results:
            return results
        return {**results, "mask": MASK_KINDS[self.kind](results["image"], results["target"])}
