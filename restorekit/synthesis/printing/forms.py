"""Printed tables and fields to fill in; they work like the pieces of ``blocks``."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.assets import labels
from restorekit.synthesis.printing.sheets import Sheet, put_text, rule, text_width
from restorekit.synthesis.texts import calculations, phrases
from restorekit.synthesis.textures import Rng

PUPILS = ("name", "class", "date", "score", "number", "school", "subject")
"""What papers ask of pupils; addresses and telephones belong to forms."""
ROWS_BY = ("name", "number", "phone", "address")
"""What tells the rows of a table apart."""
TRIES = 12
"""How many entries are drawn to find one that no row has."""


def fields(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A row of labels with short rules to write on: name, class, date; each of them once on a sheet."""
    kind = sheet.body
    sheet.opened = sheet.opened or not sheet.questions
    above, x = y, left
    y += kind.size * 1.8
    colon = ":" if rng.random() < 0.6 else ""
    known = labels(sheet.language)
    if sheet.topic:
        known = {name: what for name, what in known.items() if what in PUPILS}
    for name in rng.permutation([name for name in known if name not in sheet.asked]):
        text = f"{name}{colon}"
        blank = kind.size * rng.uniform(3, 7)
        if x + text_width(text, kind) + blank > right:
            break
        sheet.asked.add(str(name))
        x = put_text(sheet, x, y, text, kind, slot=False) + 0.2 * kind.size
        rule(sheet, x, y + 0.12 * kind.size, x + blank, y + 0.12 * kind.size)
        about = sheet.given.get("subject") if known[str(name)] == "subject" else None
        entry = about or phrases.entry(rng, sheet.language, known[str(name)])
        sheet.slot("field", x + 0.2 * kind.size, y - 1.2 * kind.size, x + blank, y, entry)
        x += blank + kind.size
    return y + kind.size * 0.6 if x > left else above


def table(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A table; some of its cells are left to be filled in, each with what its column is for."""
    known = labels(sheet.language)
    heads = _heads(rng, known, int(rng.integers(2, 7)))
    rows, columns = int(rng.integers(2, 9)), len(heads)
    said: set[str] = set()
    if measured := rng.random() < 0.5:  # a table of figures, by years or by letters
        first, quantity = int(rng.integers(1950, 2020)), calculations.quantity(rng)
        by_years = rng.random() < 0.6
        heads[1:] = [str(first + place) if by_years else "ABCDEF"[place] for place in range(columns - 1)]
    kind = sheet.body._replace(size=max(9, round(sheet.unit * rng.uniform(0.7, 1.0))), spacing=0.0)
    row_height = kind.size * rng.uniform(1.6, 3.0)
    step = (right - left) / columns
    top = y + 0.6 * sheet.unit
    empty = np.where(rng.random(columns) < rng.uniform(0.2, 0.8), 0.92, 0.05)  # whole columns are left
    for row in range(rows):
        base = top + row * row_height
        if row == 0 and rng.random() < 0.4:
            tint = int(rng.integers(190, 245))
            sheet.draw.rectangle([left, base, right, base + row_height], fill=(tint, tint, tint))
        for column in range(columns):
            x = left + column * step
            floor = base + 0.72 * row_height
            words = heads[column]
            if row and measured and column:
                words = quantity.format(int(rng.integers(1, 500)))
            elif row:
                words = _fresh_entry(rng, sheet.language, known[heads[column]], said)
            if row > 0 and column > 0 and rng.random() < empty[column]:
                sheet.slot("field", x + 0.2 * kind.size, base, x + step - 3, floor, words)
            elif text_width(words, kind) < step:
                put_text(sheet, x + 0.3 * kind.size, floor, words, kind, slot=False)
    bottom = top + rows * row_height
    for row in range(rows + 1):
        rule(sheet, left, top + row * row_height, right, top + row * row_height)
    if rng.random() < 0.85:
        for column in range(columns + 1):
            rule(sheet, left + column * step, top, left + column * step, bottom)
    return bottom + 0.6 * sheet.unit


def _heads(rng: Rng, known: dict[str, str], count: int) -> list[str]:
    """The heads of at most ``count`` columns, each for another kind of entry; rows are told by the first."""
    heads: dict[str, str] = {}
    for head in rng.permutation(list(known)):
        heads.setdefault(known[str(head)], str(head))
    kinds = list(heads)
    kinds.sort(key=lambda kind: kind not in ROWS_BY)  # stable: else as drawn
    return [heads[kind] for kind in kinds[:count]]


def _fresh_entry(rng: Rng, language: str, kind: str, said: set[str]) -> str:
    """What stands in a cell: of names and the like one that no other row has, as far as there is one."""
    for _ in range(TRIES):
        words = phrases.entry(rng, language, kind)
        if kind not in ROWS_BY or words not in said:
            break
    said.add(words)
    return words
