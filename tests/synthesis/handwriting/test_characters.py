"""Chinese characters, kana and Hangul in a writer's hand."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting.characters import write_character
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.lines import write_line
from restorekit.synthesis.handwriting.strips import Strip
from restorekit.synthesis.pages import generator


def test_characters_of_loose_faces_do_not_reach_into_one_another():
    hand = new_hand(generator(3, 23), "zh")._replace(
        eastern="hand/zh_longcang_400.ttf", aspect=1.0, slant=0.0, spacing=0.05, climb=0.0, ink=None
    )
    parted = 0
    for seed in range(10):
        inked = write_line(generator(seed, 24), hand, "队" * 8, 60, 3).coverage.max(0) > 127
        parted += np.count_nonzero(np.diff(np.flatnonzero(inked)) > 6)
    assert parted > 0.85 * 70


@pytest.mark.parametrize(("face", "traditional"), [("longcang", "时汇闪兽"), ("zhimangxing", "则测败经轻")])
def test_what_a_face_has_in_its_traditional_form_is_drawn_from_strokes(face, traditional):
    hand = new_hand(generator(3, 23), "zh")._replace(eastern=f"hand/zh_{face}_400.ttf")
    for character in traditional + "学水":
        strip = Strip(generator(1, 24), hand, 60.0, *(np.zeros((160, 160), np.uint8) for _ in range(3)))
        assert write_character(strip, character, 60, 100, 60) > 30
        assert strip.widths.any() == (character in traditional)
        assert strip.printed.any() == (character not in traditional)
