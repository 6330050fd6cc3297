"""Sheets to copy a text on: a printed row, then an empty one for it to be written again."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.printing.columns import HEAD
from restorekit.synthesis.printing.forms import fields
from restorekit.synthesis.printing.line_breaks import NEVER_FIRST, wrap
from restorekit.synthesis.printing.sheets import Sheet, hairline, put_text, rule, text_width
from restorekit.synthesis.texts.grammar import THEMES, expand, passages
from restorekit.synthesis.textures import Rng

LONG = 8
"""Texts of so many sentences and more come first on such sheets."""
WIDE = 0.7
"""How much of a row print takes: pupils write larger, and what they copy stands in one row."""
FOOT = 1.5
"""Ems below the last row."""


def dictation(sheet: Sheet, rng: Rng) -> None:
    """What is to be done, and a printed row by an empty one for it to be written again; no text comes twice.

    In the East the empty rows are of squares, and each character stands above its own.
    """
    left, right = sheet.width * rng.uniform(0.04, 0.1), sheet.width * rng.uniform(0.9, 0.96)
    y = HEAD * sheet.unit
    if rng.random() < 0.6:
        y = fields(sheet, rng, left, right, y)
    y += 2.0 * sheet.head.size
    put_text(sheet, left, y, expand(rng, sheet.language, "copy"), sheet.head._replace(size=sheet.unit))
    themes = [passages(sheet.language, f"language_2_{theme}") for theme in rng.permutation(THEMES)]
    texts = [told[int(place)] for told in themes for place in rng.permutation(len(told))]
    texts.sort(key=lambda text: -min(len(text), LONG))  # sheets are on one thing as far as it reaches
    if sheet.language in ("zh", "ja"):
        _squares(sheet, rng, ["".join(text) for text in texts], left, right, y + sheet.unit)
    else:
        _rows(sheet, rng, texts, left, right, y + 0.5 * sheet.unit)


def _rows(sheet: Sheet, rng: Rng, texts: list[tuple[str, ...]], left: float, right: float, y: float) -> None:
    """Printed rows, each above a rule to write along."""
    step = sheet.unit * rng.uniform(2.0, 2.8)
    thin = hairline(rng.uniform(0.3, 0.7), sheet.colour)
    foot = sheet.height - FOOT * sheet.unit
    for written in (
        row for text in texts for row in whole_sentences(sheet, text, " ", WIDE * (right - left))
    ):
        if y + 1.8 * step > foot:
            break
        put_text(sheet, left, y + 0.7 * step, written, sheet.body)
        rule(sheet, left, y + 1.75 * step, right, y + 1.75 * step, thin=thin)
        sheet.slot("line", left + 0.2 * sheet.unit, y + step, right, y + 1.7 * step, written)
        y += 2 * step


def _squares(sheet: Sheet, rng: Rng, texts: list[str], left: float, right: float, y: float) -> None:
    """Printed characters, each above an empty square; marks share the last square of a row."""
    side = sheet.unit * rng.uniform(1.6, 2.4)
    count = max(4, int((right - left) / side))
    thin, kind = hairline(rng.uniform(0.3, 0.7), sheet.colour), sheet.body._replace(spacing=0.0)
    gap, foot = rng.uniform(0.3, 0.8) * side, sheet.height - FOOT * sheet.unit
    for text in texts:
        rest = f"　　{text}"
        while rest and y + 2 * side < foot:
            row, rest = rest[:count], rest[count:]
            over = rest[: len(rest) - len(rest.lstrip(NEVER_FIRST))]
            rest = rest[len(over) :]
            for place, one in enumerate(row):
                x = left + place * side
                if one.strip():
                    put_text(sheet, x + 0.5 * (side - kind.size), y + 0.8 * side, one, kind, slot=False)
                sheet.slot("cell", x + 0.12 * side, y + side, x + side, y + 1.85 * side, one.strip())
            put_text(sheet, left + len(row) * side, y + 0.8 * side, over, kind, slot=False)
            for level in (y + side, y + 2 * side):
                rule(sheet, left, level, left + count * side, level, thin=thin)
            for x in left + side * np.arange(count + 1):
                rule(sheet, x, y + side, x, y + 2 * side, thin=thin)
            y += 2 * side + gap


def whole_sentences(sheet: Sheet, text: tuple[str, ...], joint: str, room: float) -> list[str]:
    """As many whole sentences to a row as there is ``room`` for; one that is longer takes more rows."""
    rows: list[str] = []
    for sentence in text:
        both = f"{rows[-1]}{joint}{sentence}" if rows else sentence
        if rows and text_width(both, sheet.body) <= room:
            rows[-1] = both
        else:
            rows += wrap(sentence, sheet.body, room, sheet.language)
    return rows
