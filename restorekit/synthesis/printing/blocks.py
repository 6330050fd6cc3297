"""What questions are set with: wrapped lines, and how much paper a line of workings takes."""

from __future__ import annotations

from restorekit.synthesis.printing.bold import put_number
from restorekit.synthesis.printing.line_breaks import wrap
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text

LINE = 2.0
"""Ems of the print for a line of workings: pupils write larger than print."""


def put_lines(sheet: Sheet, text: str, left: float, right: float, y: float, kind: Type) -> float:
    """Wrapped text without ornament, but for the number of the question that it may begin with."""
    number, start, y = f"{sheet.questions}{sheet.plan.stop}", left, y + kind.size * sheet.plan.leading
    if text.startswith(number):
        start, text = put_number(sheet, left, y, number, kind), text.removeprefix(number)
    lines = wrap(text, kind, right - left, sheet.language, start - left)
    for place, line in enumerate(lines):
        put_text(sheet, left if place else start, y + place * kind.size * sheet.plan.leading, line, kind)
    return y + (len(lines) - 1) * kind.size * sheet.plan.leading
