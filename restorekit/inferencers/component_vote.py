"""One verdict for each stroke or letter."""

from __future__ import annotations

import cv2
import numpy as np
import torch
from torch import Tensor

from restorekit.inferencers.functional import mask_of
from restorekit.inferencers.morphology import component_means, dilated, maximum_filter
from restorekit.inferencers.paper import FAINTEST, paper_around, paper_level
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

KEPT, ERASED = 0.49, 0.51
"""What the probability of ink is at most where a component is kept, and at least where it is erased."""
BELOW, LEAST_DARK = 0.5, 0.25
"""Print below ink is darker than paper by this share of what it was in the input, and of what paper is."""
MOST_BELOW = 0.5
"""The share of a component that print below it may be: where more stands, the network forgot the ink."""
SHORTEST, BESIDE, NO_INK = 3, (2, 10), 0.2
"""So many px of print below ink are enough beside print that is free of it: within these rows and columns."""


@INFERENCERS.register_module()
class ComponentVote:
    """Erase a stroke whole or leave it whole: the pixels of a connected component vote.

    A network judges each pixel by what lies near it, so half a stroke may stand where the rest is gone, and
    a letter of print lose a limb. Strokes and letters are connected components of what is darker than paper;
    where most of one is ink it becomes paper, where most is not it comes back as it was. What is larger than
    ``size``, such as rules and what touches them, and what is undecided, stays as the network left it. So
    does what it left dark in a component that is erased: print below ink, such as an equals sign below the
    digit that follows. The mask crosses 0.5 with the verdict and no further, so that doubt stays to be seen.
    It comes after ``Tiled`` in a chain, whose margin must be at least ``size + 2 * rim``.

    Args:
        keep: mean probability of ink, in [0, 1], below which a component is as in the input.
        erase: mean probability from ``keep`` to 1, above which it becomes paper.
        size: px; higher or wider components have no vote.
        dark: a pixel darker than this share of the paper around, in (0, 1), belongs to a component.
        rim: px around a component that share its fate, for strokes have soft edges.
        least: px; a shorter piece left dark is a trace of the ink, unless it is beside print.

    Raises:
        ValueError: an argument is out of its range.
    """

    def __init__(
        self,
        *,
        keep: float = 0.4,
        erase: float = 0.8,
        size: int = 60,
        dark: float = 0.8,
        rim: int = 2,
        least: int = 7,
    ) -> None:
        if not 0 <= keep <= erase <= 1 or not 0 < dark < 1 or min(size, least) < 1 or rim < 0:
            raise ValueError(
                f"expected 0 <= keep <= erase <= 1, 0 < dark < 1, size >= 1, least >= 1 and rim >= 0;"
                f" got {keep=}, {erase=}, {dark=}, {size=}, {least=}, {rim=}"
            )
        self.keep, self.erase, self.size, self.dark, self.rim = keep, erase, size, dark, rim
        self.least = least

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, its image and its mask after the vote."""
        output = predict(image)
        image, probability = image.to(output.device), mask_of(output, self)
        level = image.mean(1, keepdim=True)
        usual = paper_level(level)
        dark = (level < self.dark * usual) & (level < usual - FAINTEST)  # not the noise of a dark page
        before, left = usual - level, usual - output[:, :3].mean(1, keepdim=True)
        below = (left > BELOW * before.clamp(min=FAINTEST)) & (left > LEAST_DARK * usual)
        planes = zip(dark[:, 0], probability[:, 0], below[:, 0], strict=True)
        kept, erased, below = (
            torch.stack(own)[:, None].to(output.device)
            for own in zip(*(self._vote(*page) for page in planes), strict=True)
        )
        kept, erased = self._with_rim(kept, dark), self._with_rim(erased, dark)
        erased = erased & ~(maximum_filter(below.float(), 1) > 0)
        restored = torch.where(kept, image, output[:, :3])
        ink = torch.where(kept, 0, torch.where(erased, 1, probability))
        paper, found = paper_around(restored, ink)
        erased = erased & found
        restored = torch.where(erased, paper, restored)
        probability = torch.where(kept, probability.clamp(max=KEPT), probability)
        probability = torch.where(erased, probability.clamp(min=ERASED), probability)
        return torch.cat([restored, probability, output[:, 4:]], 1)

    def _vote(self, dark: Tensor, probability: Tensor, below: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What of the dark pixels is to be kept, what erased, and what of that is print below it.

        All planes are ``(H, W)``, all bool but ``probability``; ``below`` is what may be print.
        """
        ink, may_be = probability.detach().float().cpu().numpy(), below.cpu().numpy()
        labels, stats, mean = component_means(dark.cpu().numpy(), ink)
        votes = _longer_sides(stats) <= self.size
        votes[0] = False  # the background
        kept, erased = votes & (mean < self.keep), votes & (mean > self.erase)
        found = np.bincount(labels.ravel(), may_be.ravel(), len(stats))
        printed = erased & (found < MOST_BELOW * stats[:, cv2.CC_STAT_AREA])
        _, pieces, sizes, _ = cv2.connectedComponentsWithStats((may_be & printed[labels]).astype(np.uint8))
        near_print = dilated((labels > 0) & ~erased[labels] & (ink < NO_INK), *BESIDE)
        beside = np.bincount(pieces.ravel(), near_print.ravel(), len(sizes)) > 0
        stays = _longer_sides(sizes) >= np.where(beside, SHORTEST, self.least)
        stays[0] = False
        return tuple(torch.from_numpy(own) for own in (kept[labels], erased[labels], stays[pieces]))

    def _with_rim(self, own: Tensor, dark: Tensor) -> Tensor:
        """The components and their rims, up to a pixel from other components."""
        others = maximum_filter((dark & ~own).float(), 1) > 0
        return (maximum_filter(own.float(), self.rim) > 0) & ~others


def _longer_sides(stats: np.ndarray) -> np.ndarray:
    """Of the boxes around components, px, from OpenCV's statistics."""
    return np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
