"""Numbers of questions and letters of options in discs, rings, tiles and boxes, as publishers set them."""

from __future__ import annotations

from restorekit.synthesis.printing.curves import arc, area, curves
from restorekit.synthesis.printing.sheets import Colour, Sheet, Type, put_text, text_width

WHITE: Colour = (255, 255, 255)
SMALLER = 0.8
"""How large what is in a badge is set, by the text."""
MIDDLE = 0.36
"""How far the middle of figures and letters is above the baseline, in ems."""


def number_badge(sheet: Sheet, x: float, baseline: float, number: str, kind: Type) -> None:
    """Put a question's ``number``, which is printed from ``x`` on with a stop, into the plan's badge."""
    digits = "".join(one for one in number if one.isdigit())
    wide = text_width(number, kind)
    if not digits or sheet.plan.numbers == "":
        return
    _bare(sheet, x, baseline, wide, kind)
    reach = min(0.58 * kind.size, 0.5 * wide + 0.1 * kind.size)
    middle = min(x + reach, x + wide - 0.18 * kind.size - reach)  # it stands clear of the text
    _badge(sheet, middle, baseline, reach, digits, kind, sheet.plan.numbers)


def letter_badge(sheet: Sheet, x: float, baseline: float, letter: str, wide: float, kind: Type) -> None:
    """The same of an option's ``letter``, which takes ``wide`` pixels with what parts it from its text."""
    if not sheet.plan.letters or wide < 1.05 * kind.size:
        return
    _bare(sheet, x, baseline, wide, kind)
    reach = min(0.52 * kind.size, 0.45 * wide)
    _badge(sheet, x + reach, baseline, reach, letter, kind, sheet.plan.letters)


def _bare(sheet: Sheet, x: float, baseline: float, wide: float, kind: Type) -> None:
    """Take what is printed off again."""
    box = [x - 1, baseline - 0.9 * kind.size, x + wide - 1, baseline + 0.25 * kind.size]
    sheet.draw.rectangle(box, fill=WHITE)


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
