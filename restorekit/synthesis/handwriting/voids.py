"""What does not count is crossed out: questions that are left out and passages, by who fills in a sheet."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.passages import passages
from restorekit.synthesis.handwriting.questions import Question, can_be_crossed_out, questions_of
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Sheet, Slot
from restorekit.synthesis.textures import Rng, choose

MOST_LINES = 12
"""So many lines of a passage are crossed out at most."""
VOID = 0.05
"""The share of the sheets with questions that do not count: set for others, or not learnt yet."""
WAYS = {"stroke": 0.55, "fall": 0.25, "zigzag": 0.2}
"""How they are crossed out: by one stroke over the whole, which rises or falls, or to and fro."""
RULER = 0.25
"""The share of those who do so by strokes and lay a ruler on for it."""
PASSAGES = 0.07
"""The share of the sheets that ask nothing with a passage that does not count."""


def pick_void(rng: Rng, sheet: Sheet) -> list[Question]:
    """The questions of a sheet that do not count: of most none, else one to three in a row.

    Of sheets that ask nothing it is a text, or the most of one, that does not.
    """
    chance = rng.random()
    known = [one for one in questions_of(sheet) if can_be_crossed_out(one, sheet.unit)]
    if not known and not sheet.questions and chance < PASSAGES:
        texts = [lines[:MOST_LINES] for lines in passages(sheet) if len(lines) > 1]
        return [_as_question(texts[int(rng.integers(0, len(texts)))])] if texts else []
    if not known or chance > VOID:
        return []
    first = int(rng.integers(0, len(known)))
    return known[first : first + int(rng.choice([1, 2, 3], p=[0.6, 0.25, 0.15]))]


def _as_question(lines: list[Slot]) -> Question:
    """Printed lines as what may be crossed out as a whole."""
    left, top = min(slot.left for slot in lines), min(slot.top for slot in lines)
    right, bottom = max(slot.right for slot in lines), max(slot.bottom for slot in lines)
    return Question((float(left), float(top), float(right), float(bottom)), tuple(lines))


def cross_out(writer: Writer, void: list[Question]) -> None:
    """Cross out questions, all in one way."""
    rng, unit = writer.rng, writer.sheet.unit
    way, ruled = choose(rng, WAYS), rng.random() < RULER
    for question in void:
        left, top, right, bottom = question.box
        slip = rng.normal(0, 0.5 * unit, 4)
        x0, x1 = left + slip[0], max(right + slip[1], left + 4 * unit)
        box = (x0, top + slip[2], x1, bottom + slip[3])
        if way == "zigzag":
            _zigzag(writer, box, int(rng.integers(4, 9)))
        else:
            start, stop = (box[1], box[3]) if way == "fall" else (box[3], box[1])
            _stroke(writer, (x0, start), (x1, stop), ruled=ruled)


def _stroke(writer: Writer, start: tuple[float, float], stop: tuple[float, float], *, ruled: bool) -> None:
    """One long stroke, by a free hand or along a ruler."""
    if ruled:
        marks.draw_stroke(writer.canvas, writer.rng, [start, stop], writer.pen_px)
    else:
        marks.line(writer.canvas, writer.rng, *start, *stop, writer.pen_px, bow=0.02)


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
