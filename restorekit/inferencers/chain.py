"""Inferencers inside inferencers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from torch import Tensor

from restorekit.registry import INFERENCERS
from restorekit.types import Predict, described


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
            predict = through(inferencer, predict)
        return predict(image)


def through(inferencer: Callable[[Predict, Tensor], Tensor], predict: Predict) -> Predict:
    """``predict`` as ``inferencer`` does it; a TypeError where that breaks its contract."""

    def run(image: Tensor) -> Tensor:
        channels = None

        def counted(part: Tensor) -> Tensor:
            nonlocal channels
            output = predict(part)
            channels = output.shape[1]
            return output

        output = inferencer(counted, image)
        if (
            not isinstance(output, Tensor)
            or (len(output), *output.shape[2:]) != (len(image), *image.shape[2:])
            or channels not in (None, output.shape[1])  # None where predict was not asked
        ):
            name = getattr(inferencer, "__name__", type(inferencer).__name__)
            raise TypeError(
                f"{name} gave {described(output)} for an image that is {described(image)} and of which"
                f" predict gave {channels or 'no'} channels; an inferencer returns as many, the mask as the"
                " fourth, at the image's size"
            )
        return output

    return run
