"""Where a paper's points are entered: a table of its parts at the top, small boxes at each part's heading."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.assets import labels
from restorekit.synthesis.printing.sheets import Sheet, put_text, rule, text_width
from restorekit.synthesis.texts.grammar import expand, rules
from restorekit.synthesis.textures import Rng

TABLED, BOXED = 0.22, 0.22
"""The share of papers with a table of points at the top, and of those with boxes at the headings of parts."""


def score_table(sheet: Sheet, rng: Rng, left: float, right: float, y: float, parts: dict[str, int]) -> float:
    """A table of two rows: how the parts are counted and the total, empty cells for the points.

    ``parts`` has what each of them is worth.
    """
    kind = sheet.body._replace(spacing=0.0)
    heads = [expand(rng, sheet.language, "answer_row").split("; ")[0], _points(sheet)]
    columns = [*parts, expand(rng, sheet.language, "total")]
    side = max(text_width(head, kind) for head in heads) + 1.2 * kind.size
    widest = max(text_width(name, kind) for name in columns) + 0.8 * kind.size
    step = max(widest, kind.size * rng.uniform(2.4, 4.5))
    if side + step * len(columns) > right - left:
        return y
    tall, top = kind.size * rng.uniform(1.5, 2.1), y + 0.6 * kind.size
    start = left + 0.5 * float(rng.choice([0, 1])) * (right - left - side - step * len(columns))
    edges = [start, *(start + side + place * step for place in range(len(columns) + 1))]
    for row, head in enumerate(heads):
        floor = top + (row + 0.5) * tall + 0.36 * kind.size
        put_text(sheet, start + 0.5 * (side - text_width(head, kind)), floor, head, kind, slot=False)
    for x, name in zip(edges[1:], columns, strict=False):
        floor = top + 0.5 * tall + 0.36 * kind.size
        put_text(sheet, x + 0.5 * (step - text_width(name, kind)), floor, name, kind, slot=False)
    for x, whole in zip(edges[1:], [*map(str, parts.values()), ""], strict=False):
        sheet.slot("score", x + 0.2 * kind.size, top + tall, x + step, top + 1.9 * tall, whole)
    for level in top + tall * np.arange(3):
        rule(sheet, start, level, edges[-1], level)
    for x in edges:
        rule(sheet, x, top, x, top + 2 * tall)
    return top + 2 * tall + 0.5 * kind.size


def part_boxes(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """Boxes for the points of a part and who gave them, before its heading; returns where that may begin.

    Where a paper's language has no word for who marks, a box stands at the right edge, beside the heading.
    """
    kind = sheet.body._replace(size=max(9, round(0.8 * sheet.unit)), spacing=0.0)
    em = kind.size
    if "marker" not in rules(sheet.language):
        wide, tall = em * rng.uniform(2.6, 4), em * rng.uniform(1.5, 2)
        top = y + 0.5 * em
        box = [right - wide, top, right, top + tall]
        sheet.draw.rectangle(box, outline=sheet.colour, width=sheet.rule_px)
        sheet.slot("score", box[0], top, right, top + 0.9 * tall, "part")
        return y
    names = [_points(sheet), expand(rng, sheet.language, "marker")]
    step, tall, top = max(text_width(name, kind) for name in names) + em, 1.6 * em, y + 0.7 * em
    for place, name in enumerate(names):
        at = left + (place + 0.5) * step - 0.5 * text_width(name, kind)
        put_text(sheet, at, top + 0.5 * tall + 0.36 * em, name, kind, slot=False)
    for level in top + tall * np.arange(3):
        rule(sheet, left, level, left + 2 * step, level)
    for x in left + step * np.arange(3):
        rule(sheet, x, top, x, top + 2 * tall)
    sheet.slot("score", left, top + tall, left + step, top + 1.9 * tall, "part")
    return top + 2 * tall - 0.3 * em


def _points(sheet: Sheet) -> str:
    return next(label for label, what in labels(sheet.language).items() if what == "score")
