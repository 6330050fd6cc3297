"""Print that was erased, and is told by the page around it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from restorekit.inferencers.boosted_trees import BoostedTrees
from restorekit.inferencers.component_vote import KEPT
from restorekit.inferencers.functional import Read, mask_of
from restorekit.inferencers.morphology import dilated
from restorekit.inferencers.pieces import Pieces, find_pieces
from restorekit.inferencers.resizing import Bands, gathered, row_groups
from restorekit.inferencers.streaming import predict_around
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

WEIGHTS = Path(__file__).parents[1] / "weights" / "context_vote" / "model.safetensors"
RIM = 2
"""px around a piece that come back with it: its soft edge."""


@INFERENCERS.register_module()
class ContextVote:
    """Give back print that was erased where all of the page around says that it is print.

    A network sees a letter, a star or an equals sign by itself, and on a soft photograph takes one in so many
    for ink. Beside its neighbours it is plain: as dark, as thick and of the same colour as what was kept
    in its line, and nothing else there was erased. Boosted trees tell so of each connected piece that was
    erased, from how it looks, how surely it was taken for ink, and how it differs from the page's print and
    from its ink. It comes after ``TextScaled`` in a chain, and before all else.

    Args:
        keep: probability of print, in [0, 1], over which a piece comes back as it was.

    Raises:
        ValueError: ``keep`` is out of its range.
    """

    def __init__(self, *, keep: float = 0.7) -> None:
        if not 0 <= keep <= 1:
            raise ValueError(f"keep must be in [0, 1], got {keep}")
        self.keep = keep

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, its print given back."""
        return predict_around(self.around, predict, image)

    def around(self, bands: Bands, read: Read, size: tuple[int, int]) -> Iterator[tuple[int, Tensor]]:
        """The same from top to bottom; a page is held whole."""
        output = gathered(bands(read, size), size[0])
        mask = mask_of(output, self)[0, 0]
        columns = torch.arange(size[1])
        page = np.empty((*size, 3), np.uint8)
        for first, rows in row_groups(size[0]):
            levels = (255 * read(rows, columns)[0].clamp(0, 1)).round().byte()
            page[first : first + len(rows)] = levels.permute(1, 2, 0).cpu().numpy()
        pieces = find_pieces(page, mask.float().cpu().numpy())
        back = None if pieces is None else self._printed(pieces)
        if back is not None and back.any():
            for first, rows in row_groups(size[0]):
                own = torch.from_numpy(back[first : first + len(rows)]).to(output.device)
                part = output[..., first : first + len(rows), :]
                part[:, :3] = torch.where(own, read(rows, columns).to(part), part[:, :3])
                part[:, 3] = torch.where(own, part[:, 3].clamp(max=KEPT), part[:, 3])
        yield 0, output

    def _printed(self, pieces: Pieces) -> np.ndarray:
        """The pieces that are print, and their rims up to a pixel from others, bool ``(H, W)``."""
        verdicts = np.zeros(pieces.labels.max() + 1, bool)
        verdicts[pieces.judged] = load_trees().probability(pieces.features) > self.keep
        own = verdicts[pieces.labels]
        return own | (dilated(own, RIM, RIM) & ~dilated(pieces.dark & ~own, 1, 1))


@cache
def load_trees() -> BoostedTrees:
    """Those that ship."""
    return BoostedTrees.load(WEIGHTS)
