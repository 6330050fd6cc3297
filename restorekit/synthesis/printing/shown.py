"""Pieces of pages with figures: questions on them, figures to write beside, rows of small ones."""

from __future__ import annotations

from restorekit.synthesis.printing.blocks import choice_around, put_lines
from restorekit.synthesis.printing.figures import draw_figure
from restorekit.synthesis.printing.questions import ask
from restorekit.synthesis.printing.sheets import Sheet, put_text
from restorekit.synthesis.textures import Rng

NOTED = 0.3
"""The share of asked figures that pupils write on: most write below or beside them."""


def choice_shown(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A question with four answers to choose from, and a figure between them."""
    return choice_around(sheet, rng, left, right, y, centred_figure)


def figured(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A problem with its drawing to the right of it, and room for the workings below it."""
    width = min(0.4 * (right - left), sheet.unit * rng.uniform(6, 11))
    height, x = width * rng.uniform(0.6, 0.95), right - width
    asked = ask(sheet, rng, y, room=True)
    text = f"{sheet.next_question(rng)}. {asked.text}"
    draw_figure(sheet, rng, x, y + 0.7 * sheet.unit, width, height, asked=True)
    write_on_figure(sheet, rng, x, y + 0.7 * sheet.unit, width, height)
    floor = put_lines(sheet, text, left, x - sheet.unit, y, sheet.body)
    bottom = max(floor + sheet.unit * rng.uniform(3, 8), y + height + sheet.unit)
    working = "\n".join(asked.working)
    sheet.slot("area", left + sheet.unit, floor + 0.5 * sheet.unit, x - sheet.unit, bottom, working)
    return bottom + 0.5 * sheet.unit


def workings_shown(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A problem, a figure below it, and blank paper below that, from its last line on."""
    asked = ask(sheet, rng, y, room=True)
    text = f"{sheet.next_question(rng)}. {asked.text}"
    floor = centred_figure(sheet, rng, left, right, put_lines(sheet, text, left, right, y, sheet.body))
    bottom = floor + sheet.unit * rng.uniform(3, 8)
    top = floor - sheet.unit * rng.uniform(0, 1)
    sheet.slot("area", left + sheet.unit, top, right, bottom, "\n".join(asked.working))
    return bottom


def centred_figure(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A figure across the middle of a column, now and then to be written on; returns where it ends."""
    width = min(0.95 * (right - left), sheet.unit * rng.uniform(7, 20))
    height = min(width * rng.uniform(0.4, 0.8), sheet.unit * rng.uniform(5, 9))
    x, top = left + (right - left - width) * float(rng.choice([0.3, 0.5, 0.5, 0.9])), y + 0.5 * sheet.unit
    draw_figure(sheet, rng, x, top, width, height, asked=True)
    write_on_figure(sheet, rng, x, top, width, height)
    return top + height + 0.5 * sheet.unit


def write_on_figure(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    """Note places in a figure where pupils put a length, an angle or a letter while they work."""
    if rng.random() > NOTED:
        return
    for _ in range(int(rng.integers(1, 4))):
        left, floor = x + width * rng.uniform(0.1, 0.85), y + height * rng.uniform(0.2, 0.95)
        hint = str(rng.choice([f"{rng.integers(2, 40)}", f"{5 * rng.integers(4, 25)}°", "x", "a", "1", "2"]))
        sheet.slot("gap", left, floor - 0.9 * sheet.unit, left + 1.8 * sheet.unit, floor, hint)


def figure(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A drawing, left or right, with room to write beside it where the sheet asks for anything."""
    width = min(right - left, sheet.unit * rng.uniform(5, 18))
    height = min(width * rng.uniform(0.5, 0.95), sheet.unit * rng.uniform(5, 11))
    x = right - width if rng.random() < 0.5 else left
    top = y + 0.6 * sheet.unit
    draw_figure(sheet, rng, x, top, width, height)
    if sheet.questions and x > left:
        sheet.slot("area", left, top, x - sheet.unit, top + height)
    elif sheet.questions:
        sheet.slot("area", x + width + sheet.unit, top, right, top + height)
    return top + height + 0.8 * sheet.unit


def pictures(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A row of small drawings with letters or blanks below: which picture shows it?"""
    kind = sheet.body._replace(spacing=0.0)
    count = int(rng.integers(2, 6))
    step = (right - left) / count
    side = min(0.8 * step, sheet.unit * rng.uniform(3, 8))
    top = y + 0.5 * kind.size
    floor = top + side + 1.3 * kind.size
    for place in range(count):
        x = left + place * step
        draw_figure(sheet, rng, x, top, side, side)
        label = ("ABCDE"[place] + ".") if rng.random() < 0.7 else "(    )"
        end = put_text(sheet, x + 0.3 * side, floor, label, kind, slot=False)
        empty = label[0] == "("
        count_of = str(int(rng.integers(1, 10))) if empty else ""
        sheet.slot(
            "gap" if empty else "option", x + 0.3 * side, floor - 0.9 * kind.size, end, floor, count_of
        )
    return floor + 0.5 * kind.size
