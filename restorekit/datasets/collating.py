"""Samples put together into a batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from mmengine.registry import FUNCTIONS
from torch.utils.data import default_collate

from restorekit.types import Batch, described


@FUNCTIONS.register_module()
def collate_samples(samples: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One batch of ``samples``, by torch's ``default_collate``, which does not say which of them is at fault.

    Args:
        samples: dicts with the keys of ``restorekit.types.Batch``, tensors or arrays of one size.

    Raises:
        TypeError: a sample is no dict, or has other keys.
        ValueError: they differ in size, or some are bytes and others are not.
    """
    for sample in samples:
        _check_sample(sample)
    for key in ("image", "target", "mask"):
        sizes = {tuple(np.shape(sample[key])): sample["name"] for sample in samples}
        if len(sizes) > 1:
            told = " and ".join(f"{size} ({name!r})" for size, name in list(sizes.items())[:2])
            raise ValueError(
                f"the samples of a batch have {key} of {told}: bring them to one size, such as by"
                " dict(type='RandomCrop', size=512) in the pipeline, or take one at a time (batch_size=1)"
            )
        kinds = {str(getattr(sample[key], "dtype", "")): sample["name"] for sample in samples}
        if len(kinds) > 1:  # torch would take the bytes for numbers from 0 to 255
            told = " and ".join(f"{kind} ({name!r})" for kind, name in list(kinds.items())[:2])
            raise ValueError(
                f"the samples of a batch have {key} of {told}: give ToTensors the same as_bytes in all"
                " pipelines"
            )
    return default_collate(list(samples))


def _check_sample(sample: Any) -> None:
    keys = Batch.__annotations__.keys()
    if not isinstance(sample, dict):
        raise TypeError(
            f"a dataset gave {described(sample)} for a sample; expected a dict with {', '.join(keys)}"
        )
    if sample.keys() != keys:
        raise TypeError(
            f"the sample {sample.get('name')!r} has {', '.join(sample)}; a sample has {', '.join(keys)} and"
            " nothing else once its pipeline has ended with MaskFromPair and ToTensors"
        )
