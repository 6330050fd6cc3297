"""Sheets to copy a text on: a printed row, then an empty one for it to be written again."""

from __future__ import annotations

from restorekit.synthesis.printing.sheets import Sheet, put_text, rule, text_width, wrap
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.grammar import THEMES, passages
from restorekit.synthesis.textures import Rng

LONG = 8
"""Texts of so many sentences and more come first on such sheets."""


def dictation(sheet: Sheet, rng: Rng) -> None:
    """A ruled table: a printed row, then an empty one for it to be written again; no text comes twice."""
    left, right = sheet.width * rng.uniform(0.02, 0.09), sheet.width * rng.uniform(0.88, 0.98)
    step = sheet.unit * rng.uniform(2.2, 3.2)
    y = sheet.height * rng.uniform(-0.04, 0.08)
    first = y
    room = right - left - sheet.unit * 1.5
    themes = [passages(sheet.language, f"language_2_{theme}") for theme in rng.permutation(THEMES)]
    texts = [told[int(place)] for told in themes for place in rng.permutation(len(told))]
    texts.sort(key=lambda text: -min(len(text), LONG))  # sheets are on one thing as far as it reaches
    joint = " " if sheet.language in phrases.SPACED else ""
    for written in (row for text in texts for row in whole_sentences(sheet, text, joint, room)):
        put_text(sheet, left + 0.5 * sheet.unit, y + 0.65 * step, written, sheet.body)
        sheet.slot("line", left + 0.2 * sheet.unit, y + step, right, y + 1.8 * step, written)
        for _ in range(2):
            rule(sheet, left, y, right, y)
            y += step
        if y > sheet.height:
            break
    for x0, y0, x1, y1 in ((left, first, left, y), (right, first, right, y), (left, y, right, y)):
        rule(sheet, x0, y0, x1, y1)


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
