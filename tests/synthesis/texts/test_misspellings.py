"""Words are misspelt as pupils do, in what every hand can write."""

from restorekit.synthesis.assets import HAND_KOREAN, common_characters, has_glyph
from restorekit.synthesis.texts.misspellings import characters_alike, misspelt


def test_words_are_misspelt_as_they_sound_or_with_a_letter_too_few():
    assert "beleive" in misspelt("believe", "en")
    assert misspelt("running", "en") == ("runing",)
    assert misspelt("box", "en") == ("bux",)
    assert misspelt("Bäume", "de") == ("Beume",)
    assert misspelt("árboles", "es") == ("árvoles",)
    assert misspelt("학교", "ko") == ()
    assert misspelt("25 km", "en") == misspelt("a", "en") == ()


def test_characters_are_taken_for_ones_that_look_or_sound_alike():
    assert misspelt("时间", "zh") == ("对间", "时问")
    assert misspelt("liè", "zh") == ("liē", "lié", "liě")
    assert set("".join(characters_alike()) + "".join(characters_alike().values())) <= set(common_characters())


def test_syllables_have_a_vowel_that_sounds_alike_where_every_hand_can_write_it():
    for word in ("나무", "겨울", "공기", "아래"):
        for wrong in misspelt(word, "ko"):
            assert len(wrong) == len(word) and wrong != word
            assert all(has_glyph(f"hand/{hand}.ttf", one) for hand in HAND_KOREAN for one in wrong)
