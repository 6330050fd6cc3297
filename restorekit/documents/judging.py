"""Which erased pages somebody should look at."""

from __future__ import annotations

import functools

import numpy as np

from restorekit.documents.ink import bands, colours, soft_edge
from restorekit.documents.options import EraseOptions

_DARK = 160 / 255  # print: the lowest channel is below this, as in the measure of damage
_VISIBLE = 20 / 255
_MOST_ERASED = 0.5
_MOST_DOUBT = 0.25
_MOST_DAMAGE = 0.01
_MOST_TRANSPARENT = 0.5
_LEAST_DARK = 0.0005  # share of the page; on emptier pages shares of the dark pixels say nothing


def judge(
    before: np.ndarray,
    after: np.ndarray,
    mask: np.ndarray,
    doubt: np.ndarray | None,
    options: EraseOptions,
) -> tuple[str, ...]:
    """Reasons to look at a page, worst first; none for most.

    Networks see colours alone, and of a page that is mostly transparent these may show nothing. Without the
    true page nobody can measure damage; three signs stand for it, all among dark pixels: much of them was
    erased, the network was unsure of much that it erased, and (where the whole picture is taken) pixels
    outside the ink and its soft edge changed visibly.

    Args:
        before: the page, see ``restorekit.documents.Page``.
        after: the erased page.
        mask: ``(H, W)`` uint8, 255 at ink.
        doubt: ``(H, W)`` bool, or None; see ``restorekit.documents.ErasedPage``.
        options: how it was erased.
    """
    clear = _transparent(before)
    if clear > _MOST_TRANSPARENT:
        return (f"{clear:.0%} of the page is transparent, and ink there is not seen; save it on white",)
    dark, erased, unsure, damaged = _count(before, after, mask, doubt, options)
    if dark < _LEAST_DARK * mask.size:
        return ()
    reasons = []
    if damaged > _MOST_DAMAGE * dark:
        reasons.append(f"{damaged / dark:.1%} of the dark pixels outside the ink changed")
    if erased > _MOST_ERASED * dark:
        reasons.append(f"{erased / dark:.0%} of the page's dark pixels were erased")
    if unsure > _MOST_DOUBT * max(erased, 1) and unsure > _MOST_DAMAGE * dark:
        reasons.append(f"unsure of {unsure / dark:.0%} of the page's dark pixels")
    return tuple(reasons)


def _transparent(page: np.ndarray) -> float:
    """Share of the pixels that show less than half of their colour."""
    if page.ndim == 2 or page.shape[2] not in (2, 4):
        return 0.0
    return float(np.mean(page[..., -1] <= np.iinfo(page.dtype).max // 2))


def _count(
    before: np.ndarray,
    after: np.ndarray,
    mask: np.ndarray,
    doubt: np.ndarray | None,
    options: EraseOptions,
) -> tuple[int, int, int, int]:
    """Dark pixels; and among them the erased, the unsure, and those that changed beyond the ink's edge."""
    levels = float(np.iinfo(before.dtype).max)
    totals = np.zeros(4, np.int64)
    for outer, rows, inner in bands(len(before), options.grow_px + 2 * options.fade_px):
        page, new = (colours(array)[rows] for array in (before, after))
        dark = functools.reduce(np.minimum, np.moveaxis(page, -1, 0)) < _DARK * levels
        ink = mask[rows] > 0
        edge = soft_edge(mask[outer], grow_px=options.grow_px, fade_px=options.fade_px)[inner] > 0
        change = np.abs(new.astype(np.float32) - page).mean(-1) > _VISIBLE * levels
        unsure = dark & doubt[rows] if doubt is not None else np.zeros_like(dark)
        totals += [np.count_nonzero(part) for part in (dark, dark & ink, unsure, dark & ~edge & change)]
    return tuple(int(total) for total in totals)  # type: ignore[return-value]
