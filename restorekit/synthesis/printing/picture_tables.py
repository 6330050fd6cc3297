"""Printed tables with drawings at their heads, some of whose numbers are missing."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.printing.line_art import LEAST, drawing
from restorekit.synthesis.printing.primary import asked_above, number_sentence
from restorekit.synthesis.printing.sheets import Sheet, put_text, rule, text_width
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.textures import Rng

CELL = 4.4
"""The ems of a table's column that has brackets in it, at least."""


def picture_table(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A table to be completed, its columns headed by drawings: in each row numbers go up by one step."""
    kind = sheet.body._replace(spacing=0.0)
    above, y = y, asked_above(sheet, rng, "complete", left, right, y)
    if y == above:
        return y
    rows, fitting = int(rng.integers(2, 5)), (right - left) / (CELL * kind.size) - 1
    columns = int(np.clip(fitting, 3, rng.integers(4, 7)))
    firsts, steps = rng.integers(1, 10, rows), rng.integers(1, 6, rows)
    tall = kind.size * rng.uniform(1.7, 2.6)
    step = min((right - left) / (columns + 1), kind.size * rng.uniform(CELL, 8))
    top, side = y + 0.6 * sheet.unit, max(LEAST, int(0.8 * tall))
    middle = 0.5 * (tall - kind.size)
    for column in range(1, columns + 1):
        x = left + column * step
        sheet.image.paste(
            drawing(sheet, rng, side), (int(x + (step - side) / 2), int(top + (tall - side) / 2))
        )
        for row in range(1, rows + 1):
            floor = top + row * tall + middle + 0.85 * kind.size
            number = str(firsts[row - 1] + steps[row - 1] * column)
            if column > 2 and rng.random() < 0.5:
                number_sentence(sheet, x + 0.3 * kind.size, floor, "_", (number,), kind)
            else:
                put_text(sheet, x + 0.35 * step, floor, number, kind, slot=False)
    names = list(dict.fromkeys(phrases.entry(rng, sheet.language, "name") for _ in range(3 * rows)))
    for row, words in zip(range(1, rows + 1), names, strict=False):
        if text_width(words, kind) < step:
            floor = top + row * tall + middle + 0.85 * kind.size
            put_text(sheet, left + 0.2 * kind.size, floor, words, kind, slot=False)
    for row in range(rows + 2):
        rule(sheet, left, top + row * tall, left + (columns + 1) * step, top + row * tall)
    for column in range(columns + 2):
        rule(sheet, left + column * step, top, left + column * step, top + (rows + 1) * tall)
    return top + (rows + 1) * tall + 0.6 * sheet.unit
