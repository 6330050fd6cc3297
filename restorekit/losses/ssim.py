"""Structural similarity as a loss."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torchmetrics.functional.image import structural_similarity_index_measure

from restorekit.registry import LOSSES
from restorekit.types import Batch, Restoration


@LOSSES.register_module()
class SSIMLoss(nn.Module):
    """``weight * (1 - SSIM)`` of the restored image (Wang et al., IEEE TIP 2004; window 11, sigma 1.5).

    Args:
        weight: multiplies the value.
    """

    def __init__(self, *, weight: float = 1.0) -> None:
        super().__init__()
        self.weight = weight

    def forward(self, output: Restoration, batch: Batch) -> Tensor:
        """Scalar in [0, 2] times the weight; sides must be at least 11 px."""
        with torch.autocast(output.image.device.type, enabled=False):  # its window would run in bfloat16
            similarity = structural_similarity_index_measure(
                output.image.float(), batch["target"].float(), data_range=1.0
            )
        return self.weight * (1 - similarity)
