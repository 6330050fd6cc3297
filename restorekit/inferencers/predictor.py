"""From a network to a ``Predict``: the one place where an image meets a network at inference."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from restorekit.inferencers.functional import predict_padded
from restorekit.types import Predict, check_output


def predictor(network: nn.Module, *, autocast_dtype: torch.dtype | None = None) -> Predict:
    """Wrap ``network`` so that it takes any image size and gives clamped float32 channels.

    Args:
        network: see ``restorekit.networks``. It is run as it is: put it into evaluation mode first.
        autocast_dtype: run the network under autocast in this dtype, e.g. ``torch.bfloat16``.

    Returns:
        A ``Predict``: ``(N, 3, H, W)`` to the restored image in [0, 1] and, where the network predicts a
        mask, the probability of ink as a fourth channel. The image moves to the network's device and the
        result stays there. It raises a TypeError where the network breaks its contract.
    """

    def run(image: Tensor) -> Tensor:
        with torch.autocast(image.device.type, autocast_dtype, enabled=autocast_dtype is not None):
            output = network(image.contiguous(memory_format=torch.channels_last))
        check_output(network, output, image)
        restored = output.image.float().clamp(0, 1)
        if output.mask_logits is None:
            return restored
        return torch.cat([restored, output.mask_logits.float().sigmoid()], 1)

    @torch.no_grad()
    def predict(image: Tensor) -> Tensor:
        device = next(network.parameters(), image).device
        return predict_padded(run, image.to(device), multiple=int(network.size_divisor), mode="replicate")

    return predict
