"""Printed drawings: one of any kind for a box, and clocks and number lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from restorekit.synthesis.printing.apparatus import apparatus, circuit
from restorekit.synthesis.printing.charts import bars, pie
from restorekit.synthesis.printing.curves import curves, put_label, small_type
from restorekit.synthesis.printing.flows import flow_chart
from restorekit.synthesis.printing.geometry import (
    Readings,
    circle,
    cuboid,
    isosceles,
    polygon,
    right_triangle,
    ring,
    solid,
    triangle,
)
from restorekit.synthesis.printing.graphs import line_graph
from restorekit.synthesis.printing.segments import segments, things_in_row
from restorekit.synthesis.printing.sheets import Sheet, put_text, rule
from restorekit.synthesis.texts.grammar import rules
from restorekit.synthesis.texts.topics import fits
from restorekit.synthesis.textures import Rng

Figure = Callable[[Sheet, Rng, float, float, float, float], Readings | None]
"""``figure(sheet, rng, x, y, width, height)`` draws in a box, in pixels, and says what is read from it."""


class Room(NamedTuple):
    """How often a figure is drawn where it fits, and where that is.

    Attributes:
        weight: how often, beside the others.
        across, down: the ems that it takes at least.
        where: the topics or subjects whose papers show it, parted by spaces.
        see: the grammar's symbols for questions about it, some of which not every language has.
    """

    weight: float
    across: float = 0.0
    down: float = 0.0
    where: str = ""
    see: tuple[str, ...] = ()


def questions_on(sheet: Sheet, figure: Figure, *, numeric: bool = False) -> list[str]:
    """The grammar's symbols for what the sheet may ask about a figure, with a number for an answer or any."""
    return [
        symbol
        for symbol in FIGURES[figure].see
        if symbol in rules(sheet.language)
        and fits(sheet.topic, WHERE.get(symbol, ""))
        and not (numeric and symbol in IN_WORDS)
    ]


def able_figures(sheet: Sheet, topic: str) -> dict[Figure, Room]:
    """The kinds of figures that a sheet on a topic may show: those that its paper names, if any."""
    named = sheet.given.get("figures", "").split()
    return {
        one: room
        for one, room in FIGURES.items()
        if fits(topic, room.where) and (not named or one.__name__.strip("_") in named)
    }


def pick_figure(sheet: Sheet, rng: Rng, width: float, height: float, *, numeric: bool = False) -> Figure:
    """A kind of figure to ask about, among the sheet's topic's that have room in so many pixels.

    Where the answer is ``numeric`` it is read as a number.
    """
    across, down = width / sheet.unit, height / sheet.unit
    able = able_figures(sheet, sheet.topic)
    fitting = {one: room for one, room in able.items() if questions_on(sheet, one, numeric=numeric)}
    weights = {
        one: room.weight for one, room in fitting.items() if room.across <= across and room.down <= down
    }
    if not weights:  # too small for what the topic shows
        weights = {one: room.weight for one, room in fitting.items()}
    chances = np.array(list(weights.values()))
    return list(weights)[int(rng.choice(len(chances), p=chances / chances.sum()))]


def _clock(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    radius = 0.48 * min(width, height)
    across, down = x + width / 2, y + height / 2
    kind = small_type(sheet)._replace(size=max(8, round(0.22 * radius)))
    ring(sheet, across, down, radius)
    for hour in range(1, 13):
        a, b = radius * np.sin(hour * np.pi / 6), -radius * np.cos(hour * np.pi / 6)
        rule(sheet, across + 0.92 * a, down + 0.92 * b, across + a, down + b)
        left, floor = across + 0.76 * a - 0.3 * kind.size, down + 0.76 * b + 0.4 * kind.size
        put_text(sheet, left, floor, str(hour), kind, slot=False)
    hour, minute = int(rng.integers(1, 12)), 5 * int(rng.integers(1, 12))
    for reach, turn in ((0.45 * radius, (hour + minute / 60) / 12), (0.65 * radius, minute / 60)):
        a, b = reach * np.sin(2 * np.pi * turn), -reach * np.cos(2 * np.pi * turn)
        rule(sheet, across, down, across + a, down + b)
    return {"see_hour": (f"60-{minute}={60 - minute}",), "see_time": (f"{hour}:{minute:02d}",)}


def _number_line(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """An odd number of marks, those named that have room, and an arrow at the middle one, which is not."""
    kind = small_type(sheet)
    em, count = kind.size, 2 * int(rng.integers(2, 6)) + 1
    floor, first = (
        y + height / 2,
        int(rng.integers(0, 20) if sheet.topic.startswith("mathematics_1") else rng.integers(-9, 0)),
    )
    rule(sheet, x, floor, x + width, floor)
    for end in (-0.3, 0.3):
        rule(sheet, x + width, floor, x + width - 0.5 * em, floor + end * em)
    step = width / (count + 0.5)
    every = next(one for one in (1, 2, count - 1, count) if one * step > 2.2 * em or one == count)
    for place in range(count):
        at = x + step * (place + 0.5)
        rule(sheet, at, floor - 0.25 * em, at, floor)
        if place % every == 0 and place != count // 2:
            put_label(sheet, at, floor + 1.15 * em, str(first + place).replace("-", "−"), kind)
    at = x + step * (count // 2 + 0.5)
    put_label(sheet, at, floor - 1.1 * em, "A", kind)
    curves(sheet, [[(at, floor - em), (at, floor - 0.2 * em)]], sheet.rule_px)
    for side in (-0.16, 0.16):
        curves(sheet, [[(at, floor - 0.2 * em), (at + side * em, floor - 0.5 * em)]], sheet.rule_px)
    return {"see_middle": (str(first + count // 2),)}


IN_WORDS = ("see_time",)
"""What no number answers: the time."""
MEASURED = "mathematics_2_percent science_2_forces"
WHERE = {
    **dict.fromkeys(("see_corners", "see_faces"), "mathematics_1_shapes"),
    **dict.fromkeys(("see_hour", "see_time"), "mathematics_1_time"),
    "see_angle": "mathematics_2_figures",
    **dict.fromkeys(("see_area", "see_volume"), "mathematics_2_figures mathematics_2_rectangles"),
    "see_middle": "mathematics_1_adding mathematics_2_numbers",
    **dict.fromkeys(("see_total", "see_difference", "see_largest"), f"mathematics_1_adding {MEASURED}"),
    **dict.fromkeys(("see_most", "see_end"), MEASURED),
}
"""The topics of some questions; others are asked wherever their figures stand. What belongs
to fields that no paper is on, "shapes" and "time", stands on papers of the whole topic alone."""
FIGURES: dict[Figure, Room] = {
    polygon: Room(2, 4, 4, "mathematics", ("see_corners",)),
    triangle: Room(2, 6, 5, "mathematics_2", ("see_area",)),
    right_triangle: Room(2, 5, 5, "mathematics_2", ("see_angle",)),
    isosceles: Room(2, 5, 5, "mathematics_2", ("see_angle",)),
    circle: Room(2, 5, 5, "mathematics_2", ("see_area",)),
    cuboid: Room(2, 6, 4, "mathematics", ("see_volume", "see_faces")),
    solid: Room(1, where="mathematics_1", see=("see_faces",)),
    _clock: Room(1, where="mathematics_1", see=("see_hour", "see_time")),
    _number_line: Room(1, 7, 0, "mathematics", ("see_middle",)),
    pie: Room(3, 14, 7, "mathematics_2", ("see_difference", "see_most")),
    bars: Room(2, 10, 7.5, "mathematics", ("see_total", "see_difference", "see_largest")),
    line_graph: Room(3.5, 7, 5, "mathematics_2 science_2_forces", ("see_end", "see_largest")),
    flow_chart: Room(9, 11, 4, "science_1 science_2_matter science_2_life"),
    segments: Room(2, 8, 4, "mathematics_1", ("see",)),
    things_in_row: Room(1, 8, 3.5, "mathematics_1", ("see",)),
    apparatus: Room(4, 6, 5, "science_1 science_2_matter"),
    circuit: Room(2, 6, 4, "science_2_forces", ("see_resistance",)),
}
