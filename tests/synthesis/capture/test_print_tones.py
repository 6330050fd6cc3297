"""Print is measured place by place: what is large counts no more than the part of the page it covers."""

import numpy as np

from restorekit.synthesis.capture.print_tones import FAINTEST, WORDS, print_tones


def test_each_block_with_print_counts_once():
    page = np.ones((2 * WORDS, 3 * WORDS), np.float32)
    page[:WORDS, :WORDS] = 0.1  # a bar that fills its block
    page[5, WORDS + 3] = 0.5
    page[5, WORDS + 4] = 0.7
    page[WORDS + 9, 7] = 0.6
    assert np.allclose(print_tones(page, 0.0), [0.1, 0.5, 0.6])
    assert np.allclose(print_tones(page, 1.0), [0.1, 0.6, 0.7])


def test_paper_and_its_grain_are_no_print():
    page = np.full((90, 70), FAINTEST + 0.01, np.float32)
    assert print_tones(page, 0.5).size == 0
    assert print_tones(page[:20, :10] * 0.5, 0.5).tolist() == [np.float32(0.5 * (FAINTEST + 0.01))]
