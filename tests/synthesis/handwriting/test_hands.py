"""Writers and their habits."""

import re
from pathlib import Path

import numpy as np
import pytest

from restorekit.synthesis.assets import has_glyph, stroke_characters, words
from restorekit.synthesis.handwriting import hands
from restorekit.synthesis.handwriting.hands import at_work, new_hand
from restorekit.synthesis.handwriting.hangul import syllable
from restorekit.synthesis.handwriting.lines import is_eastern
from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts.grammar import rules


def test_hands_differ_in_height_and_in_how_low_they_write():
    western = [new_hand(generator(seed, 33), "en") for seed in range(60)]
    assert min(hand.stretch for hand in western) < 0.9 and max(hand.stretch for hand in western) > 1.15
    assert min(hand.sit for hand in western) < 0 and max(hand.sit for hand in western) > 0.12
    assert all(new_hand(generator(seed, 33), "zh").stretch == 1 for seed in range(5))


def test_hands_that_lean_are_narrow_and_those_that_print_upright_and_wide():
    western = [new_hand(generator(seed, 33), "en") for seed in range(300)]
    leaning = [hand for hand in western if hand.slant > 0.3]
    printing = [hand for hand in western if hand.join < 0.06 and hand.spacing > 0.03]
    assert 0.06 < len(leaning) / 300 < 0.2 and 0.12 < len(printing) / 300 < 0.3
    assert np.mean([hand.aspect for hand in leaning]) < 0.83
    assert np.mean([hand.aspect for hand in printing]) > 0.95
    assert np.mean([hand.slant for hand in printing]) == pytest.approx(0, abs=0.04)
    assert all(new_hand(generator(seed, 33), "zh").aspect > 0.75 for seed in range(40))


def test_some_writers_begin_on_the_equals_sign_and_most_behind_it():
    near = np.array([new_hand(generator(seed, 33), "zh").near for seed in range(300)])
    assert 0.08 < np.mean(near < -0.25) < 0.25
    assert np.mean(near > 0) > 0.5 and near.max() <= 0.5


def test_one_writer_in_six_does_not_care_about_print():
    loose = [at_work(generator(seed, 3), new_hand(generator(seed), "en")).loose for seed in range(300)]
    assert 0.11 < sum(one > 0.6 for one in loose) / 300 < 0.25
    assert sorted(loose)[240] <= 0.25


def test_chinese_characters_stand_on_the_line_and_letters_cross_it_in_some_hands():
    sits = {one: [new_hand(generator(n, 23), one).sit for n in range(80)] for one in ("en", "zh")}
    assert max(sits["zh"]) < 0.1 and np.percentile(sits["zh"], 75) < 0
    assert max(sits["en"]) > 0.1


def test_most_writers_of_chinese_are_drawn_from_strokes():
    faces = [new_hand(generator(seed, 23), "zh").eastern for seed in range(300)]
    assert 0.88 < np.mean([not face for face in faces]) < 0.98
    assert sum("longcang" in face for face in faces) > sum("zhimangxing" in face for face in faces) > 0


def test_every_habit_of_a_writer_is_drawn_from_a_seed_of_its_own():
    sources = [path.read_text(encoding="utf-8") for path in Path(hands.__file__).parent.glob("*.py")]
    seeds = [seed for source in sources for seed in re.findall(r"default_rng\(\(style, (\d+)\)\)", source)]
    assert len(seeds) > 4 and len(set(seeds)) == len(seeds)


@pytest.mark.parametrize("language", ["en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko"])
def test_hands_have_every_letter_of_their_language(language):
    said = {text for texts in rules(language).values() for text in texts} | set(words(language))
    letters = {one for one in "".join(said) if one.isalpha()}
    for seed in range(12):
        hand = new_hand(generator(seed, 25), language)
        for one in letters:
            if is_eastern(one):
                drawn = one in stroke_characters() or syllable(one, hand.style)
                assert (hand.eastern and has_glyph(hand.eastern, one)) or drawn, one
            else:
                able = not hand.western or one.isascii() or has_glyph(hand.western, one)
                assert able, (hand.western, one)
