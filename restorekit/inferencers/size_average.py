"""Averaging over sizes (test-time augmentation)."""

from __future__ import annotations

import torch
from torch import Tensor

from restorekit.inferencers.functional import mask_of
from restorekit.inferencers.resizing import resized, size_of
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

LEAST = 1e-3
"""The probability that a size can lower the mean by at most, so that none vetoes alone."""


@INFERENCERS.register_module()
class SizeAverage:
    """The mean of the predictions for an image and for it at other sizes, each brought back.

    A network errs otherwise at another size. Probabilities are averaged as logarithms, so that ink must be
    seen at all sizes to go, and each restored image counts as far as ink was seen in it.

    In a chain it stands after ``MaskComposite``, as ``FlipAverage`` does.

    Args:
        factors: the other sizes, over 0; 1 is the image's own and always counts.

    Raises:
        ValueError: no ``factors``, or one that is not over 0.
    """

    def __init__(self, *, factors: list[float] | tuple[float, ...]) -> None:
        if not factors or min(factors) <= 0:
            raise ValueError(f"factors must be over 0, and one at least; got {factors}")
        self.factors = tuple(factors)

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to the mean of what ``predict`` gives."""
        outputs = [predict(image), *(self._at(predict, image, factor) for factor in self.factors)]
        weights = torch.stack([mask_of(output, self).clamp(min=LEAST) for output in outputs])
        restored = torch.stack([output[:, :3] for output in outputs])
        restored = (restored * weights).sum(0) / weights.sum(0)
        return torch.cat([restored, weights.log().mean(0).exp()], 1)

    def _at(self, predict: Predict, image: Tensor, factor: float) -> Tensor:
        size = size_of(image)
        other = resized(image, (max(1, round(size[0] * factor)), max(1, round(size[1] * factor))))
        return resized(predict(other.clamp(0, 1)), size).clamp(0, 1)
