"""What readers write at words they have looked up."""

import pytest

from restorekit.synthesis.assets import stroke_characters
from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts.glosses import MEANING_OF, PINYIN_OF, gloss, gloss_places


def test_characters_are_read_as_they_are_and_words_mean_what_they_mean():
    assert gloss(generator(0), "水", "zh") == "shui" and gloss(generator(0), "月", "zh") == "yuè"
    said = {gloss(generator(seed), "magnet", "en") for seed in range(60)}
    assert "磁铁" in said and {"n.", "v."} & said
    assert set("".join(MEANING_OF.values())) <= set(stroke_characters()), "pens can write them"
    assert all(word.isascii() and word.islower() for word in MEANING_OF)
    assert all(len(one) == 1 and reading.isalpha() for one, reading in PINYIN_OF.items())


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("The old bridge fell.", "en", ["bridge"]),
        ("水很冷。", "zh", ["水", "很"]),
        ("今日は山へ行く", "ja", ["今日", "山", "行"]),
        ("오늘 산", "ko", ["오늘"]),
    ],
)
def test_words_to_look_up_are_whole(text, language, words):
    assert [text[start:stop] for start, stop in gloss_places(text, language)] == words


def test_japanese_characters_are_read_in_kana():
    said = {gloss(generator(seed), "山", "ja") for seed in range(20)}
    assert all(one == "?" or all("ぁ" <= kana <= "ん" for kana in one) for one in said) and len(said) > 5
