"""Masks of ink, and what they decide about a page's pixels. Everything works in bands of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from restorekit.documents.options import INKS
from restorekit.documents.pixels import BAND_ROWS

_CERTAIN = 128
_DOUBT = (64, 192)
_VISIBLE = 20  # levels of 255, as in the measure of residue and damage
_HUES = {"red": 25, "yellow": 70, "green": 165, "blue": 260, "purple": 335}  # each up to that many degrees
_LEAST_SATURATION = 0.2
_SMOOTHING_PX = 5


def bands(height: int, context: int) -> Iterator[tuple[slice, slice, slice]]:
    """Slices of rows: a band with ``context`` rows around it, the band, and the band within the first."""
    for start in range(0, height, BAND_ROWS):
        end = min(start + BAND_ROWS, height)
        first = max(start - context, 0)
        yield (
            slice(first, min(end + context, height)),
            slice(start, end),
            slice(start - first, end - first),
        )


def with_channels(page: np.ndarray) -> np.ndarray:
    """A view of ``page`` with a channel axis, ``(H, W, C)``."""
    return page[..., None] if page.ndim == 2 else page


def colours(page: np.ndarray) -> np.ndarray:
    """A view of ``page`` with a channel axis and without alpha, ``(H, W, 1)`` or ``(H, W, 3)``."""
    shaped = with_channels(page)
    return shaped[..., : 1 if shaped.shape[2] < 3 else 3]


def ink_mask(before: np.ndarray, restored: np.ndarray, probability: np.ndarray | None) -> np.ndarray:
    """``(H, W)`` uint8, 255 where there is ink.

    Args:
        before: the page, as in ``restorekit.documents.Page``.
        restored: what the network made of it, of the same shape and dtype.
        probability: ``(H, W)`` uint8 of a network that predicts one; at least 128 is ink. None: ink is what
            changed visibly, by more than 20 levels of 255 in the mean of the channels.
    """
    if probability is not None:
        return np.where(probability >= _CERTAIN, np.uint8(255), np.uint8(0))
    mask = np.zeros(before.shape[:2], np.uint8)
    levels = np.iinfo(before.dtype).max
    for _, rows, _ in bands(len(before), 0):
        change = colours(before)[rows].astype(np.float32) - colours(restored)[rows]
        mask[rows] = np.where(np.abs(change).mean(-1) > _VISIBLE / 255 * levels, 255, 0)
    return mask


def doubt_mask(probability: np.ndarray | None) -> np.ndarray | None:
    """``(H, W)`` bool: where a network that predicts ink is unsure (a quarter to three quarters)."""
    if probability is None:
        return None
    return (probability >= _DOUBT[0]) & (probability < _DOUBT[1])


def soft_edge(ink: np.ndarray, *, grow_px: int, fade_px: int) -> np.ndarray:
    """``ink`` grown by ``grow_px`` and faded out over ``2 * fade_px`` more, uint8.

    Args:
        ink: ``(H, W)`` uint8, 255 at ink and 0 elsewhere.
        grow_px: radius of the growth in px.
        fade_px: half the width of the fade in px; 0 for a hard edge.
    """
    core = cv2.dilate(ink, _disc(grow_px)) if grow_px else ink
    if not fade_px:
        return core
    side = 2 * fade_px + 1
    return np.maximum(core, cv2.blur(cv2.dilate(core, _disc(fade_px)), (side, side)))


def keep_print(
    before: np.ndarray,
    restored: np.ndarray,
    ink: np.ndarray,
    *,
    grow_px: int,
    fade_px: int,
    kept: np.ndarray | None = None,
) -> None:
    """Give ``restored`` back the pixels of ``before`` wherever there is no ink, bit for bit.

    Args:
        before: the page.
        restored: what the network made of it; written in place.
        ink: ``(H, W)`` uint8, 255 at the ink to erase.
        grow_px: see ``soft_edge``.
        fade_px: see ``soft_edge``.
        kept: ``(H, W)`` uint8, 255 at ink that stays although it lies at the edge of what goes.
    """
    old, new = with_channels(before), with_channels(restored)
    for outer, rows, inner in bands(len(before), grow_px + 2 * fade_px):
        alpha = soft_edge(ink[outer], grow_px=grow_px, fade_px=fade_px)[inner]
        if kept is not None:
            alpha = np.where(kept[rows] > 0, np.uint8(0), alpha)
        edge = (alpha > 0) & (alpha < 255)
        weight = alpha[edge].astype(np.float32)[:, None] / 255
        was = old[rows][edge].astype(np.float32)
        mixed = np.rint(was + weight * (new[rows][edge] - was)).astype(before.dtype)
        new[rows][edge] = mixed
        for channel in range(old.shape[2]):  # many times as fast as all at once
            np.copyto(new[rows, :, channel], old[rows, :, channel], where=alpha == 0)


def ink_of_colours(
    before: np.ndarray, restored: np.ndarray, ink: np.ndarray, only: Sequence[str]
) -> np.ndarray:
    """The part of ``ink`` that has one of some colours, ``(H, W)`` uint8.

    An ink's colour is told from what it takes away from the paper, in the mean over its 5 x 5 neighbours:
    black (pencil, too) takes from all channels alike, the others are told by their hue.

    Args:
        before: the page.
        restored: what the network made of it: the paper below the ink.
        ink: ``(H, W)`` uint8, 255 at ink.
        only: names of ``restorekit.documents.INKS``.
    """
    chosen = np.zeros_like(ink)
    wanted = [INKS.index(colour) for colour in only]
    levels = float(np.iinfo(before.dtype).max)
    for outer, rows, inner in bands(len(before), _SMOOTHING_PX):
        page = colours(before)[outer].astype(np.float32) / levels
        taken = np.clip(colours(restored)[outer].astype(np.float32) / levels - page, 0, 1)
        unsure = taken.max(-1, keepdims=True) < 0.05
        taken = np.where(unsure, page.max(-1, keepdims=True) - page, taken) * (ink[outer] > 0)[..., None]
        kind = _ink_kinds(np.repeat(taken, 3, axis=2) if taken.shape[2] == 1 else taken)
        chosen[rows] = np.where(np.isin(kind, wanted) & (ink[outer] > 0), 255, 0)[inner]
    return chosen


def _ink_kinds(taken: np.ndarray) -> np.ndarray:
    """Index into ``INKS`` for each pixel of ``(H, W, 3)``: what ink takes away, 0 to 1, 0 where none is."""
    smooth = cv2.blur(np.ascontiguousarray(taken), (_SMOOTHING_PX, _SMOOTHING_PX))
    peak = smooth.max(-1)
    saturation = (peak - smooth.min(-1)) / np.maximum(peak, 1e-6)
    hue = cv2.cvtColor(peak[..., None] - smooth, cv2.COLOR_RGB2HSV)[..., 0]
    order = [INKS.index(colour) for colour in (*_HUES, "red")]
    kind = np.asarray(order)[np.digitize(hue, list(_HUES.values()))]
    return np.where(saturation < _LEAST_SATURATION, INKS.index("black"), kind)


def changed_pixels(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """``(H, W)`` bool: where any channel differs."""
    changed = np.zeros(before.shape[:2], bool)
    old, new = with_channels(before), with_channels(after)
    for _, rows, _ in bands(len(before), 0):
        for channel in range(old.shape[2]):  # several times as fast as any(-1)
            changed[rows] |= old[rows, :, channel] != new[rows, :, channel]
    return changed


def _disc(radius: int) -> np.ndarray:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
