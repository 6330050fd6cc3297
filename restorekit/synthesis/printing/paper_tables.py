"""Blocks of whole papers in rows and columns: sums, terms, tables, words in squares or to be joined."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np

from restorekit.synthesis.printing.blocks import LINE
from restorekit.synthesis.printing.paper_lines import CLOSE, Room, Style, line_width, put_line
from restorekit.synthesis.printing.sheets import Sheet, Type, hairline, put_text, rule, text_width
from restorekit.synthesis.printing.signs import MINUS
from restorekit.synthesis.printing.type_plan import columns_of
from restorekit.synthesis.texts.whole_papers import Block, pieces_of
from restorekit.synthesis.textures import Rng

APART = 3
"""At most so many words to choose from are framed each by itself."""


SIGN = re.compile(r"(?<=[\d)\]])([-+−×÷=·])(?=[\d(\[])")
"""A sign between two numbers or blanks."""


def evenly(count: int, columns: int) -> int:
    """How many of at most so many ``columns`` leave no row nearly empty."""
    return -(-count // -(-count // columns))


def rows(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    """Sums in columns, each with its blank, or room right of its equals sign."""
    kind = _set_as(sheet, style)
    em, left = kind.size, left + kind.size
    texts = [item for line in block.lines for item in line.split(" | ")]
    items = [pieces_of(apart(text) if style.spaced else text) for text in texts]
    open_ = [
        len(line) == 2 and line[0].text.rstrip().endswith("=") and line[1].kind == "blank" for line in items
    ]
    widest = max(
        line_width(sheet, line[:1] if free else line, kind) + (2.5 if free else 1.0) * em
        for line, free in zip(items, open_, strict=True)
    )
    columns = min(columns_of(sheet.plan._replace(columns=5), right - left, widest), len(items))
    columns = evenly(len(items), min(columns, max(2, sheet.plan.columns + 1)))
    step, leading = (right - left) / columns, max(CLOSE, 0.9 * sheet.plan.rows) * em
    leading += 0.8 * em * any(piece.kind == "fraction" for line in items for piece in line)
    for place, (line, free) in enumerate(zip(items, open_, strict=True)):
        x = left + step * (place % columns)
        y += leading * (place % columns == 0)
        if free:
            end = put_text(sheet, x, y, line[0].text, kind, slot=False)
            top = y - min(1.2 * em, 0.55 * leading)
            sheet.slot("sum", end + 0.1 * em, top, x + step, y, line[1].text)
        else:
            put_line(sheet, rng, line, (x, y), Room(x, x, x + step, leading), kind)
    return y + 0.5 * em


def apart(text: str) -> str:
    """A sum with room around its signs."""
    return SIGN.sub(lambda sign: f" {sign[1].replace('-', MINUS)} ", text)


def _set_as(sheet: Sheet, style: Style) -> Type:
    """How sums are printed on a paper: as the text is, or bold or smaller."""
    kind = sheet.body._replace(spacing=0.0, size=max(9, round(style.small * sheet.body.size)))
    return kind._replace(path=sheet.head.path, latin=sheet.head.latin) if style.bold else kind


def terms(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    """Terms to be worked out beside each other, blank paper below each."""
    kind, em = sheet.body, sheet.body.size
    items = [item.partition(" => ") for line in block.lines for item in line.split(" | ")]
    lines = [(pieces_of(term), steps.split("; ")) for term, _, steps in items]
    widest = max(line_width(sheet, line, kind) for line, _ in lines) + 2 * em
    columns = min(columns_of(sheet.plan, right - left, max(widest, 9 * em)), len(lines), 3)
    step = (right - left) / columns
    for first in range(0, len(lines), columns):
        y += (1.6 + 0.5 * any(piece.kind == "fraction" for line, _ in lines for piece in line)) * em
        row = lines[first : first + columns]
        tall = em * style.bare * (max(map(_lines_down, (steps for _, steps in row))) + 0.6)
        for place, (line, steps) in enumerate(row):
            x = left + place * step
            put_line(sheet, rng, line, (x, y), Room(x, x, x + step, 1.6 * em), kind)
            sheet.slot("area", x, y + 0.3 * em, x + step - em, y + tall, "\n".join(steps))
        y += tall
    return y + 0.3 * em


def _lines_down(steps: list[str]) -> float:
    """How many ems a working takes: one with fractions half as much again."""
    return LINE * sum(1.6 if "⁄" in step else 1.0 for step in steps)


def table(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    """A table; cells that are blanks alone are filled in."""
    kind = sheet.body._replace(spacing=0.0)
    em = kind.size
    cells = [[pieces_of(cell) for cell in line.split(" | ")] for line in block.lines]
    widths = [
        max(line_width(sheet, row[at], kind) if at < len(row) else 0.0 for row in cells) + 1.2 * em
        for at in range(len(cells[0]))
    ]
    widths = [widths[0], *[max(widths[1:])] * (len(widths) - 1)]
    stretch = (right - left) / sum(widths)
    stretch = min(stretch, float(rng.uniform(1.0, 1.6))) if stretch > 1 else stretch
    small = kind._replace(size=max(8, int(em * min(1.0, stretch))))
    edges = left + stretch * np.concatenate([[0.0], np.cumsum(widths)])
    edges += 0.5 * float(rng.choice([0, 1])) * max(0.0, right - edges[-1])
    tall, top = em * max(1.7, 0.95 * sheet.plan.rows), y + 0.5 * em
    for row, line in enumerate(cells):
        floor = top + (row + 0.5) * tall + 0.36 * em
        for at, cell in enumerate(line):
            x0, x1 = float(edges[at]), float(edges[at + 1])
            if len(cell) == 1 and cell[0].kind == "blank":
                sheet.slot("gap", x0 + 0.1 * em, floor - 1.1 * em, x1 - 0.1 * em, floor, cell[0].text)
                continue
            x = x0 + max(0.1 * em, 0.5 * (x1 - x0 - line_width(sheet, cell, small)))
            put_line(sheet, rng, cell, (x, floor), Room(x, x, float("inf"), tall), small)
    for level in top + tall * np.arange(len(cells) + 1):
        rule(sheet, float(edges[0]), level, float(edges[-1]), level)
    for x in edges.tolist():
        rule(sheet, x, top, x, top + len(cells) * tall)
    return top + len(cells) * tall + 0.5 * em


def words(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    """Words to choose from, in a frame, or two or three in brackets, or framed each as the page has rooms."""
    kind, em = sheet.body, sheet.body.size
    words = block.lines[0].split(" | ")
    if len(words) <= APART and sheet.plan.lines in ("dashed", "box"):
        return _framed_apart(sheet, words, left, y)
    if len(words) <= APART:
        put_text(sheet, left + 1.5 * em, y + 1.3 * em, f"({' / '.join(words)})", kind, slot=False)
        return y + 1.7 * em
    top, pad = y + 0.6 * em, 0.8 * em
    x, y = left + pad, top + 1.4 * em
    for word in words:
        if x + text_width(word, kind) > right - pad and x > left + pad:
            x, y = left + pad, y + 1.5 * em
        x = put_text(sheet, x, y, word, kind, slot=False) + 1.6 * em
    box = [left, top, right, y + 0.6 * em]
    sheet.draw.rectangle(box, outline=sheet.colour, width=sheet.rule_px)
    return y + em


def _framed_apart(sheet: Sheet, words: list[str], left: float, y: float) -> float:
    """Words beside each other, each amid a frame of the width of the longest."""
    kind, em = sheet.body, sheet.body.size
    wide = max(text_width(word, kind) for word in words) + 1.4 * em
    top, floor, x = y + 0.5 * em, y + 2.1 * em, left + 1.5 * em
    for word in words:
        corners = [(x, top), (x + wide, top), (x + wide, floor), (x, floor), (x, top)]
        for one, other in pairwise(corners):
            rule(sheet, *one, *other, dashed=sheet.plan.lines == "dashed")
        put_text(sheet, x + 0.5 * (wide - text_width(word, kind)), floor - 0.5 * em, word, kind, slot=False)
        x += wide + em
    return floor + 0.6 * em


def pinyin(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    """How words are read, and below that a square for each of their characters."""
    kind, em = sheet.body, sheet.body.size
    small = kind._replace(path="print/la_sans_regular.ttf", latin="", size=round(0.85 * em), spacing=0.0)
    thin = hairline(0.6, sheet.colour)
    x, y = left + 0.5 * em, y + 1.2 * em
    pairs = [pair.partition("=") for pair in block.lines[0].split(" | ")]
    longest = max(text_width(one, small) for read, _, _ in pairs for one in read.split(" "))
    side = max(1.9 * em, longest + 0.15 * em)
    for read, _, characters in pairs:
        wide = side * len(characters)
        if x + wide > right:
            x, y = left + 0.5 * em, y + side + 1.6 * em
        syllables = read.split(" ")
        for place, syllable in enumerate(syllables):
            middle = x + (place + 0.5) * wide / len(syllables)
            put_text(sheet, middle - 0.5 * text_width(syllable, small), y, syllable, small, slot=False)
        top = y + 0.35 * em
        for place, character in enumerate(characters):
            at = x + place * side
            sheet.draw.rectangle([at, top, at + side, top + side], outline=sheet.colour, width=sheet.rule_px)
            rule(sheet, at + side / 2, top, at + side / 2, top + side, dashed=True, thin=thin)
            rule(sheet, at, top + side / 2, at + side, top + side / 2, dashed=True, thin=thin)
            sheet.slot("cell", at + 0.12 * side, top, at + side, top + 0.85 * side, character)
        x += wide + 1.1 * em
    return y + side + 0.9 * em


def match(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    """What belongs together in two columns, to be joined by lines."""
    kind, em = sheet.body, sheet.body.size
    pairs = [line.split(" = ") for line in block.lines]
    step = 1.7 * em
    middle = left + max(0.45 * (right - left), max(text_width(one, kind) for one, _ in pairs) + 5 * em)
    floors = [int(y + step * (place + 1)) for place in range(len(pairs))]
    turned = int(rng.integers(1, max(2, len(pairs))))
    order = [(place + turned) % len(pairs) for place in range(len(pairs))]
    order[:2] = order[1::-1]
    for place, (one, other) in enumerate(pairs):
        floor, opposite = floors[place], floors[order[place]]
        end = put_text(sheet, left + em, floor, one, kind)
        put_text(sheet, middle, opposite, other, kind)
        low, high = sorted((floor, opposite))
        hint = "up" if opposite < floor else "down"
        sheet.slot("match", end + 4, low - 0.35 * em, middle - 4, high - 0.3 * em + 1, hint)
    return floors[-1] + 0.7 * em
