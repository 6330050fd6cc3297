"""Binary cross-entropy of the mask."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

from restorekit.losses.checks import require_mask_logits
from restorekit.registry import LOSSES
from restorekit.types import Batch, Restoration


@LOSSES.register_module()
class MaskCrossEntropyLoss(nn.Module):
    """``weight`` times the mean binary cross-entropy of ``mask_logits`` with the (soft or hard) mask.

    Args:
        weight: multiplies the value.
    """

    def __init__(self, *, weight: float = 1.0) -> None:
        super().__init__()
        self.weight = weight

    def forward(self, output: Restoration, batch: Batch) -> Tensor:
        """Scalar, in nats a pixel.

        Raises:
            ValueError: the network predicts no mask.
        """
        logits = require_mask_logits(output, "MaskCrossEntropyLoss")
        return self.weight * F.binary_cross_entropy_with_logits(logits.float(), batch["mask"].float())
