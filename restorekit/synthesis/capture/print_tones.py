"""How dark a page's print is, place by place: what turns a page black and white must not lose it."""

from __future__ import annotations

import numpy as np

FAINTEST = 0.93
"""What is over this share as bright as paper is no print but grain and shade."""
WORDS = 40
"""The side of a block in sampled pixels: with every third or so sampled, a few words on A4 at 150 dpi."""


def print_tones(tones: np.ndarray, share: float) -> np.ndarray:
    """The tone that ``share`` of the print is darker than, in each block of a page with print in it.

    By blocks a desk or a dark bar counts no more than the part of the page that it covers.

    Args:
        tones: float32 ``(H, W)``, sampled; print as a share of the paper around it, 1 where there is none.
        share: from 0, the middle of the strokes, to 1, their palest edges.

    Returns:
        Float32 ``(N,)`` in [0, ``FAINTEST``], sorted; empty for a page without print.
    """
    tall, wide = (min(size, WORDS) for size in tones.shape)
    rows, columns = tones.shape[0] // tall, tones.shape[1] // wide
    blocks = tones[: rows * tall, : columns * wide].reshape(rows, tall, columns, wide)
    blocks = blocks.transpose(0, 2, 1, 3).reshape(rows * columns, tall * wide)
    count = (blocks < FAINTEST).sum(1)
    printed = np.sort(blocks[count > 0], axis=1)
    count = count[count > 0]
    return np.sort(printed[np.arange(len(count)), (share * (count - 1)).astype(int)])
