"""What readers write at words they have looked up."""

import pytest

from restorekit.synthesis import assets
from restorekit.synthesis.texts.glosses import MEANING_OF, PINYIN_OF, READING_OF, gloss, gloss_places


def test_characters_are_read_as_they_are_and_words_mean_what_they_mean():
    assert [gloss(one, "zh") for one in "水月"] == ["shui", "yuè"]
    assert gloss("Magnet", "en") == "磁铁" and gloss("学校", "ja") == "がっこう"
    assert set("".join(MEANING_OF.values())) <= set(assets.stroke_characters()), "pens can write them"
    assert all(word.isascii() and word.islower() for word in MEANING_OF)
    assert all(len(one) == 1 and reading.isalpha() for one, reading in PINYIN_OF.items())
    kana = set("".join(READING_OF.values()))
    assert all(assets.has_glyph(f"hand/{hand}.ttf", one) for hand in assets.HAND_JAPANESE for one in kana)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("The magnets of a Magnet fell.", "en", ["Magnet"]),
        ("水很冷。", "zh", ["水", "很"]),
        ("今日は山へ行く", "ja", ["今日", "山"]),
        ("El puente de hierro", "es", []),
        ("오늘 산", "ko", []),
    ],
)
def test_only_words_whose_meaning_is_known_are_looked_up(text, language, words):
    assert [text[start:stop] for start, stop in gloss_places(text, language)] == words
