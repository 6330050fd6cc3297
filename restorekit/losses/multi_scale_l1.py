"""Region-weighted L1 on the coarse pages."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from restorekit.losses.checks import require_coarse
from restorekit.losses.functional import region_l1
from restorekit.registry import LOSSES
from restorekit.types import Batch, Restoration


@LOSSES.register_module()
class MultiScaleL1Loss(nn.Module):
    """The sum of ``functional.region_l1`` over ``output.coarse``, each page with its scale's weights.

    A coarse page's scale is read off its size; target and mask are resized to it by nearest neighbour.
    The weights are pairs (ink, background); the defaults are EraseNet's.

    Args:
        full: weights for a coarse page of the target's size.
        half: for half its height and width.
        quarter: for a quarter of them.
        weight: multiplies the value.

    Raises:
        ValueError: a pair is not two numbers.
    """

    def __init__(
        self,
        *,
        full: tuple[float, float] = (8.0, 0.8),
        half: tuple[float, float] = (6.0, 1.0),
        quarter: tuple[float, float] = (5.0, 0.8),
        weight: float = 1.0,
    ) -> None:
        super().__init__()
        for name, pair in (("full", full), ("half", half), ("quarter", quarter)):
            if not isinstance(pair, tuple | list) or len(pair) != 2:
                raise ValueError(f"{name} must be a pair (ink weight, background weight); got {pair!r}")
        self.weights = {1: full, 2: half, 4: quarter}
        self.weight = weight

    def forward(self, output: Restoration, batch: Batch) -> Tensor:
        """Scalar.

        Raises:
            ValueError: the network gives no coarse pages, or one of a size that is neither the target's
                nor its half nor its quarter.
        """
        height, width = batch["target"].shape[-2:]
        values = []
        for page in require_coarse(output, "MultiScaleL1Loss"):
            size = page.shape[-2:]
            scale = next((s for s in self.weights if size == (height // s, width // s)), None)
            if scale is None:
                raise ValueError(
                    f"MultiScaleL1Loss knows coarse pages at full, half and quarter size of the"
                    f" {height}x{width} target; got one of {size[0]}x{size[1]}"
                )
            ink, background = self.weights[scale]
            target = F.interpolate(batch["target"].float(), size=size, mode="nearest")
            mask = F.interpolate(batch["mask"].float(), size=size, mode="nearest")
            values.append(region_l1(page, target, mask, ink_weight=ink, background_weight=background))
        return self.weight * torch.stack(values).sum()
