"""Faces that look written by hand, in which books print letters, diaries and notes to be read.

They are print: every letter is as the one before, in the page's black, and level.
"""

from __future__ import annotations

from restorekit.synthesis.assets import has_glyph
from restorekit.synthesis.printing.sheets import Type
from restorekit.synthesis.textures import Rng

LATIN = (
    *("hand/la_caveat_400.ttf", "hand/la_kalam_400.ttf", "hand/la_patrickhand_400.ttf"),
    *("hand/la_architectsdaughter_400.ttf", "hand/la_comingsoon_400.ttf", "hand/la_indieflower_400.ttf"),
)
FACES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("en", "es", "fr", "de"), LATIN),
    "ru": ("hand/cy_caveat_400.ttf", "hand/cy_badscript_400.ttf"),
    "el": ("hand/el_mynerve_400.ttf",),
    "zh": ("hand/zh_longcang_400.ttf",),
    "ja": ("hand/ja_yomogi_400.ttf", "hand/ja_zenkurenaido_400.ttf"),
    "ko": ("hand/ko_himelody_400.ttf", "hand/ko_gamjaflower_400.ttf"),
}
SCRIPTED = 0.12
"""The share of the papers whose texts to be read are printed so."""
LARGER = 1.12
"""How much larger: such faces have small letters."""


def script_face(rng: Rng, language: str) -> str:
    """The path of such a face for a paper, mostly "" for none."""
    faces = FACES[language]
    return faces[int(rng.integers(0, len(faces)))] if rng.random() < SCRIPTED else ""


def scripted(kind: Type, path: str, text: str) -> Type:
    """A text's type in the face ``path``, or as it is where that is "" or lacks one of its characters."""
    if not path or not all(has_glyph(path, one) for one in set(text) if not one.isspace()):
        return kind
    return kind._replace(path=path, latin="", size=round(LARGER * kind.size))
