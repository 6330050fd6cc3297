"""The mathematics of the losses: pure functions of tensors, computed in float32 whatever comes in.

Images are RGB in [0, 1], ``(N, 3, H, W)``; masks are ``(N, 1, H, W)`` in [0, 1] with 1 = ink (to be
erased). "EraseNet" is Liu et al., "EraseNet: End-to-End Text Removal in the Wild", IEEE TIP 2020; "PERT" is
Wang et al., "What is the Real Need for Scene Text Removal?", IEEE TIP 2023.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F


def dice(probability: Tensor, mask: Tensor) -> Tensor:
    """``1 - mean over samples of 2*sum(p*t) / (sum(p^2) + 0.001 + sum(t^2) + 0.001)`` (EraseNet).

    Args:
        probability: ``(N, ...)`` in [0, 1].
        mask: the same shape.

    Returns:
        A scalar in [0, 1]; about 0 for a perfect mask, about 1 for an empty one.
    """
    p, t = probability.float().flatten(1), mask.float().flatten(1)
    overlap = 2 * (p * t).sum(1)
    return 1 - (overlap / ((p * p).sum(1) + (t * t).sum(1) + 0.002)).mean()


def region_l1(
    image: Tensor,
    target: Tensor,
    mask: Tensor,
    *,
    ink_weight: float,
    background_weight: float,
    print_weight: float = 0.0,
) -> Tensor:
    """``ink_weight * L1(mask*image, mask*target) + background_weight * L1`` of the rest (EraseNet).

    Both are means over all pixels, those outside the region included. With soft masks a pixel's weight
    lies between the two. What is dark outside the mask is print: it weighs ``print_weight`` times its
    darkness (1 less the target's lowest channel) more.
    """
    mask = mask.float()
    rest = background_weight
    if print_weight:
        rest = background_weight + print_weight * (1 - target.float().amin(1, keepdim=True))
    weight = ink_weight * mask + rest * (1 - mask)
    return ((image.float() - target.float()).abs() * weight).mean()


def charbonnier(image: Tensor, target: Tensor, *, epsilon: float) -> Tensor:
    """Mean of ``sqrt(difference^2 + epsilon^2)``: L1 that is smooth at zero (Charbonnier et al., 1994)."""
    difference = image.float() - target.float()
    return torch.sqrt(difference * difference + epsilon**2).mean()


def negative_psnr(image: Tensor, target: Tensor, *, epsilon: float) -> Tensor:
    """Mean over samples of ``10 * log10(MSE + epsilon)``, in dB: less is better (Chen et al., NAFNet)."""
    error = (image.float() - target.float()).square().flatten(1).mean(1)
    return 10 / math.log(10) * torch.log(error + epsilon).mean()


def gram_matrix(features: Tensor) -> Tensor:
    """``(N, C, H, W)`` to its channels' inner products ``(N, C, C)``, divided by ``C*H*W``."""
    n, channels, height, width = features.shape
    flat = features.float().reshape(n, channels, height * width)
    with torch.autocast(features.device.type, enabled=False):  # it would multiply in bfloat16
        return flat @ flat.transpose(1, 2) / (channels * height * width)


def pairwise_similarity_distance(first: Tensor, second: Tensor, *, window_share: float) -> Tensor:
    """How differently two feature maps relate their own positions to each other (PERT).

    Each map is max-pooled by windows of ``window_share`` of its sides and normalised to length 1 at each
    position; the cosine similarities of all pairs of positions are compared.

    Args:
        first: ``(N, C, H, W)``.
        second: the same shape.
        window_share: side of a pooling window as a share of the map's side.

    Returns:
        ``sum of squared differences / positions^2 / N``.
    """
    height, width = first.shape[-2:]
    window = (max(int(height * window_share), 1), max(int(width * window_share), 1))
    similarity = []
    for features in (first, second):
        pooled = F.max_pool2d(features.float(), window, window, ceil_mode=True)
        unit = F.normalize(pooled.flatten(2), dim=1, eps=1e-8)
        with torch.autocast(first.device.type, enabled=False):  # it would multiply in bfloat16
            similarity.append(unit.transpose(1, 2) @ unit)
    difference = similarity[0] - similarity[1]
    return difference.square().sum() / difference.shape[-1] ** 2 / difference.shape[0]


def hinge_discriminator(real_score: Tensor, fake_score: Tensor) -> Tensor:
    """Hinge of the two *batch means*, as EraseNet's code trains its discriminator."""
    return torch.relu(1 - real_score.float().mean()) + torch.relu(1 + fake_score.float().mean())
