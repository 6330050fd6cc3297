"""Printed tables and fields to fill in; they work like the pieces of ``blocks``."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.assets import labels
from restorekit.synthesis.printing.sheets import Sheet, put_text, rule, text_width
from restorekit.synthesis.texts import calculations, phrases
from restorekit.synthesis.textures import Rng

PUPILS = ("name", "class", "date", "score", "number", "school", "subject")
"""What papers ask of pupils; addresses and telephones belong to forms."""


def fields(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A row of labels with short rules to write on: name, class, date."""
    kind = sheet.body
    sheet.opened = sheet.opened or not sheet.questions
    y += kind.size * 1.8
    x = left
    colon = ":" if rng.random() < 0.6 else ""
    known = labels(sheet.language)
    if sheet.topic:
        known = {name: what for name, what in known.items() if what in PUPILS}
    new = [str(name) for name in known if name not in sheet.asked]
    for name in rng.permutation(new or list(known)):
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
    return y + kind.size * 0.6


def table(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A table; some of its cells are left to be filled in, each with what its column is for."""
    rows, columns = int(rng.integers(2, 9)), int(rng.integers(2, 7))
    known = labels(sheet.language)
    heads = [str(head) for head in rng.choice(list(known), columns, replace=columns > len(known))]
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
                words = phrases.entry(rng, sheet.language, known[heads[column]])
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
