"""A hand changes from answer to answer, and by haste in long ones."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.mood import SWINGS, Mood
from restorekit.synthesis.pages import generator


def turns(mood: Mood, floors: list[float], ems: float = 3.0, seed: int = 1, **habits):
    rng = generator(seed, 60)
    hand = new_hand(rng, "en")._replace(slant=0.0, aspect=1.0, **habits)
    return [mood.turn(rng, hand, "ballpoint", ems, (floor, 20.0)) for floor in floors]


def test_answers_differ_in_size_slant_width_line_and_pressure():
    found = turns(Mood(), [400.0 * place for place in range(400)], changes=1.0, tires=0.0)
    sizes, lines = (np.log([getattr(turn, name) for turn in found]) for name in ("size", "line"))
    widths = np.log([turn.hand.aspect for turn in found])
    slants = [turn.hand.slant for turn in found]
    spreads = [np.std(values) for values in (sizes, slants, widths, lines)]
    assert spreads == pytest.approx([SWINGS[0], SWINGS[1], SWINGS[2], SWINGS[4]], rel=0.25)
    levels = [turn.level for turn in found]
    assert max(levels) <= 1 and 0.02 < np.std(levels) < 0.07


def test_what_stands_on_one_line_is_of_one_kind_and_the_next_line_like_it():
    first, second, *_ = turns(Mood(), [100.0, 100.0], tires=0.0)
    assert (first.size, first.line, first.level) == (second.size, second.line, second.level)
    steps = {}
    for apart in (30.0, 400.0):
        sizes = [turn.size for turn in turns(Mood(), [apart * place for place in range(300)], tires=0.0)]
        steps[apart] = np.std(np.diff(np.log(sizes)))
    assert steps[30.0] < 0.6 * steps[400.0]


def test_long_answers_get_larger_hastier_and_paler_by_those_who_tire():
    last = {}
    for tires in (0.0, 1.0):
        ends = [turns(Mood(), [30.0 * row for row in range(8)], 20.0, s, tires=tires)[-1] for s in range(40)]
        last[tires] = np.mean([(one.size, one.hand.slant, one.hand.join, one.level) for one in ends], 0)
    size, slant, join, level = last[1.0] - last[0.0]
    assert size > 0.06 and slant > 0.05 and join > 0.1 and level < -0.01


def test_haste_is_over_in_the_next_answer():
    mood = Mood()
    turns(mood, [30.0 * row for row in range(8)], 20.0)
    hasty = mood.haste
    turns(mood, [800.0], 1.0)
    assert hasty > 0.8 > 0.5 > mood.haste


def test_who_writes_a_long_line_larger_writes_it_narrower():
    for turn in turns(Mood(), [400.0 * place for place in range(60)], 25.0, changes=1.5):
        assert 0.93 < turn.size * turn.hand.aspect < 1.08


def test_a_hand_learns_how_far_it_reaches():
    mood = Mood()
    for _ in range(8):
        mood.learn(mood.farther * 100, 125)
    assert mood.farther == pytest.approx(1.25, rel=0.01)


def test_most_long_lines_end_smaller_than_they_begin_and_no_answer_of_a_word_does():
    found = turns(Mood(), [400.0 * place for place in range(200)], 25.0, changes=1.0)
    assert np.mean([turn.narrows > 0 for turn in found]) > 0.7
    assert not any(turn.narrows for turn in turns(Mood(), [400.0 * place for place in range(20)]))
