"""Pages that show the same, found by what they look like from afar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

SIDE = 96
LEAST_SIMILARITY = 0.9

_BLANK_LEVELS = 1.0
_ROWS = 1024


class Duplicate(NamedTuple):
    """Two pages that show the same, by their place in the list, and how alike they are (1 is equal)."""

    first: int
    second: int
    similarity: float


def page_signature(page: np.ndarray) -> np.ndarray | None:
    """A page reduced to its layout, as a unit vector; the product of two is their similarity in [-1, 1].

    It does not change with the page's resolution, compression or brightness.

    Args:
        page: ``(H, W, 3)`` uint8 RGB.

    Returns:
        ``(9216,)`` float32, or None for a blank page, which resembles every other.
    """
    grey = cv2.cvtColor(np.asarray(page), cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    details = small - cv2.blur(small, (9, 9))
    if details.std() < _BLANK_LEVELS:
        return None
    return (details / np.linalg.norm(details)).ravel()


def find_duplicates(signatures: Sequence[np.ndarray | None]) -> list[Duplicate]:
    """Every two pages whose similarity is at least 0.9, the first before the second."""
    known = [index for index, signature in enumerate(signatures) if signature is not None]
    if not known:
        return []
    vectors = np.stack([signatures[index] for index in known])  # type: ignore[misc]
    found = []
    for start in range(0, len(known), _ROWS):
        similarity = vectors[start : start + _ROWS] @ vectors.T
        for row, column in np.argwhere(similarity >= LEAST_SIMILARITY):
            if column > start + row:
                found.append(Duplicate(known[start + row], known[column], float(similarity[row, column])))
    return found
