"""What repeats in a picture: the lattice of a tiled mark, and its cells laid on each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import cv2
import numpy as np

CORRELATION = 0.25
"""The least correlation of a picture with itself, shifted, that counts as a repeat."""
CANDIDATES = 24
SMALLEST = 24
"""px; what repeats within less is texture."""
REACH = 0.75
"""The longest shift, as a share of the picture: beyond it too little overlaps to tell."""
EMPTY = 0.3
"""The share of the usual variance that what overlaps must have."""
ALIKE = 0.88
"""The share of the best score from which on a lattice counts as no worse."""
MOST_LATTICES = 4
MOST_STEPS = 3
NARROWEST = 0.25
"""The least sine of the angle between the two steps."""


class Lattice(NamedTuple):
    """Two steps, float64 ``(y, x)`` in px, after which a picture repeats; and how well, in [-1, 1]."""

    first: np.ndarray
    second: np.ndarray
    score: float


def self_correlation(plane: np.ndarray) -> np.ndarray:
    """The normalised correlation of a plane with itself at every shift.

    Args:
        plane: float ``(H, W)``.

    Returns:
        float32 ``(2 H, 2 W)``; shift ``(y, x)`` stands at ``[H + y, W + x]``, and what overlaps there counts;
        0 where that has next to none of the plane's variance.
    """
    height, width = plane.shape
    size = cv2.getOptimalDFTSize(2 * height), cv2.getOptimalDFTSize(2 * width)
    centred = (plane - plane.mean()).astype(np.float32)
    wave, energy, ones = (np.fft.rfft2(part, size) for part in (centred, centred**2, np.ones_like(centred)))
    cross = np.fft.irfft2(wave.conj() * wave, size)
    shifted = np.fft.irfft2(ones.conj() * energy, size)
    standing = np.fft.irfft2(energy.conj() * ones, size)
    energies = np.sqrt(np.maximum(shifted * standing, 1e-9))
    # where only even ground overlaps it agrees with itself, which says nothing
    overlap = np.fft.irfft2(ones.conj() * ones, size)
    result = np.where(energies > EMPTY * overlap * (centred**2).mean(), cross / energies, 0)
    return np.roll(result, (height, width), (0, 1))[: 2 * height, : 2 * width].astype(np.float32)


def find_lattices(plane: np.ndarray) -> list[Lattice]:
    """Up to ``MOST_LATTICES`` lattices on which a plane repeats, the likeliest first.

    Peaks of the self-correlation are steps; two of them are a lattice, and its score is the mean of the
    correlation at all its points of up to three steps. Of lattices that score alike the one with the
    smaller cell is meant, since whatever repeats after a step does so after two. A single step is a lattice
    too, whose second is longer than the picture; it comes last.

    Args:
        plane: float ``(H, W)``, such as a mark's probability.
    """
    height, width = plane.shape
    correlation = cv2.GaussianBlur(self_correlation(plane), (0, 0), 1.0)
    steps = _peaks(correlation, height, width)
    if not steps:
        return []
    pairs = [
        (_by_peaks(correlation, first, second), _area(first, second))
        for first, second in combinations(steps, 2)
        if _area(first, second) > NARROWEST * np.hypot(*first) * np.hypot(*second)
    ]
    ranked = sorted(pairs, key=lambda pair: -pair[0].score)
    found: list[Lattice] = []
    while ranked and len(found) < MOST_LATTICES - 1 and ranked[0][0].score > CORRELATION:
        alike = [pair for pair in ranked if pair[0].score > ALIKE * ranked[0][0].score]
        found.append(min(alike, key=lambda pair: pair[1])[0])
        ranked = [pair for pair in ranked if not _within(pair[0], found[-1])]
    scores = [float(correlation[int(step[0]) + height, int(step[1]) + width]) for step in steps]
    near_best = [place for place, score in enumerate(scores) if score > ALIKE * scores[0]]
    only = min(near_best, key=lambda place: float(np.hypot(*steps[place])))
    across = np.array([-steps[only][1], steps[only][0]]) / np.hypot(*steps[only]) * 2 * (height + width)
    return [*found, Lattice(steps[only], across, scores[only])]


def refined(lattice: Lattice, plane: np.ndarray) -> Lattice:
    """The lattice with steps as a plane has them that shows what repeats more sharply, float ``(H, W)``."""
    correlation = cv2.GaussianBlur(self_correlation(plane), (0, 0), 1.0)
    for most in (1, MOST_STEPS):  # the nearest points first, since an error grows with the steps
        lattice = _by_peaks(correlation, lattice.first, lattice.second, most)
    return lattice


def _within(lattice: Lattice, finer: Lattice) -> bool:
    """Whether each step of a lattice leads from point to point of the other."""
    coarse, fine = (np.stack([one.first, one.second], 1) for one in (lattice, finer))
    steps = np.linalg.solve(fine, coarse)
    return bool(abs(steps - np.round(steps)).max() < 0.06)


def _area(first: np.ndarray, second: np.ndarray) -> float:
    return float(abs(first[0] * second[1] - first[1] * second[0]))


def _peaks(correlation: np.ndarray, height: int, width: int) -> list[np.ndarray]:
    """Where the correlation has peaks, float64 ``(y, x)``, the highest first; one of each opposite pair."""
    y, x = np.mgrid[-height:height, -width:width]
    centre = cv2.connectedComponents((correlation > 0.5).astype(np.uint8))[1]
    reach = np.hypot(y, x)
    blob = reach[centre == centre[height, width]].max() if correlation[height, width] > 0.5 else 0
    peak = (correlation >= cv2.dilate(correlation, np.ones((9, 9)))) & (correlation > CORRELATION)
    peak &= (abs(y) < REACH * height) & (abs(x) < REACH * width)
    peak &= (reach > max(SMALLEST, 1.3 * blob)) & ((y > 0) | ((y == 0) & (x > 0)))
    rows, columns = np.nonzero(peak)
    order = np.argsort(-correlation[rows, columns])[:CANDIDATES]
    return [np.array([rows[place] - height, columns[place] - width], np.float64) for place in order]


def _by_peaks(
    correlation: np.ndarray, first: np.ndarray, second: np.ndarray, most: int = MOST_STEPS
) -> Lattice:
    """Both steps by least squares from the peaks near all points of their lattice, and its score."""
    half = np.array(correlation.shape) // 2
    points, peaks, scores = [], [], []
    for steps in _points(most):
        place = steps[0] * first + steps[1] * second
        if (abs(place) >= REACH * half - 3).any():
            continue
        top, left = (np.round(place).astype(int) + half - 2).tolist()
        window = correlation[top : top + 5, left : left + 5]
        row, column = np.unravel_index(int(window.argmax()), window.shape)
        points.append(steps)
        peaks.append(_summit(correlation, top + int(row), left + int(column)) - half)
        scores.append(float(window.max()))
    if len(points) < 2:
        return Lattice(first, second, 0.0)
    weights = np.sqrt(np.maximum(scores, 0.01))[:, None]
    solved, _, rank, _ = np.linalg.lstsq(np.array(points) * weights, np.array(peaks) * weights, rcond=None)
    score = float(np.mean(scores)) if len(points) > 2 else float(np.mean(scores)) * 0.9
    if rank < 2:
        return Lattice(first, second, score)
    first, second = (_whole(step, float(np.hypot(*half))) for step in solved)
    return Lattice(first, second, score)


def _whole(step: np.ndarray, diagonal: float) -> np.ndarray:
    """A step in whole pixels, as marks are mostly laid out, where that moves no repeat by over a pixel."""
    whole = np.round(step)
    return whole if abs(whole - step).max() < min(0.25, np.hypot(*step) / diagonal) else step


def _points(most: int) -> Iterator[tuple[int, int]]:
    for row in range(most + 1):
        for column in range(-most, most + 1):
            if (row, column) > (0, 0):
                yield row, column


def _summit(plane: np.ndarray, row: int, column: int) -> np.ndarray:
    """Where the parabolas through a peak and its neighbours are highest, float64 ``(y, x)``."""
    place = []
    for at, line in ((row, plane[row - 1 : row + 2, column]), (column, plane[row, column - 1 : column + 2])):
        before, top, after = line.tolist()
        bend = before - 2 * top + after
        place.append(at + (float(np.clip((before - after) / (2 * bend), -0.5, 0.5)) if bend < 0 else 0.0))
    return np.array(place)


def reduced(lattice: Lattice) -> Lattice:
    """The same lattice by its two shortest steps (Gauss's reduction)."""
    first, second = lattice.first, lattice.second
    while True:
        if first @ first > second @ second:
            first, second = second, first
        times = np.round(first @ second / (first @ first))
        if times == 0:
            return Lattice(first, second, lattice.score)
        second = second - times * first


class Cells:
    """A picture's cells laid on each other, and a cell laid out over the picture again.

    Args:
        lattice: see ``find_lattices``.
        height: of the picture, px.
        width: of the picture, px.
    """

    def __init__(self, lattice: Lattice, height: int, width: int) -> None:
        first, second, _ = reduced(lattice)
        self.height, self.width = height, width
        basis = np.stack([first, second], 1)
        self._inverse = np.linalg.inv(basis)
        corners = self._inverse @ np.array([[0, 0, height, height], [0, width, 0, width]], np.float64)
        low, high = np.floor(corners.min(1)).astype(int), np.ceil(corners.max(1)).astype(int)
        extent = np.ceil(np.hypot(*basis)).astype(int)
        # a step longer than the picture has one cell of which only the picture's part is kept
        span = np.minimum(extent, np.ceil((corners.max(1) - corners.min(1)) * extent).astype(int) + 1)
        self._extent, self._span = extent, span
        self._start = np.where(span < extent, np.floor(corners.min(1) * extent), 0.0)
        rows, columns = (
            range(1) if span[axis] < extent[axis] else range(low[axis], high[axis]) for axis in (0, 1)
        )
        self._matrices = [self._matrix(basis, row, column) for row in rows for column in columns]
        self.present = self.fold(np.ones((height, width), np.float32)) > 0.999

    @property
    def area(self) -> int:
        """Pixels of a cell."""
        return int(self._span[0] * self._span[1])

    def _matrix(self, basis: np.ndarray, row: int, column: int) -> np.ndarray:
        """From cell to picture: OpenCV's ``(x, y)``, float64 ``(2, 3)``."""
        step = basis / self._extent
        origin = basis @ np.array([row, column]) + step @ self._start
        return np.array([[step[1, 1], step[1, 0], origin[1]], [step[0, 1], step[0, 0], origin[0]]])

    def fold(self, plane: np.ndarray) -> np.ndarray:
        """float32 ``(H, W)`` to all cells, ``(K, h, w)``; 0 outside the picture (see ``present``)."""
        size = (int(self._span[1]), int(self._span[0]))
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return np.stack([cv2.warpAffine(plane, matrix, size, flags=flags) for matrix in self._matrices])

    def mean(self, cells: np.ndarray) -> np.ndarray:
        """The mean of the cells, where they are in the picture: ``(h, w)``."""
        return (cells * self.present).sum(0) / np.maximum(self.present.sum(0), 1)

    def unfold(self, cell: np.ndarray) -> np.ndarray:
        """float32 ``(h, w)`` to the picture of its repeats, ``(H, W)``."""
        y, x = np.mgrid[: self.height, : self.width].astype(np.float32)
        places = []
        for axis in (0, 1):
            place = (self._inverse[axis, 0] * y + self._inverse[axis, 1] * x) * self._extent[axis]
            place = place - self._start[axis]
            places.append((place % self._extent[axis]).astype(np.float32))
        around = np.pad(cell, ((0, 1), (0, 1)), mode="wrap")
        return cv2.remap(around, places[1], places[0], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
