"""A sample's way through the transforms of a config."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Transform = Callable[[dict[str, Any]], dict[str, Any]]


def run_pipeline(transforms: Sequence[Transform], sample: dict[str, Any]) -> dict[str, Any]:
    """``sample`` as the transforms make it, one after the other.

    Raises:
        TypeError: one returned something else than a dict.
    """
    for transform in transforms:
        sample = transform(sample)
        if not isinstance(sample, dict):
            raise TypeError(
                f"{type(transform).__name__} returned {sample!r}; a transform must return the sample, a dict"
            )
    return sample
