"""One verdict for each rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from restorekit.inferencers.component_vote import KEPT
from restorekit.inferencers.functional import Read, mask_of, transposed
from restorekit.inferencers.morphology import dilated
from restorekit.inferencers.paper import CELL, FAINTEST, paper_rows, squares, usual_level
from restorekit.inferencers.resizing import Bands, gathered, row_groups
from restorekit.inferencers.rules import Piece, find_rules
from restorekit.inferencers.streaming import predict_around
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

DARK = 0.8
"""What is darker than this share of the paper may be a rule."""
STANDS = 0.4
"""The mean probability of ink under which a rule's column shows what the rule looks like."""
FEWEST = 0.3
"""The share of a rule's columns that must show it."""
MORE, LEAST_MORE = 1.3, 0.3
"""How many times as much light as is usual, and how many px of the paper's besides, a column of a rule may
take away; where it takes more it bears ink."""
RIM = 2
"""px above and below a rule that are its soft edge, and beside a crossing that are the ink's."""


@INFERENCERS.register_module()
class RuleVote:
    """Keep a rule whole that mostly stands.

    A network takes the end of a rule for a stroke, or a box's side below a tick, and with a stroke along a
    rule it takes both. But rules are long: what runs on in one line with what stands, and takes away no more
    light, is the same rule, and comes back as it was. Lines by hand are erased over most of their length, and
    stay so. It comes before tiles in a chain, for rules are longer than these, and after ``InkColour``, which
    takes coloured strokes again; what ink has hidden ``RuleFill`` draws.

    Args:
        keep: mean probability of ink over a rule, in [0, 1], from which on it stays as the network left it.

    Raises:
        ValueError: ``keep`` is out of its range.
    """

    def __init__(self, *, keep: float = 0.5) -> None:
        if not 0 <= keep <= 1:
            raise ValueError(f"keep must be in [0, 1], got {keep}")
        self.keep = keep

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, its rules given back."""
        return predict_around(self.around, predict, image)

    def around(self, bands: Bands, read: Read, size: tuple[int, int]) -> Iterator[tuple[int, Tensor]]:
        """The same from top to bottom; a page is held whole."""
        output = gathered(bands(read, size), size[0])
        mask_of(output, self)
        page = _Page.of(read, size, output[0])
        for view in (page, page.transposed()):
            for rule in find_rules(view.dark):
                self._give_back(rule, view)
        yield 0, torch.from_numpy(page.output)[None].to(output)

    def _give_back(self, rule: Sequence[Piece], page: _Page) -> None:
        inked = np.concatenate([_sums(piece, page.output[3]) / piece.heights for piece in rule])
        stands = inked < STANDS
        if inked.mean() >= self.keep or stands.mean() < FEWEST:
            return
        taken = [page.taken(piece) for piece in rule]
        usual = np.median(np.concatenate(taken)[stands])
        for piece, own in zip(rule, taken, strict=True):
            _give_back(piece, page, own > MORE * usual + LEAST_MORE)


class _Page(NamedTuple):
    """A page, what is predicted for it and what is darker than paper; or the same transposed.

    Attributes:
        read: gives the page's pixels at some rows and columns.
        output: what is predicted, ``(4, H, W)`` and more, changed in place.
        paper: how bright the paper is in squares of ``CELL`` px, ``(h, w)``.
        dark: bool ``(H, W)``.
    """

    read: Read
    output: np.ndarray
    paper: np.ndarray
    dark: np.ndarray

    @classmethod
    def of(cls, read: Read, size: tuple[int, int], output: Tensor) -> _Page:
        """Of a page and what is predicted for it."""
        columns = torch.arange(size[1])
        groups = list(row_groups(size[0]))
        levels = [read(rows, columns).mean(1, keepdim=True).cpu() for _, rows in groups]
        paper = usual_level(torch.cat([squares(level, CELL) for level in levels], -2))
        dark = np.empty(size, bool)
        for (first, rows), level in zip(groups, levels, strict=True):
            usual = paper_rows(paper, rows, size[1])
            darker = (level[0] < DARK * usual) & (level[0] < usual - FAINTEST)
            dark[first : first + len(rows)] = darker[0].numpy()
        return cls(read, output.float().cpu().numpy(), paper[0, 0].numpy(), dark)

    def transposed(self) -> _Page:
        """Views of the same pixels, rows for columns."""
        output = self.output.swapaxes(1, 2)
        return _Page(transposed(self.read), output, self.paper.T, self.dark.T)

    def image(self, rows: slice, columns: slice) -> np.ndarray:
        """Its pixels as they came, ``(3, rows, columns)`` in [0, 1]."""
        height, width = self.dark.shape
        return self.read(torch.arange(height)[rows], torch.arange(width)[columns])[0].cpu().numpy()

    def taken(self, piece: Piece) -> np.ndarray:
        """How much light each column of a piece takes away, in px of the paper's, ``(length,)``."""
        top = piece.rows.min()
        pixels = self.image(slice(top, piece.rows.max() + 1), slice(piece.first, piece.end)).mean(0)
        paper = self.paper[piece.rows // CELL, piece.columns // CELL].clip(1 / 255)
        columns = piece.columns - piece.first
        return np.bincount(columns, 1 - pixels[piece.rows - top, columns] / paper)


def _sums(piece: Piece, plane: np.ndarray) -> np.ndarray:
    """The values of a plane ``(H, W)`` summed over each column of a piece, ``(length,)``."""
    return np.bincount(piece.columns - piece.first, plane[piece.rows, piece.columns])


def _give_back(piece: Piece, page: _Page, inked: np.ndarray) -> None:
    """Put a piece back as it was, but for its columns that bear ink, bool ``(length,)``, and their edges."""
    top = max(piece.rows.min() - RIM, 0)
    box = (slice(None), slice(top, piece.rows.max() + RIM + 1), slice(piece.first, piece.end))
    image, output, dark = page.image(*box[1:]), page.output[box], page.dark[box[1:]]
    own = np.zeros_like(dark)
    own[piece.rows - top, piece.columns - piece.first] = True
    others = dilated(dark & ~own, 1, 1)
    own[:, dilated(inked[None], 0, RIM)[0]] = False
    back = own | (dilated(own, RIM, 0) & ~others)
    output[:3, back] = image[:, back]
    output[3, back] = output[3, back].clip(max=KEPT)
