"""Texts to be read, each whole, below its number."""

from __future__ import annotations

from restorekit.synthesis.printing.extras import emphasise
from restorekit.synthesis.printing.line_breaks import wrap
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, text_width
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.grammar import passages
from restorekit.synthesis.textures import Rng


def tell(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A text that the sheet has not told, below its number; nothing once all are told."""
    known = passages(sheet.language)
    untold = [one for one in known if one[0] not in sheet.asked]
    if not untold:
        return y
    told = untold[int(rng.integers(0, len(untold)))]
    y = _number(sheet, left, right, y, len(known) - len(untold))
    sheet.asked.update(told)
    text = (" " if sheet.language in phrases.SPACED else "").join(told)
    kind, plan = sheet.body, sheet.plan
    indent, leading = plan.indent * kind.size, plan.leading * kind.size
    pad = 0.8 * kind.size if plan.texts else 0.0
    lines = wrap(text, kind, right - left - 2 * pad, sheet.language, indent)
    if plan.texts:
        y += 0.5 * kind.size
        box = [left, y, right, y + leading * len(lines) + 0.7 * kind.size]
        fill = tuple(255 - (255 - level) // 7 for level in plan.accent) if plan.texts == "tint" else None
        outline = sheet.colour if plan.texts == "frame" else None
        sheet.draw.rectangle(box, fill=fill, outline=outline, width=sheet.rule_px)
    for place, line in enumerate(lines):
        y += leading
        x = left + pad + (0 if place else indent)
        put_text(sheet, x, y, line, kind)
        for start, stop in _keys(sheet, rng, line):
            x0, x1 = (x + text_width(line[:at], kind) for at in (start, stop))
            emphasise(sheet, line[start:stop], x0, x1, y, kind, plan.keys)
    return y + leading * 0.5 + pad


def _keys(sheet: Sheet, rng: Rng, line: str) -> list[tuple[int, int]]:
    """What of a line is printed to be seen: its numbers and quoted words, or else a phrase of some lines."""
    if not sheet.plan.keys:
        return []
    keys = phrases.key_places(line)
    if keys or sheet.plan.keys in ("box", "circle", "bold") or rng.random() > 0.2:
        return keys
    whole = phrases.whole_phrases(line, sheet.language)
    return [whole[int(rng.integers(0, len(whole)))]] if whole else []


def _chinese(number: int) -> str:
    """A number up to 99 in Chinese characters."""
    tens, ones = divmod(number, 10)
    figures = "〇一二三四五六七八九"
    return ("" if tens < 2 else figures[tens]) + "十" * (tens > 0) + (figures[ones] if ones else "")


def _number(sheet: Sheet, left: float, right: float, y: float, number: int) -> float:
    """The number of a text, from 0 on, as the sheet has headings; returns where it ends."""
    kind: Type = sheet.head._replace(size=sheet.unit)
    said = f"（{_chinese(number + 1)}）" if sheet.language == "zh" else str(number + 1)
    wide = text_width(said, kind)
    barred = sheet.plan.heading == "bar"
    x = left + (0.5 * kind.size if barred else 0.5 * (right - left - wide))
    y += 1.8 * kind.size
    if barred:
        box = [left, y - 1.1 * kind.size, x + wide + 0.5 * kind.size, y + 0.35 * kind.size]
        sheet.draw.rectangle(box, fill=sheet.plan.accent)
        kind = kind._replace(colour=(255, 255, 255))
    put_text(sheet, x, y, said, kind)
    return y + 0.2 * kind.size
