"""Dice loss on the mask's logits."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from restorekit.losses.checks import require_mask_logits
from restorekit.losses.functional import dice
from restorekit.registry import LOSSES
from restorekit.types import Batch, Restoration


@LOSSES.register_module()
class DiceLoss(nn.Module):
    """``weight * dice(sigmoid(mask_logits), mask)``; see ``functional.dice``.

    A sample without ink has a loss of 1 whatever is predicted, and so no gradient: where many bear none,
    add ``MaskCrossEntropyLoss``.

    A network that restores in several passes gives the mean over its passes (as PERT is trained).

    Args:
        weight: multiplies the value.
    """

    def __init__(self, *, weight: float = 1.0) -> None:
        super().__init__()
        self.weight = weight

    def forward(self, output: Restoration, batch: Batch) -> Tensor:
        """Scalar.

        Raises:
            ValueError: the network predicts no mask.
        """
        values = [
            dice(torch.sigmoid(require_mask_logits(step, "DiceLoss").float()), batch["mask"])
            for step in (*output.iterations, output)
        ]
        return self.weight * torch.stack(values).mean()
