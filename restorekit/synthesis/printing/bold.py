"""Bold words within a line, struck twice where a face has no bold, as word processors do."""

from __future__ import annotations

from restorekit.synthesis.printing.badged import number_badge
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, text_width
from restorekit.synthesis.texts.grammar import rules
from restorekit.synthesis.texts.topics import level
from restorekit.synthesis.textures import Rng

BOLD_OF = {"song": "otf", "hei": "otf", "wenkai": "ttf"}
SHIFT = 0.045
"""How far to the right the second stroke lies, in ems: stems of bold type are that much thicker."""

BOLD = {f"print/zh_{name}_regular.{kind}": f"print/zh_{name}_bold.{kind}" for name, kind in BOLD_OF.items()}
"""Faces that have a bold whose characters take as much room, and that."""
DATED = 0.5
"""Sheets on which fewer of the questions begin so say from which year's paper these are, others the marks."""


def strike_again(sheet: Sheet, x: float, baseline: float, text: str, kind: Type) -> None:
    """Make ``text`` bold that is set already, from ``x`` on: in the bold of its face if that is as wide."""
    bold = kind._replace(path=BOLD.get(kind.path, kind.path), latin=kind.latin.replace("regular", "bold"))
    if bold.path != kind.path and abs(text_width(text, bold) - text_width(text, kind)) < 1:
        put_text(sheet, x, baseline, text, bold, slot=False)
    else:
        put_text(sheet, x + max(0.7, SHIFT * kind.size), baseline, text, kind, slot=False)


def source_of(sheet: Sheet, rng: Rng) -> str:
    """Where a question is from or what it is worth, as it stands before it in brackets; "" for most.

    All questions of a section are worth as much, and a paper says so in one way throughout.
    """
    if rng.random() >= sheet.plan.sourced or level(sheet.topic) == "1":  # of no exam for the youngest
        return ""
    texts = rules(sheet.language)["source"]
    alike = [text for text in texts if ("{year}" in text) == (sheet.plan.sourced < DATED)] or texts
    said = alike[int(rng.integers(0, len(alike)))].replace("{year}", str(int(rng.integers(2012, 2026))))
    if "{few}" in said:
        sheet.given = {"marked": said, "marks": str(int(rng.integers(2, 6)))} | sheet.given
        said = sheet.given["marked"].replace("{few}", sheet.given["marks"])
    return said if said.endswith("）") else f"{said} "


def embolden_start(sheet: Sheet, x: float, baseline: float, number: str, source: str, kind: Type) -> None:
    """Make the ``number`` and the ``source`` bold that a question's first line begins with, as planned.

    A number that has a badge stands in it.
    """
    if sheet.plan.numbers:
        number_badge(sheet, x, baseline, number, kind)
    elif sheet.plan.bold_numbers:
        strike_again(sheet, x, baseline, number, kind)
    if source:
        strike_again(sheet, x + text_width(number, kind), baseline, source, kind)
