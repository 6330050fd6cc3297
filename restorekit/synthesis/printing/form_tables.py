"""Tables of forms: heads, rows that are printed or left to be filled in, ticks in columns of their own."""

from __future__ import annotations

from restorekit.synthesis.printing.line_breaks import wrap
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, rule, text_width
from restorekit.synthesis.texts.form_texts import TICKS, Part, form_texts, written
from restorekit.synthesis.textures import Rng

PADDING = 0.45
"""How far print keeps from the rules of its cell, in ems: word processors keep 1.9 mm, half an em."""
SMALLEST = 0.6
"""Tables that are too wide are set smaller, down to this share of the body type, or left out."""
BLANK = 4.5
"""The ems of a column that somebody writes in, at least; of names and the like ``LONG``."""
LONG = {"person": 8.0, "book": 9.0, "phone": 8.0, "date": 5.5, "tick": 3.0, "present": 3.0, "subject": 7.5}
MAYBE = 0.4
"""The share of the cells with a ``?`` that are filled in."""
LEFT_OVER = 0.25
"""The share of the tables with rows left over in which these are crossed out."""
MOST = 12.0
"""Heads longer than so many ems are set in several lines."""
KEPT = ("year", "warming", "begun")
"""What a row takes over from the one above."""


def table(
    sheet: Sheet,
    rng: Rng,
    part: Part,
    left: float,
    right: float,
    y: float,
    tall: float,
    bold: Type,
    facts: dict[str, int],
) -> float:
    """A form's table, rows ``tall`` pixels high; takes and returns what the pieces of ``blocks`` do."""
    fitted = _fit(sheet, rng, part, right - left, bold)
    if not fitted:
        return y
    kind, heads, widths = fitted
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    fixed = next((what for _, what in part.items if what.startswith("*") and "/" in what), "")
    named = fixed[1:].split("/") if fixed else []
    lists = form_texts(sheet.language).lists
    people = len(lists["person"])
    # in no column anything comes twice before all of its list has come once
    orders = [rng.permutation(lists.get(what.strip("*?"), ())).tolist() for _, what in part.items]
    rows = len(named) or (min(part.rows, people) if "*person" in dict(part.items).values() else part.rows)
    filled = rows if fixed else int(rows * rng.uniform(0.3, 1.0))
    lines = max(map(len, heads))
    top = y + 0.7 * sheet.unit
    floors = [top, top + max(tall, (1.25 * lines + 0.7) * kind.size)]
    floors += [floors[1] + tall * (row + 1) for row in range(rows)]
    _frame(sheet, rng, edges, floors)
    strong = kind._replace(path=bold.path, latin=bold.latin)
    for at, head in zip(edges, heads, strict=False):
        for place, line in enumerate(head):
            middle = (floors[0] + floors[1]) / 2 + (1.25 * (place - (len(head) - 1) / 2) + 0.35) * kind.size
            put_text(sheet, at + PADDING * kind.size, middle, line, strong, slot=False)
    for row in range(rows):
        facts = {one: facts[one] for one in KEPT if one in facts}
        chosen = _ticked(rng, part)
        for column, (_, what) in enumerate(part.items):
            cell = (edges[column], floors[row + 1], edges[column + 1], floors[row + 2])
            if what.strip("*?") in TICKS:
                if column in chosen and row < filled:
                    _tick(sheet, kind, cell)
                continue
            maybe = what.endswith("?") and (min(chosen, default=1) > 1 or rng.random() > MAYBE)
            if maybe:
                continue
            if fixed and what == fixed or what == "*n":
                text = named[row] if what == fixed else str(row + 1)
            elif order := orders[column]:
                text = order[row % len(order)]
            else:
                text = written(rng, sheet.language, what.strip("*?"), facts)
            _cell(sheet, kind, cell, text, printed=what.startswith("*"), filled=row < filled)
    _void(sheet, rng, (edges[0], edges[-1]), floors[1:], filled)
    return floors[-1] + 0.2 * sheet.unit


def _void(sheet: Sheet, rng: Rng, sides: tuple[float, float], floors: list[float], filled: int) -> None:
    """A place to cross out all rows that are left over."""
    rows = len(floors) - 1
    if rows - filled > 1 and rng.random() < LEFT_OVER:
        sheet.slot("strike", sides[0], floors[filled] + 2, sides[1], floors[-1] - 2, "rest")


def _fit(
    sheet: Sheet, rng: Rng, part: Part, room: float, bold: Type
) -> tuple[Type, list[list[str]], list[float]] | None:
    """A table's type, its heads as lines, and its columns' widths; None where it is too wide."""
    kind = sheet.body._replace(spacing=0.0)
    while True:
        strong = kind._replace(path=bold.path, latin=bold.latin)
        heads = [wrap(head, strong, MOST * kind.size, sheet.language) for head, _ in part.items]
        around = 2.2 * PADDING * kind.size
        needs = [
            max(_need(kind, what), *(text_width(line, strong) + around for line in head or [""]))
            for head, (_, what) in zip(heads, part.items, strict=True)
        ]
        if sum(needs) <= room:
            break
        if kind.size * 0.93 < max(9.0, SMALLEST * sheet.unit):
            return None
        kind = kind._replace(size=int(kind.size * 0.93))
    # most go from margin to margin; what is written gets the room
    spare = (room - sum(needs)) * (1.0 if rng.random() < 0.7 else rng.uniform(0.1, 0.6))
    shares = [0.3 if what in ("*n", "*1/2/3/4/5/6", "*1/2/3/4/5/6/7") else 1.0 for _, what in part.items]
    widths = [need + spare * share / sum(shares) for need, share in zip(needs, shares, strict=True)]
    return kind, heads, widths


def _need(kind: Type, what: str) -> float:
    """The pixels that a column takes at least."""
    if what.startswith("*") and "/" in what:
        return max(text_width(text, kind) for text in what[1:].split("/")) + 2.2 * PADDING * kind.size
    if what == "*n":
        return 2.2 * kind.size
    return LONG.get(what.strip("*?"), BLANK) * kind.size


def _frame(sheet: Sheet, rng: Rng, edges: list[float], floors: list[float]) -> None:
    """The rules of a table, and now and then a tint behind its heads."""
    if rng.random() < 0.3:
        tint = (int(rng.integers(205, 240)),) * 3
        sheet.draw.rectangle([edges[0], floors[0], edges[-1], floors[1]], fill=tint)
    for floor in floors:
        rule(sheet, edges[0], floor, edges[-1], floor)
    for x in edges if rng.random() < 0.9 else ():
        rule(sheet, x, floors[0], x, floors[-1])


def _ticked(rng: Rng, part: Part) -> set[int]:
    """The columns that are ticked in a row."""
    choices = [column for column, (_, what) in enumerate(part.items) if what == "tick"]
    chosen = {choices[int(rng.integers(0, len(choices)))]} if choices else set()
    return chosen | {
        column for column, (_, what) in enumerate(part.items) if what == "present" and rng.random() < 0.85
    }


def _tick(sheet: Sheet, kind: Type, cell: tuple[float, float, float, float]) -> None:
    """A place for a tick in the middle of a cell."""
    left, top, right, bottom = cell
    x, y, side = (left + right) / 2, (top + bottom) / 2, 0.8 * kind.size
    sheet.slot("box", x - side / 2, y - side / 2, x + side / 2, y + side / 2)


def _cell(
    sheet: Sheet,
    kind: Type,
    cell: tuple[float, float, float, float],
    text: str,
    *,
    printed: bool,
    filled: bool,
) -> None:
    """What is printed in a cell, or a place to write it."""
    left, top, right, bottom = cell
    floor = (top + bottom) / 2 + 0.36 * kind.size
    if printed:
        put_text(sheet, left + PADDING * kind.size, floor, text, kind, slot=False)
    elif filled and text:
        low = min(bottom - 2, floor + 0.15 * kind.size)
        sheet.slot("field", left + 0.2 * kind.size, top + 2, right - 3, low, text)
