"""PSNR as a loss."""

from __future__ import annotations

from torch import Tensor, nn

from restorekit.losses.functional import negative_psnr
from restorekit.registry import LOSSES
from restorekit.types import Batch, Restoration


@LOSSES.register_module()
class PSNRLoss(nn.Module):
    """``weight`` times minus the PSNR in dB, averaged over samples (Chen et al., NAFNet, ECCV 2022).

    Negative for any sensible image: in a log, a value of -30 is 30 dB.

    Args:
        epsilon: added to the squared error, so that a perfect image has a finite loss (80 dB); above 0.
        weight: multiplies the value.

    Raises:
        ValueError: ``epsilon`` is not positive.
    """

    def __init__(self, *, epsilon: float = 1e-8, weight: float = 1.0) -> None:
        super().__init__()
        if epsilon <= 0:
            raise ValueError(f"epsilon must be positive, or a perfect image has no loss; got {epsilon}")
        self.epsilon = epsilon
        self.weight = weight

    def forward(self, output: Restoration, batch: Batch) -> Tensor:
        """Scalar, in dB."""
        return self.weight * negative_psnr(output.image, batch["target"], epsilon=self.epsilon)
