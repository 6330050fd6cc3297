"""Printed pieces of papers for the first years of school; they work like those of ``blocks``.

Bare sums set wide, boxes for numbers and signs, rows of things to count, shapes, gaps in texts:
print that stands alone and in thin lines, as answers do, on the pages that most children write on.
"""

from __future__ import annotations

import re
from functools import partial

from restorekit.synthesis.printing.answer_room import pair_of, put_room
from restorekit.synthesis.printing.blocks import put_lines
from restorekit.synthesis.printing.geometry import ring
from restorekit.synthesis.printing.line_art import LEAST, drawing
from restorekit.synthesis.printing.questions import instruct, numbered, unasked
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, rule, text_width, wrap
from restorekit.synthesis.printing.signs import MINUS
from restorekit.synthesis.printing.type_plan import columns_of
from restorekit.synthesis.texts import calculations, phrases
from restorekit.synthesis.texts.topics import early_year
from restorekit.synthesis.textures import Rng

BLANK = re.compile("([_#@])")
"""What stands for a blank in ``calculations.number_sentence`` and ``calculations.comparison``."""
GAP = 2.6
"""Room for an answer in brackets, in ems."""


def drill(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """What is to be done, and sums of one kind in columns: plain ones, longer ones, ones with a blank."""
    kind = sheet.body._replace(spacing=0.0)
    way, blank = int(rng.choice(3, p=(0.4, 0.25, 0.35))), str(rng.choice(["_", "#"]))
    y = asked_above(
        sheet, rng, "missing" if way == 2 else "reckon", left, right, y + 0.6 * kind.size, anew=True
    )
    columns = columns_of(sheet.plan, right - left, 7.5 * kind.size)
    step, leading = (right - left) / columns, 1.15 * sheet.plan.rows * kind.size
    for _ in range(int(rng.integers(2, 10))):
        y += leading
        for column in range(columns):
            text, answers = unasked(
                sheet,
                lambda: (
                    calculations.number_sentence(rng, blank * (way - 1)) if way else _plain_sum(sheet, rng)
                ),
            )
            x = left + column * step
            end = number_sentence(sheet, x, y, text, answers, kind)
            if text.endswith("="):
                top = y - min(0.9 * kind.size, 0.5 * leading)
                sheet.slot("sum", end + 0.1 * kind.size, top, x + step, y, answers[0])
    return y


def _plain_sum(sheet: Sheet, rng: Rng) -> tuple[str, tuple[str, ...]]:
    text, answer = calculations.arithmetic(rng, early_year(sheet.topic, sheet.given))
    return text, (answer,)


def number_sentence(
    sheet: Sheet, x: float, y: float, text: str, answers: tuple[str, ...], kind: Type
) -> float:
    """Set what ``calculations.number_sentence`` gives on a baseline; returns where it ends."""
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


def comparisons(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """Rows of numbers, terms or quantities by twos, a ring between them for the sign."""
    kind = sheet.body._replace(spacing=0.0)
    leading = kind.size * sheet.plan.rows
    for _ in range(int(rng.integers(1, 5))):
        y += leading
        for x in _columns(sheet, left, right):
            early = early_year(sheet.topic, sheet.given)
            text, sign = unasked(sheet, partial(calculations.comparison, rng, early))
            number_sentence(sheet, x, y, text, (sign,), kind)
    return y


def _columns(sheet: Sheet, left: float, right: float) -> list[float]:
    """Where the columns of a row of sums with room for a sign begin."""
    count = columns_of(sheet.plan, right - left, 9 * sheet.body.size)
    return [left + place * (right - left) / count for place in range(count)]


def checked_sums(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """Rows of sums that somebody has done, a box or brackets behind each to tick or to cross it."""
    kind = sheet.body._replace(spacing=0.0)
    em, boxed = kind.size, not sheet.plan.brackets  # all of a page alike
    leading = em * sheet.plan.rows
    for _ in range(int(rng.integers(1, 4))):
        y += leading
        for column in _columns(sheet, left, right):
            early = early_year(sheet.topic, sheet.given)
            text, result = unasked(sheet, partial(calculations.arithmetic, rng, early))
            right_one = rng.random() < 0.5
            said = result if right_one else phrases.mistake(rng, sheet.language, result)
            x = put_text(sheet, column, y, text + said, kind, slot=False) + 0.4 * em
            if boxed:
                place = frame(sheet, "#", x, y, kind)
            else:
                room = put_room(sheet, rng, x, y, kind, framed=False)
                middle = (room.left + room.right) / 2
                place = (middle - em, y - em, middle + em, y)
            sheet.slot("judge", *place, "right" if right_one else "wrong")
    return y


ROWS = {"compare": comparisons, "mark_each": checked_sums}
"""Rows that an instruction stands above, by the grammar's symbol for it."""


def told_rows(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """An instruction that names signs, and rows of what is to be done."""
    symbol = list(ROWS)[int(rng.integers(0, len(ROWS)))]
    below = asked_above(sheet, rng, symbol, left, right, y)
    return y if below == y else ROWS[symbol](sheet, rng, left + sheet.unit, right, below) + 0.5 * sheet.unit


def column_sums(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """What is to be done, and rows of numbers below each other, a sign and a rule, room for the answer."""
    above, y = y, asked_above(sheet, rng, "columns", left, right, y)
    if y == above:
        return y
    em = sheet.body.size
    digits = 2 if early_year(sheet.topic, sheet.given) else int(rng.integers(2, 4))
    count = columns_of(sheet.plan, right - left, 6 * em)
    room = (4.8 + rng.uniform(0, 2)) * em
    for _ in range(int(rng.integers(1, 4))):
        for place in range(count):
            edge = left + place * (right - left) / count + (digits + 2) * em
            _column_sum(sheet, rng, edge, y, digits)
        y += room
    return y


def _column_sum(sheet: Sheet, rng: Rng, edge: float, y: float, digits: int) -> None:
    """One such sum of numbers of so many ``digits``, that ends at ``edge``."""
    kind, em = sheet.body._replace(spacing=0.0), sheet.body.size
    early = early_year(sheet.topic, sheet.given)
    a, b = (int(part) for part in rng.integers(10 ** (digits - 1), 10**digits, 2))
    sign, result = (("+", a + b), ("-", a - b), ("×", a * b))[int(rng.integers(0, 2 if early else 3))]
    a, b, result = (b, a, -result) if result < 0 else (a, b, result)
    for line, number in enumerate((a, b)):
        x = edge - text_width(str(number), kind)
        put_text(sheet, x, y + (1.4 + 1.3 * line) * em, str(number), kind, slot=False)
    start = edge - (digits + 1.2) * 0.62 * em - em
    put_text(sheet, start, y + 2.7 * em, sign.replace("-", MINUS), kind, slot=False)
    rule(sheet, start, y + 3.05 * em, edge + 0.3 * em, y + 3.05 * em)
    sheet.slot("gap", start, y + 3.2 * em, edge + em, y + 4.4 * em, str(result))


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
    for group, count in enumerate(counts):
        thing, x = drawing(sheet, rng, side), left + group * step
        for place in range(count):
            corner = (x + place % across * 1.15 * side, top + place // across * 1.15 * side)
            sheet.image.paste(thing, (int(corner[0]), int(corner[1])))
        wide = min(count, across) * 1.15 * side
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
    things = [drawing(sheet, rng, max(LEAST, int(side))) for _ in range(2)]
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


def rebus(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """Sentences with brackets in place of some of their words."""
    kind, spaced = sheet.body, sheet.language in phrases.SPACED
    leading, room = kind.size * sheet.plan.rows, right - left - 6 * kind.size
    lines = wrap(phrases.paragraph(rng, sheet.language, 2, sheet.asked), kind, room, sheet.language)
    if not lines:
        return y
    for row, line in enumerate(lines):
        y += leading
        x = left if row else put_text(sheet, left, y, numbered(sheet, rng), kind)
        pieces = line.split(" ") if spaced else [line[at : at + 4] for at in range(0, len(line), 4)]
        for place, piece in enumerate(pieces):
            hidden = re.match(r"[^\W\d_]+" if spaced else r"[^\W\d_]{1,2}", piece)
            if place and hidden and rng.random() < 0.14 and x < right - 5 * kind.size:
                x = _bracketed(sheet, x, y, hidden[0], kind)
                piece = piece[hidden.end() :]
            x = put_text(sheet, x, y, piece + " " * spaced, kind)
    return y + 0.5 * leading


def _bracketed(sheet: Sheet, x: float, y: float, answer: str, kind: Type) -> float:
    """Set brackets with room for an answer; returns where they end."""
    opening, closing = pair_of(sheet, kind)
    room = max(GAP * kind.size, 1.3 * text_width(answer, kind))
    x = put_text(sheet, x, y, opening, kind, slot=False)
    sheet.slot("gap", x, y - kind.size, x + room, y, answer)
    return put_text(sheet, x + room, y, closing, kind, slot=False)
