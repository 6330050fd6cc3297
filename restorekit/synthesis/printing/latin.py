"""Figures and Latin letters on pages of the East: from faces of their own, as word processors set them."""

from __future__ import annotations

import re

from restorekit.synthesis.printing import signs
from restorekit.synthesis.textures import Rng

SERIF, SANS, ITALIC = "print/la_serif_{}.ttf", "print/la_sans_{}.ttf", "print/la_serif_italic.ttf"
"""The Times- and Arial-like faces that word processors take for such text, and that of variables."""
BORROWED = {"zh": 0.88, "ja": 0.7, "ko": 0.45}
"""The shares of pages by language whose figures and Latin letters are not those of the page's own face."""
HEI_IN_TIMES = 0.45
"""The share of such pages in a face without serifs whose figures have some."""
LATIN = re.compile("([ -^`-~×÷“”‘’" + signs.MINUS + "".join(signs.LOWERED) + "]+)")
"""What is set so: all of ASCII but blanks to write on, signs that Chinese faces have too small, and quotation
marks, which stand close to what they quote then."""
VARIABLE = re.compile(
    r"((?<![A-Za-z/])[xyznv](?![A-Za-z])|(?<![A-Za-z/(])(?<![A-Za-z] )[abk](?! ?[A-Za-z)])|"
    r"(?<![A-Za-z/\d])(?<!\d )[A-Za-z](?=/[A-Za-z]))"
)
"""Letters that stand for numbers, and quantities before a stroke and their unit."""


def latin_face(rng: Rng, language: str, path: str) -> str:
    """The path of a face for figures and Latin letters beside the face at ``path``, "" for that itself."""
    if rng.random() >= BORROWED.get(language, 0.0):
        return ""
    plain = "hei" in path or "gothic" in path or "sans" in path
    return (SANS if plain and rng.random() > HEI_IN_TIMES else SERIF).format("regular")


def cut(text: str, path: str, latin: str) -> list[tuple[str, str]]:
    """``text`` as ``signs.runs`` has it, each run with its face's path: ``path``, or ``latin`` if any."""
    runs = signs.runs(text, path)
    spelt = not signs.SPELLING.isdisjoint(text)  # its letters are no variables
    if not latin:
        return [(run, path) for run in runs]
    found: list[tuple[str, str]] = []
    for run in runs:
        for place, part in enumerate(LATIN.split(run)):
            if place % 2 and latin == SERIF.format("regular") and not spelt:
                letters = VARIABLE.split(part)
                found += [(one, ITALIC if at % 2 else latin) for at, one in enumerate(letters) if one]
            elif part:
                found.append((part, latin if place % 2 else path))
    return found
