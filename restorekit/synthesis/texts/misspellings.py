"""How pupils misspell: letters that sound alike, doubled ones written once, characters that are alike."""

from __future__ import annotations

import re
from functools import lru_cache

from restorekit.synthesis.assets import FOLDER, HAND_KOREAN, has_glyph

ALIKE = {
    "en": "ie=ei ei=ie ph=f ck=k ea=ee ee=ea ai=a ou=o au=or ce=se ght=te ble=bel tion=shun iest=yest ied=yed"
    " ies=ys er=or ure=er ful=full ance=ence qu=kw kn=n wr=r",
    "es": "ñ=n v=b b=v h= j=g ll=y z=s á=a é=e í=i ó=o ú=u",
    "fr": "é=e è=é ê=e eau=au aient=ait eux=eu x=s ai=è ph=f ç=s qu=k",
    "de": "äu=eu ä=e ö=o ie=i ei=ai v=f ss=s ß=ss tz=z th=t eh=e pf=f",
    "ru": "о=а а=о е=и ой=ай ый=ой нн=н ть=т ь= я=е",
    "el": "η=ι ι=η ει=ι οι=ι υ=ι αι=ε ω=ο ο=ω ή=ί ύ=ί ώ=ό ία=εία",
    "ja": "っ=つ ゃ=や ょ=よ う= ー= づ=ず ぢ=じ お=を",
}
"""What is written for what in each language, as pairs; what has nothing behind the sign is left out."""
UNSURE = {"a": "e", "e": "i", "i": "e", "o": "u", "u": "o"}
"""The vowel that is written for another where nothing else about a word is hard."""
TONES = ["āáǎà", "ēéěè", "īíǐì", "ōóǒò", "ūúǔù"]
"""The vowels of spelt Chinese, each in its four tones."""
FINALS, VOWELS = 28, {1: 5, 5: 1, 8: 4, 13: 18}
"""Syllables of Hangul by their final sound, and vowels that are taken for each other, by their number."""
_SYLLABLES = 0xAC00, 0xD7A4


@lru_cache(maxsize=1)
def characters_alike() -> dict[str, str]:
    """Characters of Chinese by those that are taken for them, all of which every hand can write."""
    groups = (FOLDER / "words" / "alike_zh.txt").read_text("utf-8").split()
    return {one: group.replace(one, "") for group in groups for one in group}


@lru_cache(maxsize=1024)
def misspelt(word: str, language: str) -> tuple[str, ...]:
    """What may be written for a word or some by who cannot spell them; none for what has figures."""
    if re.search(r"\d", word) or len(word) < 2:
        return ()
    if word.isascii() and language in ("zh", "ja", "ko"):
        language = "en"
    if language == "zh":
        alike = characters_alike()
        swaps = [(at, 1, other) for at, one in enumerate(word) for other in alike.get(one, "")]
        swaps += [
            (at, 1, other) for at, one in enumerate(word) for row in TONES if one in row for other in row
        ]
    elif language == "ko":
        hands = [f"hand/{hand}.ttf" for hand in HAND_KOREAN]
        swaps = [(at, 1, _syllable(one)) for at, one in enumerate(word)]
        swaps = [one for one in swaps if all(has_glyph(hand, one[2]) for hand in hands)]
    else:
        pairs = (pair.partition("=")[::2] for pair in ALIKE.get(language, "").split())
        swaps = [(at.start(), len(right), wrong) for right, wrong in pairs for at in re.finditer(right, word)]
        swaps += [(at, 1, "") for at in range(1, len(word)) if word[at - 1] == word[at]]
        swaps = [one for one in swaps if one[0]]  # nobody is wrong about how a word begins
    if not swaps:
        swaps = [(at, 1, UNSURE[one]) for at, one in enumerate(word) if at and one in UNSURE]
    found = (word[:at] + wrong + word[at + long :] for at, long, wrong in swaps)
    return tuple(dict.fromkeys(one for one in found if one != word))


def _syllable(one: str) -> str:
    """A syllable of Hangul with a vowel that sounds like its own; others as they are."""
    code = ord(one)
    if not _SYLLABLES[0] <= code < _SYLLABLES[1]:
        return one
    rest, final = divmod(code - _SYLLABLES[0], FINALS)
    initial, vowel = divmod(rest, 21)
    return chr(_SYLLABLES[0] + (initial * 21 + VOWELS.get(vowel, vowel)) * FINALS + final)
