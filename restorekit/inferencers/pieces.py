"""The pieces of a page, and what tells whether they are print: the page around them."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from restorekit.inferencers.density import darkness_of, densities, off_grey
from restorekit.inferencers.likeness import likeness, median
from restorekit.inferencers.morphology import dilated

DARK = 0.15
"""What takes away more than this share of the paper's light is print or ink."""
ERASED = 0.5
"""The probability of ink from which on a pixel is erased."""
LEAST = 12
"""px; smaller pieces are not judged."""
LETTER = 22
"""px, the height of letters on pages that come here: lengths are in these."""
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
FEATURES = 40
MONOTONE = [0] * FEATURES
"""Of which features print can only be more probable by more (1), or by less (-1)."""
MONOTONE[0] = MONOTONE[14] = -1  # how surely it was erased, and how much of what it is part of
MONOTONE[28] = MONOTONE[33] = 1  # the share of print around
MONOTONE[36] = MONOTONE[38] = -1  # how much more ink than print there is of such a colour, and such a stroke


class Pieces(NamedTuple):
    """Connected components of what is dark and was erased, or of what is dark and was kept.

    Attributes:
        labels: int32 ``(H, W)``, 0 where there is none.
        judged: the labels of those that are large enough, and of what was kept may be strokes, ``(N,)``.
        features: what tells whether they were print, float32 ``(N, FEATURES)``: how surely they were erased,
            how they look, how they differ from the page's print and ink, and what lies around.
        dark: whether a pixel is print or ink, bool ``(H, W)``.
    """

    labels: np.ndarray
    judged: np.ndarray
    features: np.ndarray
    dark: np.ndarray


class _Kind(NamedTuple):
    """What components look like, each ``(N,)``."""

    area: np.ndarray
    height: np.ndarray
    width: np.ndarray
    darkness: np.ndarray
    darkest: np.ndarray
    half_width: np.ndarray
    widest: np.ndarray
    redness: np.ndarray
    blueness: np.ndarray
    across: np.ndarray
    along: np.ndarray


class _Components:
    """Connected components of a plane, but for the background."""

    def __init__(self, where: np.ndarray) -> None:
        found = cv2.connectedComponentsWithStats(where.view(np.uint8))
        self.count, self.labels, self.stats, self.centres = found
        self.rows, self.columns = np.nonzero(where)
        self.own = self.labels[self.rows, self.columns]
        self.area = self.stats[:, cv2.CC_STAT_AREA].astype(np.float64)

    def mean(self, plane: np.ndarray) -> np.ndarray:
        """Over each, of ``(H, W)``."""
        return self._mean(plane[self.rows, self.columns])

    def most(self, plane: np.ndarray) -> np.ndarray:
        """Over each, of ``(H, W)``, none of it below 0."""
        most = np.zeros(self.count, plane.dtype)
        np.maximum.at(most, self.own, plane[self.rows, self.columns])
        return most

    def kind(
        self, page: np.ndarray, darkness: np.ndarray, depth: np.ndarray, density: np.ndarray | None
    ) -> _Kind:
        """What they look like.

        Args:
            page: uint8 RGB ``(H, W, 3)``.
            darkness: the share of the paper's light that each pixel takes away, ``(H, W)``.
            depth: how far each pixel is inside what is dark, px, ``(H, W)``.
            density: of R, G and B of their pixels, ``(3, N)``; None where the page has no colour.
        """
        colours = page[self.rows, self.columns].astype(np.float32) / 255
        grey = colours.mean(1)
        return _Kind(
            self.area,
            self.stats[:, cv2.CC_STAT_HEIGHT] / LETTER,
            self.stats[:, cv2.CC_STAT_WIDTH] / LETTER,
            self.mean(darkness),
            self.most(darkness),
            self.mean(depth),
            self.most(depth),
            self._mean(colours[:, 0] - grey),
            self._mean(colours[:, 2] - grey),
            *self._chromaticity(density),
        )

    def _chromaticity(self, density: np.ndarray | None) -> np.ndarray:
        """How far their densities are off grey, for their length, ``(2, count)``."""
        if density is None:
            return np.zeros((2, self.count))
        own = np.stack([self._mean(plane) for plane in density])
        return np.stack(off_grey(own)) / np.linalg.norm(own, axis=0).clip(min=1e-6)

    def shape(self) -> list[np.ndarray]:
        """How long each is for its width, how far that slants, and how far it stands upright."""
        down, across = self.rows - self.centres[self.own, 1], self.columns - self.centres[self.own, 0]
        tall, wide = (self._mean(off * off).clip(min=0.05) for off in (down, across))
        both = self._mean(down * across)
        middle, spread = (tall + wide) / 2, np.hypot((wide - tall) / 2, both)
        angle = np.arctan2(2 * both, wide - tall) / 2
        length = np.log((middle + spread) / (middle - spread).clip(min=0.05))
        return [length, np.abs(np.sin(2 * angle)) * spread / middle, np.abs(np.sin(angle))]

    def _mean(self, values: np.ndarray) -> np.ndarray:
        return np.bincount(self.own, values, self.count) / self.area.clip(min=1)


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
        self.sides = [_Components(self.erased), _Components(self.dark & ~self.erased)]
        self.large = [np.flatnonzero(own.area[1:] >= LEAST).astype(np.intp) + 1 for own in self.sides]
        self.kinds: list[_Kind] = []
        if all(map(len, self.large)):
            depth = cv2.distanceTransform(self.dark.view(np.uint8), cv2.DIST_L2, 3)
            self.whole = _Components(self.dark)
            density = densities(page, self.dark)
            for own, which in zip(self.sides, self.large, strict=True):
                part = None if density is None else density[:, own.labels[self.dark] > 0]
                kind = own.kind(page, self.darkness, depth, part)
                self.kinds.append(_Kind(*(value[which] for value in kind)))

    def find(self, *, kept: bool) -> Pieces | None:
        """The pieces that were kept or erased; None where there are none, or nothing to compare them with."""
        if not self.kinds:
            return None
        pieces, judged, kind = self.sides[kept], self.large[kept], self.kinds[kept]
        may_be = _strokes(pieces, judged, kind) if kept else np.ones(len(judged), bool)
        if not may_be.any():
            return None
        judged, kind = judged[may_be], _Kind(*(value[may_be] for value in kind))
        parent = np.zeros(pieces.count, np.intp)
        parent[pieces.own] = self.whole.labels[pieces.rows, pieces.columns]
        parent = parent[judged]
        ink, print_ = self.kinds
        features = [
            *self._looks(pieces, judged, kind),
            *(value[judged] for value in pieces.shape()),
            self.whole.mean(self.erased)[parent],
            np.log1p(self.whole.area[parent]),
            pieces.mean(dilated(self.sides[not kept].labels > 0, TOUCHING, TOUCHING))[judged],
            *_differences(kind, print_, ink),
            *_around(self.sides, judged, kept, self.darkness, self.probability),
            *(value[may_be] for value in self._likenesses(int(kept))),
        ]
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

    def _looks(self, pieces: _Components, judged: np.ndarray, kind: _Kind) -> list[np.ndarray]:
        """How surely pieces were erased, how large they are and how dark and thick."""
        mean, square = (pieces.mean(own)[judged] for own in (self.probability, self.probability**2))
        return [
            mean,
            np.sqrt((square - mean**2).clip(min=0)),
            np.log1p(kind.area),
            kind.height,
            kind.width,
            np.log(kind.height / kind.width),
            kind.area / (kind.height * kind.width * LETTER**2),
            kind.darkness,
            kind.darkest,
            kind.half_width,
            kind.widest,
        ]


def _strokes(pieces: _Components, judged: np.ndarray, kind: _Kind) -> np.ndarray:
    """Which of those that are judged are no rules or holes, and do not reach the border, where desks are."""
    left, top, width, height, _ = pieces.stats[judged].T
    bottom, right = pieces.labels.shape[0] - top - height, pieces.labels.shape[1] - left - width
    inside = np.minimum.reduce([left, top, right, bottom]) > 0
    inside &= (kind.widest >= STROKES[0]) & (kind.widest <= STROKES[1])
    return inside & (np.abs(np.log(kind.height / kind.width)) < np.log(STRAIGHT))


def _differences(kind: _Kind, print_: _Kind, ink: _Kind) -> list[np.ndarray]:
    """By how much pieces differ from what print and what ink is mostly like."""
    found = [kind.height / max(median(print_.height, print_.area), 5 / LETTER)]
    for name in ("darkness", "widest", "redness", "blueness"):
        own = getattr(kind, name)
        found += [own - median(getattr(other, name), other.area) for other in (print_, ink)]
    return found


def _around(
    sides: list[_Components],
    judged: np.ndarray,
    kept: bool,
    darkness: np.ndarray,
    probability: np.ndarray,
) -> list[np.ndarray]:
    """How much print and ink there is around pieces, how dark that print is, and how surely it is print."""
    (ink, print_), pieces = sides, sides[kept]
    size = tuple(-(-side // SQUARE) for side in darkness.shape)

    def in_squares(own: _Components, plane: np.ndarray | None = None) -> np.ndarray:
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
