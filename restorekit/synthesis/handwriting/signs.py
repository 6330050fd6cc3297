"""Signs that stand alone in a ring or a square."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from restorekit.synthesis.handwriting.hands import Hand
from restorekit.synthesis.handwriting.lines import write_line

TRIES, SIZE = 4, 32
"""How often, and in how many pixels, a sign is written to see where its middle is."""


@lru_cache(maxsize=256)
def middle_of(hand: Hand, sign: str) -> tuple[float, float]:
    """Where the middle of a sign is by a hand without real ink, in ems.

    Returns:
        How far after where it is begun, and how far above the line.
    """
    rng, found = np.random.default_rng(hand.style), []
    for _ in range(TRIES):
        written = write_line(rng, hand, sign, SIZE, 2)
        rows, columns = (np.flatnonzero(written.coverage.any(side)) for side in (1, 0))
        if len(rows):
            found.append((rows[0] + rows[-1] - 2 * written.baseline, columns[0] + columns[-1] - 2 * SIZE))
    down, across = np.mean(found, 0) / (2 * SIZE) if found else (-0.4, 0.2)
    return float(across), -float(down)
