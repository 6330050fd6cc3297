"""Hangul from strokes: every syllable has the strokes of its letters, in their places."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting.characters import write_character
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.hangul import FIRST, LAST, LETTERS, MIDDLE, MIXED, syllable
from restorekit.synthesis.handwriting.strips import Strip
from restorekit.synthesis.pages import generator


def test_every_syllable_has_the_strokes_of_its_letters():
    assert (len(FIRST), len(MIDDLE), len(LAST)) == (19, 21, 28)
    for code in range(0, 11172, 7):
        middle = MIDDLE[code // 28 % 21]
        letters = FIRST[code // 588] + MIXED.get(middle, middle) + LAST[code % 28]
        strokes = syllable(chr(ord("가") + code), 3)
        assert len(strokes) == sum(LETTERS[one].count("|") + 1 for one in letters)
        points = np.concatenate(strokes)
        assert points.min() > -0.3 and points.max() < 1.3


@pytest.mark.parametrize(("character", "letters"), [("한", "ㅎㅏㄴ"), ("글", "ㄱㅡㄹ"), ("뭐", "ㅁㅜㅓ")])
def test_letters_of_a_syllable_stand_beside_and_below_each_other(character, letters):
    apart = []
    for style in range(60):
        strokes, middles = list(syllable(character, style)), []
        for one in letters:
            own = [strokes.pop(0) for _ in range(LETTERS[one].count("|") + 1)]
            middles.append(np.concatenate(own).mean(0))
        apart.append(np.diff(middles, axis=0))
    beside, below = np.median(apart, 0), np.array([0.2, 0.2])
    vowel, last = beside
    if letters[1] == "ㅏ":
        assert vowel[0] > below[0] and last[1] > below[1]
    elif letters[1] == "ㅡ":
        assert vowel[1] > below[1] and last[1] > below[1]
    else:
        assert vowel[1] > below[1] and last[0] > below[0]


def test_a_writer_forms_a_letter_in_one_way_and_two_writers_in_two():
    first, again, other = (syllable("나", style)[0] for style in (4, 4, 5))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).mean() > 0.01
    assert all(syllable(one, 1) == () for one in "中aㄱ")


def test_hangul_is_drawn_by_who_has_no_face_for_it():
    hand = new_hand(generator(1, 23), "ko")._replace(eastern="")
    strip = Strip(generator(2, 24), hand, 60.0, *(np.zeros((160, 160), np.uint8) for _ in range(2)), 3.0)
    assert 30 < write_character(strip, "물", 60, 100, 60) < 90
    assert strip.drawn.any() and not strip.printed.any()
