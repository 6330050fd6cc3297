"""Kana from strokes: every kana has its own, small ones are small, voiced ones are marked."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting.characters import write_character
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.kana import LOW, SIZE, SMALL, STROKES, VOICED, kana
from restorekit.synthesis.handwriting.lines import is_eastern
from restorekit.synthesis.handwriting.strips import Strip
from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts.grammar import rules


def test_every_kana_of_the_texts_is_known_and_has_its_strokes():
    said = {one for texts in rules("ja").values() for text in texts for one in text}
    known = {one for one in said if is_eastern(one) and one < "一"}
    assert len(known) > 60
    assert not [one for one in known if not kana(one, 1) and one.isalpha()]
    for one, noted in STROKES.items():
        strokes = kana(one, 3)
        assert [len(stroke) for stroke in strokes] == [len(part.split()) for part in noted.split("|")]
        points = np.concatenate(strokes)
        assert points.min() > -0.25 and points.max() < 1.25
    assert kana("中", 1) == kana("a", 1) == ()


@pytest.mark.parametrize(
    ("voiced", "base", "mark"), [("が", "か", "\u3099"), ("ぱ", "は", "\u309a"), ("ブ", "フ", "\u3099")]
)
def test_a_voiced_kana_is_the_plain_one_and_marks_at_its_upper_right(voiced, base, mark):
    for style in range(20):
        plain, marked = kana(base, style), kana(voiced, style)
        assert len(marked) == len(plain) + VOICED[mark].count("|") + 1
        assert all(np.array_equal(a, b) for a, b in zip(plain, marked, strict=False))
        across, down = np.concatenate(marked[len(plain) :]).mean(0)
        assert across > 0.65 and down < 0.35


def test_small_kana_are_small_and_stand_low():
    for small, large in SMALL.items():
        one, other = (np.concatenate(kana(which, 4)) for which in (small, large))
        np.testing.assert_allclose(one, 0.5 + SIZE * (other - 0.5) + (0, 0.5 * LOW))


def test_kana_are_drawn_from_strokes_and_two_writers_form_them_otherwise():
    hand = new_hand(generator(1, 23), "ja")
    assert hand.eastern
    strip = Strip(generator(2, 24), hand, 60.0, *(np.zeros((160, 160), np.uint8) for _ in range(2)), 3.0)
    assert 25 < write_character(strip, "ぬ", 60, 100, 60) < 90
    assert strip.drawn.any() and not strip.printed.any()
    one, other = (np.concatenate(kana("ぬ", style)) for style in (1, 2))
    assert np.abs(one - other).mean() > 0.01
