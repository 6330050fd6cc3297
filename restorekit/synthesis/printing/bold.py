"""Bold words within a line, struck twice where a face has no bold, as word processors do."""

from __future__ import annotations

import re

from restorekit.synthesis.assets import has_glyph
from restorekit.synthesis.printing.badged import gap_behind, number_badge
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, text_width
from restorekit.synthesis.texts.grammar import rules
from restorekit.synthesis.texts.topics import level
from restorekit.synthesis.textures import Rng

SHIFT = 0.045
"""How far to the right the second stroke lies, in ems: stems of bold type are that much thicker."""
BOLD_OF = {
    "bold": ("zh_song_regular.otf", "zh_hei_regular.otf", "zh_wenkai_regular.ttf", "la_serif_regular.ttf")
    + ("la_sans_regular.ttf", "la_mono_regular.ttf", "la_roman_regular.otf"),
    "800": ("la_ebgaramond_400.ttf", "la_opensans_400.ttf", "la_nunito_400.ttf", "ko_nanumgothic_400.ttf"),
    "700": ("la_ptserif_400.ttf", "la_roboto_400.ttf", "la_andika_400.ttf", "la_comicneue_400.ttf"),
}
BOLD = {
    f"print/{name}": f"print/{re.sub('regular|400', weight, name)}"
    for weight, names in BOLD_OF.items()
    for name in names
}
"""The bold faces of those that have one, by what their files have in place of "regular" or 400."""
DATED = 0.5
"""Sheets on which fewer of the questions begin so say from which year's paper these are, others the marks."""


def strike_again(sheet: Sheet, x: float, baseline: float, text: str, kind: Type) -> None:
    """Make ``text`` bold that is set already, from ``x`` on: in the bold of its face if that is as wide."""
    bold = _bold(kind, text)
    if bold.path != kind.path and abs(text_width(text, bold) - text_width(text, kind)) < 1:
        put_text(sheet, x, baseline, text, bold, slot=False)
    else:
        put_text(sheet, x + max(0.7, SHIFT * kind.size), baseline, text, kind, slot=False)


def put_bold(sheet: Sheet, x: float, baseline: float, text: str, kind: Type) -> float:
    """Set ``text`` in the bold of its face, or strike it twice; returns where it ends."""
    bold = _bold(kind, text)
    if bold.path == kind.path:
        strike_again(sheet, x, baseline, text, kind)
    return put_text(sheet, x, baseline, text, bold, slot=False)


def _bold(kind: Type, text: str) -> Type:
    """The bold of a type if it has the characters of ``text``, or that itself."""
    bold = BOLD.get(kind.path, kind.path)
    lacked = any(has_glyph(kind.path, one) and not has_glyph(bold, one) for one in text)
    if lacked or bold == kind.path:
        return kind
    return kind._replace(path=bold, latin=kind.latin.replace("regular", "bold"))


def put_number(sheet: Sheet, x: float, baseline: float, number: str, kind: Type) -> float:
    """Set a question's ``number`` as planned: plain, bold or in a badge; returns where its text begins."""
    digits, em = "".join(one for one in number if one.isdigit()), kind.size
    sheet.slot("number", x - 1.6 * em, baseline - em, x + em, baseline, digits)
    if sheet.plan.numbers and digits:
        return number_badge(sheet, x, baseline, digits, kind)
    if sheet.plan.bold_numbers:
        return put_bold(sheet, x, baseline, number.rstrip(), kind) + gap_behind(number, kind)
    return put_text(sheet, x, baseline, number.rstrip(), kind, slot=False) + gap_behind(number, kind)


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
