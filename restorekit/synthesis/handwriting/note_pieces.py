"""The pieces notes are made of. Each is written from the next line on, as far as there are lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from restorekit.synthesis.handwriting.columns import room_for, write_columns
from restorekit.synthesis.handwriting.formulas import BAR, tall, write_formula
from restorekit.synthesis.handwriting.note_drawings import DRAWINGS, flow, frame, table
from restorekit.synthesis.handwriting.note_taker import Notes
from restorekit.synthesis.handwriting.steps import draw_braces, fold, plain, write_step
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.strokes import draw_path
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.columns import any_columns
from restorekit.synthesis.texts.grammar import part_of
from restorekit.synthesis.texts.whole_notes import Piece
from restorekit.synthesis.texts.workings import any_working, as_written

BOXED = 0.15
"""The share of the formulas, and of the headings that are not underlined, that are boxed."""
CLEAR = 1.4
"""So many ems apart at least are lines that there is room between for a box."""
ROW = 1.7
"""How tall the rows of tables by hand are at least, in ems."""


def title(notes: Notes, text: str) -> None:
    """What stands above a page, larger and mostly in the middle."""
    _headed(notes, text, centred=notes.rng.random() < 0.7, grown=notes.rng.uniform(1.0, 1.3))


def heading(notes: Notes, piece: Piece) -> None:
    """A heading: in another pen, underlined or boxed."""
    if notes.y > notes.ruling.first + notes.ruling.pitch and notes.rng.random() < notes.skips:
        notes.rows(1)
    _headed(notes, piece.lines[0], centred=False, grown=notes.rng.uniform(1.0, 1.15))


def _headed(notes: Notes, text: str, *, centred: bool, grown: float) -> None:
    rng, writer, ruling = notes.rng, notes.accent, notes.ruling
    if notes.full:
        return
    first, y = phrases.shorten(text, notes.room(ruling.left)), notes.y
    wide = len(first) * notes.reach * writer.size
    left = ruling.left + (max(0.0, ruling.right - ruling.left - wide) / 2 if centred else 0)
    end = notes.line(first, left, replace(writer, size=writer.size * grown))
    if end < left + writer.size:  # no room for it
        return
    if rng.random() < notes.underlines:
        notes.underline(notes.accent if rng.random() < 0.4 else writer, left, end, y)
    elif rng.random() < BOXED and not ruling.square and ruling.pitch > CLEAR * writer.size * grown:
        pad = 0.3 * writer.size
        frame(notes.accent, (left - pad, y - 1.1 * writer.size, end + pad, y + 0.45 * writer.size))
    rest = text[len(first) :].lstrip()
    if rest:
        notes.text(rest, ruling.left, 0.0, writer)


def paragraph(notes: Notes, piece: Piece) -> None:
    """A paragraph, set in."""
    notes.text(piece.lines[0], notes.ruling.left, notes.paragraphs)


def line(notes: Notes, piece: Piece) -> None:
    """A line, or as many as it takes."""
    notes.text(piece.lines[0], notes.ruling.left)


def remark(notes: Notes, piece: Piece) -> None:
    """What somebody asks himself, in one of the other pens."""
    notes.text(piece.lines[0], notes.ruling.left, 0.0, notes.accent)


def bullet(notes: Notes, piece: Piece) -> None:
    """What stands behind a dot or another sign."""
    _behind(notes, notes.bullet, piece.lines[0])


def item(notes: Notes, piece: Piece) -> None:
    """What stands behind a number."""
    _behind(notes, notes.numbering.format(piece.number), piece.lines[0])


def _behind(notes: Notes, sign: str, said: str) -> None:
    writer, left = notes.main, notes.ruling.left + notes.set_in
    if notes.full:
        return
    size, y = writer.size, notes.y + writer.hand.sit * writer.size
    text = left + 1.1 * size
    if sign == "•":
        draw_path(writer.canvas, np.array([[left + 0.3 * size, y - 0.25 * size]]), np.array([0.22 * size]))
    else:
        text = max(text, write_formula(writer, sign, left, y, size) + 0.2 * size)
    notes.text(said, text, 0.0, writer)


def definition(notes: Notes, piece: Piece) -> None:
    """A term, underlined or in another pen, and what it is."""
    rng, writer, left = notes.rng, notes.accent, notes.ruling.left
    y = notes.y
    if notes.full:
        return
    term, _, meaning = piece.lines[0].partition(" | ")
    end = notes.put(writer, term + notes.colon, left, y)
    if rng.random() < notes.underlines:
        notes.underline(writer, left, end, y)
    notes.text(meaning, left + notes.hanging, end + 0.5 * writer.size - left - notes.hanging)


def formula(notes: Notes, piece: Piece) -> None:
    """A formula set off on the next line, or the next two where it is tall, now and then boxed."""
    rng, writer = notes.rng, notes.accent if notes.rng.random() < 0.25 else notes.main
    size, text = writer.size, piece.lines[0]
    left = notes.ruling.left + notes.indent * 1.5
    high = tall(text) and notes.ruling.pitch < 1.9 * size
    notes.rows(0.5 * high)
    if notes.full:
        notes.rows(0.5 * high)
        return
    y = notes.y + 0.5 * writer.hand.sit * size
    end = write_formula(writer, text, left, y, size)
    if rng.random() < BOXED and not notes.ruling.square and notes.ruling.pitch > CLEAR * size:
        pad = 0.4 * size
        up, down = (1.7, 1.1) if tall(text) else (1.1, 0.4)
        frame(notes.accent, (left - pad, y - up * size, end + pad, y + down * size))
    notes.rows(1 + 0.5 * high)


def working(notes: Notes, piece: Piece) -> None:
    """A sum worked out, or a proof, line by line."""
    _write_working(notes, piece.lines, notes.ruling.left + notes.indent, notes.ruling.right)


def _write_working(notes: Notes, said: Sequence[str], x: float, right: float) -> None:
    by, rows, end = notes.main, list[float](), x
    lines = fold(by, said, 0.95 * (right - x))
    for text in lines:
        high = 0.5 * ("⁄" in text and notes.ruling.pitch < 1.9 * by.size)
        notes.rows(high)
        if notes.full:
            notes.rows(high)
            break
        rows.append(notes.y)
        if notes.in_squares(text, right - x):
            end = notes.put(by, text, x, notes.y)
        else:
            y, bar = notes.y, BAR * by.size * by.hand.latin * ("⁄" in text)
            if notes.square and bar:  # a figure in the squares above and below a rule of the paper
                y = notes.ruling.nearest(x, y - bar)[1] + bar
            end = write_step(by, text, x, y)
        notes.rows(1 + high)
    draw_braces(by, lines, x, rows)
    if notes.rng.random() < 0.35 and not notes.full:
        notes.underline(notes.accent, x, end, notes.y - notes.ruling.pitch)


def rows_of(notes: Notes, piece: Piece) -> None:
    """A table, its rows a line of the paper tall each or a little more."""
    rows = [row.split(" | ") for row in piece.lines]
    pitch = notes.ruling.pitch
    tall_ = pitch * max(1, int(np.ceil(ROW * notes.main.size / pitch - 0.1)))
    top = notes.y - 0.6 * pitch
    if top + len(rows) * tall_ > notes.ruling.last + 0.5 * pitch:
        notes.y = notes.ruling.last + pitch  # on the next page
        return
    left, right = notes.ruling.left + 0.5 * notes.indent, notes.ruling.right
    table(notes.main, (left, top, right, top + len(rows) * tall_), rows)
    notes.rows(len(rows) * tall_ / pitch + 1)


def arrows(notes: Notes, piece: Piece) -> None:
    """Things in a row, with an arrow from each to the next."""
    rows = int(np.ceil(2.3 * notes.main.size / notes.ruling.pitch))
    top = notes.y - 0.6 * notes.ruling.pitch
    bottom = top + rows * notes.ruling.pitch
    if bottom > notes.ruling.last + notes.ruling.pitch:
        return
    flow(notes.main, (notes.ruling.left, top, notes.ruling.right, bottom), piece.lines[0].split(" → "))
    notes.rows(rows)


def drawing(notes: Notes, piece: Piece) -> None:
    """A drawing between the lines."""
    rng, writer = notes.rng, notes.accent if notes.rng.random() < 0.3 else notes.main
    draw, ems = DRAWINGS[piece.lines[0]]
    rows = int(np.ceil(ems * rng.uniform(0.85, 1.3) * writer.size / notes.ruling.pitch))
    top = notes.y - 0.6 * notes.ruling.pitch
    bottom = top + rows * notes.ruling.pitch
    if bottom > notes.ruling.last:
        return
    width = notes.ruling.right - notes.ruling.left
    left = notes.ruling.left + width * rng.uniform(0.05, 0.2)
    draw(writer, (left, top, left + width * rng.uniform(0.6, 0.8), bottom))
    notes.rows(rows + 1)


def sums(notes: Notes) -> None:
    """Sums of the generator's own worked out behind their numbers, or some in columns."""
    rng, by = notes.rng, notes.main
    left = notes.ruling.left + 1.6 * by.size
    if rng.random() < IN_COLUMNS.get(part_of(notes.topic)[0], 0.0):
        _stacks(notes, by)
        return
    top, ends = notes.y, list[float]()
    columns = 2 if rng.random() < 0.3 else 1
    for column in range(columns):
        notes.y = top
        x = left + column * (notes.ruling.right - left) * 0.5
        right = x + (notes.ruling.right - left) / columns
        if notes.full:
            return
        notes.number += 1
        by.write(notes.numbering.format(notes.number), x - 1.6 * by.size, notes.y + by.hand.sit * by.size)
        lines = as_written(rng, notes.language, any_working(rng, notes.language, notes.topic))
        _write_working(notes, lines, x, right)
        ends.append(notes.y)
        if max(by.reach(plain(text)) for text in lines) * by.size > 0.85 * (right - x):
            break  # no room for another column
    notes.y = max(ends)


def _stacks(notes: Notes, writer: Writer) -> None:
    """Sums in columns beside each other, one to four."""
    rng, ruling, top, square = notes.rng, notes.ruling, notes.y, notes.square
    x, floor = ruling.left + notes.indent * rng.uniform(0, 1), top
    for _ in range(int(rng.integers(1, 5))):
        layout = any_columns(rng)
        wide, deep = room_for(writer, layout, square)
        if x + wide > ruling.right or top + deep > ruling.last + ruling.pitch:
            break
        start = ruling.nearest(x, top)[0] if square else x
        floor = max(floor, write_columns(writer, layout, start, top, square))
        x += wide + rng.uniform(0.5, 3) * writer.size
    notes.y = top + np.ceil((floor - top) / ruling.pitch + 1) * ruling.pitch if floor > top else top


IN_COLUMNS = {"mathematics_1": 0.6, "mathematics_2": 0.12}
"""The share of the sums worked out in columns, by the topic."""
PIECES: dict[str, Callable[[Notes, Piece], None]] = {
    "heading": heading,
    "paragraph": paragraph,
    "line": line,
    "remark": remark,
    "bullet": bullet,
    "item": item,
    "definition": definition,
    "formula": formula,
    "working": working,
    "table": rows_of,
    "flow": arrows,
    "drawing": drawing,
}
"""How each kind of piece is written."""
