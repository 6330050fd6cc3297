"""What ships with the generator: fonts, stroke centre lines, words. See ``assets/README.md`` for licences."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import ImageFont

from restorekit.synthesis.textures import Rng

FOLDER = Path(__file__).parent / "assets"

ICONS = 1433
"""How many icons ``icons/phosphor_fill.ttf`` has, from U+E000 on."""

FONT_SUFFIXES = (".ttf", ".otf", ".ttc", ".woff2")

Font = ImageFont.FreeTypeFont


class Face(NamedTuple):
    """A shipped typeface: its path below ``assets/`` and what it can write.

    Attributes:
        path: relative to the assets folder.
        looks: words such as "serif", "bold", "italic", "song", "kai", "school" of those for children.
    """

    path: str
    looks: str


WESTERN = (
    Face("print/la_serif_regular.ttf", "serif text cyrillic greek"),
    Face("print/la_serif_bold.ttf", "serif bold cyrillic greek"),
    Face("print/la_serif_italic.ttf", "serif italic cyrillic greek"),
    Face("print/la_serif_bolditalic.ttf", "serif bold italic cyrillic greek"),
    Face("print/la_sans_regular.ttf", "sans text cyrillic greek"),
    Face("print/la_sans_bold.ttf", "sans bold cyrillic greek"),
    Face("print/la_sans_italic.ttf", "sans italic cyrillic greek"),
    Face("print/la_sans_bolditalic.ttf", "sans bold italic cyrillic greek"),
    Face("print/la_mono_regular.ttf", "mono text cyrillic"),
    Face("print/la_mono_bold.ttf", "mono bold"),
    Face("print/la_roman_regular.otf", "serif text"),
    Face("print/la_roman_bold.otf", "serif bold"),
    Face("print/la_roman_italic.otf", "serif italic"),
    Face("print/la_roman_small.otf", "serif text"),
    Face("print/la_lmsans_regular.otf", "sans text"),
    Face("print/la_ebgaramond_400.ttf", "serif text"),
    Face("print/la_ebgaramond_800.ttf", "serif bold"),
    Face("print/la_ebgaramond_400italic.ttf", "serif italic"),
    Face("print/la_lato_300.ttf", "sans light text"),
    Face("print/la_lato_400.ttf", "sans text"),
    Face("print/la_lato_400italic.ttf", "sans italic"),
    Face("print/la_lato_900.ttf", "sans bold black"),
    Face("print/la_merriweather_300.ttf", "serif light text"),
    Face("print/la_merriweather_900.ttf", "serif bold black"),
    Face("print/la_opensans_400.ttf", "sans text"),
    Face("print/la_opensans_800.ttf", "sans bold black"),
    Face("print/la_oswald_300.ttf", "sans light narrow text"),
    Face("print/la_oswald_700.ttf", "sans bold narrow"),
    Face("print/la_robotoslab_300.ttf", "serif light text"),
    Face("print/la_robotoslab_800.ttf", "serif bold black"),
    Face("print/la_playfairdisplay_900.ttf", "serif bold black"),
    Face("print/la_sourceserif4_200.ttf", "serif light text"),
    Face("print/la_sourceserif4_600.ttf", "serif bold text"),
    Face("print/la_courierprime_400.ttf", "mono text"),
    Face("print/la_roboto_400.ttf", "sans text cyrillic greek"),
    Face("print/la_roboto_700.ttf", "sans bold cyrillic greek"),
    Face("print/la_ptserif_400.ttf", "serif text cyrillic"),
    Face("print/la_ptserif_700.ttf", "serif bold cyrillic"),
    Face("print/la_andika_400.ttf", "sans school text cyrillic"),
    Face("print/la_andika_700.ttf", "sans school bold cyrillic"),
    Face("print/la_nunito_400.ttf", "sans school text cyrillic"),
    Face("print/la_nunito_800.ttf", "sans school bold cyrillic"),
    Face("print/la_comicneue_400.ttf", "sans school text"),
    Face("print/la_comicneue_700.ttf", "sans school bold"),
)
EASTERN = (
    Face("print/zh_hei_light.otf", "hei light text"),
    Face("print/zh_hei_regular.otf", "hei text kana"),
    Face("print/zh_hei_bold.otf", "hei bold kana"),
    Face("print/zh_hei_black.otf", "hei bold black"),
    Face("print/zh_song_light.otf", "song light text"),
    Face("print/zh_song_regular.otf", "song text kana"),
    Face("print/zh_song_bold.otf", "song bold kana"),
    Face("print/zh_song_black.otf", "song bold black"),
    Face("print/zh_song_ming.ttf", "song text"),
    Face("print/zh_kai.ttf", "kai text"),
    Face("print/zh_wenkai_light.ttf", "kai light"),
    Face("print/zh_wenkai_regular.ttf", "kai text kana"),
    Face("print/zh_wenkai_bold.ttf", "kai bold"),
)
KOREAN = (
    Face("print/ko_nanummyeongjo_400.ttf", "song text"),
    Face("print/ko_nanumgothic_400.ttf", "hei text"),
    Face("print/ko_nanumgothic_800.ttf", "hei bold black"),
    Face("print/ko_notosanskr_300.ttf", "hei light text"),
)
HAND_WESTERN = (
    "la_caveat_400",
    "la_kalam_300",
    "la_kalam_400",
    "la_shadowsintolight_400",
    "la_gloriahallelujah_400",
    "la_reeniebeanie_400",
    "la_homemadeapple_400",
    "la_nothingyoucoulddo_400",
    "la_indieflower_400",
    "la_patrickhand_400",
    "la_cedarvillecursive_400",
    "la_labelleaurore_400",
    "la_overtherainbow_400",
    "la_architectsdaughter_400",
    "la_comingsoon_400",
    "la_justmeagaindownhere_400",
    "la_dawningofanewday_400",
    "la_waitingforthesunrise_400",
)
HAND_CHINESE = {"zh_longcang_400": 0.75, "zh_zhimangxing_400": 0.25}
"""The faces of those who are left: of what fonts there are, those that a pen can have drawn. Few write as
fast as the second; brushes end strokes in shapes that no pen leaves, however thin it draws them."""
HAND_CYRILLIC = (
    "cy_marckscript_400",
    "cy_badscript_400",
    "cy_caveat_400",
)
HAND_GREEK = ("el_mynerve_400",)
HAND_JAPANESE = (
    "ja_yomogi_400",
    "ja_zenkurenaido_400",
)
HAND_KOREAN = (
    "ko_nanumpen_400",
    "ko_himelody_400",
    "ko_gamjaflower_400",
)


def faces_for(language: str) -> tuple[Face, ...]:
    """The shipped typefaces that can set a language."""
    faces = {"zh": EASTERN, "ja": EASTERN, "ko": KOREAN}.get(language, WESTERN)
    needed = {"ru": "cyrillic", "el": "greek", "ja": "kana"}.get(language, "")
    return tuple(face for face in faces if needed in face.looks)


def pick_face(rng: Rng, language: str, want: str = "text") -> Face:
    """A typeface that can set ``language`` and has the look ``want``, as far as there is one."""
    able = faces_for(language)
    pool = [face for face in able if want in face.looks] or able
    return pool[int(rng.integers(0, len(pool)))]


@lru_cache(maxsize=512)
def load_font(path: str, size: int) -> Font:
    """A font below the assets folder, or at an absolute path, ``size`` pixels to the em."""
    return ImageFont.truetype(str(FOLDER / path), max(4, int(size)), layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8192)
def has_glyph(path: str, character: str) -> bool:
    """Whether a face can draw ``character``: its picture is not that of a character that no face has."""
    font = load_font(path, 24)
    return bytes(font.getmask(character)) != bytes(font.getmask("\ue123"))


@lru_cache(maxsize=8)
def user_fonts(folder: str) -> tuple[str, ...]:
    """The font files below a user's folder, sorted.

    Raises:
        FileNotFoundError: no such folder.
        ValueError: no font below it.
    """
    if not Path(folder).is_dir():
        raise FileNotFoundError(f"fonts: there is no folder {folder}")
    found = sorted(
        str(path.resolve()) for path in Path(folder).rglob("*.*") if path.suffix.lower() in FONT_SUFFIXES
    )
    if not found:
        raise ValueError(f"fonts: no font below {folder}; expected files of {', '.join(FONT_SUFFIXES)}")
    return tuple(found)


@lru_cache(maxsize=64)
def fonts_for(folder: str, language: str) -> tuple[str, ...]:
    """Those of a user's fonts that can set ``language``."""
    sample = "".join(words(language))[:24]
    return tuple(
        path for path in user_fonts(folder) if all(has_glyph(path, character) for character in sample)
    )


@lru_cache(maxsize=32)
def words(language: str) -> list[str]:
    """The word list of a language: en, zh, ru, el, es, fr, de, ja or ko."""
    return (FOLDER / "words" / f"{language}.txt").read_text(encoding="utf-8").split()


@lru_cache(maxsize=32)
def labels(language: str) -> dict[str, str]:
    """What stands before the fields of forms, and the kind of what is written there (``phrases.entry``)."""
    lines = (FOLDER / "words" / "labels.txt").read_text(encoding="utf-8").splitlines()
    found = next(line.split()[1:] for line in lines if line.startswith(f"{language} "))
    return {label: kind for label, _, kind in (pair.partition("=") for pair in found)}


@lru_cache(maxsize=1)
def stroke_characters() -> dict[str, list[np.ndarray]]:
    """Chinese characters as pen strokes: float32 ``(points, 2)`` x and y in the unit square, y down."""
    with np.load(FOLDER / "strokes.npz", allow_pickle=False) as packed:
        points = (packed["points"].astype(np.float32) - 2) / 250
        per_stroke = packed["points_per_stroke"].astype(int)
        per_character = packed["strokes_per_character"].astype(int)
        characters = [chr(code) for code in packed["characters"]]
    strokes = np.split(points, np.cumsum(per_stroke)[:-1])
    ends = np.cumsum(per_character)
    return {
        character: strokes[end - count : end]
        for character, end, count in zip(characters, ends, per_character, strict=True)
    }


def common_characters() -> list[str]:
    """The simplified characters that every shipped Chinese face has, the most frequent first.

    GB 2312 has those in use in mainland China, and none of the traditional or Japanese ones that differ.
    """
    return [one for one in stroke_characters() if one.encode("gb2312", "ignore")]
