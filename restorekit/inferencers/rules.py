"""Where rules run on a page: chains of thin vertical runs, as form readers find lines."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

THICKEST = 6
"""px of a rule's thickness; what is thicker is a letter, a bar, or ink across the rule."""
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

    @property
    def end(self) -> int:
        """The column after its last."""
        return self.first + len(self.centres)


def find_rules(dark: np.ndarray) -> list[list[Piece]]:
    """The rules of a page that lie more or less level, each as its pieces from left to right.

    Thin runs of dark pixels that touch those of the columns beside them make a piece, after the directional
    single-connected chains of Zheng, Liu, Ding and Pan ("Form frame line detection with directional
    single-connected chain", ICDAR 2001). Letters and ink that cross a rule part it; pieces on one line belong
    together where all between them is dark, for there the rule may run on below.

    Args:
        dark: what is darker than paper, bool ``(H, W)``. Transposed, it gives the upright rules.
    """
    return [chain for chain in _linked(_pieces(dark), dark) if chain[-1].end - chain[0].first >= SHORTEST]


def _pieces(dark: np.ndarray) -> list[Piece]:
    plane = dark.astype(np.uint8)
    thin = plane & ~cv2.morphologyEx(plane, cv2.MORPH_OPEN, np.ones((THICKEST + 1, 1), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(thin, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    flat = (width >= SHORTEST_PIECE) & (width >= FLAT * height)
    flat[0] = False  # the background
    pieces = []
    for label in np.flatnonzero(flat):
        left, top, wide, high = stats[label, :4]
        own = labels[top : top + high, left : left + wide] == label
        heights = own.sum(0)
        centres = top + np.arange(high) @ own / heights
        rows, columns = np.nonzero(own)
        pieces.append(Piece(rows + top, columns + left, int(left), centres, heights))
    return sorted(pieces, key=lambda piece: piece.first)


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
