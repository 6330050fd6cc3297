"""The pieces of a page, and what tells whether they are print: the page around them."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from restorekit.inferencers.components import LETTER, Components, Kind
from restorekit.inferencers.density import darkness_of, densities
from restorekit.inferencers.discriminant import discriminant
from restorekit.inferencers.glyphs import glyphs, most_alike
from restorekit.inferencers.likeness import HEAVIEST, likeness, median
from restorekit.inferencers.morphology import dilated

DARK = 0.15
"""What takes away more than this share of the paper's light is print or ink."""
ERASED = 0.5
"""The probability of ink from which on a pixel is erased."""
LEAST = 12
"""px; smaller pieces are not judged."""
SQUARE = 4
LINE, AROUND = (67, 7), (133, 79)
"""Width and height of what is looked at around a piece, in squares of so many px: its line, and some more."""
ENOUGH = 30
"""px of print that there must be around a piece to compare with."""
TOUCHING = 2
"""px between a piece and print that it touches."""
STROKES, STRAIGHT = (1.9, 6.0), 4
"""px that the middle of a stroke lies inside it, and how many times as long as wide it may be: what is
thinner or longer is a rule, what is thicker a hole."""
LEAST_SPREADS = (0.004, 0.004), (0.01, 0.03)
"""Of the colours of print, and of its darkness and the logarithm of its width: the least that counts."""
WHOLLY = 0.9
"""The share of what is connected from which on it counts as erased, or as kept."""
FEATURES = 45, 40
"""Of what was erased, and of what was kept: what else looks like it told no kept ink."""
MONOTONE = [0] * FEATURES[0]
"""Of which features print can only be more probable by more (1), or by less (-1)."""
MONOTONE[0] = MONOTONE[14] = -1  # how surely it was erased, and how much of what it is part of
MONOTONE[28] = MONOTONE[33] = 1  # the share of print around
MONOTONE[36] = MONOTONE[38] = -1  # how much more ink than print there is of such a colour, and such a stroke
MONOTONE[41] = MONOTONE[43] = 1  # how much more it looks like print, and what it is part of


class Pieces(NamedTuple):
    """Connected components of what is dark and was erased, or of what is dark and was kept.

    Attributes:
        labels: int32 ``(H, W)``, 0 where there is none.
        judged: the labels of those that are large enough, and of what was kept may be strokes, ``(N,)``.
        features: what tells whether they were print, float32 ``(N, FEATURES[kept])``: how surely they were
            erased, how they look, how they differ from the page's print and ink, and what lies around; of
            what was erased also what else looks like it.
        dark: whether a pixel is print or ink, bool ``(H, W)``.
    """

    labels: np.ndarray
    judged: np.ndarray
    features: np.ndarray
    dark: np.ndarray


class PagePieces:
    """A page in pieces: what of it is dark and was erased, or dark and kept.

    Args:
        page: uint8 RGB ``(H, W, 3)``, letters about ``LETTER`` px tall.
        probability: of ink, float32 ``(H, W)`` in [0, 1].
    """

    def __init__(self, page: np.ndarray, probability: np.ndarray) -> None:
        self.darkness, self.probability = darkness_of(page), probability
        self.dark = self.darkness > DARK
        self.erased = self.dark & (probability >= ERASED)
        self.sides = [Components(self.erased), Components(self.dark & ~self.erased)]
        self.large = [np.flatnonzero(own.area[1:] >= LEAST).astype(np.intp) + 1 for own in self.sides]
        self.kinds: list[Kind] = []
        if all(map(len, self.large)):
            depth = cv2.distanceTransform(self.dark.view(np.uint8), cv2.DIST_L2, 3)
            self.whole = Components(self.dark)
            density = densities(page, self.dark)
            for own, which in zip(self.sides, self.large, strict=True):
                part = None if density is None else density[:, own.labels[self.dark] > 0]
                kind = own.kind(page, self.darkness, depth, part)
                self.kinds.append(Kind(*(value[which] for value in kind)))
            sides = list(zip(self.sides, self.large, self.kinds, strict=True))
            self.may_be = [np.ones(len(self.large[0]), bool), _strokes(*sides[1])]
            self.looks = [np.stack(_looks(*side), 1) for side in sides]

    def find(self, *, kept: bool) -> Pieces | None:
        """The pieces that were kept or erased; None where there are none, or nothing to compare them with."""
        if not self.kinds:
            return None
        pieces, judged, kind, may_be = (
            self.sides[kept],
            self.large[kept],
            self.kinds[kept],
            self.may_be[kept],
        )
        if not may_be.any():
            return None
        judged, kind = judged[may_be], Kind(*(value[may_be] for value in kind))
        parent = np.zeros(pieces.count, np.intp)
        parent[pieces.own] = self.whole.labels[pieces.rows, pieces.columns]
        parent = parent[judged]
        ink, print_ = self.kinds
        features = [
            *self._certainty(pieces, judged),
            *self.looks[kept][may_be].T,
            self.whole.mean(self.erased)[parent],
            np.log1p(self.whole.area[parent]),
            pieces.mean(dilated(self.sides[not kept].labels > 0, TOUCHING, TOUCHING))[judged],
            *_differences(kind, print_, ink),
            *_around(self.sides, judged, kept, self.darkness, self.probability),
            *(value[may_be] for value in self._likenesses(int(kept))),
        ]
        if not kept:
            features += [*self._repetitions(), *self._whole_repetitions(parent), self._side()]
        return Pieces(pieces.labels, judged, np.stack(features, 1).astype(np.float32), self.dark)

    def _likenesses(self, side: int) -> list[np.ndarray]:
        """How much more pieces are like the page's ink than like its print, and how far they are from print.

        By their colours, which tell even black ink from black print, and by how dark and thick they are.
        """
        colours = [np.stack([own.across, own.along], 1) for own in self.kinds]
        strokes = [np.stack([own.darkness, np.log(own.half_width)], 1) for own in self.kinds]
        areas = [own.area for own in self.kinds]
        pairs = zip((colours, strokes), LEAST_SPREADS, strict=True)
        return [plane for measures, least in pairs for plane in likeness(measures, areas, side, least)]

    def _repetitions(self) -> list[np.ndarray]:
        """How alike pieces of ink are to the print most like them, and by how much more than to other ink."""
        ink, print_ = (
            glyphs(own.labels, own.stats, which, self.darkness)
            for own, which in zip(self.sides, self.large, strict=True)
        )
        to_print = most_alike(ink, print_)
        return [to_print, to_print - most_alike(ink, ink, np.arange(len(self.large[0])))]

    def _whole_repetitions(self, parent: np.ndarray) -> list[np.ndarray]:
        """The same of what pieces are part of, beside what was wholly kept, and wholly erased."""
        whole, erased = self.whole, self.whole.mean(self.erased)
        large = whole.area >= LEAST
        large[0] = False  # the background
        parents, place = np.unique(parent, return_inverse=True)
        pieces = glyphs(whole.labels, whole.stats, parents, self.darkness)
        found = []
        for side in (erased >= WHOLLY, erased <= 1 - WHOLLY):
            others = np.flatnonzero(large & side)
            itself = np.full(whole.count, -1)
            itself[others] = np.arange(len(others))
            alike = most_alike(
                pieces, glyphs(whole.labels, whole.stats, others, self.darkness), itself[parents]
            )
            found.append(alike[place])
        ink, print_ = found
        return [print_, print_ - ink]

    def _side(self) -> np.ndarray:
        """How far on print's side of the page's own ink and print pieces of ink are, by looks and hues."""
        measures, weights = [], []
        for looks, kind, which in zip(self.looks, self.kinds, self.may_be, strict=True):
            measures.append(np.column_stack([looks, kind.redness, kind.blueness])[which])
            weights.append(np.minimum(kind.area[which], HEAVIEST) ** 0.5)
        return discriminant(measures, weights)[0]

    def _certainty(self, pieces: Components, judged: np.ndarray) -> list[np.ndarray]:
        """How surely pieces were erased, and how evenly."""
        mean, square = (pieces.mean(own)[judged] for own in (self.probability, self.probability**2))
        return [mean, np.sqrt((square - mean**2).clip(min=0))]


def _looks(pieces: Components, judged: np.ndarray, kind: Kind) -> list[np.ndarray]:
    """How large pieces are, how dark and thick, and how they lie."""
    return [
        np.log1p(kind.area),
        kind.height,
        kind.width,
        np.log(kind.height / kind.width),
        kind.area / (kind.height * kind.width * LETTER**2),
        kind.darkness,
        kind.darkest,
        kind.half_width,
        kind.widest,
        *(value[judged] for value in pieces.shape()),
    ]


def _strokes(pieces: Components, judged: np.ndarray, kind: Kind) -> np.ndarray:
    """Which of those that are judged are no rules or holes, and do not reach the border, where desks are."""
    left, top, width, height, _ = pieces.stats[judged].T
    bottom, right = pieces.labels.shape[0] - top - height, pieces.labels.shape[1] - left - width
    inside = np.minimum.reduce([left, top, right, bottom]) > 0
    inside &= (kind.widest >= STROKES[0]) & (kind.widest <= STROKES[1])
    return inside & (np.abs(np.log(kind.height / kind.width)) < np.log(STRAIGHT))


def _differences(kind: Kind, print_: Kind, ink: Kind) -> list[np.ndarray]:
    """By how much pieces differ from what print and what ink is mostly like."""
    found = [kind.height / max(median(print_.height, print_.area), 5 / LETTER)]
    for name in ("darkness", "widest", "redness", "blueness"):
        own = getattr(kind, name)
        found += [own - median(getattr(other, name), other.area) for other in (print_, ink)]
    return found


def _around(
    sides: list[Components],
    judged: np.ndarray,
    kept: bool,
    darkness: np.ndarray,
    probability: np.ndarray,
) -> list[np.ndarray]:
    """How much print and ink there is around pieces, how dark that print is, and how surely it is print."""
    (ink, print_), pieces = sides, sides[kept]
    size = tuple(-(-side // SQUARE) for side in darkness.shape)

    def in_squares(own: Components, plane: np.ndarray | None = None) -> np.ndarray:
        values = None if plane is None else plane[own.rows, own.columns]
        place = own.rows // SQUARE * size[1] + own.columns // SQUARE
        return np.bincount(place, values, size[0] * size[1]).reshape(size).astype(np.float32)

    planes = (
        in_squares(print_),
        in_squares(ink),
        in_squares(print_, darkness),
        in_squares(print_, probability),
    )
    place = tuple((pieces.centres[judged, ::-1] / SQUARE).astype(np.intp).T)
    own = pieces.mean(darkness)[judged]
    area = pieces.area[judged]
    itself = [np.zeros_like(area), area, np.zeros_like(area), np.zeros_like(area)]
    if kept:
        itself = [area, np.zeros_like(area), own * area, pieces.mean(probability)[judged] * area]
    found = []
    for window in (LINE, AROUND):
        near, written, dark, doubt = (
            (
                cv2.boxFilter(plane, -1, window, normalize=False, borderType=cv2.BORDER_CONSTANT)[place]
                - part
            ).clip(min=0)
            for plane, part in zip(planes, itself, strict=True)
        )
        enough, count = near > ENOUGH, near.clip(min=1)
        found += [
            np.log1p(near),
            np.log1p(written),
            (near + 20) / (near + written + 40),
            np.where(enough, dark / count - own, 0),
            np.where(enough, doubt / count, 0.2),
        ]
    return found
