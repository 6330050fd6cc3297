"""The colours of a page's ink, told by what was erased nearly everywhere."""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
from torch import Tensor

from restorekit.inferencers.density import off_grey, transmittance
from restorekit.inferencers.functional import Read
from restorekit.inferencers.paper import paper_rows
from restorekit.inferencers.resizing import row_groups

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


class Inks(NamedTuple):
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


def channel_range(through: Tensor) -> Tensor:
    """How far the lightest of the transmittances ``(3, ...)`` of R, G and B is above the darkest."""
    return through.amax(0) - through.amin(0)


def find_inks(read: Read, probability: Tensor, paper: Tensor, *, pure: float, doubt: float) -> Inks:
    """The colours that are ink's on a page.

    Args:
        read: gives the pixels at some rows and columns.
        probability: of ink, ``(H, W)``.
        paper: see ``coloured_paper``.
        pure: see ``InkColour``.
        doubt: see ``InkColour``.
    """
    height, width = probability.shape
    sums = probability.new_zeros(6, HUES)
    for first, rows in row_groups(height):
        page = read(rows, torch.arange(width))[0].to(probability.device)
        through = transmittance(page, paper_rows(paper, rows, width))
        coloured = channel_range(through) > COLOURED
        density, ink = -through[:, coloured].log(), probability[first : first + len(rows)][coloured]
        hue, sure = hues(density), (ink > SURE).float()
        erased, kept = (ink >= DECIDED).float(), (ink < doubt).float()
        weights = [erased + kept, erased, sure, *(density * sure)]
        sums += torch.stack([torch.bincount(hue, weight, HUES) for weight in weights])
    pixels, erased, sure, *total = sums + sums.roll(1, -1) + sums.roll(-1, -1)
    density = torch.stack(total) / sure.clamp(min=1)
    chromatic = chroma(density) >= CHROMATIC * density.norm(dim=0).clamp(min=1e-6)
    return Inks((sure >= FEWEST) & (erased >= pure * pixels) & chromatic, density)
