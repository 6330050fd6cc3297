"""One verdict for each colour of ink."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from restorekit.inferencers.component_vote import ERASED
from restorekit.inferencers.density import coloured_paper, transmittance
from restorekit.inferencers.functional import Read, mask_of
from restorekit.inferencers.inks import COLOURED, DECIDED, Inks, channel_range, chroma, find_inks, hues
from restorekit.inferencers.morphology import component_means, dilated
from restorekit.inferencers.paper import paper_rows
from restorekit.inferencers.print_below import print_below
from restorekit.inferencers.resizing import Bands, gathered, row_groups
from restorekit.inferencers.streaming import predict_around
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

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
    stamps of the ink's colour; so does every hue that print has as well; what the network doubts counts for
    neither. By the same sum print comes back that was erased with the ink that crosses it (``print_below``).
    It comes before tiles in a chain, for a page is judged whole, and finishes what ``TextScaled`` made small
    (print below ink comes back as sharp as the page is); on pages without colour it changes nothing.

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
        """``(N, 3, H, W)`` to what ``predict`` gives, ink lifted by its colour and print below it back."""
        return predict_around(self.around, predict, image)

    def around(self, bands: Bands, read: Read, size: tuple[int, int]) -> Iterator[tuple[int, Tensor]]:
        """The same from top to bottom; a page that bears colours is held whole."""
        paper = coloured_paper(read, size)
        if paper is None:
            yield from bands(read, size)
            return
        output = gathered(bands(read, size), size[0])
        paper = paper.to(output.device)
        inks = find_inks(read, mask_of(output, self)[0, 0], paper, pure=self.pure, doubt=self.doubt)
        if inks.found.any():
            left = self._doubted(_left(output[0], paper, inks), output[0, 3].float().cpu().numpy())
            _lift(output[0], left, paper, inks)
            print_below(output[0], read, paper, inks)
        yield 0, output

    def _doubted(self, left: np.ndarray, probability: np.ndarray) -> np.ndarray:
        """The connected parts of what is left of a colour, bool ``(H, W)``, that the network doubts."""
        labels, _, mean = component_means(left, probability)
        doubted = mean >= self.doubt
        doubted[0] = False  # the background
        return doubted[labels]


def _left(output: Tensor, paper: Tensor, inks: Inks) -> np.ndarray:
    """Where a page, as restored, bears the colour of an ink that was not erased, bool ``(H, W)``."""
    left = output[3] < DECIDED
    for first, rows in row_groups(len(left)):
        own = left[first : first + len(rows)]
        through = transmittance(output[:3, first : first + len(rows)], paper_rows(paper, rows, left.shape[1]))
        own &= channel_range(through) > COLOURED
        own[own.clone()] = inks.found[hues(-through[:, own].log())]
    return left.cpu().numpy()


def _lift(output: Tensor, left: np.ndarray, paper: Tensor, inks: Inks) -> None:
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
