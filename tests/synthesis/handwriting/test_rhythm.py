"""Letters of a word are each like the last, and the last ones are written in haste."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import rhythm
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.rhythm import FAR, beats
from restorekit.synthesis.pages import generator


def columns(join, unrest, count=400, long=8):
    """Sizes, widths, heights of small parts and room before letters, ``(words, letters)`` each."""
    hand = new_hand(generator(1, 23), "en")._replace(join=join, unrest=unrest)
    words = [beats(generator(seed, 41), hand, long) for seed in range(count)]
    return np.moveaxis(
        [[(one.size, one.wide, one.zones[0], one.near) for one in word] for word in words], 2, 0
    )


def test_letters_are_the_more_unlike_the_less_steady_a_hand_is():
    steady, unsteady = (np.log(columns(0.0, unrest)).std((1, 2)) for unrest in (0.01, 0.05))
    assert (unsteady[:3] > 1.8 * steady[:3]).all()
    assert unsteady[3] == pytest.approx(steady[3], rel=0.05)


def test_a_letter_is_more_like_the_one_before_than_like_others():
    size, wide, _, near = np.log(columns(0.0, 0.03))
    for numbers, least in ((size, 0.5), (wide, 0.15), (near, 0.15)):
        assert np.corrcoef(numbers[:, :-1].ravel(), numbers[:, 1:].ravel())[0, 1] > least


def test_a_quick_hand_ends_long_words_lower_wider_and_closer():
    _, wide, low, near = np.median(columns(1.0, 0.02), 1)
    assert low[-1] < 0.95 * low[0] and wide[-1] > 1.05 * wide[0] and near[-1] < 0.9 * near[0]
    _, wide, low, near = np.median(columns(1.0, 0.02, long=rhythm.LONG), 1)
    assert [low[-1] / low[0], wide[-1] / wide[0]] == pytest.approx([1, 1], abs=0.03)


def test_words_stay_together_and_get_as_long_as_foreseen():
    _, wide, _, near = columns(0.5, 0.05)
    assert near.max() <= FAR
    assert np.std(wide.mean(1)) < 0.6 * np.std(wide) / np.sqrt(3)
