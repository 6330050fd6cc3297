"""Pieces of pages with figures: questions on them, figures to write beside, rows of small ones."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from restorekit.synthesis.printing.answer_room import put_room
from restorekit.synthesis.printing.blocks import put_lines
from restorekit.synthesis.printing.choices import Answers, choice_around
from restorekit.synthesis.printing.figures import (
    FIGURES,
    Figure,
    able_figures,
    pick_figure,
    questions_on,
)
from restorekit.synthesis.printing.geometry import polygon_alone
from restorekit.synthesis.printing.observed import OBSERVABLE, Observable, ask_about
from restorekit.synthesis.printing.questions import TRIES, instruct, numbered
from restorekit.synthesis.printing.reproduced import reproduce
from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.texts.grammar import expand
from restorekit.synthesis.texts.topics import fits, subject
from restorekit.synthesis.textures import Rng

OBSERVED = 0.8
"""The share of the questions with figures to choose from, in science, that are on what goes on in these."""
WHERE = "mathematics_1 mathematics_2_rectangles mathematics_2_percent mathematics_2_figures science_2_forces"
"""The topics with figures that something is to be worked out from."""
SLIP = 4
"""So many times too large or too small a wrong answer may be."""


class Shown(NamedTuple):
    """A figure that is asked about, its question and the symbol of that, in pixels its left edge and size."""

    figure: Figure
    see: str
    text: str
    x: float
    width: float
    height: float


def choice_shown(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A question about a figure with four numbers to choose from, the figure between them."""
    able = [one for one in OBSERVABLE if one in able_figures(sheet, sheet.topic)]
    counted = fits(sheet.topic, WHERE)
    if subject(sheet.topic) == "science" and able and (not counted or rng.random() < OBSERVED):
        return _choice_observed(sheet, rng, left, right, y, able[int(rng.integers(0, len(able)))])
    about = _centred(sheet, rng, left, right, numeric=True)

    def between(sheet: Sheet, rng: Rng, y: float) -> tuple[float, Answers]:
        floor, working = _show(sheet, rng, about, y)
        answer = working.rpartition("=")[2]
        return floor, Answers(answer, _others(rng, answer, working.partition("\n")[0]))

    return choice_around(sheet, rng, left, right, y, about.text, between)


def _choice_observed(sheet: Sheet, rng: Rng, left: float, right: float, y: float, seen: Observable) -> float:
    """Which of four statements is true of the figure above them."""
    width = min(0.95 * (right - left), sheet.unit * rng.uniform(11, 20))
    height = min(0.6 * width, sheet.unit * rng.uniform(4.5, 8))
    x = left + (right - left - width) * float(rng.choice([0.3, 0.5, 0.5, 0.9]))

    def between(sheet: Sheet, rng: Rng, y: float) -> tuple[float, Answers]:
        asked = ask_about(sheet, rng, seen, (x, y + 0.5 * sheet.unit, width, height))
        reproduce(sheet, rng, x, y + 0.5 * sheet.unit, width, height)
        return y + height + 1.1 * sheet.unit, asked

    return choice_around(sheet, rng, left, right, y, expand(rng, sheet.language, "which_seen"), between)


def _others(rng: Rng, answer: str, working: str = "") -> tuple[str, str, str]:
    """Three numbers for one that is right: what other signs in its ``working`` give, else numbers near it.

    All have as many places behind the point, and those near it are as round.
    """
    places = len(answer.partition(".")[2])
    right = round(float(answer) * 10**places)
    whole = next((one for one in (100, 50, 10, 5) if right and right % one == 0 and right >= 2 * one), 1)
    steps = (-3, -2, -1, 1, 2, 3, 4, 5)
    near = [right + whole * step for step in steps if right < 0 or right + whole * step > 0]
    slips = [] if places else _slips(working, right)
    wrong = dict.fromkeys([*rng.permutation(slips).tolist(), *rng.permutation(near).tolist()])
    first, second, third = (f"{one / 10**places:.{places}f}" for one in list(wrong)[:3])
    return first, second, third


def _slips(working: str, right: int) -> list[int]:
    """What comes out where two of a sum's numbers are taken with another sign, or it is not halved."""
    numbers = [int(one) for one in re.findall(r"\d+", working)]
    found = {2 * right} if working.endswith("÷2") else set[int]()
    for a, b in itertools.combinations(numbers, 2):
        found |= {a + b, abs(a - b), a * b}
    return sorted(one for one in found - {right} if right / SLIP <= one <= SLIP * right)


def figured(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A question about a figure to the right of it, and room for the workings below it."""
    width = min(0.4 * (right - left), sheet.unit * rng.uniform(6, 11))
    height, x = width * rng.uniform(0.6, 0.95), right - width
    about = _about(sheet, rng, x, width, height)
    least = FIGURES[about.figure]  # what has no room there takes more
    width = min(0.6 * (right - left), max(width, least.across * sheet.unit))
    x = right - width
    about = about._replace(x=x, width=width, height=max(height, least.down * sheet.unit))
    text = f"{numbered(sheet, rng)}{about.text}"
    end, working = _show(sheet, rng, about, y + 0.2 * sheet.unit)
    floor = put_lines(sheet, text, left, x - sheet.unit, y, sheet.body)
    bottom = max(floor + sheet.plan.blank * sheet.unit, end)
    sheet.slot("area", left + sheet.unit, floor + 0.5 * sheet.unit, x - sheet.unit, bottom, working)
    return bottom + 0.5 * sheet.unit


def workings_shown(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A question, the figure that it is about below it, and blank paper below that, from its last line on."""
    about = _centred(sheet, rng, left, right)
    text = f"{numbered(sheet, rng)}{about.text}"
    y = put_lines(sheet, text, left, right, y, sheet.body)
    floor, working = _show(sheet, rng, about, y)
    bottom = floor + sheet.plan.blank * sheet.unit
    top = floor - sheet.unit * rng.uniform(0, 1)
    sheet.slot("area", left + sheet.unit, top, right, bottom, working)
    return bottom


def _about(sheet: Sheet, rng: Rng, x: float, width: float, height: float, *, numeric: bool = False) -> Shown:
    """A figure for a box, and a question about it, not yet asked as far as there is one."""
    for _ in range(TRIES):
        figure = pick_figure(sheet, rng, width, height, numeric=numeric)
        able = questions_on(sheet, figure, numeric=numeric)
        see = able[int(rng.integers(0, len(able)))]
        text = expand(rng, sheet.language, see)
        if text not in sheet.asked:
            break
    sheet.asked.add(text)
    return Shown(figure, see, text, x, width, height)


def _centred(sheet: Sheet, rng: Rng, left: float, right: float, *, numeric: bool = False) -> Shown:
    """The same of a box across the middle of a column."""
    width = min(0.95 * (right - left), sheet.unit * rng.uniform(7, 20))
    height = min(width * rng.uniform(0.4, 0.8), sheet.unit * rng.uniform(5, 9))
    about = _about(sheet, rng, left, width, height, numeric=numeric)
    least = FIGURES[about.figure]
    width = min(0.95 * (right - left), max(width, least.across * sheet.unit))
    x = left + (right - left - width) * float(rng.choice([0.3, 0.5, 0.5, 0.9]))
    return about._replace(x=x, width=width, height=max(height, least.down * sheet.unit))


def _show(sheet: Sheet, rng: Rng, about: Shown, y: float) -> tuple[float, str]:
    """Draw a figure; returns where it ends and how it is worked out."""
    figure, see, _, x, width, height = about
    y += 0.5 * sheet.unit
    readings = figure(sheet, rng, x, y, width, height) or {}
    reproduce(sheet, rng, x, y, width, height)
    return y + height + 0.8 * sheet.unit, "\n".join(readings.get(see, ()))


def pictures(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """How many corners have these shapes? A row of them, and room for a number below each."""
    kind = sheet.body._replace(spacing=0.0)
    asked = instruct(sheet, rng, "see_corners")
    if not asked:
        return y
    y = put_lines(sheet, asked, left, right, y, kind)
    count = int(rng.integers(2, 6))
    step = (right - left) / count
    side = min(0.8 * step, sheet.unit * rng.uniform(3, 6))
    top = y + 0.5 * kind.size
    floor = top + side + 1.3 * kind.size
    for place in range(count):
        x = left + place * step
        corners = polygon_alone(sheet, rng, x, top, side, side)
        room = put_room(sheet, rng, x + 0.3 * side, floor, kind)
        sheet.slot("gap", room.left, floor - 0.9 * kind.size, room.right, floor, str(corners))
    return floor + 0.5 * kind.size
