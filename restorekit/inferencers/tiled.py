"""Tiles as inferencers."""

from __future__ import annotations

from torch import Tensor

from restorekit.inferencers.functional import check_tiling, predict_padded, predict_tiled
from restorekit.registry import INFERENCERS
from restorekit.types import Predict


@INFERENCERS.register_module()
class Tiled:
    """Predict by tiles; see ``predict_tiled`` for the arguments.

    The contest entry's handwriting setting is ``tile=512, margin=106`` (a step of 300).
    """

    def __init__(self, *, tile: int, margin: int, batch_size: int = 4, blend: str = "centre") -> None:
        check_tiling(tile, margin, batch_size, blend)
        self.tile, self.margin, self.batch_size, self.blend = tile, margin, batch_size, blend

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, tile by tile."""
        return predict_tiled(
            predict,
            image,
            tile=self.tile,
            margin=self.margin,
            batch_size=self.batch_size,
            blend=self.blend,
        )


@INFERENCERS.register_module()
class WholeOrTiled:
    """The whole image at once where it fits, else tiles: the contest entry's watermark setting.

    Args:
        whole_below: an image is predicted whole where both sides are under this many px.
        multiple: a whole image is first padded by reflection to a multiple of this.
        tile: see ``predict_tiled``; so are ``margin``, ``batch_size`` and ``blend``.
    """

    def __init__(
        self,
        *,
        whole_below: int,
        multiple: int,
        tile: int,
        margin: int,
        batch_size: int = 1,
        blend: str = "centre",
    ) -> None:
        if multiple < 1:
            raise ValueError(f"multiple must be at least 1; got {multiple}")
        self.whole_below, self.multiple = whole_below, multiple
        self.tiled = Tiled(tile=tile, margin=margin, batch_size=batch_size, blend=blend)

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, whole or by tiles."""
        if max(image.shape[-2:]) < self.whole_below:
            return predict_padded(predict, image, multiple=self.multiple)
        return self.tiled(predict, image)
