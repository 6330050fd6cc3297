"""Texts to be read, as readers and papers have them: justified paragraphs in small print."""

from __future__ import annotations

from typing import NamedTuple

from restorekit.synthesis.printing.bold import strike_again
from restorekit.synthesis.printing.line_breaks import wrap
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, text_width
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.grammar import passages
from restorekit.synthesis.textures import Rng

LETTERED = ("en", "de", "fr", "es")
"""The languages whose paragraphs are told by letters, as questions ask for them; elsewhere by numbers."""
WIDEST, APART = 0.7, 0.12
"""How much wider a space becomes at most to make a line full, and how far apart characters, ems."""
COUNTED = 5
"""Every so many lines are counted where lines are."""


class Manner(NamedTuple):
    """How all paragraphs of a page are set.

    Attributes:
        told: ``letters`` before each, ``lines`` counted in the margin, or "" for neither.
        justified: whether lines end below each other.
    """

    told: str = ""
    justified: bool = True


def new_manner(rng: Rng) -> Manner:
    """A manner, drawn at random."""
    return Manner(str(rng.choice(["letters", "lines", ""], p=[0.3, 0.2, 0.5])), bool(rng.random() < 0.75))


def tell(sheet: Sheet, rng: Rng, left: float, right: float, y: float, manner: Manner) -> float:
    """A paragraph that the sheet has not told; nothing once all are told."""
    known = passages(sheet.language)
    untold = [one for one in known if one[0] not in sheet.asked]
    if not untold:
        return y
    told = untold[int(rng.integers(0, len(untold)))]
    lettered = manner.told == "letters"
    sheet.asked.update(told)
    kind, leading = sheet.body, sheet.plan.leading * sheet.body.size
    left += (2.0 if lettered else 0.0) * kind.size
    indent = 0.0 if lettered else max(1.0, sheet.plan.indent) * kind.size
    text = (" " if sheet.language in phrases.SPACED else "").join(told)
    lines = wrap(text, kind, right - left, sheet.language, indent)
    for place, line in enumerate(lines):
        y += leading
        x = left + (0 if place else indent)
        if lettered and not place:
            number = len(known) - len(untold)
            said = chr(65 + number % 26) if sheet.language in LETTERED else str(number + 1)
            put_text(sheet, left - 2 * kind.size, y, said, kind, slot=False)
            strike_again(sheet, left - 2 * kind.size, y, said, kind)
        number = 1 + sum(slot.kind == "text" for slot in sheet.slots)
        if manner.told == "lines" and number % COUNTED == 0:
            small = kind._replace(size=round(0.7 * kind.size))
            put_text(sheet, left - 1.6 * kind.size, y, str(number), small, slot=False)
        full = manner.justified and place < len(lines) - 1
        _set(sheet, x, y, line.rstrip(), kind, right if full else 0.0)
    return y + leading * (0.6 if lettered else 0.0)


def _set(sheet: Sheet, x: float, y: float, line: str, kind: Type, right: float) -> None:
    """Set a line, as far as ``right`` where its gaps need not become too wide for that."""
    words, left = line.split(" ") if sheet.language in phrases.SPACED else list(line), right - x
    spare = left - text_width(line, kind)
    gaps = len(words) - 1
    widest = (WIDEST if sheet.language in phrases.SPACED else APART) * kind.size
    if not right or gaps < 1 or not 0 < spare / gaps <= widest:
        put_text(sheet, x, y, line, kind)
        return
    sheet.slot("text", x, y - 0.8 * kind.size, right, y, line)
    if sheet.language not in phrases.SPACED:
        put_text(
            sheet, x, y, line, kind._replace(spacing=kind.spacing + spare / gaps / kind.size), slot=False
        )
        return
    for word in words:
        x = put_text(sheet, x, y, word, kind, slot=False) + text_width(" ", kind) + spare / gaps
