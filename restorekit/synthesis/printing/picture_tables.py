"""Printed tables with drawings at their heads and sums at their ends, some of whose numbers are missing."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.printing.line_art import LEAST, drawings
from restorekit.synthesis.printing.primary import asked_above, number_sentence
from restorekit.synthesis.printing.sheets import Sheet, put_text, rule, text_width
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.grammar import expand
from restorekit.synthesis.textures import Rng

CELL = 4.4
"""The ems of a table's column that has brackets in it, at least."""


def picture_table(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A table to be completed: how many of some things have these children, each, and all together?"""
    kind = sheet.body._replace(spacing=0.0)
    above, y = y, asked_above(sheet, rng, "complete", left, right, y)
    if y == above:
        return y
    rows, fitting = int(rng.integers(2, 5)), (right - left) / (CELL * kind.size) - 1
    columns = int(np.clip(fitting, 3, rng.integers(3, 6)))
    counts = rng.integers(1, 10, (rows, columns))
    counts[:, -1] = counts[:, :-1].sum(1)
    tall = max(kind.size * rng.uniform(1.9, 2.6), 1.2 * LEAST)
    step = min((right - left) / (columns + 1), kind.size * rng.uniform(CELL, 8))
    top, side = y + 0.6 * sheet.unit, max(LEAST, int(0.8 * tall))
    middle = 0.5 * (tall - kind.size) + 0.85 * kind.size
    for column, thing in enumerate(drawings(sheet, rng, side, columns - 1), 1):
        x = left + column * step
        sheet.image.paste(thing, (int(x + (step - side) / 2), int(top + (tall - side) / 2)))
    _centred(sheet, left + columns * step, top + middle, step, expand(rng, sheet.language, "together"))
    names = list(dict.fromkeys(phrases.entry(rng, sheet.language, "name") for _ in range(4 * rows)))
    for row, numbers in enumerate(counts.tolist(), 1):
        floor = top + row * tall + middle
        if row <= len(names):
            _centred(sheet, left, floor, step, names[row - 1])
        missing = columns if rng.random() < 0.5 else int(rng.integers(1, columns))
        for column, number in enumerate(numbers, 1):
            x = left + column * step
            if column == missing:
                number_sentence(sheet, x + 0.3 * kind.size, floor, "_", (str(number),), kind)
            else:
                _centred(sheet, x, floor, step, str(number))
    for row in range(rows + 2):
        rule(sheet, left, top + row * tall, left + (columns + 1) * step, top + row * tall)
    for column in range(columns + 2):
        rule(sheet, left + column * step, top, left + column * step, top + (rows + 1) * tall)
    return top + (rows + 1) * tall + 0.6 * sheet.unit


def _centred(sheet: Sheet, x: float, floor: float, step: float, text: str) -> None:
    """Set ``text`` amid a cell that begins at ``x``, where it has room there."""
    kind = sheet.body._replace(spacing=0.0)
    if (wide := text_width(text, kind)) < step:
        put_text(sheet, x + 0.5 * (step - wide), floor, text, kind, slot=False)
