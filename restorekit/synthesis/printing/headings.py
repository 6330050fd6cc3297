"""The headings of a paper's parts: plain, over a rule, on a bar or a ribbon, in a frame, by a badge."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.printing.curves import arc, area, curves
from restorekit.synthesis.printing.line_breaks import balance
from restorekit.synthesis.printing.ornaments import mark_before, rate
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.sheets import Colour, Sheet, Type, put_text, rule, text_width
from restorekit.synthesis.printing.small_logos import badge_before
from restorekit.synthesis.textures import Rng

TINT: Colour = (222, 222, 222)
"""The bar behind headings of papers in black; in colour it is as long as the heading."""
WHITE: Colour = (255, 255, 255)
INSET = {"bar": 0.5, "ribbon": 0.5, "capsule": 0.8, "block": 0.7}
"""How far a heading stands in from the left edge, ems."""
RULED = ("rule", "shelf")


def put_heading(
    sheet: Sheet, rng: Rng, text: str, kind: Type, style: Style, left: float, right: float, y: float
) -> float:
    """Set a heading as the plan has it below ``y``; returns where what follows may begin."""
    way, em, x = sheet.plan.heading, kind.size, left
    coloured = len(set(sheet.plan.accent)) > 1
    y += 0.3 * em
    if style.mark and way not in INSET:
        x = mark_before(sheet, style.mark, left, y + 1.5 * em, kind)
    elif way == "badge":
        x = badge_before(sheet, rng, left, y + 1.5 * em, kind)
    x += INSET.get(way, 0.0) * em
    if way == "ribbon" or (way == "bar" and coloured):
        kind = kind._replace(colour=WHITE)
    lines = balance(text, kind, right - x - INSET.get(way, 0.0) * em, sheet.language)
    if way in INSET:
        wide = max(text_width(line, kind) for line in lines)
        stop = right if way == "bar" and not coloured else x + wide + 0.5 * em
        _behind(sheet, way, (left, y + 0.4 * em, stop, y + (1.5 * len(lines) + 0.4) * em), em)
    for line in lines:
        y += 1.5 * em
        end = put_text(sheet, x, y, line, kind)
    if way not in INSET:
        rate(sheet, style.rated, end, right, y)
    if way in RULED:
        rule(sheet, left, y + 0.4 * em, right, y + 0.4 * em)
    if way == "shelf":  # the rule begins thick
        box = [left, y + 0.36 * em, min(end, left + 5 * em), y + 0.52 * em]
        sheet.draw.rectangle(box, fill=sheet.plan.accent)
    return y + 0.3 * em * (way in INSET or way in RULED)


def _behind(sheet: Sheet, way: str, box: tuple[float, float, float, float], em: float) -> None:
    """What of ``INSET`` is behind a heading, or around it, in a box (left, top, right, bottom)."""
    left, top, right, floor = box
    colour, middle, tall = sheet.plan.accent, 0.5 * (top + floor), floor - top
    coloured = len(set(colour)) > 1
    if way == "bar":
        sheet.draw.rectangle(box, fill=colour if coloured else TINT)
    elif way == "ribbon":
        tip = right + 0.4 * tall
        area(sheet, [(left, top), (right, top), (tip, middle), (right, floor), (left, floor)], colour)
    elif way == "block":
        sheet.draw.rectangle([left, top + 0.1 * em, left + 0.28 * em, floor - 0.1 * em], fill=colour)
    else:
        radius = min(0.5 * tall, 0.8 * em)
        ends = [
            arc(x, y, radius, start * np.pi, (start + 0.5) * np.pi)
            for x, y, start in (
                (right - radius, floor - radius, 0.0),
                (left + radius, floor - radius, 0.5),
                (left + radius, top + radius, 1.0),
                (right - radius, top + radius, 1.5),
            )
        ]
        outline = np.concatenate(ends)
        curves(sheet, [np.concatenate([outline, outline[:1]])], max(1.0, 0.07 * em), colour)
