"""The score at the head of a page: figures as large as some lines of print, ringed or ruled off."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.corrections import is_inked
from restorekit.synthesis.handwriting.points import parts_of
from restorekit.synthesis.handwriting.questions import HEADING, LARGER
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Slot
from restorekit.synthesis.textures import Rng, choose, log_uniform

INTO_BLANK = 0.8
"""The share of the scores that stand in the blank for them, where there is one."""
BY_PARTS = 0.7
"""The share of the teachers who enter the points of each part where there is a box or a table for them."""
AS = {"whole": 0.82, "of": 0.08, "grade": 0.1}
"""How teachers put a score: in points, out of all points, or as a grade."""
LETTERS = ("A+", "A", "A-", "B+", "B", "B-", "C")
GRADES = {"ru": ("5+", "5", "5-", "4", "4-", "3", "2"), "de": ("1", "1-", "2", "2-", "3", "4", "5")}
"""Grades from the best down, where they are no letters; each is a fifteenth of the points below the last."""
SIZES, IN_BLANK = (1.6, 3.6), (1.3, 2.6)
"""How tall scores are at the head of a page, and in a blank, in ems of the print."""
LESS = 0.75
"""A score is by so much smaller where it finds no bare paper at the head of a page; or there is none."""
HEAD = 0.25
"""The share of a page that is its head: what its first page has there, a title or blanks for a name."""
AROUND = 0.45
"""How much paper is bare round a score, by its height: a ring or a line under it has room there."""
ROUND = {"none": 0.3, "ring": 0.2, "once": 0.15, "twice": 0.25, "zigzag": 0.1}
"""What is drawn at a score: a ring, one line under it, two, or two without lifting the pen."""


def write_score(teacher: Writer, share: float, written: np.ndarray | None = None) -> None:
    """Write what a page is worth, ``share`` of the points in [0, 1], in its blank or at its head.

    ``written`` is uint8 ``(H, W)`` coverage of what was written, which is left free as print is.
    """
    rng = teacher.rng
    blank = next((slot for slot in teacher.sheet.slots if slot.kind == "score" and not slot.hint), None)
    blank = blank if rng.random() < INTO_BLANK else None
    size = teacher.sheet.unit * log_uniform(rng, *(IN_BLANK if blank else SIZES))
    points = int(np.clip(round(100 * share), 10, 100))
    text = _put(rng, points, GRADES.get(teacher.sheet.language, LETTERS))
    room = teacher.reach(text) * size
    if blank:
        slack = max(0.0, blank.right - blank.left - room)
        left, floor = blank.left + rng.uniform(0, 0.7) * slack, blank.bottom + rng.normal(0, 0.1) * size
    else:
        for _ in range(3):
            place = _at_head(teacher, size, room, written)
            if place:
                break
            size, room = LESS * size, LESS * room
        else:
            return
        left, floor = place
    stop = teacher.write(text, left, floor, size)
    if stop > left:
        _finish(teacher, (left, floor - size, stop, floor), size)


def write_points(
    teacher: Writer, lost: dict[Slot, int], points: int, written: np.ndarray | None = None
) -> int:
    """Enter the points of parts in their boxes and in the table of them; returns what all parts add up to.

    Most teachers do so where there are any; parts of which a page says nothing earn most of their points.

    Args:
        teacher: who.
        lost: the points that answers cost.
        points: what the page is worth, which is returned where there is no table.
        written: uint8 ``(H, W)`` coverage of what was written.
    """
    rng, sheet = teacher.rng, teacher.sheet
    cells = [slot for slot in sheet.slots if slot.kind == "score" and slot.hint.isdecimal()]
    parts = [part for part in parts_of(sheet) if part.whole]
    if rng.random() >= BY_PARTS:
        return points
    earned = [max(0, part.whole - sum(lost.get(slot, 0) for slot in part.answers)) for part in parts]
    for part, one in zip(parts, earned, strict=True):
        if part.box:
            _enter(teacher, part.box, one)
    if not cells:
        return points
    later = [round(int(cell.hint) * rng.uniform(0.7, 1)) for cell in cells[len(earned) :]]
    for cell, one in zip(cells, earned + later, strict=False):
        _enter(teacher, cell, one)
    return min(100, sum((earned + later)[: len(cells)]))


def _enter(teacher: Writer, box: Slot, points: int) -> None:
    """Write points about in the middle of a box or of a cell of a table."""
    rng, text = teacher.rng, str(points)
    size = (box.bottom - box.top) * rng.uniform(0.9, 1.25)
    free = box.right - box.left - teacher.reach(text) * size
    floor = box.bottom + (rng.uniform(-0.1, 0.12) - 0.05) * size
    teacher.write(text, box.left + rng.uniform(0.3, 0.7) * free, floor, size)


def _put(rng: Rng, points: int, grades: tuple[str, ...]) -> str:
    """So many points of a hundred, as one of the teachers writes them; ``grades`` from the best down."""
    way = choose(rng, AS)
    if way == "of":
        whole = int(rng.choice([100, 50, 20, 10]))
        return f"{round(points * whole / 100)}/{whole}"
    if way == "grade":
        return grades[min(len(grades) - 1, (100 - points) // 7)]
    return str(points)


def _finish(teacher: Writer, box: tuple[float, float, float, float], size: float) -> None:
    """Ring a score that stands in a box (left, top, right, bottom), rule it off, or leave it."""
    rng, canvas, pen = teacher.rng, teacher.canvas, teacher.pen_px
    left, _, stop, floor = box
    way, y = choose(rng, ROUND), floor + rng.uniform(0.08, 0.2) * size
    (x0, x1), rise = (left, stop) + rng.normal(0, 0.15, 2) * size, rng.uniform(0, 0.12) * (stop - left)
    gap = rng.uniform(0.08, 0.2) * size
    if way == "ring":
        marks.circle(canvas, rng, box, pen)
    elif way == "zigzag":
        ends = [
            (x0, y),
            (x1, y - rise),
            (x1, y - rise),
            (x0 + 0.1 * size, y + gap),
            (x0 + 0.1 * size, y + gap),
        ]
        marks.draw_stroke(canvas, rng, [*ends, (x1 - 0.1 * size, y + gap - rise)], pen)
    elif way in ("once", "twice"):
        for below in (0.0, gap)[: 1 + (way == "twice")]:
            marks.line(canvas, rng, x0 + rng.normal(0, 0.1) * size, y + below, x1, y + below - rise, pen)


def _at_head(
    teacher: Writer, size: float, room: float, written: np.ndarray | None
) -> tuple[float, float] | None:
    """Where a score stands at the head of a first page: after the title or the name, or in a bare corner."""
    rng, sheet, unit = teacher.rng, teacher.sheet, teacher.sheet.unit
    head = [slot for slot in sheet.slots if slot.bottom < HEAD * sheet.height]
    titles = [
        slot
        for slot in head
        if slot.kind == "text" and slot.bottom - slot.top > LARGER * unit and not HEADING.match(slot.hint)
    ]
    names = [slot for slot in head if slot.kind in ("field", "score")]
    if sheet.slots and not titles and not names:  # a later page
        return None
    beside = titles[:1] + sorted(names, key=lambda slot: slot.right)[-1:]
    places = [
        (slot.right + rng.uniform(0.6, 3) * unit, slot.bottom + rng.uniform(0, 0.3) * size) for slot in beside
    ]
    edge, top = rng.uniform(0.04, 0.09, 2) * (sheet.width, sheet.height)
    right = sheet.width - edge - room
    corners = [(right, top + size), (right, top + 2 * size), (edge, top + size)]
    around = AROUND * size
    for x, y in [places[place] for place in rng.permutation(len(places))] + corners:
        if not taken(teacher, written, (x - around, y - size - around, x + room + around, y + around)):
            return x, y
    return None


def taken(teacher: Writer, written: np.ndarray | None, box: tuple[float, float, float, float]) -> bool:
    """Whether print, marks or what was written is in a box (left, top, right, bottom), or the paper ends."""
    return is_inked(written, box) or is_inked(teacher.canvas, box) or teacher.printed(*box)
