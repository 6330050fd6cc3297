"""Which letters of a word are joined, on which way, and how far others are apart."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.joins import ASTRAY, joined, joins, nearest
from restorekit.synthesis.pages import generator

BOWL = np.array([[30.0, -15.0], [20.0, -20.0], [12.0, -10.0], [20.0, 0.0], [30.0, -6.0]])


def test_a_hand_joins_the_same_letters_each_time():
    shares = []
    for seed in range(200):
        hand = new_hand(generator(seed), "en")._replace(join=0.4)
        rng = generator(seed, 1)
        shares.append(np.mean([joins(rng, hand, *"an") for _ in range(20)]))
    assert np.mean([share in (0.0, 1.0) or abs(share - 0.5) > 0.35 for share in shares]) > 0.65
    assert 0.3 < np.mean(shares) < 0.8


def test_only_small_letters_are_joined_and_none_across_an_opening():
    hand = new_hand(generator(1), "en")._replace(join=1.0)
    for pair in ("An", "nA", "n,", "rn", "as", "af", "kn"):
        assert not any(joins(generator(seed), hand, *pair) for seed in range(20)), pair
    assert all(joins(generator(seed), hand, *pair) for seed in range(20) for pair in ("an", "ac", "le"))


def test_the_way_to_the_head_of_a_tall_letter_goes_up_along_its_stem():
    before, stem = np.array([[0.0, -5.0], [10.0, 0.0]]), np.array([[30.0, -40.0], [30.0, 0.0]])
    path = joined(generator(1), before, stem, 0.0, 40.0)
    assert len(path) == 7 and np.abs(path[2:5, 0] - 30).max() < 0.1 * 40
    low = joined(generator(1), before, stem * (1, 0.5), 0.0, 40.0)
    np.testing.assert_array_equal(low, np.concatenate([before, stem * (1, 0.5)]))


def test_a_bowl_is_reached_over_its_head_and_not_through_it():
    path = joined(generator(1), np.array([[-10.0, -5.0], [0.0, 0.0]]), BOWL, 0.0, 40.0)
    way = path[2:-5]
    assert way[0, 0] < BOWL[:, 0].min() and np.hypot(*(way[-1] - BOWL[1])) < 4
    np.testing.assert_array_equal(path[-5:], BOWL)


def test_a_letter_that_ends_in_a_stem_is_left_round_its_foot():
    stem = np.array([[0.0, -20.0], [0.0, 0.0]])
    path = joined(generator(1), stem, stem + (20, 0), 0.0, 40.0)
    assert len(path) == 5 and 0 < path[2, 0] < 10 and -5 < path[2, 1] < 2


def test_a_letter_that_ends_high_is_left_in_a_bow_that_hangs():
    high = np.array([[-10.0, -10.0], [0.0, -20.0]])
    path = joined(generator(1), high, np.array([[20.0, -20.0], [20.0, 0.0]]), 0.0, 40.0)
    assert path[2] == pytest.approx([10.0, -20.0 + 0.09 * 40], abs=3 * ASTRAY * 40)


def test_letters_are_as_near_as_their_ink_at_the_heights_that_both_reach():
    roof, floor = np.array([[0.0, -36.0], [20.0, -36.0]]), np.array([[22.0, 0.0], [30.0, 0.0]])
    assert nearest([roof], [floor], 0.0, 40.0) is None
    assert nearest([roof], [floor, floor - (1, 36)], 0.0, 40.0) == 1.0
