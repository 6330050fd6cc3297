"""An ensemble by averaging. It owns weights, so it is a network and not an inferencer."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from restorekit.registry import NETWORKS
from restorekit.types import Restoration


@NETWORKS.register_module()
class AverageNetwork(nn.Module):
    """The mean of several networks' restored pages; its mask is the mean of their mask logits.

    Args:
        networks: network configs, or built networks. Their weights stand under ``networks.0.``,
            ``networks.1.`` and so on.

    Raises:
        ValueError: fewer than two networks.
    """

    def __init__(self, *, networks: Sequence[dict | nn.Module]) -> None:
        super().__init__()
        if len(networks) < 2:
            raise ValueError(f"an average takes two or more networks; got {len(networks)}")
        self.networks = nn.ModuleList(
            network if isinstance(network, nn.Module) else NETWORKS.build(network) for network in networks
        )
        self.size_divisor = math.lcm(*(network.size_divisor for network in self.networks))
        self.bounded_receptive_field = all(network.bounded_receptive_field for network in self.networks)

    def forward(self, image: Tensor) -> Restoration:
        """``(N, 3, H, W)`` in [0, 1] to the mean restoration; coarse pages are not averaged."""
        outputs = [network(image) for network in self.networks]
        # each is clamped first, as when the members are run alone and their pictures averaged
        restored = torch.stack([output.image.clamp(0, 1) for output in outputs]).mean(0)
        logits = [output.mask_logits for output in outputs if output.mask_logits is not None]
        return Restoration(restored, torch.stack(logits).mean(0) if logits else None)
