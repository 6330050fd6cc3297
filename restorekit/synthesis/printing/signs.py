"""Signs that typefaces lack: minus, ticks, a ring, a box are drawn, and stops are taken from another face."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from restorekit.synthesis.assets import has_glyph
from restorekit.synthesis.printing.glyphs import width

MINUS = "\N{MINUS SIGN}"
SIGNS = frozenset("√✓○□" + MINUS)
OUTLINES = {
    "√": ((5, 40), (20, 52), (37, 20), (88, 83), (91, 79), (38, 0), (33, 0), (15, 43), (8, 37)),
    "✓": ((8, 34), (22, 42), (36, 18), (58, 52), (88, 78), (90, 75), (64, 42), (38, -6), (32, -6)),
}
"""Corners of the ticks of a Song type and of a dingbat type, in hundredths of an em, up from the baseline."""
STOPS = frozenset("，。、；：！？．")
STOPS_FROM = {
    "print/zh_song_ming.ttf": "print/zh_song_regular.otf",
    "print/zh_kai.ttf": "print/zh_wenkai_regular.ttf",
}
"""Faces with stops amid their squares, as in Taiwan, by faces that have them at the lower left."""
SPELLING = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")
"""The vowels of Chinese in Latin letters."""
LENT = frozenset("°²³±→≠≤≥Ωαβρπ") | SPELLING
LENT_FROM = "print/la_serif_regular.ttf"
"""What of units, formulas and the spelling of Chinese some faces lack, and the face that sets it for them."""
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
"""Figures of chemical formulas and what of a face they are set from, ``SMALL`` and ``DROP`` ems lower."""
SMALL, DROP = 0.64, 0.14
"""The size of such figures and how far they hang below the baseline, as word processors set them."""
RISE = 0.88
"""How far above the baseline a drawn sign's picture begins, in ems, as a Chinese character's square does."""
FINE = 4
"""Signs are drawn so many times as large and shrunk, which smooths their edges."""
GAP, NARROW = "\N{THIN SPACE}", 0.2
"""What parts characters from Latin letters beside them, and how wide that is, in ems."""
_FORMULA = re.compile(
    r"(?<![A-Za-z\d])(?:H2O2?|[CS]O2|[OHN]2|SO3|NH3|CH4|CaCO3|H2SO4|HNO3|Fe[23]O[34])(?![A-Za-z\d]|\.\d)"
)
_LOWER = str.maketrans({figure: low for low, figure in LOWERED.items()})
_SUM, _DIFFERENCE = re.compile("[=×÷√|]"), re.compile(r"[\s(\d]+-[)\d\s]+")
_NEGATIVE = re.compile(r"(?<![\dA-Za-zΑ-ώА-яё.,)\]-])-(?=\d)")
_BETWEEN = re.compile(r"(?<=\d)-(?=\d)")
_HYPHEN = re.compile(r"(?:(?<![A-Za-z]{2})|(?<=(?<![A-Za-z])[abk]x))-(?=\s?(?:[\d(（√]|[a-z](?![a-z])))")


def runs(text: str, path: str) -> list[str]:
    """``text`` cut into what the face at ``path`` can set and, each alone, the signs that it lacks.

    A hyphen that stands for a minus, before a number or a letter of a sum or a number under zero, becomes
    one, and a figure of a chemical formula a low one.
    """
    if _SUM.search(text) or _DIFFERENCE.fullmatch(text):
        text = _HYPHEN.sub(MINUS, text)
    text = _NEGATIVE.sub(MINUS, text)
    text = _BETWEEN.sub(MINUS, text) if MINUS in text else text
    text = _FORMULA.sub(lambda found: found[0].translate(_LOWER), text)
    borrowed = STOPS if path in STOPS_FROM else frozenset()
    borrowed |= frozenset(sign for sign in LENT.intersection(text) if not has_glyph(path, sign))
    borrowed |= LOWERED.keys() & set(text)
    if (SIGNS | borrowed).isdisjoint(text):
        return [text]
    lacked = "".join(sign for sign in sorted(SIGNS) if not has_glyph(path, sign)) + "".join(sorted(borrowed))
    return [run for run in re.split(f"([{lacked}])", text) if run] if lacked else [text]


def is_drawn(run: str, path: str) -> bool:
    """Whether one of the ``runs`` is a sign to be drawn."""
    return run in SIGNS and not has_glyph(path, run)


def face_of(run: str, path: str) -> str:
    """The face that one of the ``runs`` is set in."""
    if run in LENT and not has_glyph(path, run):
        return LENT_FROM
    return STOPS_FROM.get(path, path) if run in STOPS else path


def set_in(run: str, path: str, size: int) -> tuple[str, str, int, float]:
    """The letters of one of the ``runs``, their face and its size, and how far below the baseline, pixels."""
    if run in LOWERED:
        return LOWERED[run], path, round(SMALL * size), DROP * size
    return run, face_of(run, path), size, 0.0


def advance(run: str, path: str, size: int) -> float:
    """How far a run reaches, in pixels: a minus as far as a plus, other signs as a Chinese character."""
    if run == MINUS:
        return size * width(path, "+")
    if run == GAP:
        return NARROW * size
    if run in LOWERED:
        return SMALL * size * width(path, LOWERED[run])
    if is_drawn(run, path):
        return size
    path = LENT_FROM if run in LENT and not has_glyph(path, run) else path
    return size * sum(width(path, letter) for letter in run)


@lru_cache(maxsize=256)
def sign_mask(sign: str, font: ImageFont.FreeTypeFont) -> Image.Image:
    """Coverage of a sign: mode L, an em high from ``RISE`` above the baseline, ``advance`` wide."""
    if sign == MINUS:
        return _minus(font)
    side = FINE * round(font.size)
    mask = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(mask)
    if sign in OUTLINES:
        draw.polygon([(x * side / 100, (100 * RISE - y) * side / 100) for x, y in OUTLINES[sign]], fill=255)
    else:
        shape = draw.ellipse if sign == "○" else draw.rectangle
        shape([0.07 * side, 0.07 * side, 0.93 * side, 0.93 * side], outline=255, width=max(FINE, side // 18))
    return mask.resize((side // FINE, side // FINE), Image.Resampling.BOX)


def _minus(font: ImageFont.FreeTypeFont) -> Image.Image:
    """The plus of a face without its upright: each row as dark as most of it, and rows of the bar alone."""
    mask = Image.new("L", (max(1, round(font.getlength("+"))), round(font.size)), 0)
    ImageDraw.Draw(mask).text((0, round(RISE * font.size)), "+", fill=255, font=font, anchor="ls")
    plus = np.asarray(mask)
    across = plus.max(0) > 64
    level = np.median(plus[:, across], axis=1) if across.any() else np.zeros(len(plus))
    return Image.fromarray(np.minimum(plus, level[:, None]).astype(np.uint8))
