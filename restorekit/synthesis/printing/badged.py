"""Numbers of questions and letters of options in discs, rings, tiles and boxes, as publishers set them."""

from __future__ import annotations

from restorekit.synthesis.printing.curves import arc, area, curves
from restorekit.synthesis.printing.sheets import Colour, Sheet, Type, put_text, text_width

WHITE: Colour = (255, 255, 255)
CLEAR = 0.42
"""How far a text stands from its badge, in ems: one and a half spaces between words."""
NARROWEST = 0.34
"""How far a text is at least from the stop behind its number or letter, in ems."""
LETTER = 0.54
"""How far it is from the middle of a letter's badge to its rim, in ems."""
SMALLER = 0.8
"""How large what is in a badge is set, by the text."""
MIDDLE = 0.36
"""How far the middle of figures and letters is above the baseline, in ems."""


def number_badge(sheet: Sheet, x: float, baseline: float, digits: str, kind: Type) -> float:
    """A question's number in the plan's badge, from ``x`` on; returns where its text begins."""
    reach = 0.58 * kind.size
    _badge(sheet, x + reach, baseline, reach, digits, kind, sheet.plan.numbers)
    return x + 2 * reach + CLEAR * kind.size


def put_letter(sheet: Sheet, x: float, baseline: float, letter: str, stop: str, kind: Type) -> float:
    """The letter of an answer to choose from, in the plan's badge or before a ``stop``; returns as above."""
    em, aside = kind.size, (LETTER - 0.33) * kind.size * bool(sheet.plan.letters)
    sheet.slot("option", x + aside, baseline - 0.75 * em, x + aside + 0.65 * em, baseline, letter)
    if not sheet.plan.letters:
        said = f"{letter}{stop.rstrip()}"
        return put_text(sheet, x, baseline, said, kind, slot=False) + gap_behind(stop, kind)
    reach = LETTER * em
    _badge(sheet, x + reach, baseline, reach, letter, kind, sheet.plan.letters)
    return x + 2 * reach + CLEAR * em


def letter_width(sheet: Sheet, stop: str, kind: Type) -> float:
    """How far such a letter reaches at most, with what parts it from its text, pixels."""
    if sheet.plan.letters:
        return (2 * LETTER + CLEAR) * kind.size
    return text_width(f"D{stop.rstrip()}", kind) + gap_behind(stop, kind)


def gap_behind(stop: str, kind: Type) -> float:
    """The pixels between a stop and its text: lists have tabs there, wider than narrow spaces."""
    return max(NARROWEST * kind.size, text_width(" ", kind)) * stop.endswith(" ")


def _badge(sheet: Sheet, x: float, baseline: float, reach: float, text: str, kind: Type, way: str) -> None:
    """``text`` in a ``disc``, ``ring``, ``tile`` or ``box`` about ``x``, ``reach`` pixels to its rim."""
    y, line = baseline - MIDDLE * kind.size, max(1.0, 0.06 * kind.size)
    colour = sheet.plan.accent if len(set(sheet.plan.accent)) > 1 else sheet.colour
    box = [(x - reach, y - reach), (x + reach, y - reach), (x + reach, y + reach), (x - reach, y + reach)]
    outline = arc(x, y, reach) if way in ("disc", "ring") else box
    filled = way in ("disc", "tile")
    if filled:
        area(sheet, outline, colour)
    else:
        curves(sheet, [[*outline, outline[0]]], line, colour)
    size = round(min(SMALLER * kind.size, 1.5 * SMALLER * kind.size / max(1, len(text))))
    small = kind._replace(size=max(8, size), spacing=0.0, colour=WHITE if filled else kind.colour)
    start = x - 0.5 * text_width(text, small)
    put_text(sheet, start, y + MIDDLE * small.size, text, small, slot=False)
