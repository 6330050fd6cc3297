"""What goes where a sheet is blank: workings beside their questions or below them, and blots."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.columns import room_for, write_columns
from restorekit.synthesis.handwriting.steps import draw_braces, fold, indents, plain, write_step
from restorekit.synthesis.handwriting.strikes import strike_out
from restorekit.synthesis.handwriting.writer import CLOSER, Writer
from restorekit.synthesis.printing.sheets import Slot
from restorekit.synthesis.texts.columns import Layout, columns_for
from restorekit.synthesis.texts.slips import STRUCK
from restorekit.synthesis.texts.topics import subject
from restorekit.synthesis.texts.workings import any_working, as_written
from restorekit.synthesis.textures import Rng, choose, log_uniform

BARE = 0.004
"""A square of one em is blank where less than this share of it is print or ink."""
NEAR = 4
"""Workings stand within so many ems of the line where their question begins, up or down the sheet."""
INDENT = 5.0
"""How far workings are set in from what is asked, in ems of the print: a writer does so all down a sheet, by
``Hand.rests``."""
DOWN, BESIDE = 4.0, 0.3
"""How far a line away seems, and as much along the line from its beginning: workings follow what is asked."""
SMALLER = (1.0, 0.85, 0.72)
"""How large asides are by the writer's size; the next where there is no room for those before."""
IN_HEAD = 0.04
"""The chance of workings beside a question to be begun that is not answered in the end."""
WORKINGS = (0.4, 0.9, 1.0)
"""The share of the answered questions that writers work out beside them: some do so in their heads."""
STACKS = 0.4
"""The share of those who work out sums in columns on the sheet rather than in a line."""
IN_MIND = 60
"""One sum with numbers up to so much is done without writing, or in columns."""
INTO_PRINT = 0.25
"""How much less room than they need takes in workings of those who do not care: they run into print."""
CARELESS = 0.6
"""Writers who care less than that, by ``Hand.loose``, do so."""
LABEL, HANG = 0.25, 0.4
"""In rows of so many ems labels of a figure are looked for in what share of the area below it."""
LEADING = (1.35, 1.75)
"""How far apart the lines of a working are, by the size of the writing: figures are as tall as that."""
LEAST = 0.75
"""Who has little room writes smaller, down to this share of the usual size."""
IN_WORDS = {"mathematics": 0.0, "science": 0.85, "language": 1.0, "": 0.4}
"""The share of the blank areas of unknown use that take words, by the subject of the paper."""
SKETCHES = 0.15
"""The share of the rest of these that take a drawing."""
SUMS = {"line": 0.45, "steps": 0.12, "result": 0.18, "columns": 0.25}
"""How writers put down one sum that is asked for in words, by how many have it as their way: in one line, its
result in the next one, the result alone, or in columns where there is room."""
ONE_SUM = re.compile(r"\d+ ?[-−+×÷·:] ?\d+\n=[^=\n]+")
ANSWERS = ("gap", "sum", "field", "cell", "judge", "line", "area")


def work_out_beside(writer: Writer, answered: set[Slot]) -> None:
    """Work out some of the questions, each in the blank place nearest to it.

    Args:
        writer: who; the sheet's places are filled in already.
        answered: the places whose answers are there.
    """
    rng, bare, share = writer.rng, _bare(writer), WORKINGS[int(writer.rng.integers(0, len(WORKINGS)))]
    stacks = rng.random() < STACKS
    for place, slot in enumerate(writer.sheet.slots):
        if slot.kind != "aside":
            continue
        answer = next((one for one in writer.sheet.slots[place:] if one.kind == "gap"), slot)
        if rng.random() < share * (1.0 if answer in answered else IN_HEAD):
            lines = as_written(rng, writer.sheet.language, slot.hint.split("\n"))
            layout = columns_for(slot.hint.split("\n")[0].removeprefix("x=")) if stacks else None
            stacked = layout is not None and _stack_beside(writer, slot, layout, bare)
            if not stacked and not done_in_head(slot.hint):
                _write_beside(writer, slot, lines, bare)


def done_in_head(hint: str) -> bool:
    """Whether a working is no more than one sum of small numbers, which to put down again is no help."""
    alone = re.fullmatch(r"(?:x=)?\d+[-+×÷]\d+(?:\n?=\d+(?:\(\w+\))?)?", hint.replace(" ", ""))
    return bool(alone) and max(map(int, re.findall(r"\d+", hint))) <= IN_MIND


def _stack_beside(writer: Writer, slot: Slot, layout: Layout, bare: np.ndarray) -> bool:
    """Work out a sum in columns in the blank place nearest to ``slot``; whether there is one."""
    unit = writer.sheet.unit
    for smaller in SMALLER:
        small = replace(writer, size=smaller * writer.size)
        across, down = (int(np.ceil(long / unit)) for long in room_for(small, layout))
        corner = _nearest(writer.rng, bare, slot, unit, (across, down))
        if corner:
            column, row = corner
            bare[row : row + down, column : column + across] = False
            write_columns(small, layout, (column + 0.3) * unit, row * unit + 1.1 * small.size)
            return True
    return False


def _write_beside(writer: Writer, slot: Slot, lines: list[str], bare: np.ndarray) -> bool:
    """Write lines below each other in the blank place nearest to ``slot`` in its column, if there is one.

    Returns:
        Whether there is one.
    """
    rng, unit = writer.rng, writer.sheet.unit
    for smaller in SMALLER:
        small = replace(writer, size=smaller * writer.size)
        leading = small.size * rng.uniform(*LEADING)
        starts = indents(small, lines)
        needed = (
            (max(map(float.__add__, starts, map(small.reach, lines))) + 1.2) * small.size,
            (len(lines) - 1) * leading + 1.7 * small.size,
        )
        less = 1 - INTO_PRINT * (writer.hand.loose > CARELESS)
        across, down = int(np.ceil(less * needed[0] / unit)) + 1, int(np.ceil(less * needed[1] / unit))
        corner = _nearest(rng, bare, slot, unit, (across, down))
        if corner:
            column, row = corner
            bare[row : row + down, column : column + across] = False
            left, y = (column + 0.5) * unit, row * unit + 1.2 * small.size
            until = (column + across) * unit if less == 1 else float("inf")
            for line, start in zip(lines, starts, strict=True):
                write_step(replace(small, until=until), line, left + start * small.size, y)
                y += leading
            return True
    return False


def _bare(writer: Writer) -> np.ndarray:
    """The squares of one em that are blank and that no answer is awaited in: bool ``(rows, columns)``."""
    sheet = writer.sheet
    size = (max(1, sheet.width // sheet.unit), max(1, sheet.height // sheet.unit))
    taken = cv2.threshold(np.asarray(sheet.image.convert("L")), 190, 255, cv2.THRESH_BINARY_INV)[1]
    taken = cv2.max(taken, writer.canvas)
    for slot in sheet.slots:
        if slot.kind in ANSWERS:
            right = min(slot.right, slot.left + 4 * sheet.unit) if slot.kind == "sum" else slot.right
            taken[max(0, slot.top) : slot.bottom, max(0, slot.left) : right] = 255
    return np.asarray(cv2.resize(taken, size, interpolation=cv2.INTER_AREA) < 255 * BARE)


def _nearest(
    rng: Rng, bare: np.ndarray, slot: Slot, unit: int, size: tuple[int, int]
) -> tuple[int, int] | None:
    """Column and row of one of the nearest boxes of ``size`` squares, across and down, that are blank."""
    across, down = size
    rows, columns = bare.shape
    first, last = max(0, slot.left // unit), min(columns, slot.right // unit)
    top, floor = max(0, slot.top // unit - 1), min(rows, slot.bottom // unit + NEAR)
    if last - first < across or floor - top < down:
        return None
    full = cv2.integral((~bare[top:floor, first:last]).astype(np.uint8))
    sums = full[down:, across:] - full[:-down, across:] - full[down:, :-across] + full[:-down, :-across]
    ys, xs = np.nonzero(sums == 0)
    if not len(ys):
        return None
    away = DOWN * np.abs(ys + top + 0.5 * down - slot.bottom / unit) + BESIDE * xs
    place = int(np.argmin(away + rng.uniform(0, 3, len(away))))
    return int(xs[place]) + first, int(ys[place]) + top


def fill_area(writer: Writer, slot: Slot) -> None:
    """A sum worked out in a blank area, smaller where that is small; words or any sum where none is known."""
    rng, sheet = writer.rng, writer.sheet
    if re.search(r"[^\W\d_]{2}", slot.hint):  # words, which others read
        writer = writer.spelling
    writer = replace(writer, until=float(slot.right))
    indent = (INDENT * writer.hand.rests + rng.normal(0, 0.25)) * sheet.unit
    x, floor = slot.left + min(max(0.0, indent), 0.25 * (slot.right - slot.left)), _floor_of(writer, slot)
    slot = slot._replace(top=_below_labels(writer, slot, x))
    if not slot.hint and rng.random() < IN_WORDS[subject(sheet.topic)]:
        _tell(writer, slot, x, floor)
        return
    tall, room = slot.bottom - slot.top, slot.right - x - writer.size
    worked = _worked(writer, slot.hint)
    struck = {line[1:] for line in worked if line.startswith(STRUCK)}
    worked = [line.removeprefix(STRUCK) for line in worked]
    if ONE_SUM.fullmatch("\n".join(worked)):
        way = way_with_sums(writer.hand.style)
        if way == "columns" and _in_columns(writer, slot, columns_for(slot.hint.split("\n")[0]), x):
            return
        worked = _put_down(worked, way)
    lines, leading = fold(writer, worked, room), rng.uniform(*LEADING)
    smallest = LEAST * writer.size
    lines = _as_room_is(lines, 1 + int(max(0.0, floor - slot.top - 1.2 * smallest) / (leading * smallest)))
    ems = 0.3 + sum(leading + 1.2 * ("⁄" in text) + 0.6 * ("√" in text) for text in lines)
    starts = indents(writer, lines)
    reach = max(map(float.__add__, starts, (writer.reach(plain(text)) for text in lines)))
    fitting = min(tall / ems, room / CLOSER / reach)
    narrow = room / CLOSER / reach / writer.size < LEAST  # what stands beside it is left free
    least = SMALLER[-1] * LEAST if narrow else LEAST
    by = replace(writer, size=float(np.clip(fitting, least * writer.size, writer.size)))
    y = slot.top + 1.2 * by.size
    if not slot.hint and rng.random() < SKETCHES and tall > 5 * by.size:
        marks.sketch(writer.canvas, rng, (x, y, x + 5 * by.size, y + 3.5 * by.size), writer.pen_px)
        return
    rows: list[float] = []
    for text, start in zip(lines, starts, strict=True):
        high = by.size * (0.6 * ("⁄" in text) + 0.3 * ("√" in text))
        if rows and y + high > floor:
            break
        end = write_step(by, text, x + start * by.size, y + high)
        if text in struck:
            box = (x + start * by.size, y + high - 0.55 * by.size, end, y + high - 0.02 * by.size)
            strike_out(writer.canvas, rng, box, writer.pen_px, writer.hand.style)
        rows.append(y)
        y += leading * by.size + 2 * high
    draw_braces(by, lines, x, rows)


@lru_cache(maxsize=256)
def way_with_sums(style: int) -> str:
    """How writer number ``style`` puts down one sum, all over a page: see ``SUMS``."""
    return choose(np.random.default_rng((style, 19)), SUMS)


def _put_down(lines: list[str], way: str) -> list[str]:
    """A sum and its result in two lines, in one, or the result alone with what it is counted in."""
    if way == "steps":
        return lines
    if way == "result":
        return [re.sub(r"\(([^()]+)\)", r" \1", lines[1][1:])]
    return [lines[0] + lines[1]]


def _in_columns(writer: Writer, slot: Slot, layout: Layout | None, x: float) -> bool:
    """Write a sum in columns in an area, smaller where that is small; whether it has room there."""
    if layout is None:
        return False
    for smaller in SMALLER:
        small = replace(writer, size=smaller * writer.size)
        across, down = room_for(small, layout)
        if across <= slot.right - x and down <= slot.bottom - slot.top + 0.5 * writer.sheet.unit:
            write_columns(small, layout, x, slot.top + 1.1 * small.size)
            return True
    return False


def _as_room_is(lines: list[str], rows: int) -> list[str]:
    """The lines of a working in so many rows, those before the result left out where there are too many."""
    if len(lines) <= rows or not lines[-1].startswith("="):
        return lines
    return [*lines[: rows - 1], lines[-1]] if rows > 1 else [lines[0] + lines[-1]]


def _below_labels(writer: Writer, slot: Slot, x: float) -> int:
    """Where an area begins to be blank from ``x`` on: below the labels of a figure that hang into it."""
    step, stop = LABEL * writer.sheet.unit, min(slot.right - LABEL * writer.sheet.unit, x + 9 * writer.size)
    tops = slot.top + step * np.arange(1, HANG * (slot.bottom - slot.top) / step)  # below its border, if any
    hanging = [top for top in tops.tolist() if writer.printed(x, top, stop, top + step)]
    return round(hanging[-1] + step) if hanging else slot.top


def _floor_of(writer: Writer, slot: Slot) -> float:
    """The last row that writing in an area may stand on: above its border, if it has one."""
    unit = writer.sheet.unit
    bordered = writer.printed(slot.left, slot.bottom - 0.3 * unit, slot.right, slot.bottom + 0.3 * unit)
    return slot.bottom + (-0.15 if bordered else 0.3) * writer.size


def _tell(writer: Writer, slot: Slot, x: float, floor: float) -> None:
    """A sentence or some in a blank area."""
    rng, y = writer.rng, slot.top + 1.2 * writer.size
    writer.rest = ""
    while y < min(floor, slot.bottom + 0.1 * writer.size):
        writer.write(writer.next_line(slot.right - x, 8), x + rng.normal(0, 0.06) * writer.size, y)
        y += writer.size * rng.uniform(1.2, 1.7)
        if not writer.rest and rng.random() < 0.3:
            return


def _worked(writer: Writer, hint: str) -> list[str]:
    """The sum that was asked for, worked out, or where none is known any that the topic has."""
    rng, sheet = writer.rng, writer.sheet
    lines = hint.split("\n") if hint else any_working(rng, sheet.language, sheet.topic)
    return as_written(rng, sheet.language, lines)


def drop_blots(writer: Writer, count: int) -> None:
    """Blots anywhere, print below or not."""
    rng, sheet = writer.rng, writer.sheet
    for _ in range(count):
        x, y = rng.uniform(0, sheet.width * 0.85), rng.uniform(0.04, 0.97) * sheet.height
        marks.blot(writer.canvas, rng, x, y, sheet.unit * log_uniform(rng, 0.04, 0.35))
