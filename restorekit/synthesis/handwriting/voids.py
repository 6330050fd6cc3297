"""What does not count is crossed out: questions that are left out, by those who fill in a sheet."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.questions import Question, can_be_crossed_out, questions_of
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Sheet, Slot
from restorekit.synthesis.textures import Rng, choose

VOID = 0.15
"""The share of the sheets with questions that do not count: set for others, or not learnt yet."""
WAYS = {"cross": 0.4, "stroke": 0.35, "lines": 0.15, "zigzag": 0.1}
"""How they are crossed out: by a cross or one stroke over the whole, line by line, or to and fro."""


def pick_void(rng: Rng, sheet: Sheet) -> list[Question]:
    """The questions of a sheet that do not count: of most none, else one to three in a row."""
    if rng.random() > VOID:
        return []
    known = [one for one in questions_of(sheet) if can_be_crossed_out(one, sheet.unit)]
    if not known:
        return []
    first = int(rng.integers(0, len(known)))
    return known[first : first + int(rng.choice([1, 2, 3], p=[0.6, 0.25, 0.15]))]


def cross_out(writer: Writer, void: list[Question]) -> None:
    """Cross out questions, all in one way."""
    rng, canvas, pen, unit = writer.rng, writer.canvas, writer.pen_px, writer.sheet.unit
    way = choose(rng, WAYS)
    for question in void:
        left, top, right, bottom = question.box
        slip = rng.normal(0, 0.5 * unit, 4)
        x0, x1 = left + slip[0], max(right + slip[1], left + 4 * unit)
        y0, y1 = top + slip[2], bottom + slip[3]
        if way == "lines":
            for slot in question.places:
                if slot.kind == "text":
                    middle = (slot.top + slot.bottom) / 2 + rng.normal(0, 0.1, 2) * unit
                    marks.line(canvas, rng, slot.left, middle[0], slot.right, middle[1], pen)
        elif way == "zigzag":
            _zigzag(writer, (x0, y0, x1, y1), int(rng.integers(4, 9)))
        else:
            marks.line(canvas, rng, x0, y1, x1, y0, pen, bow=0.02)
            if way == "cross":
                marks.line(canvas, rng, x0, y0, x1, y1, pen, bow=0.02)


def strike(writer: Writer, slot: Slot) -> None:
    """Strike out words or a row of a table, or all its rows that are left over: by a slanting line or a Z."""
    rng, canvas, pen = writer.rng, writer.canvas, writer.pen_px
    if slot.hint != "rest":
        marks.strike_out(canvas, rng, slot[1:5], pen)
        return
    slip = rng.uniform(0.01, 0.12, 4) * (slot.right - slot.left)
    x0, x1, x2, x3 = slot.left + slip[0], slot.right - slip[1], slot.left + slip[2], slot.right - slip[3]
    marks.line(canvas, rng, x2, slot.bottom, x1, slot.top, pen, bow=0.02)
    if rng.random() < 0.5:
        marks.line(canvas, rng, x0, slot.top, x1, slot.top, pen)
        marks.line(canvas, rng, x2, slot.bottom, x3, slot.bottom, pen)


def _zigzag(writer: Writer, box: tuple[float, float, float, float], turns: int) -> None:
    """To and fro over a box, from its top to its bottom."""
    (left, top, right, bottom), rng = box, writer.rng
    slip = rng.normal(0, 0.05, (2, turns))
    xs = np.where(np.arange(turns) % 2, right, left) + slip[0] * (right - left)
    ys = np.linspace(top, bottom, turns) + slip[1] * (bottom - top)
    corners = np.repeat(np.stack([xs, ys], 1), 2, axis=0)  # twice: smoothing leaves them sharper
    path = [(float(x), float(y)) for x, y in corners]
    marks.draw_stroke(writer.canvas, rng, path, writer.pen_px, shake=0.05 * writer.sheet.unit)
