"""Inferencers inside inferencers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from torch import Tensor

from restorekit.registry import INFERENCERS
from restorekit.types import Predict


@INFERENCERS.register_module()
class Chain:
    """Inferencers around each other, the outermost first.

    ``Chain(inferencers=[Tiled, FlipAverage])`` flips each tile. An empty chain predicts the whole image.

    Args:
        inferencers: configs, or anything called as ``inferencer(predict, image)``.
    """

    def __init__(self, *, inferencers: Sequence[dict | Callable]) -> None:
        self.inferencers: list[Callable[[Predict, Tensor], Tensor]] = [
            item if callable(item) else INFERENCERS.build(item) for item in inferencers
        ]

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what the chain makes of ``predict``."""
        for inferencer in reversed(self.inferencers):
            predict = partial(inferencer, predict)
        return predict(image)
