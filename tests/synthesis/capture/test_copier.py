"""Copies in black and white keep their print and are speckled."""

import numpy as np

from restorekit.synthesis.capture.copier import SPECKS, copy_threshold
from restorekit.synthesis.pages import generator


def printed(tone: float) -> np.ndarray:
    page = np.full((1000, 800, 3), 0.95, np.float32)
    page[20::40, 40:-40] = page[21::40, 40:-40] = 0.95 * tone
    return page


def test_paper_comes_out_white_but_for_some_grains_and_print_black():
    page, counts = printed(0.2), []
    for seed in range(20):
        threshold = copy_threshold(generator(seed, 3), page)
        assert threshold is not None
        black = page[..., 0] <= threshold
        assert black[20::40, 60:-60].all() and black[21::40, 60:-60].all()
        black[20::40] = black[21::40] = False
        counts.append(int(black.sum()))
    assert 0.8 * SPECKS[0] - 1 <= min(counts) < 0.2 * max(counts) and max(counts) <= 1.4 * 0.8 * SPECKS[1]


def test_faint_print_is_not_made_black_and_white():
    assert copy_threshold(generator(1, 3), printed(0.9)) is None


def test_a_copy_keeps_ink_that_is_paler_than_its_print_or_is_none():
    page, kept = printed(0.2), 0
    for tone in (0.6, 0.72, 0.9):
        inked = page.copy()
        inked[100:140, 100:300] = tone * 0.95
        for seed in range(8):
            threshold = copy_threshold(generator(seed, 4), page, inked)
            if threshold is not None:
                kept += 1
                assert (inked[105:115, 110:290, 0] <= threshold[105:115, 110:290]).mean() > 0.9
    assert kept >= 8
