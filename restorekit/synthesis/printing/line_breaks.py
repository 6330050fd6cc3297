"""Where lines of print break: between words or characters, never in a formula or before a unit."""

from __future__ import annotations

import re

from restorekit.synthesis.printing.sheets import Type, text_width
from restorekit.synthesis.texts.phrases import SPACED

PIECE = re.compile(
    r"[（“《「]*(?:[0-9A-Za-z(][0-9A-Za-z.,%°()+×÷=<>/−²³-]*|_+(?:\d+_+)?|.)[，。、？！：；）》」”]*"
)
"""What of a Chinese or Japanese line stays together: a character, number, term or blank and marks at it."""

NEVER_FIRST = "，。、？！：；）》」"
"""Marks that never begin a Chinese or Japanese line; at its end half their square is left out."""
LONGEST = 24
"""So many letters of a formula stay on one line at most."""
FEW = 4
"""Fewer characters than that look lost on a line of a heading."""
_WORD = re.compile(r"\S+(?:\s+[?!:;]+(?!\S))*\s?|\s")  # French sets a space before these
_SIGN = r"[=+−×÷·<>≤≥≈*-]"
_OPERAND = re.compile(r"(?!\S*(?<!\d)[^\W\d_]{2})(?=\S*\w)\S+\s?$")
_SIGNED = re.compile(rf"{_SIGN}\s?$")
_NUMBER = re.compile(r"(?:^|.*\s)\d[\d.,]* $")
_UNIT = re.compile(
    r"(?:[mcdk]?m|km/h|m/s|[mk]?g|t|m?l|s|min|h|°C|%|[NJWVAΩ]|Pa|Hz|€|[мсд]?м|см|км|к?г|л|т|ч|с|мин|Н)[²³]?[.,;:?!)]*\s?$"
)


_THOUSANDS, _HUNDREDS = re.compile(r"(?<![\d,.])\d{1,3} $"), re.compile(r"\d{3}(?![\d,])")
"""The parts of numbers that are written with a space, as 12 500."""


def pieces(text: str, language: str) -> list[str]:
    """What of a text stays together on a line: its words and the space after each, or what ``PIECE`` says.

    Words of a formula are one, and so are a number and its unit.
    """
    if language not in SPACED:
        return PIECE.findall(text)
    found = list[str]()
    for word in _WORD.findall(text):
        if found and len(found[-1] + word) <= LONGEST and _joined(found[-1], word):
            found[-1] += word
        else:
            found.append(word)
    return found


def _joined(before: str, word: str) -> bool:
    """Whether a word goes on with what stands before it: a sign after a term, a term after a sign, a unit."""
    last = before.split()[-1] if before.strip() else ""
    if _NUMBER.match(before) and _UNIT.match(word):
        return True
    if not before.endswith(" "):
        return False
    if _THOUSANDS.search(before) and _HUNDREDS.match(word):
        return True
    if _SIGNED.match(word):
        return bool(_OPERAND.match(last))
    return bool(_SIGNED.match(last) and " " in before.strip() and _OPERAND.match(word))


def wrap(text: str, kind: Type, width: float, language: str, indent: float = 0.0) -> list[str]:
    """Break ``text`` into lines of at most ``width`` pixels, of which the first loses its ``indent``.

    A word that is too long gets its own line.
    """
    lines: list[str] = []
    line = ""
    for piece in pieces(text, language):
        halved = 0.5 * kind.size if language not in SPACED and piece[-1] in NEVER_FIRST else 0.0
        if line and text_width(line + piece.rstrip(), kind) - halved > width - (0 if lines else indent):
            lines.append(line.rstrip())
            line = piece
        else:
            line += piece
    return [*lines, line.rstrip()] if line else lines


def balance(text: str, kind: Type, width: float, language: str) -> list[str]:
    """Break a heading into as few lines as ``wrap`` does, the last not of a word or few characters alone."""
    lines = wrap(text, kind, width, language)
    for share in (0.9, 0.8, 0.7, 0.6, 0.5) if len(lines) > 1 and _alone(lines[-1], language) else ():
        even = wrap(text, kind, share * width, language)
        if len(even) == len(lines) and not _alone(even[-1], language):
            return even
    return lines


def _alone(line: str, language: str) -> bool:
    return " " not in line if language in SPACED else len(line) < FEW
