"""Writers and their habits."""

from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.pages import generator


def test_hands_differ_in_height_and_in_how_low_they_write():
    western = [new_hand(generator(seed, 33), "en") for seed in range(60)]
    assert min(hand.stretch for hand in western) < 0.9 and max(hand.stretch for hand in western) > 1.25
    assert min(hand.sit for hand in western) < 0 and max(hand.sit for hand in western) > 0.2
    assert all(new_hand(generator(seed, 33), "zh").stretch == 1 for seed in range(5))
