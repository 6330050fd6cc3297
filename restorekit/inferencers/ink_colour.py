"""One verdict for each colour of ink."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from restorekit.inferencers.component_vote import ERASED
from restorekit.inferencers.density import coloured_paper, off_grey, transmittance
from restorekit.inferencers.functional import Read, mask_of
from restorekit.inferencers.morphology import component_means, dilated
from restorekit.inferencers.paper import paper_rows
from restorekit.inferencers.resizing import Bands, gathered, row_groups
from restorekit.inferencers.streaming import predict_around
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

HUES = 36
"""So many hues are told apart; three neighbours count together, for a pen's hue varies with its pressure."""
COLOURED = 0.14
"""The difference between the transmittances of two channels from which on a pixel has a colour."""
CHROMATIC = 0.2
"""The share of an ink's density that is colour; blacker ink says too little of the print below it."""
FEWEST = 100
"""Surely erased pixels of a hue that tell the ink's colour."""
SURE, DECIDED = 0.9, 0.5
"""The probability of ink from which on a pixel tells the ink's colour, and under which colour decides."""
RIM = 2
"""px around what colour decided that are its soft edge."""


@INFERENCERS.register_module()
class InkColour:
    """Where a colour on a page is ink nearly everywhere, it is ink where the network is in doubt, too.

    Ticks of a red pen go where they lie on paper, and bits of them stay where they cross letters; a scribble
    goes at its ends alone. On a page whose print is black anyone sees by its colour what is left. So the hues
    of all coloured pixels are counted: of one that is erased in nearly all its pixels, what still bears it is
    lifted as forms' scanners drop a colour out, and print below stays. Optical densities of ink and print add
    (Beer and Lambert), and print is grey or has another hue: as much ink as accounts for a pixel's colour is
    taken from its density. Connected pixels that the network does not doubt at all stay, such as margins and
    stamps of the ink's colour; so does every hue that print has as well;
    what the network doubts counts for neither. It comes before tiles in a chain,
    for a page is judged as a whole; on pages without colour it changes nothing.

    Args:
        pure: the share of a hue's pixels, in (0, 1], that must be erased for it to be ink's, of those that
            were erased or are less likely ink than ``doubt``.
        doubt: the mean probability of ink, in [0, 1], from which on connected pixels are lifted.

    Raises:
        ValueError: an argument is out of its range.
    """

    def __init__(self, *, pure: float = 0.85, doubt: float = 0.05) -> None:
        if not 0 < pure <= 1 or not 0 <= doubt <= 1:
            raise ValueError(f"expected 0 < pure <= 1 and 0 <= doubt <= 1; got {pure=}, {doubt=}")
        self.pure, self.doubt = pure, doubt

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, ink lifted by its colour."""
        return predict_around(self.around, predict, image)

    def around(self, bands: Bands, read: Read, size: tuple[int, int]) -> Iterator[tuple[int, Tensor]]:
        """The same from top to bottom; a page that bears colours is held whole."""
        paper = coloured_paper(read, size)
        if paper is None:
            yield from bands(read, size)
            return
        output = gathered(bands(read, size), size[0])
        paper = paper.to(output.device)
        inks = _inks(read, mask_of(output, self)[0, 0], paper, self)
        if inks.found.any():
            left = self._doubted(_left(output[0], paper, inks), output[0, 3].float().cpu().numpy())
            _lift(output[0], left, paper, inks)
        yield 0, output

    def _doubted(self, left: np.ndarray, probability: np.ndarray) -> np.ndarray:
        """The connected parts of what is left of a colour, bool ``(H, W)``, that the network doubts."""
        labels, _, mean = component_means(left, probability)
        doubted = mean >= self.doubt
        doubted[0] = False  # the background
        return doubted[labels]


class _Inks(NamedTuple):
    """Whether a hue is ink's, bool ``(HUES,)``, and the ink's density in R, G and B, ``(3, HUES)``."""

    found: Tensor
    density: Tensor


def hues(density: Tensor) -> Tensor:
    """Which of the ``HUES`` densities ``(3, ...)`` of R, G and B have: the angle around the axis of greys."""
    across, along = off_grey(density)
    turns = torch.atan2(along, across) / (2 * math.pi)
    return (turns.remainder(1) * HUES).long().clamp(max=HUES - 1)


def chroma(density: Tensor) -> Tensor:
    """How far densities ``(3, ...)`` of R, G and B are off the axis of greys."""
    return torch.hypot(*off_grey(density))


def _spread(through: Tensor) -> Tensor:
    return through.amax(0) - through.amin(0)


def _inks(read: Read, probability: Tensor, paper: Tensor, bounds: InkColour) -> _Inks:
    """The colours that are ink's on a page.

    Args:
        read: gives the pixels at some rows and columns.
        probability: of ink, ``(H, W)``.
        paper: see ``coloured_paper``.
        bounds: how sure is sure.
    """
    height, width = probability.shape
    sums = probability.new_zeros(6, HUES)
    for first, rows in row_groups(height):
        page = read(rows, torch.arange(width))[0].to(probability.device)
        through = transmittance(page, paper_rows(paper, rows, width))
        coloured = _spread(through) > COLOURED
        density, ink = -through[:, coloured].log(), probability[first : first + len(rows)][coloured]
        hue, sure = hues(density), (ink > SURE).float()
        erased, kept = (ink >= DECIDED).float(), (ink < bounds.doubt).float()
        weights = [erased + kept, erased, sure, *(density * sure)]
        sums += torch.stack([torch.bincount(hue, weight, HUES) for weight in weights])
    pixels, erased, sure, *total = sums + sums.roll(1, -1) + sums.roll(-1, -1)
    density = torch.stack(total) / sure.clamp(min=1)
    chromatic = chroma(density) >= CHROMATIC * density.norm(dim=0).clamp(min=1e-6)
    return _Inks((sure >= FEWEST) & (erased >= bounds.pure * pixels) & chromatic, density)


def _left(output: Tensor, paper: Tensor, inks: _Inks) -> np.ndarray:
    """Where a page, as restored, bears the colour of an ink that was not erased, bool ``(H, W)``."""
    left = output[3] < DECIDED
    for first, rows in row_groups(len(left)):
        own = left[first : first + len(rows)]
        through = transmittance(output[:3, first : first + len(rows)], paper_rows(paper, rows, left.shape[1]))
        own &= _spread(through) > COLOURED
        own[own.clone()] = inks.found[hues(-through[:, own].log())]
    return left.cpu().numpy()


def _lift(output: Tensor, left: np.ndarray, paper: Tensor, inks: _Inks) -> None:
    """Take ink off what is left of it, and off the soft edges around that, in place."""
    near = dilated(left, RIM, RIM)
    for first, rows in row_groups(len(left)):
        part = torch.from_numpy(near[first : first + len(rows)]).to(output.device)
        band = output[:, first : first + len(rows)]
        bare = paper_rows(paper, rows, left.shape[1])[:, part]
        through = transmittance(band[:3, part], bare)
        density = -through.log()
        hue = hues(density)
        inked = inks.found[hue]
        ink = inks.density[:, hue]
        amount = chroma(density) / chroma(ink).clamp(min=1e-6)
        below = bare * torch.exp(-(density - amount * ink).clamp(min=0))
        band[:3, part] = torch.where(inked, below, band[:3, part])
        band[3, part] = torch.where(inked, band[3, part].clamp(min=ERASED), band[3, part])
