"""Paper where hardly anything is left of the ink."""

from __future__ import annotations

import torch
from torch import Tensor

from restorekit.inferencers.functional import mask_of
from restorekit.inferencers.mask_composite import MaskComposite
from restorekit.inferencers.paper import FAINTEST, page_likeness, paper_around
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

PALEST, PALE = 0.12, 0.08
"""What is darker than paper by the first share of it is filled, by both together no more."""
OVERDONE = 0.12
"""As much brighter than paper is still paper, as edges of strokes become where a network overdoes it; more is
something white, such as letters in a box."""


@INFERENCERS.register_module()
class PaperFill:
    """Take the paper around it where the network is sure of ink and has taken most of that away.

    Networks seldom lift ink quite: what they leave of a stroke is a ghost, far too pale for ink and still to
    be seen. What is left of a pixel is ``(paper - restored) / (paper - input)``, of the means over R, G, B.
    Print below ink keeps more than a ghost does, and stays; so does what is much darker than paper, whatever
    share of the ink it is, but pale print below ink is lost. Paper is what lies even within some 10
    px, as in a tinted field of 24 px or more, else what is bright and usual within some 40 px. It comes after
    ``Tiled`` in a chain; tiles with a margin of 64 px that start on multiples of 8 px change nothing.

    Args:
        low: probability of ink in [0, 1) up to which a pixel stays as the network restored it.
        high: probability in (low, 1] from which on it may be filled.
        grow: px by which probabilities spread.
        least: share left of the ink, in [0, 1), up to which a pixel becomes paper.
        most: share in (least, 1] from which on it stays.
        pages_only: leave photographs alone, where what is even is no paper (``page_likeness``).

    Raises:
        ValueError: an argument is out of its range.
    """

    def __init__(
        self,
        *,
        low: float = 0.9,
        high: float = 0.98,
        grow: int = 3,
        least: float = 0.3,
        most: float = 0.6,
        pages_only: bool = False,
    ) -> None:
        if not 0 <= least < most <= 1:
            raise ValueError(f"expected 0 <= least < most <= 1; got {least=}, {most=}")
        self.sure = MaskComposite(low=low, high=high, grow=grow)
        self.least, self.most, self.pages_only = least, most, pages_only

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, ghosts of ink filled with paper."""
        output = predict(image)
        share = self.sure.share(mask_of(output, self))
        if self.pages_only:
            share = share * page_likeness(image).to(output.device)
            if not share.any():
                return output
        restored = output[:, :3]
        paper, found = paper_around(restored, output[:, 3:4])
        level, before = paper.mean(1, keepdim=True), image.to(output.device).mean(1, keepdim=True)
        off = level - restored.mean(1, keepdim=True)
        left = torch.maximum(off, -off - OVERDONE).clamp(min=0) / (level - before).clamp(min=FAINTEST)
        share = share * ((self.most - left) / (self.most - self.least)).clamp(0, 1) * found
        share = share * ((PALEST + PALE - off / level.clamp(min=FAINTEST)) / PALE).clamp(0, 1)
        return torch.cat([torch.lerp(restored, paper, share), output[:, 3:]], 1)
