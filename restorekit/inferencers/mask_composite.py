"""Keeping what the network does not take for ink."""

from __future__ import annotations

import torch
from torch import Tensor

from restorekit.inferencers.functional import mask_of
from restorekit.inferencers.morphology import maximum_filter
from restorekit.registry import INFERENCERS
from restorekit.types import Predict


@INFERENCERS.register_module()
class MaskComposite:
    """The restored image where ink is, the input elsewhere: ``M * restored + (1 - M) * input``.

    Where a network is sure that there is no ink, its correction can only be wrong: a slight change of print
    or paper. ``M`` is the predicted probability, grown and stretched: 0 below ``low``, 1 above ``high``.
    It comes after ``Tiled`` in a chain, and before ``FlipAverage``.

    Args:
        low: probability in [0, 1) up to which the input stays as it is.
        high: probability in (low, 1] from which on the restored image is taken.
        grow: px by which probabilities spread, so that strokes lose their soft edges too.

    Raises:
        ValueError: an argument is out of its range.
    """

    def __init__(self, *, low: float = 0.1, high: float = 0.5, grow: int = 3) -> None:
        if not 0 <= low < high <= 1 or grow < 0:
            raise ValueError(f"expected 0 <= low < high <= 1 and grow >= 0; got {low=}, {high=}, {grow=}")
        self.low, self.high, self.grow = low, high, grow

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, its image composed with the input."""
        output = predict(image)
        share = self.share(mask_of(output, self))
        image = image.to(output.device)
        return torch.cat([torch.lerp(image, output[:, :3], share), output[:, 3:]], 1)

    def share(self, mask: Tensor) -> Tensor:
        """``M`` of a mask of probabilities, both ``(N, 1, H, W)`` in [0, 1]."""
        return ((maximum_filter(mask, self.grow) - self.low) / (self.high - self.low)).clamp(0, 1)
