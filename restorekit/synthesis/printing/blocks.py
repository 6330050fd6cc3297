"""What questions are set with: wrapped lines, and how much paper a line of workings takes."""

from __future__ import annotations

from restorekit.synthesis.printing.bold import embolden_start
from restorekit.synthesis.printing.line_breaks import wrap
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text

LINE = 2.0
"""Ems of the print for a line of workings: pupils write larger than print."""


def put_lines(sheet: Sheet, text: str, left: float, right: float, y: float, kind: Type) -> float:
    """Wrapped text without ornament, but for the number of the question that it may begin with."""
    number = f"{sheet.questions}{sheet.plan.stop}"
    for place, line in enumerate(wrap(text, kind, right - left, sheet.language)):
        y += kind.size * sheet.plan.leading
        put_text(sheet, left, y, line, kind)
        if not place and text.startswith(number):
            embolden_start(sheet, left, y, number, "", kind)
    return y
