"""Where rules run on a page: chains of thin vertical runs, as form readers find lines."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

THICKEST = 8
"""px of a rule's thickness; what is thicker is a letter, a bar, or ink across the rule."""
SWELLS = 1
"""px by which a rule may be thicker than it mostly is."""
SHORTEST_PIECE, SHORTEST = 24, 60
"""px of a piece between two crossings, and of a whole rule."""
FLAT = 4
"""A piece is so many times as wide as high."""
LONGEST_GAP, BREAK = 80, 6
"""px of ink that may lie between two pieces of a rule, and of bare paper where its print is broken."""
END = 12
"""px of a piece's end that tell where it leads."""
STRAY = 1.5
"""px by which the next piece may lie off the line to it."""


class Piece(NamedTuple):
    """Part of a rule without a crossing.

    Attributes:
        rows: of its pixels, int ``(pixels,)``.
        columns: the same; every column from the first to the last is there.
        first: its first column.
        centres: the mean row of each column, float ``(length,)``.
        heights: px of each column, ``(length,)``.
    """

    rows: np.ndarray
    columns: np.ndarray
    first: int
    centres: np.ndarray
    heights: np.ndarray

    @classmethod
    def of(cls, first: int, tops: np.ndarray, ends: np.ndarray) -> Piece:
        """Of its first column, and of each column the first row and that after the last, ``(length,)``."""
        heights = ends - tops
        within = np.arange(heights.sum()) - np.repeat(np.cumsum(heights) - heights, heights)
        columns = np.repeat(first + np.arange(len(tops)), heights)
        return cls(np.repeat(tops, heights) + within, columns, first, (tops + ends - 1) / 2, heights)

    @property
    def end(self) -> int:
        """The column after its last."""
        return self.first + len(self.centres)


def find_rules(dark: np.ndarray) -> list[list[Piece]]:
    """The rules of a page that lie more or less level, each as its pieces from left to right.

    Thin runs of dark pixels make a piece where each touches one of the column beside and no other: the
    directional single-connected chains of Zheng, Liu, Ding and Pan ("Form frame line detection with
    directional single-connected chain", ICDAR 2001). Letters and ink that cross or join a rule part it, and
    ink along it that thickens it; pieces on one line belong together where all between them is dark, for
    there the rule may run on below.

    Args:
        dark: what is darker than paper, bool ``(H, W)``. Transposed, it gives the upright rules.
    """
    return [chain for chain in _linked(_pieces(dark), dark) if chain[-1].end - chain[0].first >= SHORTEST]


def _pieces(dark: np.ndarray) -> list[Piece]:
    """Flat chains of thin runs, sorted by their first column."""
    runs = _thin_runs(dark)
    chains = _chains(runs, len(dark))
    order = np.argsort(chains, kind="stable")
    columns, tops, ends = (own[order] for own in runs)
    edges = np.flatnonzero(np.diff(chains[order], prepend=-1, append=-1))
    long = np.flatnonzero(np.diff(edges) >= SHORTEST_PIECE)
    pieces = []
    for first, end in zip(edges[long], edges[long + 1], strict=True):
        for start, stop in first + _even_parts(ends[first:end] - tops[first:end]):
            high = ends[start:stop].max() - tops[start:stop].min()
            if stop - start >= max(SHORTEST_PIECE, FLAT * high):
                pieces.append(Piece.of(int(columns[start]), tops[start:stop], ends[start:stop]))
    return sorted(pieces, key=lambda piece: piece.first)


def _even_parts(heights: np.ndarray) -> np.ndarray:
    """Where a chain is no thicker than it mostly is, for ink along it thickens it: ``(n, start and end)``."""
    even = heights <= np.median(heights) + SWELLS
    return np.flatnonzero(np.diff(even, prepend=False, append=False)).reshape(-1, 2)


class _Runs(NamedTuple):
    """Vertical runs from left to right, then down: column, first row and the row after the last."""

    columns: np.ndarray
    tops: np.ndarray
    ends: np.ndarray


def _thin_runs(dark: np.ndarray) -> _Runs:
    none = np.int8(0)
    edges = np.diff(dark.T.view(np.int8), axis=1, prepend=none, append=none)
    columns, tops = np.nonzero(edges > 0)
    ends = np.nonzero(edges < 0)[1]
    thin = ends - tops <= THICKEST
    return _Runs(columns[thin], tops[thin], ends[thin])


def _chains(runs: _Runs, height: int) -> np.ndarray:
    """The first run of each run's chain: two that touch are in one where neither touches another there."""
    before = np.arange(len(runs.columns))
    left, lefts = _touched(runs, -1, height)
    right, rights = _touched(runs, 1, height)
    alone = np.flatnonzero(lefts == 1)
    alone = alone[rights[left[alone]] == 1]
    before[alone] = left[alone]
    while not np.array_equal(further := before[before], before):
        before = further
    return before


def _touched(runs: _Runs, side: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    """The first run beside that each touches, if by a corner, and how many it touches on that side."""
    step = height + 2  # so that no row of one column is next to a row of another
    own, beside = runs.columns * step, (runs.columns + side) * step
    first = np.searchsorted(own + runs.ends, beside + runs.tops)
    after = np.searchsorted(own + runs.tops, beside + runs.ends, side="right")
    return first, after - first


def _linked(pieces: list[Piece], dark: np.ndarray) -> list[list[Piece]]:
    """Pieces, sorted by their first column, in chains of those that carry each other on."""
    firsts = np.array([piece.first for piece in pieces])
    starts = np.array([piece.centres[:END].mean() for piece in pieces])
    followers: dict[int, int] = {}
    taken: set[int] = set()
    for index, piece in enumerate(pieces):
        near = slice(*np.searchsorted(firsts, [piece.end, piece.end + LONGEST_GAP + 1]))
        level = np.abs(starts[near] - piece.centres[-END:].mean()) <= LONGEST_GAP / FLAT
        fits: dict[int, float] = {}  # side by side, the piece straight on is meant
        for other in near.start + np.flatnonzero(level):
            if fits and firsts[other] >= pieces[next(iter(fits))].end:
                break
            if _carries_on(piece, pieces[other], dark):
                fits[other] = line_between(piece, pieces[other])[1]
        other = min(fits, key=fits.__getitem__, default=-1)
        if other >= 0 and other not in taken:
            followers[index] = other
            taken.add(other)
    chains = []
    for index in range(len(pieces)):
        if index not in taken:
            chain = [index]
            while chain[-1] in followers:
                chain.append(followers[chain[-1]])
            chains.append([pieces[own] for own in chain])
    return chains


def _carries_on(piece: Piece, other: Piece, dark: np.ndarray) -> bool:
    """Whether a rule can run from the end of one piece on to the start of another."""
    line, off = line_between(piece, other)
    columns = np.arange(piece.end, other.first)
    if off > STRAY:
        return False
    if len(columns) <= BREAK:
        return True
    rows = np.rint(np.polyval(line, columns)).astype(int)
    return bool(dark[rows.clip(0, len(dark) - 1), columns].all())


def line_between(piece: Piece, other: Piece) -> tuple[np.ndarray, float]:
    """The line through the end of a piece and the start of the next, and how far off it they lie at most.

    Returns:
        Its slope and row at column 0, ``(2,)``, and px.
    """
    columns = np.concatenate(
        [np.arange(piece.first, piece.end)[-END:], np.arange(other.first, other.end)[:END]]
    )
    centres = np.concatenate([piece.centres[-END:], other.centres[:END]])
    line = np.polyfit(columns, centres, 1)
    return line, float(np.abs(np.polyval(line, columns) - centres).max())
