"""The pieces notes are made of. Each is written from the next line on, as far as there are lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from restorekit.synthesis.handwriting.columns import room_for, write_columns
from restorekit.synthesis.handwriting.formulas import formula, tall, write_formula
from restorekit.synthesis.handwriting.note_drawings import DRAWINGS, arrow, frame
from restorekit.synthesis.handwriting.note_taker import Notes
from restorekit.synthesis.handwriting.steps import draw_braces, fold, plain, write_step
from restorekit.synthesis.handwriting.writer import BAR, Writer
from restorekit.synthesis.printing.questions import ask
from restorekit.synthesis.strokes import draw_path
from restorekit.synthesis.texts import notes_on, phrases
from restorekit.synthesis.texts.columns import any_columns
from restorekit.synthesis.texts.grammar import part_of
from restorekit.synthesis.texts.topics import subject
from restorekit.synthesis.texts.workings import any_working, as_written
from restorekit.synthesis.textures import choose


def heading(notes: Notes) -> None:
    """A heading: in another pen, underlined, numbered or boxed."""
    rng, writer = notes.rng, notes.accent
    if notes.y > notes.ruling.first + notes.ruling.pitch and rng.random() < max(0.5, notes.skips):
        notes.rows(1)
    if notes.full:
        return
    text = phrases.shorten(notes_on.title(rng, notes.language, notes.topic), notes.room(notes.ruling.left))
    if not writer.hand.ink and rng.random() < 0.4:
        notes.number += 1
        text = f"{notes.numbering.format(notes.number)} {text}"
    centred = rng.random() < 0.3
    wide = len(text) * notes.reach * writer.size
    left = notes.ruling.left + (max(0.0, notes.ruling.right - notes.ruling.left - wide) / 2 if centred else 0)
    y = notes.y
    end = notes.line(text, left, replace(writer, size=writer.size * rng.uniform(1.0, 1.2)))
    if end < left + writer.size:  # no room for it
        return
    if rng.random() < 0.65:
        notes.underline(notes.accent if rng.random() < 0.4 else writer, left, end, y)
    elif rng.random() < 0.3:
        pad = 0.3 * writer.size
        frame(notes.accent, (left - pad, y - 1.1 * writer.size, end + pad, y + 0.45 * writer.size))


def prose(notes: Notes) -> None:
    """A paragraph."""
    first = notes.indent if notes.rng.random() < 0.75 else 0.0
    text = notes.fresh(lambda: notes_on.paragraph(notes.rng, notes.language, notes.topic))
    notes.text(text, notes.ruling.left, first)


def bullets(notes: Notes) -> None:
    """A list, dashed or numbered, now and then one of its own below an item."""
    rng, left = notes.rng, notes.ruling.left + notes.indent * notes.rng.uniform(0, 1)
    numbered, writer = rng.random() < 0.3, notes.accent if rng.random() < 0.3 else notes.main
    for place in range(1, int(rng.integers(3, 8))):
        deeper = notes.indent * (place > 1 and not numbered and rng.random() < 0.25)
        _item(notes, notes.numbering.format(place) if numbered else notes.bullet, left + deeper, writer)
        if notes.full:
            return


def _item(notes: Notes, sign: str, left: float, writer: Writer) -> None:
    rng, size = notes.rng, writer.size
    if notes.full:
        return
    y = notes.y + writer.hand.sit * size
    text = left + 1.1 * size
    if sign == "•":
        draw_path(writer.canvas, np.array([[left + 0.3 * size, y - 0.25 * size]]), np.array([0.22 * size]))
    else:
        text = max(text, write_formula(writer, sign, left, y, size) + 0.2 * size)
    if notes.sums and rng.random() < 0.18:
        _set_formula(notes, text, writer)
        return
    short = rng.random() < (0.15 if notes.sums else 0.35)
    said = notes_on.word if short else notes_on.sentence
    content = notes.fresh(lambda: said(rng, notes.language, notes.topic))
    end = notes.text(content, text, 0.0, writer)
    if short and rng.random() < 0.3:
        _aside(notes, end)


def _aside(notes: Notes, end: float) -> None:
    """An arrow behind what was written last, and a remark or a formula, often in another pen."""
    rng, writer = notes.rng, notes.accent
    size, y = writer.size, notes.y - notes.ruling.pitch
    start = end + 2.6 * size
    room = int((notes.ruling.right - start) / size / notes.reach)
    sums = notes.sums and rng.random() < 0.7
    if room < (12 if sums else 4):
        return
    arrow(writer, end + 0.5 * size, y - 0.25 * size, start - 0.4 * size, y - 0.25 * size)
    if sums:
        write_formula(writer, formula(rng, subject(notes.topic)), start, y, 0.85 * size)
    else:
        writer.write(
            phrases.shorten(notes_on.word(rng, notes.language, notes.topic), room), start, y, 0.9 * size
        )


def definition(notes: Notes) -> None:
    """A term, underlined or in another pen, and what it is."""
    rng, writer = notes.rng, notes.accent
    left, y = notes.ruling.left, notes.y
    if notes.full:
        return
    term, meaning = notes.fresh(lambda: notes_on.definition(rng, notes.language, notes.topic))
    term = phrases.shorten(term, notes.room(left) // 3)
    mark = str(rng.choice([" -", ":", " ="]))
    end = notes.put(writer, term + mark, left, y)
    if rng.random() < 0.5:
        notes.underline(writer, left, end, y)
    first = end + 0.5 * writer.size - left - notes.hanging
    notes.text(meaning, left + notes.hanging, first)


def _set_formula(notes: Notes, left: float, writer: Writer) -> float:
    """A formula on the next line, or the next two where it is tall; returns where it ends."""
    text = notes.fresh(lambda: formula(notes.rng, subject(notes.topic)))
    size = writer.size
    high = tall(text) and notes.ruling.pitch < 1.9 * size
    notes.rows(0.5 * high)
    end = write_formula(writer, text, left, notes.y + 0.5 * writer.hand.sit * size, size)
    if end < notes.ruling.right - 8 * size and notes.rng.random() < 0.15:
        notes.rows(1)
        _aside(notes, end)
        notes.rows(-1)
    notes.rows(1 + 0.5 * high)
    return end


def formulas(notes: Notes) -> None:
    """One to four formulas set off, the last of them boxed now and then."""
    rng, writer = notes.rng, notes.accent if notes.rng.random() < 0.35 else notes.main
    left = notes.ruling.left + (notes.ruling.right - notes.ruling.left) * rng.uniform(0.05, 0.4)
    boxed = rng.random() < 0.3
    apart = (boxed or rng.random() < 0.45) and notes.ruling.pitch < 1.5 * writer.size
    for place in range(int(rng.integers(1, 5))):
        notes.rows(apart and place > 0)
        if notes.full:
            return
        y = notes.y
        end = _set_formula(notes, left, writer)
    if boxed:
        pad = 0.4 * writer.size
        frame(
            notes.accent, (left - pad, y - 1.2 * writer.size, end + pad, notes.y - 0.55 * notes.ruling.pitch)
        )


def working(notes: Notes) -> None:
    """A sum worked out, or a proof, line by line, in one column or two."""
    rng, by, size = notes.rng, notes.main, notes.main.size
    left, top, ends = notes.ruling.left + notes.indent, notes.y, list[float]()
    if rng.random() < IN_COLUMNS.get(part_of(notes.topic)[0], 0.0):
        _stacks(notes, by)
        return
    columns = 2 if rng.random() < 0.3 else 1
    for column in range(columns):
        notes.y = top
        x = left + column * (notes.ruling.right - left) * 0.5
        right = x + (notes.ruling.right - left) / columns
        lines, rows = any_working(rng, notes.language, notes.topic), list[float]()
        lines = as_written(rng, notes.language, lines)
        lines = fold(by, lines, 0.95 * (right - x))
        for text in lines:
            high = 0.5 * ("⁄" in text and notes.ruling.pitch < 1.9 * size)
            notes.rows(high)
            if notes.full:
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
        ends.append(notes.y)
        if rng.random() < 0.35 and not notes.full:
            notes.underline(notes.accent, x, end, notes.y - notes.ruling.pitch)
        if max(by.reach(plain(text)) for text in lines) * by.size > 0.85 * (right - x):
            break  # no room for another column
    notes.y = max(ends)


def _stacks(notes: Notes, writer: Writer) -> None:
    """Sums in columns beside each other, one to four."""
    rng, ruling, top, square = notes.rng, notes.ruling, notes.y, notes.square
    x, floor = ruling.left + notes.indent * rng.uniform(0, 1), top
    for _ in range(int(rng.integers(1, 5))):
        layout = any_columns(rng)
        wide, tall = room_for(writer, layout, square)
        if x + wide > ruling.right or top + tall > ruling.last + ruling.pitch:
            break
        start = ruling.nearest(x, top)[0] if square else x
        floor = max(floor, write_columns(writer, layout, start, top, square))
        x += wide + rng.uniform(0.5, 3) * writer.size
    notes.y = top + np.ceil((floor - top) / ruling.pitch + 1) * ruling.pitch if floor > top else top


def task(notes: Notes) -> None:
    """A task's number, what is asked, the working and the answer."""
    rng, left, sheet = notes.rng, notes.ruling.left, notes.main.sheet
    if notes.full:
        return
    asked = ask(sheet, rng, notes.ruling.left, notes.ruling.right, notes.y)
    notes.number += 1
    writer = notes.accent if rng.random() < 0.3 else notes.main
    y = notes.y + writer.hand.sit * writer.size
    start = writer.write(notes.numbering.format(notes.number), left, y) + 0.6 * writer.size
    text = asked.before + (asked.answer + asked.after if asked.after else "")
    hanging = left + notes.hanging
    notes.text(text, hanging, max(start - hanging, 0.0))
    for line in as_written(rng, notes.language, list(asked.working)) if asked.working else ():
        if notes.full:
            return
        y = notes.y
        end = notes.line(line, left + notes.indent)
    if asked.working and rng.random() < 0.4:
        notes.underline(notes.accent, left + notes.indent, end, y)


def drawing(notes: Notes) -> None:
    """A drawing between the lines, now and then words beside it."""
    rng, writer = notes.rng, notes.accent if notes.rng.random() < 0.3 else notes.main
    fitting = DRAWN.get(subject(notes.topic), tuple(DRAWINGS))
    name = choose(rng, {key: DRAWINGS[key][2] for key in fitting})
    draw, ems, _ = DRAWINGS[name]
    rows = int(np.ceil(ems * rng.uniform(0.85, 1.3) * writer.size / notes.ruling.pitch))
    top = notes.y - 0.6 * notes.ruling.pitch
    bottom = top + rows * notes.ruling.pitch
    if bottom > notes.ruling.last:
        return
    width = notes.ruling.right - notes.ruling.left
    left = notes.ruling.left + width * rng.uniform(0.0, 0.2)
    draw(writer, (left, top, left + width * rng.uniform(0.6, 0.8), bottom))
    notes.rows(rows + (rng.random() < 0.5))


IN_COLUMNS = {"mathematics_1": 0.6, "mathematics_2": 0.12, "science_2": 0.06}
"""The share of the sums worked out in columns, by the topic."""
DRAWN = {
    "language": ("flow", "table", "tree"),
    "mathematics": ("curve", "figure", "matrix", "table"),
    "science": ("lattice", "flow", "table", "curve", "tree"),
}
"""The drawings in notes on a subject."""
PIECES: dict[str, Callable[[Notes], None]] = {
    "heading": heading,
    "prose": prose,
    "bullets": bullets,
    "definition": definition,
    "formula": formulas,
    "working": working,
    "task": task,
    "drawing": drawing,
}
