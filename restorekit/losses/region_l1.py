"""L1 with one weight for ink and another for background."""

from __future__ import annotations

from torch import Tensor, nn

from restorekit.losses.functional import region_l1
from restorekit.registry import LOSSES
from restorekit.types import Batch, Restoration


@LOSSES.register_module()
class RegionL1Loss(nn.Module):
    """Absolute error weighted by region, a mean over all pixels; see ``functional.region_l1``.

    The defaults are EraseNet's for its final output. A weight map of ``1 + k * mask`` is
    ``ink_weight=1 + k, background_weight=1``.

    Args:
        ink_weight: where the mask is 1.
        background_weight: where the mask is 0.
        print_weight: what black print weighs beyond ``background_weight`` where the mask is 0. What may be
            print or ink is erased only where ink is likelier by
            ``(background_weight + print_weight) / ink_weight``.
        weight: multiplies the value.
    """

    def __init__(
        self,
        *,
        ink_weight: float = 10.0,
        background_weight: float = 2.0,
        print_weight: float = 0.0,
        weight: float = 1.0,
    ) -> None:
        super().__init__()
        self.ink_weight = ink_weight
        self.background_weight = background_weight
        self.print_weight = print_weight
        self.weight = weight

    def forward(self, output: Restoration, batch: Batch) -> Tensor:
        """Scalar."""
        return self.weight * region_l1(
            output.image,
            batch["target"],
            batch["mask"],
            ink_weight=self.ink_weight,
            background_weight=self.background_weight,
            print_weight=self.print_weight,
        )
