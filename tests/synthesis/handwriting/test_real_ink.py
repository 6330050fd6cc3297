"""Words of real ink, laid out as one writer's."""

import cv2
import numpy as np
import pytest

from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.lines import write_line
from restorekit.synthesis.handwriting.real_ink import (
    Ink,
    InkWord,
    ink_words,
    one_writer,
    paste_word,
    stroke_width,
)
from restorekit.synthesis.pages import generator


def bar(width, thick, height=40, x_height=20):
    """A word that is one level stroke."""
    amount = np.zeros((height, width), np.uint8)
    amount[20 : 20 + thick, 2:-2] = 255
    return InkWord(amount, 30, x_height)


@pytest.mark.parametrize("thick", [3, 6])
def test_the_width_of_strokes_is_their_area_by_half_their_edge(thick):
    assert stroke_width(bar(200, thick)) == pytest.approx(thick * 4 / np.pi, rel=0.05)


def test_strokes_of_words_of_unlike_scans_come_out_alike():
    """A word of half the pen's width was scanned smaller; it is enlarged, but by no more than 1.4."""
    for thick, pasted in ((4, 4), (3, 4), (5, 4)):
        ink = Ink((bar(120, thick),), 20.0, stroke_width(bar(120, 4)))
        canvas = np.zeros((200, 400), np.uint8)
        reach = paste_word(generator(1, 2), ink, canvas, 10, 120, 20.0, 5)
        rows = np.flatnonzero((canvas > 127).any(1))
        assert abs(np.ptp(rows) + 1 - pasted) <= 1
        assert reach == pytest.approx(120 * 4 / thick, rel=0.06)


def test_of_the_words_drawn_one_as_long_as_meant_is_taken():
    words = tuple(bar(width, 4) for width in (20, 40, 80, 160, 320))
    reaches = {}
    for letters in (1, 4, 16):
        canvases = [np.zeros((200, 900), np.uint8) for _ in range(40)]
        laid = [
            paste_word(
                generator(seed, 3), Ink(words, 20.0, stroke_width(bar(80, 4))), canvas, 10, 120, 20.0, letters
            )
            for seed, canvas in enumerate(canvases)
        ]
        reaches[letters] = np.median(laid)
    assert reaches[1] < reaches[4] < reaches[16]


def test_where_there_is_no_room_nothing_is_laid():
    canvas = np.zeros((200, 60), np.uint8)
    assert paste_word(generator(1, 2), Ink((bar(120, 4),), 20.0, 4.0), canvas, 10, 120, 20.0, 5) == 0
    assert not canvas.any()


def test_a_writers_words_are_of_about_one_size_and_never_none():
    ink = one_writer(generator(3, 4), ink_words())
    heights = np.array([word.x_height for word in ink.words])
    assert len(heights) > 150 and ink.x_height == np.clip(
        ink.x_height, 0.66 * heights.max(), 1.43 * heights.min()
    )
    assert len(one_writer(generator(3, 4), ink_words(), own=True).words) <= 80
    unlike = [bar(80, 4, x_height=10), bar(80, 4, x_height=30)]
    assert len(one_writer(generator(3, 4), unlike).words) == 2


def test_real_ink_ships_and_is_found_in_a_folder(tmp_path):
    assert len(ink_words()) > 150
    crop = np.full((60, 200), 255, np.uint8)
    crop[20:40, 10:60] = 30
    crop[20:40, 140:190] = 30
    cv2.imwrite(str(tmp_path / "crop.png"), crop)
    words = ink_words(str(tmp_path))
    assert [word.amount.shape for word in words] == [(20, 50), (20, 50)]
    assert {(word.baseline, word.x_height) for word in words} == {(19, 20)}


def test_a_folder_without_ink_is_told(tmp_path):
    cv2.imwrite(str(tmp_path / "blank.png"), np.full((40, 40), 255, np.uint8))
    with pytest.raises(ValueError, match="no writing found"):
        ink_words(str(tmp_path))


def test_masks_are_no_ink_but_a_dash_cut_close_may_be(tmp_path):
    crop = np.full((40, 200), 255, np.uint8)
    crop[10:30, 20:180:10] = 0
    for folder, dark in (("masks", 2), ("crops", 1)):
        (tmp_path / folder).mkdir()
        for index in range(3):
            cv2.imwrite(str(tmp_path / folder / f"{index}.png"), 255 - crop if index < dark else crop)
    with pytest.raises(ValueError, match=r"2 of the 3 pictures in .* such as 0.png; .*: invert masks"):
        ink_words(str(tmp_path / "masks"))
    assert ink_words(str(tmp_path / "crops"))


def test_signs_among_real_words_are_as_thick_as_these():
    hand = new_hand(generator(5, 23), "en")._replace(western="", slant=0.0, climb=0.0)
    amounts = []
    for stroke in (2.0, 4.0):
        inked = hand._replace(ink=Ink((bar(80, 4),), 20.0, stroke))
        amounts.append((write_line(generator(5, 24), inked, "= - + =", 40, 9.0).coverage > 127).sum())
    assert 1.5 < amounts[1] / amounts[0] < 2.5


def test_no_word_stands_on_a_page_twice_before_all_do():
    ink, canvas = one_writer(generator(3, 4), ink_words()), np.zeros((200, 900), np.uint8)
    rng = generator(1, 5)
    assert len(ink.words) > 150
    for count in (1, 2):
        for letters in rng.integers(2, 9, len(ink.words)).tolist():
            paste_word(rng, ink, canvas, 10, 120, 20.0, letters)
        assert set(ink.used.values()) == {count} and len(ink.used) == len(ink.words)
