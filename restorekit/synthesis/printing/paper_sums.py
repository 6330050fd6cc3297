"""Sums of whole papers that are more than a line: below each other, done by somebody, number lines."""

from __future__ import annotations

import re

from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.paper_tables import evenly
from restorekit.synthesis.printing.primary import frame
from restorekit.synthesis.printing.sheets import Sheet, put_text, rule, text_width
from restorekit.synthesis.printing.signs import MINUS
from restorekit.synthesis.printing.type_plan import columns_of
from restorekit.synthesis.texts.whole_papers import Block, pieces_of
from restorekit.synthesis.textures import Rng

SUM = re.compile(r"(\d+)([+×-])(\d+)=(\d+)")
FIGURE = 0.75
"""The ems from figure to figure of numbers below each other: children write into these columns, too."""
PAST = 0.3
"""How far the rule below them goes on to the right, in ems."""
TICK = 0.35
"""How far the marks of a number line reach above and below it, in ems."""


def stacked(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    """Numbers below each other, a sign and a rule, and below that room for what comes out."""
    kind, em = sheet.body._replace(spacing=0.0), sheet.body.size
    found = [SUM.fullmatch(item) for line in block.lines for item in line.split(" | ")]
    sums = [one.groups() for one in found if one]
    longest = max(len(part) for one in sums for part in (one[0], one[2], one[3]))
    step = FIGURE * em
    wide = (longest + 1) * step
    fitting = columns_of(sheet.plan._replace(columns=6), right - left, wide + 2.2 * em)
    count = evenly(len(sums), min(len(sums), fitting))
    across, tall = (right - left) / count, (4.6 + 0.8 * style.bare) * em
    for place, (upper, sign, lower, result) in enumerate(sums):
        edge, top = left + (place % count) * across + wide + 0.6 * em, y + place // count * tall
        for row, number in enumerate((upper, lower)):
            for at, figure in enumerate(reversed(number)):
                x = edge - (at + 0.5) * step - 0.5 * text_width(figure, kind)
                put_text(sheet, x, top + (1.5 + 1.25 * row) * em, figure, kind, slot=False)
        start = edge - wide
        put_text(sheet, start, top + 2.75 * em, sign.replace("-", MINUS), kind, slot=False)
        rule(sheet, start, top + 3.1 * em, edge + PAST * em, top + 3.1 * em)
        sheet.slot("gap", start, top + 3.2 * em, edge + PAST * em, top + 4.4 * em, result)
    return y + -(-len(sums) // count) * tall


def number_line(
    sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float
) -> float:
    """A line with marks at even steps and a number below each, or a box for it."""
    marks = [pieces_of(one)[0] for one in block.lines[0].split(" | ")]
    span = min(right - left - 2 * sheet.unit, 4.5 * sheet.unit * len(marks))
    step = span / len(marks)
    kind = sheet.body._replace(spacing=0.0)
    widest = max(text_width(one.text, kind) for one in marks)
    kind = kind._replace(size=max(8, int(kind.size * min(1.0, 0.8 * step / widest))))
    em, level = kind.size, y + 1.3 * sheet.unit
    rule(sheet, left, level, left + span + 0.8 * sheet.unit, level)
    for end in (-TICK, TICK):
        tip = left + span + 0.8 * sheet.unit
        rule(sheet, tip, level, tip - 0.5 * sheet.unit, level + end * 0.8 * sheet.unit)
    floor = level + (TICK + 1.25) * em
    for place, one in enumerate(marks):
        x = left + (place + 0.5) * step
        rule(sheet, x, level - TICK * em, x, level + TICK * em)
        wide = text_width(one.text, kind)
        if one.kind != "blank":
            put_text(sheet, x - 0.5 * wide, floor, one.text, kind, slot=False)
            continue
        half = min(0.46 * step, max(0.9 * em, 0.75 * wide))
        box = [x - half, level + (TICK + 0.15) * em, x + half, floor + 0.3 * em]
        sheet.draw.rectangle(box, outline=sheet.colour, width=sheet.rule_px)
        sheet.slot("gap", x - half, floor - 1.1 * em, x + half, floor, one.text)
    return floor + 0.8 * sheet.unit


def checked(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    """Sums that somebody worked out, by twos: a box below each, and room beside what is wrong."""
    kind, em = sheet.body._replace(spacing=0.0), sheet.body.size
    items = [item.partition(" => ") for line in block.lines for item in line.split(" | ")]
    span = (right - left) / 2
    for first in range(0, len(items), 2):
        floors = []
        for place, (done, _, again) in enumerate(items[first : first + 2]):
            x, level, sign, steps = left + place * span + em, y, again[0], again.split("; ")[1:]
            lines = done.split("; ")
            for at, line in enumerate(lines):
                level += 1.6 * em
                put_text(sheet, x + em * (at == 0), level, line, kind, slot=False)
            if steps:
                sheet.slot(
                    "area",
                    x + text_width(lines[0], kind) + 1.8 * em,
                    y,
                    x + span - em,
                    level + em,
                    "\n".join(steps),
                )
            level += 1.7 * em
            box = frame(sheet, "#", x, level, kind)
            sheet.slot("judge", box[0], level - em, box[2], level, "right" if sign == "√" else "wrong")
            floors.append(level)
        y = max(floors) + 0.5 * em
    return y + 0.4 * em
