"""Rules where erased ink hid them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
import torch
from torch import Tensor

from restorekit.inferencers.functional import Read, mask_of
from restorekit.inferencers.morphology import dilated
from restorekit.inferencers.resizing import Bands, gathered, page_levels, row_groups
from restorekit.inferencers.rule_paths import BLOCK, SEEN, RulePath, trace_rules
from restorekit.inferencers.streaming import predict_around
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

TOUCHED, RIM = 0.1, 2
"""The probability of ink, within so many px, from which on a pixel may be drawn."""
THICKEST = 10
"""px of a rule's thickness."""
REACH = 6
"""px from a rule's line that are looked at; the last two on either side are paper."""
OFFSETS = np.arange(-REACH, REACH + 1)[:, None]
FINE = 4
"""A rule's profile has so many steps a px, for its line lies between rows."""
STEPS = np.arange(-FINE * REACH - FINE // 2, FINE * REACH + FINE // 2 + 1)
BESIDE = STEPS < -FINE * (REACH - 1.5), STEPS > FINE * (REACH - 1.5)
ALIKE = 4
"""Blocks on either side that tell how a rule looks in one."""
CROSSED, MARKED = 0.3, 0.35
"""The share of columns in which what is beside a rule may be dark, by so much of the rule's own depth: more
is a row of letters."""
LEFT = 0.85
"""The share of a rule's darkness that may be left where it counts as standing."""
EDGE = 0.25
"""The share of a rule's darkness under which its edge is not drawn."""
HIDDEN = 0.1
"""By how much a pixel may have come in lighter than the rule that it hid."""


@INFERENCERS.register_module()
class RuleFill:
    """Draw rules and grids on where they were lost below ink.

    Where ink lay on a rule a network seldom gives the rule back, and ruled or squared paper is left full of
    gaps. But rules run on: what is seen of one on both sides tells where it goes in between (``trace_rules``)
    and how it looks there. It is drawn only where ink was erased, where the page came in as dark, and where
    the rule is gone. It comes after ``TextScaled`` in a chain, and before all that gives back or takes away.
    """

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, its rules drawn on."""
        return predict_around(self.around, predict, image)

    def around(self, bands: Bands, read: Read, size: tuple[int, int]) -> Iterator[tuple[int, Tensor]]:
        """The same from top to bottom; a page is held whole."""
        output = gathered(bands(read, size), size[0])
        mask = mask_of(output, self)[0, 0].float().cpu().numpy()
        touched = dilated(mask >= TOUCHED, RIM, RIM)
        if touched.any():
            page = _Page(page_levels(read, size), output[0, :3].float().cpu().numpy(), touched)
            for view in (page, page.transposed()):
                for path in trace_rules(*view.ridges()):
                    _draw(path, view)
            output[0, :3] = torch.from_numpy(page.restored).to(output)
        yield 0, output


class _Page(NamedTuple):
    """A page, what was made of it and where that may be drawn on; or the same transposed.

    Attributes:
        came: its pixels as they came, uint8 ``(H, W, 3)``.
        restored: ``(3, H, W)`` in [0, 1], changed in place.
        touched: where ink was erased, bool ``(H, W)``.
    """

    came: np.ndarray
    restored: np.ndarray
    touched: np.ndarray

    def transposed(self) -> _Page:
        """Views of the same pixels, rows for columns."""
        return _Page(self.came.swapaxes(0, 1), self.restored.swapaxes(1, 2), self.touched.T)

    def ridges(self) -> tuple[np.ndarray, np.ndarray]:
        """What ``trace_rules`` needs: how much darker than above and below, and how much is in view."""
        height, width = self.touched.shape
        blocks = -(-width // BLOCK)
        levels, seen = np.empty((height, blocks), np.float32), np.empty((height, blocks), np.float32)
        for first, rows in row_groups(height):
            part = slice(first, first + len(rows))
            level, clear = self.restored[:, part].mean(0), (~self.touched[part]).astype(np.float32)
            level = np.pad(level, ((0, 0), (0, -width % BLOCK)), mode="edge")
            clear = np.pad(clear, ((0, 0), (0, -width % BLOCK)))
            level, clear = (own.reshape(len(rows), blocks, BLOCK) for own in (level, clear))
            seen[part] = clear.mean(-1)
            own = (level * clear).mean(-1) / seen[part].clip(1e-6)
            levels[part] = np.where(seen[part] >= SEEN, own, level.mean(-1))
        closed = cv2.morphologyEx(levels, cv2.MORPH_CLOSE, np.ones((THICKEST + 1, 1), np.uint8))
        return closed - levels, seen


def _draw(path: RulePath, page: _Page) -> None:
    """Draw a rule where it is lost."""
    height, width = page.touched.shape
    columns = np.arange(path.blocks[0] * BLOCK, min((path.blocks[-1] + 1) * BLOCK, width))
    middles = path.blocks * BLOCK + (BLOCK - 1) / 2
    line = np.interp(columns, middles, _smoothed(path))
    rows = (np.rint(line).astype(int) + OFFSETS).clip(0, height - 1)
    touched, values = page.touched[rows, columns], page.restored[:, rows, columns]
    clear = ~touched.any(0)
    if clear.all():
        return
    profiles, at = _profiles(values, rows - line, clear, path)
    if not len(at):
        return
    paper = np.maximum(*(profiles[:, own].mean(1) for own in BESIDE)).clip(1 / 255)
    shares = _falling(profiles / paper[:, None])
    paper, shares = (_interpolated(columns, middles[at], own) for own in (paper, shares))
    steps = np.rint(FINE * (rows - line)).astype(int) - STEPS[0]
    share = shares[:, steps.clip(0, len(STEPS) - 1), np.arange(len(columns))]
    dark, depth = (1 - values / paper[:, None]).clip(0).mean(0), 1 - share.mean(0)
    marked = dark > MARKED * depth.max(0)
    if max(own.any(0)[clear].mean() for own in (marked[:2], marked[-2:])) > CROSSED:
        return  # a row of letters
    lost = np.convolve((LEFT * depth - dark.clip(max=depth)).sum(0), np.ones(3), "same") > 0
    may = touched & lost & (depth > EDGE * depth.max(0))
    if not may.any():
        return
    rows, columns = rows[may], np.broadcast_to(columns, rows.shape)[may]
    drawn = (share * paper[:, None])[:, may]
    hidden = page.came[rows, columns].mean(-1) <= 255 * (drawn.mean(0) + HIDDEN)
    rows, columns, drawn = rows[hidden], columns[hidden], drawn[:, hidden]
    page.restored[:, rows, columns] = np.minimum(page.restored[:, rows, columns], drawn)


def _smoothed(path: RulePath) -> np.ndarray:
    """The rows of a path's blocks, on lines through ``ALIKE`` on either side."""
    count = len(path.blocks)
    first, end = (np.arange(count) - ALIKE).clip(0), (np.arange(count) + ALIKE + 1).clip(max=count)
    at = path.blocks - path.blocks.mean()
    terms = np.stack([np.ones(count), at, path.rows, at * at, at * path.rows])
    sums = np.pad(terms.cumsum(1), ((0, 0), (1, 0)))
    number, places, rows, squares, products = sums[:, end] - sums[:, first]
    slope = (number * products - places * rows) / (number * squares - places**2)
    return (rows - slope * places) / number + slope * at


def _profiles(
    values: np.ndarray, off: np.ndarray, clear: np.ndarray, path: RulePath
) -> tuple[np.ndarray, np.ndarray]:
    """How a rule looks in its blocks, from columns that are clear, and which blocks tell.

    Args:
        values: ``(3, offsets, columns)``.
        off: px below the rule's line of each, ``(offsets, columns)``.
        clear: bool ``(columns,)``.
        path: its blocks.

    Returns:
        Of each block the colours at ``STEPS``, ``(3, steps, n)``, and its place in ``path.blocks``, ``(n,)``.
    """
    blocks = np.arange(len(clear)) // BLOCK
    steps = np.rint(FINE * off).astype(int) - STEPS[0]
    fits = clear & (steps >= 0) & (steps < len(STEPS))
    places = (np.broadcast_to(blocks, steps.shape) * len(STEPS) + steps)[fits]
    number = (blocks[-1] + 1) * len(STEPS)
    counts = np.bincount(places, minlength=number)
    sums = np.stack([np.bincount(places, own[fits], number) for own in values])
    means = np.where(counts > 0, sums / counts.clip(1), np.nan).reshape(3, -1, len(STEPS))
    own = path.blocks - path.blocks[0]
    at = np.flatnonzero(np.bincount(blocks, clear)[own] >= SEEN * BLOCK)
    if not len(at):
        return np.empty((3, len(STEPS), 0)), at
    beside = np.pad(means[:, own[at]], ((0, 0), (ALIKE, ALIKE), (0, 0)), mode="edge")
    profiles = _medians(np.lib.stride_tricks.sliding_window_view(beside, 2 * ALIKE + 1, 1))
    for profile in profiles.reshape(-1, len(STEPS)):
        known = ~np.isnan(profile)
        profile[:] = np.interp(STEPS, STEPS[known], profile[known])
    return profiles.swapaxes(1, 2), at


def _medians(values: np.ndarray) -> np.ndarray:
    """The medians over the last axis of what is no NaN there; several times as fast as ``np.nanmedian``."""
    known = np.count_nonzero(~np.isnan(values), -1)[..., None]
    values = np.sort(values, -1)  # NaN comes last
    middle = [np.take_along_axis(values, own.clip(0), -1) for own in ((known - 1) // 2, known // 2)]
    return np.mean(middle, 0)[..., 0]


def _falling(shares: np.ndarray) -> np.ndarray:
    """Of a rule's own darkness, which falls on either side to paper, but nothing that stands beside it.

    Both are ``(3, steps, n)``; what is returned is in [0, 1].
    """
    shares = shares.clip(0, 1)
    for side in BESIDE:
        shares[:, side] = 1
    middle = len(STEPS) // 2
    for side in (shares[:, middle:], shares[:, middle::-1]):
        np.maximum.accumulate(side, axis=1, out=side)
    return shares


def _interpolated(columns: np.ndarray, at: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Values ``(..., n)`` at some columns, sorted, brought to others by linear interpolation."""
    if len(at) == 1:
        return np.repeat(values, len(columns), -1)
    low = (np.searchsorted(at, columns) - 1).clip(0, len(at) - 2)
    share = ((columns - at[low]) / (at[low + 1] - at[low])).clip(0, 1)
    return (1 - share) * values[..., low] + share * values[..., low + 1]
