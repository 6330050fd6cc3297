"""Chinese characters, kana and Hangul in a writer's hand."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import characters, lines
from restorekit.synthesis.handwriting.characters import write_character
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.lines import write_line
from restorekit.synthesis.handwriting.movement import bent
from restorekit.synthesis.handwriting.strips import Strip
from restorekit.synthesis.pages import generator


def test_characters_of_loose_faces_do_not_reach_into_one_another():
    hand = new_hand(generator(3, 23), "zh")._replace(
        eastern="hand/zh_longcang_400.ttf", aspect=1.0, slant=0.0, spacing=0.05, climb=0.0, ink=None
    )
    parted = 0
    for seed in range(10):
        inked = write_line(generator(seed, 24), hand, "队" * 8, 60, 3).coverage.max(0) > 127
        parted += np.count_nonzero(np.diff(np.flatnonzero(inked)) > 3)
    assert parted > 0.85 * 70


@pytest.mark.parametrize(("face", "traditional"), [("longcang", "时汇闪兽"), ("zhimangxing", "则测败经轻")])
def test_what_a_face_has_in_its_traditional_form_is_drawn_from_strokes(face, traditional):
    hand = new_hand(generator(3, 23), "zh")._replace(eastern=f"hand/zh_{face}_400.ttf")
    for character in traditional + "学水":
        strip = Strip(generator(1, 24), hand, 60.0, *(np.zeros((160, 160), np.uint8) for _ in range(2)), 3.0)
        assert write_character(strip, character, 60, 100, 60) > 30
        assert strip.drawn.any() == (character in traditional)
        assert strip.printed.any() == (character not in traditional)


def test_complex_chinese_characters_are_written_larger_than_simple_ones():
    hand = new_hand(generator(2, 25), "zh")._replace(eastern="", climb=0.0, unrest=0.0, wobble=0.0)
    heights = []
    for text in ("口口口口", "题题题题"):
        rows = np.flatnonzero((write_line(generator(3, 24), hand, text, 60, 3).coverage > 127).any(1))
        heights.append(np.ptp(rows))
    assert heights[1] > 1.2 * heights[0]


def test_the_characters_of_a_hand_are_of_unlike_sizes_and_stand_unlike_far_apart(monkeypatch):
    monkeypatch.setattr(characters, "drawn_anew", lambda _, strokes, *__: list(strokes))
    hand = new_hand(generator(2, 25), "zh")._replace(eastern="", unrest=0.0, spacing=0.0, aspect=1.0)
    spans, ends = [], []
    for seed in range(60):
        strip = Strip(
            generator(seed, 24), hand, 60.0, *(np.zeros((200, 200), np.uint8) for _ in range(2)), 1.0
        )
        ends.append(write_character(strip, "田", 60, 120, 60))
        spans.append([np.ptp(places) for places in np.nonzero(strip.drawn)])
    assert np.std(np.log(spans), 0) == pytest.approx(characters.UNLIKE[::-1], rel=0.35)
    assert 0.09 < np.std(np.log(ends)) < 0.18


def test_chinese_characters_of_a_face_stand_closer_than_in_type():
    face = "hand/zh_longcang_400.ttf"
    hand = new_hand(generator(3, 23), "zh")._replace(eastern=face, aspect=1.0, spacing=0.0, unrest=0.01)
    ends = [
        write_line(generator(seed, 24), hand, "国" * 12, 60, 3).coverage.shape[1] - 2 * 60
        for seed in range(4)
    ]
    size = 60 * characters.TALL / lines.glyph_height(face)
    typed = 12 * min(60, lines.load_font(face, round(size)).getlength("国"))
    assert np.mean(ends) / typed == pytest.approx(characters.CLOSER, abs=0.03)


def test_some_writers_draw_bowed_strokes_straight_and_all_keep_hooks():
    bowed = np.array([[0.0, 0.0], [0.5, 0.08], [1.0, 0.0]])
    left = [characters._straightened(bowed, style)[1, 1] for style in range(60)]
    assert min(left) < 0.01 and max(left) > 0.07
    hook = np.array([[0.0, 0.0], [0.0, 1.0], [-0.3, 0.8]])
    np.testing.assert_array_equal(characters._straightened(hook, 1), hook)


def test_characters_stand_by_their_ink_where_a_hand_goes_by_that():
    reaches = []
    for flows in (0.0, 1.0):
        hand = new_hand(generator(2, 25), "zh")._replace(
            eastern="", unrest=0.01, spacing=0.0, aspect=1.0, flows=flows
        )
        for character in "小国":
            ends, begins = [], []
            for seed in range(40):
                blank, drawn = np.zeros((2, 200, 200), np.uint8)
                strip = Strip(generator(seed, 24), hand, 60.0, blank, drawn, 1.0)
                ends.append(write_character(strip, character, 60, 120, 60))
                begins.append(np.flatnonzero(strip.drawn.any(0))[0] - 60)
            reaches.append((np.mean(ends), np.std(begins)))
    (narrow, _), (wide, _), (closer, near), (_, _) = reaches
    assert closer < 0.93 * narrow and narrow < 1.15 * wide
    assert near < 6, "just after the one before"


def test_level_strokes_rise_to_the_right_with_most_writers():
    level = np.array([[0.0, 0.5], [1.0, 0.5]])
    falls = np.array([float(np.diff(bent(level, characters._habit(style))[:, 1])[0]) for style in range(400)])
    assert np.median(falls) == pytest.approx(-0.05, abs=0.01)
    assert np.mean(falls > 0.05) < 0.08
