"""What readers leave around printed lines: braces, brackets and bars."""

from __future__ import annotations

import re

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.questions import is_heading
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Sheet, Slot, text_width
from restorekit.synthesis.textures import choose

LEADING = 2.2
"""Lines of one passage are less than so many ems apart."""
PROSE = 16
"""Lines of passages have more characters than that."""
BESIDE = 3
"""So many ems before a line its number stands, where it is a question."""
EMBRACED = 0.4
"""The share of the passages of a sheet that are held together, with readers who do that."""
HOLDS = {"brace": 0.4, "bracket": 0.3, "bar": 0.3}
"""What stands beside lines that belong together."""

ASKS = re.compile(r"(?:\d+|\(\d+\)|（\d+）|[IVX]+|[A-GА-Д]|[一二三四五六七]) ?[.、)．]|第\d+")
"""How questions, parts and answers to choose from begin: no text, whose lines one would hold together."""


def reach_of(sheet: Sheet, slot: Slot, start: int, stop: int) -> tuple[float, float]:
    """From where to where characters of a printed line reach, about: as they do in the type of the body."""
    x0, x1, whole = (text_width(slot.hint[:end], sheet.body) for end in (start, stop, len(slot.hint)))
    at = (slot.right - slot.left) / max(whole, 1)
    return slot.left + at * x0, slot.left + at * x1


def passages(sheet: Sheet) -> list[list[Slot]]:
    """The printed texts of a sheet, each the lines that stand below each other."""
    found: list[list[Slot]] = []
    for slot in sheet.slots:
        if slot.kind != "text" or len(slot.hint) <= PROSE:
            continue
        above = found[-1][-1] if found else None
        near = above and 0 < slot.top - above.top < LEADING * sheet.unit
        if above and near and abs(slot.left - above.left) < 3 * sheet.unit:
            found[-1].append(slot)
        else:
            found.append([slot])
    return found


def texts_of(sheet: Sheet) -> list[list[Slot]]:
    """The passages that are there to be read: no headings, no questions, nothing to fill in among them."""
    places = [slot for slot in sheet.slots if slot.kind not in ("text", "key")]
    found = []
    for lines in passages(sheet):
        top, floor = lines[0].top, lines[-1].bottom
        left, right = min(one.left for one in lines) - BESIDE * sheet.unit, max(one.right for one in lines)
        asks = any(ASKS.match(one.hint) or is_heading(one, sheet.unit) for one in lines) or any(
            one.left < right and left < one.right and one.top < floor and top < one.bottom for one in places
        )
        if len(lines) > 1 and not asks:
            found.append(lines)
    return found


def hold_together(writer: Writer) -> None:
    """Braces, brackets or bars beside some lines of texts, and what those are about."""
    rng, sheet, unit = writer.rng, writer.sheet, writer.sheet.unit
    how, left_of = choose(rng, HOLDS), rng.random() < 0.6
    for lines in texts_of(sheet):
        if rng.random() > EMBRACED:
            continue
        first = int(rng.integers(0, len(lines) - 1))
        held = lines[first : first + int(rng.integers(2, 7))]
        top = held[0].top + rng.normal(0, 0.2) * unit
        bottom = held[-1].bottom + rng.normal(0.1, 0.2) * unit
        edge = min(slot.left for slot in held) if left_of else max(slot.right for slot in held)
        side = -1 if left_of else 1
        x = edge + side * rng.uniform(-0.1, 0.5) * unit  # some cut the first letters
        _hold(writer, how, (x, top, bottom), side)


def _hold(writer: Writer, how: str, at: tuple[float, float, float], side: int) -> None:
    """One brace, bracket or bar from top to bottom at ``at`` (x, top, bottom), open to the text."""
    rng, unit, (x, top, bottom) = writer.rng, writer.sheet.unit, at
    deep = side * rng.uniform(0.25, 0.6) * unit
    across, down = [0.0, 0.6, 0.55, 1.0, 0.55, 0.6, 0.0], [0.0, 0.08, 0.42, 0.5, 0.58, 0.92, 1.0]
    if how == "bracket":
        across, down = [0.0, 0.9, 0.9, 1.0, 0.9, 0.9, 0.0], [0.0, 0.01, 0.01, 0.5, 0.99, 0.99, 1.0]
    elif how == "bar":
        across, down = [0.5, 0.5, 0.5], [0.0, 0.5, 1.0]
    lean = rng.normal(0, 0.15) * unit * (np.array(down) - 0.5)
    xs = x + deep * np.array(across) + lean + rng.normal(0, 0.03, len(down)) * unit
    ys = top + (bottom - top) * np.array(down)
    marks.draw_stroke(writer.canvas, rng, list(zip(xs.tolist(), ys.tolist(), strict=True)), writer.pen_px)
