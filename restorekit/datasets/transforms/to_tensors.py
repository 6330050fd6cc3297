"""From arrays to tensors: the end of every pipeline."""

from __future__ import annotations

from typing import Any

import numpy as np
from mmcv.transforms import BaseTransform

from restorekit.images import to_bytes, to_tensor
from restorekit.registry import TRANSFORMS


@TRANSFORMS.register_module()
class ToTensors(BaseTransform):
    """Turn a sample into one item of a ``Batch``.

    ``image`` and ``target`` become ``(3, H, W)`` and ``mask`` ``(1, H, W)``, float32 in [0, 1]; ``name``
    stays, and nothing else does, so that any samples can be collated.

    Args:
        as_bytes: uint8 as they are, a quarter of the memory from the workers to the GPU, where
            ``UnitRangePreprocessor`` turns them into the same numbers.

    Raises:
        ValueError: the sample has no mask, or 16 bits where bytes were asked for.
    """

    def __init__(self, *, as_bytes: bool = False) -> None:
        self.as_bytes = as_bytes

    def transform(self, results: dict[str, Any]) -> dict[str, Any]:
        """Convert one sample."""
        if "mask" not in results:
            raise ValueError(
                f"the sample {results.get('name')!r} has no mask: put dict(type='MaskFromPair') before"
                " ToTensors in the pipeline, or a masks/ folder beside images/"
            )
        arrays = {key: results[key] for key in ("image", "target", "mask")}
        if self.as_bytes and any(array.dtype != np.uint8 for array in arrays.values()):
            raise ValueError(
                f"the sample {results.get('name')!r} is not of 8 bits: leave out as_bytes of ToTensors"
            )
        convert = to_bytes if self.as_bytes else to_tensor
        planes = {key: convert(array) for key, array in arrays.items()}
        return {**planes, "name": results["name"]}
