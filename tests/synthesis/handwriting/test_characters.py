"""Chinese characters, kana and Hangul in a writer's hand."""

import numpy as np

from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.lines import write_line
from restorekit.synthesis.pages import generator


def test_characters_of_loose_faces_do_not_reach_into_one_another():
    hand = new_hand(generator(3, 23), "zh")._replace(
        eastern="hand/zh_longcang_400.ttf", aspect=1.0, slant=0.0, spacing=0.05, climb=0.0, ink=None
    )
    parted = 0
    for seed in range(10):
        inked = write_line(generator(seed, 24), hand, "队" * 8, 60, 3).coverage.max(0) > 127
        parted += np.count_nonzero(np.diff(np.flatnonzero(inked)) > 6)
    assert parted > 0.85 * 70
