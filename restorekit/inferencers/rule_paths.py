"""Where faint and worn rules run on, also below what hides them: ridges that are followed across a page."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

BLOCK = 8
"""px of columns that are taken together."""
SEEN = 0.3
"""The share of a block's columns that must be free to tell whether a rule is there."""
AROUND = 2
"""px above and below a rule that must be free with it."""
FAINTEST_RULE, NOISE = 2.5 / 255, 2.0
"""How much darker than what is above and below a rule is at least, and how many times as much as is usual."""
UNLIKE = 4.0
"""How many times as dark as the rule before, or as pale, its next block may be."""
NEAR, APART = 0.9, 0.03
"""px by which a block may lie off the line to it, and more with every block between."""
FREE, STEEPEST = 3, 1.2
"""So many blocks have no direction yet; px that the second may lie above or below the first."""
MEMORY = 16
"""Blocks after which the direction is not told any better, for rules bend."""
LOST, LONGEST = 4, 30
"""Blocks in a row that may be bare paper, and that may be hidden."""
FEWEST, SHARE, SHORTEST = 6, 0.8, 12
"""Blocks of a part of a rule, the share of its blocks in view that must show it, and the blocks of a whole
rule."""
BENT = 0.05
"""px for every block between two parts of a rule by which one may lie off the line of the other, and one."""


class RulePath(NamedTuple):
    """A rule that lies more or less level, as the blocks of ``BLOCK`` columns where it is to be seen.

    Attributes:
        blocks: increasing, int ``(n,)``.
        rows: where it is in each of them, px, float ``(n,)``.
        depths: how much darker than what is above and below, ``(n,)``.
    """

    blocks: np.ndarray
    rows: np.ndarray
    depths: np.ndarray


def trace_rules(depth: np.ndarray, seen: np.ndarray) -> list[RulePath]:
    """Follow the rules of a page from left to right.

    A rule is a ridge that is darker than what is above and below in nearly every block that is in view. Each
    is followed as radars follow what they see, by a line through what was seen of it that is set right by
    the nearest ridge of the next block (the growing-memory g-h filter; Brookner, "Tracking and Kalman
    Filtering Made Easy", 1998, section 1.2.10, eq. 1.2-38), on through what is hidden. Parts on one line are
    one rule. Rows of letters are ridges too, of letters as high as each other: whoever draws must tell these.

    Args:
        depth: how much darker each row of a block of columns is than what is above and below, ``(H, blocks)``
            in [0, 1].
        seen: the share of its columns that are in view, the same shape.
    """
    free = cv2.erode(seen, np.ones((2 * AROUND + 1, 1), np.uint8))
    clear = seen >= 1
    least = max(FAINTEST_RULE, NOISE * float(np.median(depth[clear])) if clear.any() else 0)
    followed = _Followed()
    for block, ridges in enumerate(_ridges(depth, seen, least)):
        followed.on(block, *ridges, free[:, block])
    return [path for path in _joined(followed.paths()) if len(path.blocks) >= SHORTEST]


def _ridges(depth: np.ndarray, seen: np.ndarray, least: float) -> list[tuple[np.ndarray, np.ndarray]]:
    """The rows, to a fraction of a px by a parabola, and the depths of each block's ridges."""
    above, below = (np.zeros_like(depth) for _ in range(2))
    above[1:], below[:-1] = depth[:-1], depth[1:]
    ridges = (depth >= above) & (depth > below) & (depth >= least) & (seen >= SEEN)
    blocks, rows = np.nonzero(ridges.T)
    up, own, down = above[rows, blocks], depth[rows, blocks], below[rows, blocks]
    places = rows + 0.5 * (up - down) / (up - 2 * own + down)
    ends = np.searchsorted(blocks, np.arange(1, depth.shape[1]))
    return list(zip(np.split(places, ends), np.split(own, ends), strict=True))


class _Followed:
    """What is followed, and what was seen of it: arrays with an item for each."""

    def __init__(self) -> None:
        self.live = np.zeros(0, int)
        self.row, self.slope, self.depth = (np.zeros(0) for _ in range(3))
        self.last, self.count, self.lost, self.missed = (np.zeros(0, int) for _ in range(4))
        self.records: list[tuple[np.ndarray, int, np.ndarray, np.ndarray]] = []

    def on(self, block: int, rows: np.ndarray, depths: np.ndarray, free: np.ndarray) -> None:
        """Go on to a block with ridges at ``rows``, sorted; ``free`` says how much of each row is in view."""
        live = self.live
        apart = block - self.last[live]
        expected = self.row[live] + self.slope[live] * apart
        winners, ridges = self._matched(live, apart, expected, rows, depths)
        self._set_right(live[winners], apart[winners], expected[winners], rows[ridges], depths[ridges])
        self._record(live[winners], block, rows[ridges], depths[ridges])
        inside = (expected >= 0) & (expected <= len(free) - 1)
        in_view = free[np.rint(expected).astype(int).clip(0, len(free) - 1)] >= SEEN
        in_view[winners] = False
        self.lost[live[in_view]] += 1
        stays = inside & (self.lost[live] <= LOST) & (apart <= LONGEST)
        stays &= (self.count[live] > FREE) | (self.lost[live] == 0)
        stays[winners] = True
        self.live = live[stays]
        others = np.ones(len(rows), bool)
        others[ridges] = False
        self._begin(block, rows[others], depths[others])

    def _matched(
        self, live: np.ndarray, apart: np.ndarray, expected: np.ndarray, rows: np.ndarray, depths: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Which of what is followed goes on, as places in ``live``, and by which ridge."""
        if not len(rows):
            return np.zeros(0, int), np.zeros(0, int)
        free = self.count[live] < FREE
        within = np.where(free, STEEPEST * np.minimum(apart, 2), NEAR + APART * (apart - 1))
        after = np.searchsorted(rows, expected)
        beside = np.stack([after - 1, after]).clip(0, len(rows) - 1)
        off = np.abs(rows[beside] - expected)
        like = np.abs(np.log(depths[beside] / self.depth[live])) <= np.log(UNLIKE)
        off[~like] = np.inf
        nearer = off.argmin(0)
        ridge, off = (own[nearer, np.arange(len(live))] for own in (beside, off))
        fits = np.flatnonzero(off <= within)
        fits = fits[np.lexsort((off[fits], -self.count[live[fits]]))]  # what was seen for longer comes first
        ridges, first = np.unique(ridge[fits], return_index=True)
        return fits[first], ridges

    def _set_right(
        self, own: np.ndarray, apart: np.ndarray, expected: np.ndarray, rows: np.ndarray, depths: np.ndarray
    ) -> None:
        self.count[own] += 1
        count = np.minimum(self.count[own], MEMORY)
        off = rows - expected
        self.row[own] = expected + 2 * (2 * count - 1) / (count * (count + 1)) * off
        self.slope[own] += 6 / (count * (count + 1)) * off / apart
        self.depth[own] *= (depths / self.depth[own]) ** (1 / count)
        self.last[own] += apart
        self.missed[own] += self.lost[own]
        self.lost[own] = 0

    def _begin(self, block: int, rows: np.ndarray, depths: np.ndarray) -> None:
        own = len(self.row) + np.arange(len(rows))
        none = np.zeros(len(rows), int)
        self.row, self.depth = np.append(self.row, rows), np.append(self.depth, depths)
        self.slope = np.append(self.slope, np.zeros(len(rows)))
        self.last, self.count = np.append(self.last, none + block), np.append(self.count, none + 1)
        self.lost, self.missed = np.append(self.lost, none), np.append(self.missed, none)
        self.live = np.append(self.live, own)
        self._record(own, block, rows, depths)

    def _record(self, own: np.ndarray, block: int, rows: np.ndarray, depths: np.ndarray) -> None:
        self.records.append((own, block, rows, depths))

    def paths(self) -> list[RulePath]:
        """All that was followed for long enough, by its first block."""
        owners = np.concatenate([own for own, *_ in self.records])
        blocks = np.repeat([block for _, block, *_ in self.records], [len(own) for own, *_ in self.records])
        rows, depths = (np.concatenate([record[item] for record in self.records]) for item in (2, 3))
        good = (self.count >= FEWEST) & (self.count >= SHARE * (self.count + self.missed))
        order = np.argsort(owners, kind="stable")
        order = order[good[owners[order]]]
        ends = np.flatnonzero(np.diff(owners[order])) + 1
        parts = (np.split(own[order], ends) for own in (blocks, rows, depths))
        paths = [RulePath(*own) for own in zip(*parts, strict=True) if len(own[0])]
        return sorted(paths, key=lambda path: path.blocks[0])


def _joined(paths: list[RulePath]) -> list[RulePath]:
    """Parts of one rule as one, sorted by their first block."""
    firsts = np.array([path.blocks[0] for path in paths])
    heads, tails = ([_end(path, at) for path in paths] for at in (slice(MEMORY), slice(-MEMORY, None)))
    following: dict[int, int] = {}
    taken: set[int] = set()
    for index, path in enumerate(paths):
        last = path.blocks[-1]
        costs = {}
        for other in range(*np.searchsorted(firsts, [last + 1, last + LONGEST + 1])):
            gap = firsts[other] - last
            line, beyond = tails[index][0], heads[other][0]
            off = max(abs(np.polyval(line - beyond, at)) for at in (last, firsts[other]))
            like = abs(np.log(heads[other][1] / tails[index][1])) <= np.log(UNLIKE)
            if other not in taken and like and off <= 1 + BENT * gap:
                costs[other] = gap + off
        if costs:
            following[index] = min(costs, key=costs.__getitem__)
            taken.add(following[index])
    whole = []
    for index in range(len(paths)):
        if index not in taken:
            parts = [paths[index]]
            while index in following:
                index = following[index]
                parts.append(paths[index])
            whole.append(RulePath(*(np.concatenate(own) for own in zip(*parts, strict=True))))
    return whole


def _end(path: RulePath, at: slice) -> tuple[np.ndarray, float]:
    """The line through an end of a path, as slope and row at block 0, and how dark it is."""
    return np.polyfit(path.blocks[at], path.rows[at], 1), float(np.median(path.depths[at]))
