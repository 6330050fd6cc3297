"""Figures and Latin letters on pages of the East: from faces of their own, as word processors set them."""

from __future__ import annotations

import itertools
import re

from restorekit.synthesis.printing import signs
from restorekit.synthesis.textures import Rng

SERIF, SANS, ITALIC = "print/la_serif_{}.ttf", "print/la_sans_{}.ttf", "print/la_serif_italic.ttf"
"""The Times- and Arial-like faces that word processors take for such text, and that of variables."""
BORROWED = {"zh": 0.88, "ja": 0.7, "ko": 0.45}
"""The shares of pages by language whose figures and Latin letters are not those of the page's own face."""
LATIN = re.compile("([ -^`-~×÷“”‘’" + signs.MINUS + "".join(signs.LOWERED) + "]+)")
"""What is set so: all of ASCII but blanks to write on, signs that Chinese faces have too small, and quotation
marks, which stand close to what they quote then."""
WRITTEN = SERIF.format("regular"), SANS.format("regular")
"""The faces with slanted letters for variables, as equation editors set them beside both."""
VARIABLE = re.compile(
    r"((?<![A-Za-z/])(?:[ak]x|xy|[xyznv])(?![A-Za-z])|(?<![A-Za-z/(])(?<![A-Za-z] )[abk](?! ?[A-Za-z)])|"
    r"(?<![A-Za-z/\d])(?<!\d )[A-Za-z](?=/[A-Za-z]))"
)
"""Letters that stand for numbers, and quantities before a stroke and their unit."""

SLANTED = {
    "print/la_serif_regular.ttf": "print/la_serif_italic.ttf",
    "print/la_sans_regular.ttf": "print/la_serif_italic.ttf",  # as equation editors set them
    "print/la_roman_regular.otf": "print/la_roman_italic.otf",
    "print/la_ebgaramond_400.ttf": "print/la_ebgaramond_400italic.ttf",
    "print/la_lato_400.ttf": "print/la_lato_400italic.ttf",
}
"""The slanted faces of the letters of formulas, by the faces of the text around them."""
_SIGNS = "=+<>≤≥≈" + signs.MINUS
_FORMULA = re.compile(rf"[{_SIGNS}]|^[xyz]$|(?<![^\W\d_])x$")
_LETTER = re.compile(
    rf"^[xyz]$|(?<![^\W\d_])x$|(?<=\()x(?=\))|(?<=\d)[abknpv]?[abknpvxyz](?![^\W\d_])|"
    rf"(?<![^\W_])(?:[abk]?[xyz]|[abfknpv])(?=(?:\(x\))? ?[{_SIGNS}]|[²³])|"
    rf"(?:(?<=[{_SIGNS}])|(?<=[{_SIGNS}] ))[abk]?[abknpvxyz](?= ?(?:[{_SIGNS}²³^(),.;:?]|$))"
)
"""Letters of formulas: beside a sign or behind a number in a text with signs, or alone."""
_TOUCH = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff][A-Za-z\d]|[A-Za-z\d%°][\u3040-\u30ff\u4e00-\u9fff]")


def latin_face(rng: Rng, language: str, path: str) -> str:
    """The path of a face for figures and Latin letters beside the face at ``path``, "" for that itself."""
    return companion(path, "regular") if rng.random() < BORROWED.get(language, 0.0) else ""


def companion(path: str, weight: str) -> str:
    """The path of the Western face, "regular" or "bold", that has serifs as one of the East has."""
    plain = "hei" in path or "gothic" in path or "sans" in path
    return (SANS if plain else SERIF).format(weight)


def cut(text: str, path: str, latin: str) -> list[tuple[str, str]]:
    """``text`` as ``signs.runs`` has it, each run with its face's path: ``path``, or ``latin`` if any.

    Where that has characters and Latin letters or figures side by side, a ``signs.GAP`` parts them. In faces
    of the West the letters of formulas are slanted.
    """
    runs = signs.runs(text, path)
    spelt = not signs.SPELLING.isdisjoint(text)  # its letters are no variables
    if not latin:
        formula = path in SLANTED and _FORMULA.search(text)
        return _formula(runs, path) if formula else [(run, path) for run in runs]
    found: list[tuple[str, str]] = []
    for run in runs:
        for place, part in enumerate(LATIN.split(run)):
            if found and part and _TOUCH.match(found[-1][0][-1] + part[0]):
                found.append((signs.GAP, latin))
            if place % 2 and latin in WRITTEN and not spelt:
                letters = VARIABLE.split(part)
                found += [(one, ITALIC if at % 2 else latin) for at, one in enumerate(letters) if one]
            elif part:
                found.append((part, latin if place % 2 else path))
    return found


def _formula(runs: list[str], path: str) -> list[tuple[str, str]]:
    """The runs of a formula in the face at ``path``, its letters in the slanted one of that."""
    whole, at = "".join(runs), 0
    edges = {edge for found in _LETTER.finditer(whole) for edge in found.span()}
    letters = {found.start() for found in _LETTER.finditer(whole)}
    placed = list[tuple[str, str]]()
    for run in runs:
        cuts = [at, *sorted(edge for edge in edges if at < edge < at + len(run)), at + len(run)]
        placed += [
            (whole[start:stop], SLANTED[path] if start in letters else path)
            for start, stop in itertools.pairwise(cuts)
        ]
        at += len(run)
    return placed
