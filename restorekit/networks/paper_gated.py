"""A network for every picture, and one that joins it on paper alone."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn

from restorekit.registry import NETWORKS
from restorekit.types import Restoration

LEVELS, NEAR = 64, 3
"""Paper is what lies so many of 64 levels off the most frequent one of the brighter half."""
LOW, HIGH = 0.35, 0.55
"""The share of paper under which a picture is none, and over which it is a page."""


@NETWORKS.register_module()
class PaperGated(nn.Module):
    """A mean of two networks, weighted by whether the picture is a page or a photograph.

    What tells a mark from print differs from what tells it from a photograph. Paper takes under 0.4 of
    photographs and mostly over 0.55 of documents, so one is seldom taken for the other.
    A large picture is judged tile by tile, so a photograph on a page is taken for one where it fills tiles.

    Args:
        network: config of a network, or a built one: restores by itself what is no page.
        on_paper: the same of one that has a part in pages.
        most: its part where the picture is a page, in [0, 1].

    Raises:
        ValueError: ``most`` is out of range.
    """

    def __init__(self, *, network: Any, on_paper: Any, most: float = 0.5) -> None:
        super().__init__()
        if not 0 <= most <= 1:
            raise ValueError(f"most must be in [0, 1]; got {most}")
        self.network, self.on_paper = (
            part if isinstance(part, nn.Module) else NETWORKS.build(part) for part in (network, on_paper)
        )
        self.most = most
        self.size_divisor = math.lcm(self.network.size_divisor, self.on_paper.size_divisor)
        self.bounded_receptive_field = False

    def forward(self, image: Tensor) -> Restoration:
        """``(N, 3, H, W)`` in [0, 1] to the mean restoration, and its mask where both predict one."""
        output = self.network(image)
        restored, logits = output.image.clamp(0, 1).float(), output.mask_logits
        part = self.most * ((paper_share(image) - LOW) / (HIGH - LOW)).clamp(0, 1).view(-1, 1, 1, 1)
        needed = self.training or torch.compiler.is_compiling()
        if not needed and not part.any():
            return Restoration(restored, logits)
        other = self.on_paper(image)
        restored = torch.lerp(restored, other.image.clamp(0, 1).float(), part)
        if logits is None or other.mask_logits is None:
            return Restoration(restored)
        return Restoration(restored, torch.lerp(logits.float(), other.mask_logits.float(), part))


def paper_share(image: Tensor) -> Tensor:
    """How much of each picture has the level of its paper: float32 ``(N,)`` in [0, 1].

    Args:
        image: ``(N, 3, H, W)`` in [0, 1]; its darkest channel counts.
    """
    levels = (image.amin(1).clamp(0, 1) * (LEVELS - 1)).round().long().flatten(1)
    counts = torch.zeros(len(levels), LEVELS, device=image.device)
    counts = counts.scatter_add(1, levels, torch.ones_like(levels, dtype=torch.float32)) / levels.shape[1]
    paper = counts[:, LEVELS // 2 :].argmax(1) + LEVELS // 2
    near = (torch.arange(LEVELS, device=image.device) - paper[:, None]).abs() <= NEAR
    return (counts * near).sum(1)
