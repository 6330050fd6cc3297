"""What readers leave between printed words and around lines: wedges, arrows, braces with a word beside."""

from __future__ import annotations

import re

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Sheet, Slot, text_width
from restorekit.synthesis.texts import notes_on
from restorekit.synthesis.textures import Rng, choose

LEADING = 2.2
"""Lines of one passage are less than so many ems apart."""
PROSE = 16
"""Lines of passages have more characters than that."""
EMBRACED = 0.4
"""The share of the passages of a sheet that are held together, with readers who do that."""
HOLDS = {"brace": 0.4, "bracket": 0.3, "bar": 0.3}
"""What stands beside lines that belong together."""
SAYS = {"nothing": 0.4, "sign": 0.35, "word": 0.25}
"""What is written beside that."""
SIGNS = ("!", "?", "!!", "1", "2", "3")
BETWEEN = re.compile(r"(?<=[^\W\d_])[ ](?=[^\W\d_])|(?<=[一-龥ぁ-ヿ가-힣])(?=[一-龥ぁ-ヿ가-힣])")
"""Where a word may be put in: between two others."""
ABOVE = 0.7
"""How far arrows rise over the letters, in ems: into the line above where leading is tight."""


def reach_of(sheet: Sheet, slot: Slot, start: int, stop: int) -> tuple[float, float]:
    """From where to where characters of a printed line reach, about: as they do in the type of the body."""
    x0, x1, whole = (text_width(slot.hint[:end], sheet.body) for end in (start, stop, len(slot.hint)))
    at = (slot.right - slot.left) / max(whole, 1)
    return slot.left + at * x0, slot.left + at * x1


def _between(rng: Rng, slot: Slot, count: int) -> list[int]:
    """Up to ``count`` places between words of a line, in order."""
    ends = [found.end() for found in BETWEEN.finditer(slot.hint)]
    return sorted(rng.permutation(ends)[:count].tolist())


def put_in(writer: Writer, slot: Slot) -> None:
    """A wedge between two printed words, and the word that is missing there above it, where there is room."""
    rng, unit = writer.rng, writer.sheet.unit
    for at in _between(rng, slot, 1):
        x, y = reach_of(writer.sheet, slot, 0, at)[1], slot.top - 0.05 * unit
        text = notes_on.word(rng, writer.sheet.language, writer.sheet.topic)
        size = float(np.clip(0.6 * writer.size, 0.65 * unit, unit))
        left, right = x - 0.5 * writer.reach(text) * size, x + 0.5 * writer.reach(text) * size
        if writer.printed(left, y - 0.5 * size, right, y) or writer.write(text, left, y, size) == left:
            continue
        low = slot.bottom + rng.uniform(-0.1, 0.2) * unit
        marks.caret(writer.canvas, rng, x, low - 0.4 * unit, 1.2 * unit, writer.pen_px)


def point(writer: Writer, slot: Slot) -> None:
    """An arrow over the letters from one printed word to another that it is about."""
    rng, unit, places = writer.rng, writer.sheet.unit, _between(writer.rng, slot, 2)
    if len(places) < 2:
        return
    x0, x1 = (reach_of(writer.sheet, slot, 0, at)[1] + 0.8 * unit for at in places)
    if rng.random() < 0.5:
        x0, x1 = x1, x0
    top, rise = slot.top + 0.1 * unit, rng.uniform(0.4, 1.0) * ABOVE * unit
    along = np.linspace(0, 1, 9)
    ys = top - 2 * rise * np.sqrt(np.clip(along * (1 - along), 0, None)) + rng.normal(0, 0.03, 9) * unit
    xs = x0 + (x1 - x0) * along
    path = list(zip(xs.tolist(), ys.tolist(), strict=True))
    marks.draw_stroke(writer.canvas, rng, path, writer.pen_px)
    back, barb = (-1 if x1 > x0 else 1), rng.uniform(0.25, 0.45) * unit
    head = [
        (x1 + 1.1 * back * barb, top - 0.9 * barb),
        (x1, top),
        (x1, top),
        (x1 + 0.3 * barb, top - 1.2 * barb),
    ]
    marks.draw_stroke(writer.canvas, rng, head, writer.pen_px)


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


def hold_together(writer: Writer) -> None:
    """Braces, brackets or bars beside some lines of texts, and what those are about."""
    rng, sheet, unit = writer.rng, writer.sheet, writer.sheet.unit
    how, left_of = choose(rng, HOLDS), rng.random() < 0.6
    for lines in passages(sheet):
        if len(lines) < 2 or rng.random() > EMBRACED:
            continue
        first = int(rng.integers(0, len(lines) - 1))
        held = lines[first : first + int(rng.integers(2, 7))]
        top = held[0].top + rng.normal(0, 0.2) * unit
        bottom = held[-1].bottom + rng.normal(0.1, 0.2) * unit
        edge = min(slot.left for slot in held) if left_of else max(slot.right for slot in held)
        side = -1 if left_of else 1
        x = edge + side * rng.uniform(-0.1, 0.5) * unit  # some cut the first letters
        _hold(writer, how, (x, top, bottom), side)
        _say(writer, (x + side * 1.1 * unit, 0.5 * (top + bottom)), left_of=left_of)


def _say(writer: Writer, at: tuple[float, float], *, left_of: bool) -> None:
    """A sign or a word that ends or begins at ``at``, where the paper is bare; or nothing."""
    rng, sheet, (x, middle) = writer.rng, writer.sheet, at
    says, size = choose(rng, SAYS), float(np.clip(writer.size, sheet.unit, 1.6 * sheet.unit))
    if says == "nothing":
        return
    sign = str(rng.choice(SIGNS))
    text = sign if says == "sign" else notes_on.word(rng, sheet.language, sheet.topic)
    room, y = writer.reach(text) * size, middle + 0.4 * size
    x -= room * left_of
    if not writer.printed(x, y - size, x + room, y):
        writer.write(text, x, y, size)


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
