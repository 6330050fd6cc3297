"""Printed pieces that a network could take for ink; they work like those of ``blocks``.

Formulas, boxed and underlined words, ticks, contents, answer tables, bubbles, writing grids.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from restorekit.synthesis.printing.bold import put_number, strike_again
from restorekit.synthesis.printing.line_breaks import wrap
from restorekit.synthesis.printing.questions import instruct, numbered
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, rule, text_width
from restorekit.synthesis.strokes import smooth_path
from restorekit.synthesis.texts import calculations, phrases, topics
from restorekit.synthesis.texts.grammar import CHAPTERS, expand, rules
from restorekit.synthesis.textures import Rng


def equation(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A sum of fractions, powers and roots to be worked out."""
    kind = sheet.body._replace(spacing=0.0)
    if sheet.plan.formulas:
        kind = kind._replace(path=sheet.plan.formulas, latin="")
    y += kind.size * 2.2
    x = put_number(sheet, left, y, numbered(sheet, rng), sheet.body)
    terms, result = calculations.exact_terms(rng)
    for place, term in enumerate(terms):
        sign = f" {term.sign.replace('-', '−')} " if place else ""
        factor = f"{term.factor}×" if term.factor > 1 else ""
        x = put_text(sheet, x, y, sign + factor, kind, slot=False)
        x = _put_term(sheet, x, y, term, kind)
    x = put_text(sheet, x, y, " = ", kind, slot=False)
    sheet.slot("gap", x, y - 1.2 * kind.size, min(right, x + 6 * kind.size), y, str(result))
    return y + kind.size * 1.4


def _put_term(sheet: Sheet, x: float, y: float, term: calculations.Term, kind: Type) -> float:
    """Set a fraction, a power or a root on a baseline; returns where it ends."""
    above, below = str(term.above), str(term.below)
    if term.kind == "power":
        small = kind._replace(size=max(8, round(kind.size * 0.62)))
        x = put_text(sheet, x, y, above, kind, slot=False)
        return put_text(sheet, x, y - 0.4 * kind.size, below, small, slot=False)
    span = text_width(above, kind)
    if term.kind == "fraction":
        put_text(sheet, x, y - 0.55 * kind.size, above, kind, slot=False)
        start = x + (span - text_width(below, kind)) / 2
        put_text(sheet, start, y + 0.75 * kind.size, below, kind, slot=False)
        rule(sheet, x, y - 0.3 * kind.size, x + span, y - 0.3 * kind.size)
        return x + span
    points = [(x, y - 0.4), (x + 0.25, y), (x + 0.5, y - 1.05)]
    corners = [(x + (a - x) * kind.size, y + (b - y) * kind.size) for a, b in points]
    end = (x + 0.55 * kind.size + span, corners[-1][1])
    sheet.draw.line([*corners, end], fill=sheet.colour, width=sheet.rule_px)
    return put_text(sheet, x + 0.55 * kind.size, y, above, kind, slot=False)


def emphasise(sheet: Sheet, text: str, x0: float, x1: float, y: float, kind: Type, way: str) -> None:
    """Print ``text``, from ``x0`` to ``x1`` on ``y``, to be seen: in "bold", over a "rule" or over "dots"."""
    colour = sheet.plan.accent
    width, floor = sheet.rule_px, y + 0.18 * kind.size
    if way == "bold":
        strike_again(sheet, x0, y, text, kind)
    elif way == "rule":
        sheet.draw.line([(x0, floor), (x1, floor)], fill=colour, width=width)
    elif way == "dots":
        radius = max(1.0, 0.06 * kind.size)
        for x in np.arange(x0 + kind.size / 2, x1, kind.size):
            sheet.draw.ellipse([x - radius, floor, x + radius, floor + 2 * radius], fill=colour)


def contents(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A book's table of contents: its chapters in turn, dotted leaders to the pages where they begin."""
    kind, page, number = sheet.body, int(rng.integers(3, 8)), 0
    named = topics.subject(str(rng.choice(list(CHAPTERS))))
    symbols = [f"chapter_{one or topic}" for topic in CHAPTERS if named in topic for one in CHAPTERS[topic]]
    heading, leading = expand(rng, sheet.language, "contents"), kind.size * rng.uniform(1.4, 2.4)
    y += 1.5 * sheet.head.size
    put_text(sheet, (left + right - text_width(heading, sheet.head)) / 2, y, heading, sheet.head)
    for chapter in (text for symbol in symbols for text in rules(sheet.language)[symbol]):
        y, number = y + leading, number + 1
        x = put_text(sheet, left, y, f"{number}. {chapter} ", kind, slot=False)
        dot, stop = text_width(". ", kind), right - 2.5 * kind.size  # all dots stand below each other
        dots = max(0, int((stop - x) / dot))
        put_text(sheet, stop - dots * dot, y, ". " * dots, kind, slot=False)
        put_text(sheet, right - text_width(str(page), kind), y, str(page), kind, slot=False)
        page += int(rng.integers(2, 15))
    return y + 0.6 * kind.size


def answer_card(sheet: Sheet, rng: Rng, left: float, right: float, y: float, count: int) -> float:
    """The answer card of a multiple-choice test: ``count`` numbered rows of [A] [B] [C] [D], in columns."""
    kind = sheet.body._replace(size=max(9, round(0.75 * sheet.unit)), spacing=0.0)
    columns = max(1, int((right - left) / (11 * kind.size)))
    kind = kind._replace(colour=sheet.plan.accent)
    rows, pitch = -(-count // columns), kind.size * rng.uniform(1.6, 2.0)
    for number in range(count):
        column, row = divmod(number, rows)
        x, floor = left + column * (right - left) / columns, y + (row + 1) * pitch
        put_text(sheet, x, floor, str(number + 1), kind, slot=False)
        for place, letter in enumerate(topics.letters(sheet.language)[:4]):
            start = x + (2 + 2 * place) * kind.size
            put_text(sheet, start, floor, f"[{letter}]", kind, slot=False)
            sheet.slot("bubble", start, floor - 0.8 * kind.size, start + 1.3 * kind.size, floor, letter)
    return y + (rows + 1) * pitch


def grid(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A sentence of the East and squares to write it again into, with dashed crosses in them or without."""
    side = sheet.unit * rng.uniform(1.7, 3.2)
    text = phrases.sentence(rng, sheet.language)
    if sheet.language not in ("zh", "ja") or not (told := instruct(sheet, rng, "copy", anew=True)):
        return y
    for line in (told, *wrap(text, sheet.body, right - left, sheet.language)):
        y += sheet.plan.leading * sheet.unit
        put_text(sheet, left, y, line, sheet.body)
    colour, crossed = sheet.colour, rng.random() < 0.6
    columns = np.arange(left, right - side, side)
    rows, rest = -(-len(text) // len(columns)), iter(text)
    if rng.random() < 0.6:
        sheet.colour = sheet.plan.accent
    for _ in range(rows):
        top = y + 0.5 * sheet.unit
        for x in columns:
            sheet.draw.rectangle([x, top, x + side, top + side], outline=sheet.colour, width=sheet.rule_px)
            if crossed:
                rule(sheet, x + side / 2, top, x + side / 2, top + side, dashed=True)
                rule(sheet, x, top + side / 2, x + side, top + side / 2, dashed=True)
            sheet.slot("cell", x + 0.15 * side, top, x + side, top + 0.8 * side, next(rest, ""))
        y = top + side
    sheet.colour = colour
    return y + 0.6 * sheet.unit


def answer_table(
    sheet: Sheet, rng: Rng, left: float, right: float, y: float, answers: Sequence[str]
) -> float:
    """Where a test's first answers to choose from are gathered: numbers, and below each its letter."""
    kind = sheet.body._replace(spacing=0.0)
    heads = expand(rng, sheet.language, "answer_row").split("; ")
    side = max(text_width(head, kind) for head in heads) + kind.size
    step = kind.size * rng.uniform(1.8, 3.2)
    count = min(len(answers), int((right - left - side) / step))
    tall, top = kind.size * rng.uniform(1.5, 2.1), y + 0.6 * kind.size
    edges = [left, *(left + side + place * step for place in range(count + 1))]
    for row, head in enumerate(heads):
        floor = top + row * tall + 0.5 * tall + 0.36 * kind.size
        put_text(sheet, left + 0.5 * kind.size, floor, head, kind, slot=False)
        for place, x in enumerate(edges[1:-1]):
            number = str(place + 1)
            if row:
                sheet.slot("gap", x + 0.1 * step, floor - kind.size, x + 0.9 * step, floor, answers[place])
            else:
                put_text(sheet, x + (step - text_width(number, kind)) / 2, floor, number, kind, slot=False)
    for level in (top, top + tall, top + 2 * tall):
        rule(sheet, left, level, edges[-1], level)
    for x in edges:
        rule(sheet, x, top, x, top + 2 * tall)
    return top + 2 * tall + 0.7 * kind.size


def cases(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """Two equations in x and y behind a tall brace, and room for what solves them."""
    kind = sheet.body._replace(spacing=0.0)
    tall, span = 3.2 * kind.size, 0.5 * kind.size
    top = y + 0.6 * kind.size
    middle = top + 0.55 * tall
    start = put_number(sheet, left, middle, numbered(sheet, rng), kind)
    across = [1, 0.4, 0.5, 0.5, 0.4, 0, 0.4, 0.5, 0.5, 0.4, 1]
    down = [0, 0.02, 0.15, 0.4, 0.48, 0.5, 0.52, 0.6, 0.85, 0.98, 1]
    points = smooth_path(np.array([across, down]).T * [span, tall] + [start, top], 3)
    sheet.draw.line([(float(a), float(b)) for a, b in points], fill=sheet.colour, width=sheet.rule_px + 1)
    lines, first, second = calculations.system(rng)
    ends = [
        put_text(sheet, start + 1.3 * span, top + (1.6 * place + 1.1) * kind.size, line, kind)
        for place, line in enumerate(lines)
    ]
    solved = f"x={first}, y={second}"
    sheet.slot("gap", max(ends) + kind.size, middle - 1.1 * kind.size, right, middle, solved)
    return top + tall + 0.5 * kind.size
