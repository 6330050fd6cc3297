"""Printed pieces of papers for the first years of school: boxes for numbers and signs, things to count.

Print that stands alone and in thin lines, as answers do, on the pages that most children write on.
"""

from __future__ import annotations

import re

from restorekit.synthesis.printing.answer_room import pair_of
from restorekit.synthesis.printing.blocks import put_lines
from restorekit.synthesis.printing.geometry import ring
from restorekit.synthesis.printing.line_art import LEAST, drawings
from restorekit.synthesis.printing.questions import instruct
from restorekit.synthesis.printing.reproduced import reproduce
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, rule, text_width
from restorekit.synthesis.printing.signs import MINUS
from restorekit.synthesis.textures import Rng

BLANK = re.compile("([_#@])")
"""What stands for a blank in a sum: room in brackets, an empty box, a ring."""
GAP = 2.6
"""Room for an answer in brackets, in ems."""


def number_sentence(
    sheet: Sheet, x: float, y: float, text: str, answers: tuple[str, ...], kind: Type
) -> float:
    """Set a sum with blanks, what belongs in each among the ``answers``; returns where it ends."""
    left, em = iter(answers), kind.size
    for part in filter(None, BLANK.split(text)):
        if part == "_":
            x = _bracketed(sheet, x, y, next(left), kind)
        elif part in "#@":
            blank = frame(sheet, part, x, y, kind)
            sheet.slot("gap", blank[0], y - 0.75 * em, blank[2], y, next(left))
            x += 1.3 * em
        else:
            x = put_text(sheet, x, y, part.replace("-", MINUS), kind, slot=False)
    return x


def frame(sheet: Sheet, shape: str, x: float, y: float, kind: Type) -> tuple[float, float, float, float]:
    """A box (``#``) or a ring (``@``) at ``(x, y)``; returns its left, top, right and bottom."""
    em = kind.size
    frame = (x + 0.1 * em, y - 0.95 * em, x + 1.2 * em, y + 0.15 * em)
    draw = sheet.draw.rectangle if shape == "#" else sheet.draw.ellipse
    draw(frame, outline=kind.colour, width=sheet.rule_px)
    return frame


def asked_above(
    sheet: Sheet, rng: Rng, symbol: str, left: float, right: float, y: float, *, anew: bool = False
) -> float:
    """Set a numbered instruction, by the grammar's symbol for it; returns its last baseline.

    Where the sheet has it already nothing is set, but for what is done ``anew`` with other numbers.
    """
    told = instruct(sheet, rng, symbol, anew=anew)
    return put_lines(sheet, told, left, right, y, sheet.body) if told else y


def counting(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """How many are there? Groups of the same thing, and right below each room to say how many."""
    kind = sheet.body._replace(spacing=0.0)
    above, y = y, asked_above(sheet, rng, "count", left, right, y)
    if y == above:
        return y
    side = max(LEAST, int(sheet.unit * rng.uniform(1.6, 3.0)))
    groups = max(1, min(int(rng.integers(2, 5)), int((right - left) / (2.5 * side))))
    step = (right - left) / groups
    across = max(1, int(0.85 * step / (1.15 * side)))
    top, most, boxed = y + 0.5 * kind.size, min(12, across * int(rng.integers(1, 4))), rng.random() < 0.4
    counts = rng.integers(min(2, most), most + 1, groups).tolist()
    tall = 1.15 * side * -(-max(counts) // across)
    things = drawings(sheet, rng, side, groups)
    for group, (count, thing) in enumerate(zip(counts, things, strict=True)):
        x = left + group * step
        for place in range(count):
            corner = (x + place % across * 1.15 * side, top + place // across * 1.15 * side)
            sheet.image.paste(thing, (int(corner[0]), int(corner[1])))
        wide = min(count, across) * 1.15 * side
        reproduce(sheet, rng, x, top, wide, tall - 0.6 * kind.size)
        at = x + max(0.0, 0.5 * (wide - (1.3 if boxed else GAP + 0.7) * kind.size))
        number_sentence(sheet, at, top + tall + 1.1 * kind.size, "#" if boxed else "_", (str(count),), kind)
    return top + tall + 1.8 * kind.size


def chain(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """What comes next? A row of triangles, rings, squares or small drawings by a rule, and room to go on."""
    above, y = y, asked_above(sheet, rng, "pattern", left, right, y)
    if y == above:
        return y
    side = sheet.unit * rng.uniform(1.2, 2.8)
    step = side * rng.uniform(1.25, 2.0)
    top, strung = y + 0.5 * sheet.unit, rng.random() < 0.4
    period = PERIODS[int(rng.integers(0, len(PERIODS)))]
    shapes = rng.permutation(5 if side >= LEAST else 3).tolist()
    things = drawings(sheet, rng, max(LEAST, int(side)), 2)
    count = int((right - left) / step)
    said = max(len(period) + 1, min(3 * len(period), count - 3))
    for place in range(min(said, count)):
        shape, x = shapes[period[place % len(period)]], left + place * step
        if strung and place:
            rule(sheet, x - 0.85 * (step - side), top + 0.6 * side, x, top + 0.6 * side)
        if shape == 0:
            sheet.draw.polygon(
                [(x + side / 2, top + 0.1 * side), (x, top + side), (x + side, top + side)],
                outline=sheet.colour,
            )
        elif shape == 1:
            ring(sheet, x + side / 2, top + 0.6 * side, 0.4 * side)
        elif shape == 2:
            box = [x + 0.1 * side, top + 0.2 * side, x + 0.9 * side, top + side]
            sheet.draw.rectangle(box, outline=sheet.colour, width=sheet.rule_px)
        else:
            sheet.image.paste(things[shape - 3], (int(x), int(top)))
    for place in range(said, min(said + 3, count)):
        x = left + place * step
        rule(sheet, x, top + side, x + 0.8 * side, top + side)
    return top + side + 0.7 * sheet.unit


PERIODS = ((0, 1), (0, 0, 1), (0, 1, 1), (0, 1, 2))
"""Rules of rows that go on: which of their shapes stand one after the other."""


def _bracketed(sheet: Sheet, x: float, y: float, answer: str, kind: Type) -> float:
    """Set brackets with room for an answer; returns where they end."""
    opening, closing = pair_of(sheet, kind)
    room = max(GAP * kind.size, 1.3 * text_width(answer, kind))
    x = put_text(sheet, x, y, opening, kind, slot=False)
    sheet.slot("gap", x, y - kind.size, x + room, y, answer)
    return put_text(sheet, x + room, y, closing, kind, slot=False)
