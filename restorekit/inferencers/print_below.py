"""Print below ink whose colour is known."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import torch
from torch import Tensor

from restorekit.inferencers.component_vote import KEPT
from restorekit.inferencers.density import off_grey, transmittance
from restorekit.inferencers.functional import Read
from restorekit.inferencers.inks import (
    CHROMATIC,
    COLOURED,
    FEWEST,
    HUES,
    SURE,
    Inks,
    channel_range,
    chroma,
    hues,
)
from restorekit.inferencers.morphology import dilated
from restorekit.inferencers.paper import paper_rows
from restorekit.inferencers.resizing import row_groups

BETWEEN = 150
"""Degrees: hues between two inks' that are no further apart than this are mixtures of both."""
DARK, LEAST, FADED = 0.1, 0.25, 0.4
"""The densities of ink and of print below it at least, and the share of the latter that its edges have."""
USUAL, TIMES = 95, 1.5
"""Print is denser than this percentile of what the inks' colours leave of ink itself, so many times."""
TINTED = 0.1
"""As ``COLOURED``, for the share of the page's ink that is coloured."""
ALL, MOSTLY, NEARLY = 0.8, 0.6, 0.4
"""Where this share of the page's ink is coloured, print is looked for where at most the second of what was
erased around is not, elsewhere where at most the third is not."""
AROUND = 61
"""px, the side of the squares that are looked at around."""
LOST = 0.1, 0.05
"""So much denser than what was restored is print that was lost, and its edges."""
MAY_BE = 0.1
"""The probability of ink under which a pixel stays as it is."""
SMALLEST, TOUCHING = 6, 2
"""px of a piece of print that comes back, and between it and print that was kept."""


class _Unmixed(NamedTuple):
    """What the inks' colours leave of the densities of what may be ink; all planes are ``(H, W)``.

    Attributes:
        rest: mean density over R, G and B that they do not account for, float32; 0 in other colours.
        coloured: where a pixel has the colour of an ink, bool.
        tinted: where it has a little of it, bool.
        dark: where it is denser than ``DARK``, bool.
    """

    rest: np.ndarray
    coloured: np.ndarray
    tinted: np.ndarray
    dark: np.ndarray


def print_below(output: Tensor, read: Read, paper: Tensor, inks: Inks) -> None:
    """Bring print back, in place, that was erased with the ink that crosses it.

    Optical densities add (Beer and Lambert), so what the colours of the page's inks do not account for is
    print. Where two inks cross, both account for the colour between theirs. On a page where nearly all ink is
    coloured, all that is not is print; on others black ink may stand beside, so there print must lie below
    coloured ink and touch print that was kept.

    Args:
        output: what was restored of a page, and the probability of ink, ``(4, H, W)``.
        read: gives the page's pixels at some rows and columns.
        paper: see ``restorekit.inferencers.density.coloured_paper``.
        inks: see ``restorekit.inferencers.inks.find_inks``.
    """
    shares, known = _by_colour(inks)
    if not known.any():
        return
    probability = output[3].float().cpu().numpy()
    unmixed = _unmix(read, paper, shares, known, probability >= MAY_BE)
    sure = (probability > SURE) & unmixed.dark
    usual = unmixed.rest[sure & unmixed.coloured]
    if len(usual) < FEWEST:
        return
    least = max(LEAST, TIMES * float(np.percentile(usual, USUAL)))
    density = _mean_density(output, paper)
    lost = (unmixed.rest > least) & (density < unmixed.rest - LOST[0])
    ink = unmixed.rest <= least
    coloured = float(np.count_nonzero(sure & unmixed.tinted & ink)) / np.count_nonzero(sure)
    other = _sums(sure & ~(unmixed.coloured & ink))
    lost &= other <= (MOSTLY if coloured >= ALL else NEARLY) * _sums(sure)
    kept = None if coloured >= ALL else (probability < 2 * MAY_BE) & (density > LEAST)
    lost = _pieces(lost, unmixed.coloured, kept)
    edge = dilated(lost, 1, 1) & (unmixed.rest > FADED * least) & (density < unmixed.rest - LOST[1])
    _bring_back(output, lost | edge, read, paper, shares)


def _by_colour(inks: Inks) -> tuple[Tensor, Tensor]:
    """How much density inks have for the colour of a pixel, by its hue, and whether that is known.

    Returns:
        ``(2, 3, HUES)``, by each of the two coordinates off grey the density of R, G and B, 0 where it is not
        known; and bool ``(HUES,)``.
    """
    density = inks.density.cpu()
    known = inks.found.cpu().clone()
    colours = torch.stack(off_grey(density))
    shares = colours[:, None] * (density * known / (colours**2).sum(0).clamp(min=1e-12))
    found = torch.nonzero(known)[:, 0].tolist()
    for first, last in zip(found, found[1:] + [hue + HUES for hue in found[:1]], strict=True):
        if last - first <= BETWEEN / 360 * HUES:
            between, pair = torch.arange(first + 1, last) % HUES, [first, last % HUES]
            both = density[:, pair] @ torch.linalg.pinv(colours[:, pair])
            shares[..., between] = both.T[..., None]
            known[between] = True
    return shares.to(inks.density.device), known.to(inks.density.device)


def _left(page: Tensor, bare: Tensor, shares: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """What the inks leave of the densities of a page's pixels ``(3, ...)``; those; and their hues."""
    density = -transmittance(page, bare).log()
    hue = hues(density)
    across, along = off_grey(density)
    of_ink = shares[0][:, hue] * across + shares[1][:, hue] * along
    return (density - of_ink).clamp(min=0), density, hue


def _unmix(read: Read, paper: Tensor, shares: Tensor, known: Tensor, where: np.ndarray) -> _Unmixed:
    """What there is to know of the pixels at bool ``(H, W)``; 0 elsewhere."""
    planes = _Unmixed(np.zeros(where.shape, np.float32), *(np.zeros(where.shape, bool) for _ in range(3)))
    for first, rows in row_groups(len(where)):
        part = where[first : first + len(rows)]
        own = torch.from_numpy(part).to(paper.device)
        page = read(rows, torch.arange(where.shape[1]))[0].to(paper.device)[:, own]
        left, density, hue = _left(page, paper_rows(paper, rows, where.shape[1])[:, own], shares)
        told = known[hue] | (chroma(density) < CHROMATIC * density.norm(dim=0))
        colour = channel_range((-density).exp())
        found = (
            left.mean(0) * told,
            known[hue] & (colour > COLOURED),
            known[hue] & (colour > TINTED),
            density.mean(0) > DARK,
        )
        for plane, values in zip(planes, found, strict=True):
            plane[first : first + len(rows)][part] = values.cpu().numpy()
    return planes


def _mean_density(output: Tensor, paper: Tensor) -> np.ndarray:
    """The density of what was restored, over R, G and B, float32 ``(H, W)``."""
    density = np.empty(output.shape[1:], np.float32)
    for first, rows in row_groups(len(density)):
        band = output[:3, first : first + len(rows)].float()
        own = -transmittance(band, paper_rows(paper, rows, density.shape[1])).log()
        density[first : first + len(rows)] = own.mean(0).cpu().numpy()
    return density


def _sums(where: np.ndarray) -> np.ndarray:
    """How many pixels there are in the square around each."""
    return cv2.boxFilter(
        where.view(np.uint8), cv2.CV_16U, (AROUND, AROUND), normalize=False, borderType=cv2.BORDER_CONSTANT
    )


def _pieces(lost: np.ndarray, coloured: np.ndarray, kept: np.ndarray | None) -> np.ndarray:
    """Of what may be print the pieces that are: large enough, and if need be below ink and beside print."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lost.view(np.uint8))
    found = stats[:, cv2.CC_STAT_AREA] >= SMALLEST
    found[0] = False  # the background
    if kept is not None:
        own = labels[lost]
        below = np.bincount(own, dilated(coloured, 1, 1)[lost], count)
        beside = np.bincount(own, dilated(kept, TOUCHING, TOUCHING)[lost], count)
        found &= (below >= stats[:, cv2.CC_STAT_AREA] / 2) & (beside > 0)
    return found[labels]


def _bring_back(output: Tensor, where: np.ndarray, read: Read, paper: Tensor, shares: Tensor) -> None:
    """What the inks leave of a page at bool ``(H, W)`` into what was restored, and print into the mask."""
    for first, rows in row_groups(len(where)):
        part = torch.from_numpy(where[first : first + len(rows)]).to(output.device)
        if part.any():
            page = read(rows, torch.arange(where.shape[1]))[0].to(output.device)[:, part]
            bare = paper_rows(paper, rows, where.shape[1])[:, part]
            band = output[:, first : first + len(rows)]
            band[:3, part] = (bare * torch.exp(-_left(page, bare, shares)[0])).to(band)
            band[3, part] = band[3, part].clamp(max=KEPT)
