"""Pages that show the same, found by what they look like from afar."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import cv2
import numpy as np

SIDE = 96
LEAST_SIMILARITY = 0.9

_BLANK_LEVELS = 1.0
_ROWS = 1024
_BLOCK = 4
_ROUNDING = 1e-4
_MANY = 0.1  # share of the pages from which on all products are had sooner than some


class Duplicate(NamedTuple):
    """A page that others show too, within its folder or across to other folders.

    Attributes:
        place: of the page, in the list.
        likest: the place of the page most like it.
        similarity: of both, 1 is equal.
        across: whether the others lie in other folders than the page.
        more: how many others there are besides the likest.
    """

    place: int
    likest: int
    similarity: float
    across: bool
    more: int


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


def block_norms(vectors: np.ndarray) -> np.ndarray:
    """The norms of a signature's blocks of 4 x 4: the product of two such is no less than the similarity.

    So Cauchy and Schwarz have it of each block, and a sixteenth of the work tells most pages apart.

    Args:
        vectors: ``(N, 9216)`` of ``page_signature``.

    Returns:
        ``(N, 576)``.
    """
    across = SIDE // _BLOCK
    blocks = vectors.reshape(-1, across, _BLOCK, across, _BLOCK)
    return np.sqrt(np.einsum("nyaxb,nyaxb->nyx", blocks, blocks)).reshape(len(vectors), -1)


def _similarity(vectors: np.ndarray, norms: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Of some rows to all, where it may be at least ``LEAST_SIMILARITY``; elsewhere -1 may stand for it."""
    likely = norms[rows] @ norms.T >= LEAST_SIMILARITY - _ROUNDING
    if likely.mean() > _MANY:
        return vectors[rows] @ vectors.T
    similarity = np.full(likely.shape, -1.0, np.float32)
    for place, row in enumerate(rows):
        others = np.flatnonzero(likely[place])
        similarity[place, others] = vectors[others] @ vectors[row]
    return similarity


def find_duplicates(signatures: Sequence[np.ndarray | None], folders: Sequence[Hashable]) -> list[Duplicate]:
    """The pages whose similarity to another is at least 0.9, in order.

    Sheets of one form are all like each other, so each page has its likest alone, within its folder and
    across to others: at most two entries, however many pages there are.

    Args:
        signatures: of each page, from ``page_signature``.
        folders: of each page.
    """
    known = [index for index, signature in enumerate(signatures) if signature is not None]
    if not known:
        return []
    vectors = np.stack([signatures[index] for index in known])  # type: ignore[misc]
    norms = block_norms(vectors)
    numbers = {folder: number for number, folder in enumerate(dict.fromkeys(folders))}
    folder_of = np.array([numbers[folders[index]] for index in known])
    found = []
    for start in range(0, len(known), _ROWS):
        rows = np.arange(start, min(start + _ROWS, len(known)))
        similarity = _similarity(vectors, norms, rows)
        similarity[rows - start, rows] = -1.0  # to itself
        for row in np.flatnonzero((similarity >= LEAST_SIMILARITY).any(axis=1)):
            crossing = folder_of != folder_of[start + row]
            for across in (True, False):
                chosen = np.where(crossing == across, similarity[row], -1.0)
                likest, count = int(chosen.argmax()), int((chosen >= LEAST_SIMILARITY).sum())
                if count:
                    found.append(
                        Duplicate(
                            place=known[start + row],
                            likest=known[likest],
                            similarity=float(chosen[likest]),
                            across=across,
                            more=count - 1,
                        )
                    )
    return sorted(found, key=lambda duplicate: (duplicate.place, not duplicate.across))
