"""Charbonnier loss."""

from __future__ import annotations

from torch import Tensor, nn

from restorekit.losses.functional import charbonnier
from restorekit.registry import LOSSES
from restorekit.types import Batch, Restoration


@LOSSES.register_module()
class CharbonnierLoss(nn.Module):
    """``weight`` times the mean of ``sqrt(difference^2 + epsilon^2)``.

    Args:
        epsilon: the difference, on the scale [0, 1], below which the loss bends from L1 to L2; above 0.
        weight: multiplies the value.

    Raises:
        ValueError: ``epsilon`` is not positive.
    """

    def __init__(self, *, epsilon: float = 1e-3, weight: float = 1.0) -> None:
        super().__init__()
        if epsilon <= 0:
            raise ValueError(f"epsilon must be positive, or the gradient at zero is no number; got {epsilon}")
        self.epsilon = epsilon
        self.weight = weight

    def forward(self, output: Restoration, batch: Batch) -> Tensor:
        """Scalar."""
        return self.weight * charbonnier(output.image, batch["target"], epsilon=self.epsilon)
