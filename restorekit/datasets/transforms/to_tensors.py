"""From arrays to tensors: the end of every pipeline."""

from __future__ import annotations

from typing import Any

from mmcv.transforms import BaseTransform

from restorekit.images import to_tensor
from restorekit.registry import TRANSFORMS


@TRANSFORMS.register_module()
class ToTensors(BaseTransform):
    """Turn a sample into one item of a ``Batch``.

    ``image`` and ``target`` become ``(3, H, W)`` and ``mask`` ``(1, H, W)``, float32 in [0, 1]; ``name``
    stays, and nothing else does, so that any samples can be collated.

    Raises:
        ValueError: the sample has no mask.
    """

    def transform(self, results: dict[str, Any]) -> dict[str, Any]:
        """Convert one sample."""
        if "mask" not in results:
            raise ValueError(
                f"the sample {results.get('name')!r} has no mask: put dict(type='MaskFromPair') before"
                " ToTensors in the pipeline, or a masks/ folder beside images/"
            )
        planes = {key: to_tensor(results[key]) for key in ("image", "target", "mask")}
        return {**planes, "name": results["name"]}
