"""The moving average of a model's weights."""

from __future__ import annotations

import torch
from mmengine.model import MomentumAnnealingEMA
from torch import nn
from torch.nn.utils import parametrize

from restorekit.networks.blocks import renew_spectral_norm
from restorekit.registry import MODELS


@MODELS.register_module()
class AveragedWeights(MomentumAnnealingEMA):
    """mmengine's average, with the spectral norms of the averaged weights.

    A norm is told by two singular vectors, which are buffers. The mean of those that the training passed
    through is shorter than they are and tells too small a norm, so that the network that is validated and
    kept was another. Here the average has vectors of its own, a power iteration further with each update.
    Its arguments are those of ``MomentumAnnealingEMA``.
    """

    @torch.no_grad()
    def update_parameters(self, model: nn.Module) -> None:
        """Bring the average a step further; ``model`` is what is trained."""
        vectors = [
            (buffer, buffer.clone())
            for module in self.module.modules()
            if isinstance(module, parametrize.ParametrizationList)
            for buffer in module.buffers()
        ]
        super().update_parameters(model)
        for buffer, before in vectors:
            buffer.copy_(before)
        renew_spectral_norm(self.module, iterations=1)
