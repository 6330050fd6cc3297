"""Blocks of whole papers whose pieces are joined: chains of boxes and arrows, a brace with what it holds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from restorekit.synthesis.printing.curves import arc, arrow, brace, curves, line_width, put_label, small_type
from restorekit.synthesis.printing.paper_lines import Room, Style, put_line
from restorekit.synthesis.printing.paper_lines import line_width as reach_of
from restorekit.synthesis.printing.sheets import Sheet, put_text, text_width
from restorekit.synthesis.texts.whole_papers import Block, Piece, pieces_of
from restorekit.synthesis.textures import Rng

SHAPES = {"box": 0.4, "round": 0.2, "oval": 0.2, "": 0.2}
"""What is around the things of a chain."""
BLANK = 3.0
"""How wide a blank in a chain is at least, in ems."""


class Link(NamedTuple):
    """A thing in a chain, and what is written over the arrow that leads to it."""

    over: str
    line: list[Piece]


def links_of(text: str) -> list[Link]:
    """The things of a chain, ``a | (over) | b``: what is in brackets belongs to the arrow."""
    found, over = list[Link](), ""
    for item in text.split(" | "):
        if item[0] == "(" and item[-1] == ")":
            over = item[1:-1].replace("-", "−")
        else:
            found.append(Link(over, pieces_of(item)))
            over = ""
    return found


def chain(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    """Things joined by arrows, some of them blanks; long chains go on in a line below."""
    kind = sheet.body._replace(spacing=0.0)
    em, small, line = kind.size, small_type(sheet), line_width(sheet, rng)
    shape, hollow, gap = style.links, bool(rng.random() < 0.5), rng.uniform(1.7, 3.0)
    pad, tall = (0.5 if shape else 0.15) * em, 1.7 * em
    x, middle = left + em, y + 0.5 * tall + 0.8 * em
    for place, (over, pieces) in enumerate(links_of(block.lines[0])):
        blank = len(pieces) == 1 and pieces[0].kind == "blank"
        wide = max(BLANK * em, 1.4 * text_width(pieces[0].text, kind) + em) if blank else 0.0
        wide = wide or reach_of(sheet, pieces, kind) + 2 * pad
        long = max(gap * em, text_width(over, small) + 0.8 * em) * bool(place)
        if x + long + wide > right and place:
            x, middle = left + em, middle + tall + 1.2 * em
        if place:
            arrow(sheet, [(x + 0.15 * em, middle), (x + long - 0.15 * em, middle)], line, hollow=hollow)
            put_label(sheet, x + 0.5 * long, middle - 0.3 * em, over, small)
            x += long
        _frame(sheet, shape or "box" * blank, (x, middle - 0.5 * tall, x + wide, middle + 0.5 * tall), line)
        floor = middle + 0.36 * em
        if blank:
            sheet.slot("gap", x + 0.15 * em, floor - em, x + wide - 0.15 * em, floor, pieces[0].text)
        else:
            put_line(sheet, rng, pieces, (x + pad, floor), Room(x, x, float("inf"), tall), kind)
        x += wide
    return middle + 0.5 * tall + 0.5 * em


def _frame(sheet: Sheet, shape: str, box: tuple[float, float, float, float], line: float) -> None:
    a, b, c, d = box
    if not shape:
        return
    if shape == "oval":
        ring = arc(0, 0, 1) * (0.5 * (c - a), 0.5 * (d - b)) + (0.5 * (a + c), 0.5 * (b + d))
        curves(sheet, [np.concatenate([ring, ring[:1]])], line)
        return
    corner = 0.35 * (d - b) if shape == "round" else 0.0
    turns = (
        (c - corner, d - corner),
        (a + corner, d - corner),
        (a + corner, b + corner),
        (c - corner, b + corner),
    )
    path = np.concatenate(
        [arc(*at, corner, 0.5 * np.pi * place, 0.5 * np.pi * (place + 1)) for place, at in enumerate(turns)]
    )
    curves(sheet, [np.concatenate([path, path[:1]])], line)


def tree(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    """A word, a tall brace, and below each other what it holds."""
    kind, line = sheet.body._replace(spacing=0.0), line_width(sheet, rng)
    em, leading = kind.size, max(1.8, sheet.plan.leading) * kind.size
    root, *leaves = block.lines[0].split(" | ")
    start = left + 1.5 * em + text_width(root, kind)
    top, floor = y + 0.7 * em, y + 0.5 * em + leading * len(leaves)
    put_text(sheet, left + em, 0.5 * (top + floor) + 0.36 * em, root, kind)
    curved = brace(top, floor, start + 0.9 * em, 0.7 * em, angular=bool(rng.random() < 0.2))
    curves(sheet, [curved[:, ::-1]], line)
    for place, leaf in enumerate(leaves):
        x, level = start + 1.5 * em, y + leading * (place + 1)
        put_line(sheet, rng, pieces_of(leaf), (x, level), Room(x, x, right, leading), kind)
    return floor + 0.5 * em
