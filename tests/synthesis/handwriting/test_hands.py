"""Writers and their habits."""

from restorekit.synthesis.handwriting.hands import at_work, new_hand
from restorekit.synthesis.pages import generator


def test_hands_differ_in_height_and_in_how_low_they_write():
    western = [new_hand(generator(seed, 33), "en") for seed in range(60)]
    assert min(hand.stretch for hand in western) < 0.9 and max(hand.stretch for hand in western) > 1.25
    assert min(hand.sit for hand in western) < 0 and max(hand.sit for hand in western) > 0.2
    assert all(new_hand(generator(seed, 33), "zh").stretch == 1 for seed in range(5))


def test_one_writer_in_ten_does_not_care_about_print():
    loose = [at_work(generator(seed, 3), new_hand(generator(seed), "en")).loose for seed in range(300)]
    assert 0.04 < sum(one > 0.6 for one in loose) / 300 < 0.17
    assert sorted(loose)[240] <= 0.25
