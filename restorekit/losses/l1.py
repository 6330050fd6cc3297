"""Mean absolute error."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

from restorekit.registry import LOSSES
from restorekit.types import Batch, Restoration


@LOSSES.register_module()
class L1Loss(nn.Module):
    """``weight`` times the mean absolute error of the restored image; see also ``RegionL1Loss``.

    Args:
        weight: multiplies the value.
    """

    def __init__(self, *, weight: float = 1.0) -> None:
        super().__init__()
        self.weight = weight

    def forward(self, output: Restoration, batch: Batch) -> Tensor:
        """Scalar."""
        return self.weight * F.l1_loss(output.image.float(), batch["target"].float())
