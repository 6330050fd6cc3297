"""Printed flow charts: words in boxes, level or upright, joined by thin arrows with words beside them."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

import numpy as np

from restorekit.synthesis.printing.curves import (
    arrow,
    curves,
    line_width,
    put_label,
    row_of_words,
    short_word,
    small_type,
)
from restorekit.synthesis.printing.geometry import Readings
from restorekit.synthesis.printing.sheets import Sheet, put_text, text_width
from restorekit.synthesis.textures import Rng

TRIES = 16
"""Charts are laid out so many times at most to find one whose steps have one order."""
EMPTY = 0.1
"""The share of boxes left empty, to be filled in."""


class Node(NamedTuple):
    """A box, or a word without one: its words, and its middle and size in pixels."""

    words: str
    x: float
    y: float
    width: float
    height: float
    boxed: bool = True
    upright: bool = False

    @property
    def left(self) -> float:
        """Where arrows enter."""
        return self.x - 0.5 * self.width

    @property
    def right(self) -> float:
        """Where arrows leave."""
        return self.x + 0.5 * self.width


def flow_chart(
    sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float, *, ordered: bool = False
) -> Readings:
    """Two to five columns of one or two boxes from left to right; things enter and leave above and below.

    An ``ordered`` one has its boxes in one row, three steps or more, which are read from it; where it has no
    room for that, nothing is drawn.
    """
    line = line_width(sheet, rng)
    for _ in range(TRIES):
        columns = _columns(sheet, rng, x, y, width, height)
        steps = tuple(node.words for column in columns for node in column)
        told = len(columns) == len(set(steps)) == len(steps) > 2 and all(steps)
        if told or not ordered:
            break
    else:
        return {}
    round_corners, hollow = bool(rng.random() < 0.25), bool(rng.random() < 0.3)
    for column in columns:
        for node in column:
            _draw_node(sheet, node, line, round_corners=round_corners)
    for before, after in zip(columns[:-1], columns[1:], strict=True):
        _join(sheet, rng, before, after, line, hollow=hollow, named=not ordered)
    for column in columns[1:]:
        if rng.random() < 0.5 and not ordered:
            _pass_through(sheet, rng, column, y, height, line, hollow=hollow)
    return {"order_flow": steps} if told else {}


def _columns(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> list[list[Node]]:
    """Boxes with the words in them, in columns as far as the room allows."""
    kind = small_type(sheet)
    em, eastern = kind.size, sheet.language in ("zh", "ja")
    count = int(rng.integers(3, 6))
    gap = em * rng.uniform(1.6, 3.2)
    columns: list[list[tuple[str, bool, float, float, bool]]] = []
    used, steps = 0.0, iter(row_of_words(sheet, rng, "process"))
    for place in range(count):
        sized = []
        boxes = 2 if rng.random() < 0.4 and height > 5 * em else 1
        for words in islice(steps, boxes):
            upright = eastern and 2 <= len(words) <= 4 and not words.isascii() and rng.random() < 0.4
            tall = (1.1 * len(words) + 0.4) * em
            words = words if rng.random() > EMPTY else ""
            upright = upright and bool(words) and tall < (0.45 if boxes == 2 else 0.9) * height
            wide = 1.5 * em if upright else max(2 * em, text_width(words, kind) + 0.8 * em)
            tall = tall if upright else 1.6 * em
            boxed = not words or bool(rng.random() < (0.85 if 0 < place < count - 1 else 0.65))
            sized.append((words, upright, wide, tall, boxed))
        reach = max((each[2] for each in sized), default=np.inf)
        if used + reach > width:  # what has no room is left out, and there may be no more steps
            break
        used += reach + gap
        columns.append(sized)
    spread = max(gap, gap + (width - used + gap) / max(1, len(columns) - 1) * rng.uniform(0, 1))
    nodes, at = [], x
    for sized in columns:
        reach = max(each[2] for each in sized)
        levels = (0.24, 0.76) if len(sized) == 2 else (0.5,)
        nodes.append(
            [
                Node(words, at + 0.5 * reach, y + level * height, wide, tall, boxed, upright)
                for level, (words, upright, wide, tall, boxed) in zip(levels, sized, strict=True)
            ]
        )
        at += reach + min(spread, 5 * em)
    return nodes


def _draw_node(sheet: Sheet, node: Node, line: float, *, round_corners: bool) -> None:
    kind = small_type(sheet)
    em = kind.size
    if node.boxed:
        a, b, c, d = node.left, node.y - 0.5 * node.height, node.right, node.y + 0.5 * node.height
        corner = 0.35 * em if round_corners else 0.0
        turn = np.linspace(0, 0.5 * np.pi, 6 if corner else 2)
        inner = (
            (c - corner, d - corner),
            (a + corner, d - corner),
            (a + corner, b + corner),
            (c - corner, b + corner),
        )
        quarters = [
            np.column_stack([u + corner * np.cos(turn + at), v + corner * np.sin(turn + at)])
            for at, (u, v) in zip(np.arange(4) * 0.5 * np.pi, inner, strict=True)
        ]
        path = np.concatenate(quarters)
        curves(sheet, [np.concatenate([path, path[:1]])], line)
    if node.upright:
        first = node.y - 0.5 * 1.1 * em * len(node.words) + 0.93 * em
        for place, character in enumerate(node.words):
            put_text(sheet, node.x - 0.5 * em, first + 1.1 * em * place, character, kind, slot=False)
    elif node.words:
        put_label(sheet, node.x, node.y + 0.36 * em, node.words, kind)
    elif node.boxed:
        sheet.slot("gap", node.left, node.y - 0.4 * node.height, node.right, node.y + 0.4 * node.height)


def _join(
    sheet: Sheet, rng: Rng, before: list[Node], after: list[Node], line: float, *, hollow: bool, named: bool
) -> None:
    """Arrows from each box of a column to the next, parting or meeting on the way, some ``named``."""
    kind = small_type(sheet)
    pad = 0.15 * kind.size
    start, stop = max(node.right for node in before) + pad, min(node.left for node in after) - pad
    middle = start + (stop - start) * 0.45
    for place in range(max(len(before), len(after))):
        one, two = before[place % len(before)], after[place % len(after)]
        a, b = one.right + pad * (not one.boxed), two.left - pad * (not two.boxed)
        path = [(a, one.y), (b, two.y)]
        if abs(one.y - two.y) > 1:
            path = [(a, one.y), (middle, one.y), (middle, two.y), (b, two.y)]
        arrow(sheet, path, line, hollow=hollow)
    if named and len(before) == len(after) == 1 and rng.random() < 0.6:
        room = after[0].left - before[0].right
        word = short_word(sheet, rng, 0.9 * room, kind, 0.4)
        at = 0.5 * (before[0].right + after[0].left)
        put_label(sheet, at, before[0].y - 0.3 * kind.size, word, kind)


def _pass_through(
    sheet: Sheet, rng: Rng, column: list[Node], y: float, height: float, line: float, *, hollow: bool
) -> None:
    """What comes into a column from above, or leaves it below, at the end of an arrow of its own."""
    kind = small_type(sheet)
    em = kind.size
    up = rng.random() < 0.5
    node = column[0] if up else column[-1]
    edge = node.y - 0.5 * node.height if up else node.y + 0.5 * node.height
    far = max(y + 1.1 * em, edge - 2.5 * em) if up else min(y + height - 1.1 * em, edge + 2.5 * em)
    if abs(far - edge) < 0.7 * em:
        return
    ends = [(node.x, far), (node.x, edge)]
    arrow(sheet, ends if rng.random() < 0.5 else ends[::-1], line, hollow=hollow)
    word = short_word(sheet, rng, max(node.width + em, 3 * em), kind, 0.5)
    put_label(sheet, node.x, far - 0.25 * em if up else far + em, word, kind)
