"""What pupils fill in on papers: labels with blanks at the top, tables of values; used like ``blocks``."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.assets import labels
from restorekit.synthesis.printing.sheets import Sheet, put_text, rule, text_width
from restorekit.synthesis.printing.worn_rules import writing_rule
from restorekit.synthesis.texts import calculations, phrases
from restorekit.synthesis.texts.grammar import expand
from restorekit.synthesis.textures import Rng

ASKED = 0.6
"""How often a paper asks for each thing besides the name."""
SAID = 2
"""So many values of a table at least are printed: a rule can be told from two."""


def fields(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A row of labels with short rules to write on, the name mostly first; each of them once on a sheet."""
    kind = sheet.body
    sheet.opened = sheet.opened or not sheet.questions
    above, x = y, left
    y += kind.size * 1.8
    colon = ":" if rng.random() < 0.6 else ""
    known = labels(sheet.language)
    wanted = [name for name, what in known.items() if what == "name" or rng.random() < ASKED]
    if rng.random() < 0.15:
        wanted = [str(name) for name in rng.permutation(wanted)]
    for name in (name for name in wanted if name not in sheet.asked):
        text = f"{name}{colon}"
        blank = kind.size * rng.uniform(3, 7)
        if x + text_width(text, kind) + blank > right:
            break
        sheet.asked.add(name)
        x = put_text(sheet, x, y, text, kind, slot=False) + 0.2 * kind.size
        writing_rule(sheet, rng, x, y + 0.12 * kind.size, x + blank)
        about = sheet.given.get("subject") if known[name] == "subject" else None
        entry = about or phrases.entry(rng, sheet.language, known[name], sheet.given)
        place = (x + 0.2 * kind.size, y - 1.2 * kind.size, x + blank, y)
        if known[name] == "score":
            sheet.slot("score", *place)
        else:
            sheet.slot("field", *place, entry)
        x += blank + kind.size
    return y + kind.size * 0.6 if x > left else above


def table(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """Values in two rows, the second by a rule from the first, some of them left to be worked out."""
    kind = sheet.body._replace(spacing=0.0)
    y += 1.5 * kind.size
    asked = expand(rng, sheet.language, "complete")
    put_text(sheet, left, y, f"{sheet.next_question(rng)}. {asked}", kind)
    sheet.slot("number", left - 1.6 * kind.size, y - kind.size, left + kind.size, y)
    heads, rows = calculations.values(rng, sheet.topic)
    side = max(text_width(head, kind) for head in heads) + kind.size
    widest = max(text_width(value, kind) for row in rows for value in row) + 1.6 * kind.size
    step = max(widest, kind.size * rng.uniform(2.4, 3.6))
    count = min(len(rows[0]), int((right - left - side) / step))
    said = set(rng.permutation(count)[: max(SAID, round(count * rng.uniform(0.2, 0.7)))].tolist())
    tall, top = kind.size * rng.uniform(1.6, 2.3), y + 0.6 * kind.size
    edges = [left, *(left + side + place * step for place in range(count + 1))]
    for row, head in enumerate(heads):
        floor = top + (row + 0.5) * tall + 0.36 * kind.size
        put_text(sheet, left + 0.4 * kind.size, floor, head, kind, slot=False)
        for place, x in enumerate(edges[1:-1]):
            value = rows[row][place]
            if row and place not in said:
                sheet.slot("gap", x + 2, floor - 1.1 * kind.size, x + step - 2, floor, value)
            else:
                put_text(sheet, x + (step - text_width(value, kind)) / 2, floor, value, kind, slot=False)
    for level in top + tall * np.arange(len(heads) + 1):
        rule(sheet, left, level, edges[-1], level)
    for x in edges:
        rule(sheet, x, top, x, top + len(heads) * tall)
    return top + len(heads) * tall + 0.7 * kind.size
