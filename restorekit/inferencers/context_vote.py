"""Print that was erased and ink that was kept, told by the page around them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from restorekit.inferencers.boosted_trees import BoostedTrees
from restorekit.inferencers.component_vote import ERASED as INK
from restorekit.inferencers.component_vote import KEPT
from restorekit.inferencers.functional import Read, mask_of
from restorekit.inferencers.morphology import dilated
from restorekit.inferencers.paper import paper_around
from restorekit.inferencers.pieces import PagePieces, Pieces
from restorekit.inferencers.resizing import Bands, gathered, page_levels, row_groups
from restorekit.inferencers.streaming import predict_around
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

WEIGHTS = Path(__file__).parents[1] / "weights" / "context_vote"
ERASED, REPEATED, LEFT = "erased.safetensors", "repeated.safetensors", "kept.safetensors"
"""The trees that judge what was erased, those that do so by what else on the page looks like it, too, and
those that judge what was kept."""
RIM = 2
"""px around a piece that share its fate: its soft edge."""
MOST_LEFT = 0.1
"""The share of what was erased that what is erased besides may be: networks leave little, and where the trees
see more than that they do not know such pages."""
NEAR = 64
"""px of the page around a piece from which its paper is told."""


@INFERENCERS.register_module()
class ContextVote:
    """Give back print that was erased, and erase ink that was kept, where all of the page around says so.

    A network sees a letter, a star or an equals sign by itself, and on a soft photograph takes one in so many
    for ink; or a written bracket for print. Beside its neighbours each is plain: print as dark, as thick and
    of the same colour as what was kept in its line, where nothing else was erased; ink like what was erased
    there. Boosted trees tell so of each connected piece, from how it looks, how surely it was taken for ink,
    and how it differs from the page's print and from its ink; others also from what else on the page looks
    like it, for print comes again as it was, and what either takes for print comes back. Rules and holes are
    not erased, nor what is more than a network leaves. It comes after ``TextScaled`` and ``RuleFill`` in a
    chain, and before all else.

    Args:
        keep: probability of print, in [0, 1], over which a piece that was erased comes back as it was; the
            larger of two.
        erase: probability of print, in [0, 1], under which a piece that was kept becomes paper.

    Raises:
        ValueError: ``keep`` or ``erase`` is out of its range.
    """

    def __init__(self, *, keep: float = 0.6, erase: float = 0.1) -> None:
        for name, value in (("keep", keep), ("erase", erase)):
            if not 0 <= value <= 1:
                raise ValueError(f"{name} must be in [0, 1], got {value}")
        self.keep, self.erase = keep, erase

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, its print given back and its ink erased."""
        return predict_around(self.around, predict, image)

    def around(self, bands: Bands, read: Read, size: tuple[int, int]) -> Iterator[tuple[int, Tensor]]:
        """The same from top to bottom; a page is held whole."""
        output = gathered(bands(read, size), size[0])
        probability = mask_of(output, self)[0, 0].float().cpu().numpy().copy()
        found = PagePieces(page_levels(read, size), probability)
        pieces = found.find(kept=False)
        if pieces is None:
            yield 0, output
            return
        verdicts = [load_trees(name).probability(pieces.features) for name in (ERASED, REPEATED)]
        back = _chosen(pieces, np.maximum(*verdicts) > self.keep)
        if back.any():
            columns = torch.arange(size[1])
            for first, rows in row_groups(size[0]):
                own = torch.from_numpy(back[first : first + len(rows)]).to(output.device)
                part = output[..., first : first + len(rows), :]
                part[:, :3] = torch.where(own, read(rows, columns).to(part), part[:, :3])
                part[:, 3] = torch.where(own, part[:, 3].clamp(max=KEPT), part[:, 3])
        left = found.find(kept=True)
        if left is not None:
            written = load_trees(LEFT).probability(left.features) < self.erase
            area = np.bincount(left.labels.ravel())[left.judged]
            if area[written].sum() <= MOST_LEFT * np.count_nonzero(pieces.labels):
                _erase(_chosen(left, written), output)
        yield 0, output


def _chosen(pieces: Pieces, verdicts: np.ndarray) -> np.ndarray:
    """Of the pieces that are judged some, and their rims up to a pixel from others, bool ``(H, W)``."""
    chosen = np.zeros(pieces.labels.max() + 1, bool)
    chosen[pieces.judged] = verdicts
    own = chosen[pieces.labels]
    return own | (dilated(own, RIM, RIM) & ~dilated(pieces.dark & ~own, 1, 1))


def _erase(where: np.ndarray, output: Tensor) -> None:
    """Make paper of what is bool ``(H, W)``, and ink of it in the mask."""
    for first, rows in row_groups(len(where)):
        end = first + len(rows)
        own = torch.from_numpy(where[first:end]).to(output.device)
        if own.any():
            top = max(first - NEAR, 0)
            near = slice(top, end + NEAR)
            ink = torch.from_numpy(where[near]).to(output.device) | (output[:, 3:4, near] >= 0.5)
            paper, found = paper_around(output[:, :3, near].float(), ink.float())
            inner = (..., slice(first - top, end - top), slice(None))
            own = own & found[inner]
            part = output[..., first:end, :]
            part[:, :3] = torch.where(own, paper[inner].to(part), part[:, :3])
            part[:, 3:4] = torch.where(own, part[:, 3:4].clamp(min=INK), part[:, 3:4])


@cache
def load_trees(name: str) -> BoostedTrees:
    """Those that ship, by the name of their file."""
    return BoostedTrees.load(WEIGHTS / name)
