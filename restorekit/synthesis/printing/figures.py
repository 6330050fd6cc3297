"""Printed drawings: one of any kind for a box, and clocks, number lines and pictures in grey."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PIL import Image

from restorekit.synthesis.printing.apparatus import apparatus, circuit
from restorekit.synthesis.printing.charts import bars, line_graph, pie
from restorekit.synthesis.printing.curves import small_type
from restorekit.synthesis.printing.flows import flow_chart
from restorekit.synthesis.printing.geometry import (
    circle,
    point_label,
    polygon,
    ring,
    solid,
    triangle,
)
from restorekit.synthesis.printing.line_art import line_art
from restorekit.synthesis.printing.segments import segments, things_in_row
from restorekit.synthesis.printing.sheets import Sheet, put_text, rule
from restorekit.synthesis.scenes import make_scene
from restorekit.synthesis.texts.topics import fits
from restorekit.synthesis.textures import Rng

Figure = Callable[[Sheet, Rng, float, float, float, float], object]
"""``figure(sheet, rng, x, y, width, height)`` draws in a box, in pixels."""


class Room(NamedTuple):
    """How often a figure is drawn where it fits, and where that is.

    Attributes:
        weight: how often, beside the others.
        across, down: the ems that it takes at least.
        where: the topics or subjects whose papers show it, parted by spaces.
        see: the grammar's symbol for a question about it.
    """

    weight: float
    across: float = 0.0
    down: float = 0.0
    where: str = ""
    see: str = "see_picture"


def pick_figure(
    sheet: Sheet, rng: Rng, width: float, height: float, *, asked: bool = False, numeric: bool = False
) -> Figure:
    """A kind of figure drawn at random among the sheet's topic's that have room in so many pixels.

    One that is ``asked`` about is seldom a mere picture, and never where the answer is ``numeric``.
    """
    across, down = width / sheet.unit, height / sheet.unit
    roomy = {one: room for one, room in FIGURES.items() if room.across <= across and room.down <= down}
    weights = {
        one: room.weight * (ASKED if asked and one in PICTURES else 1)
        for one, room in roomy.items()
        if fits(sheet.topic, room.where) and not (numeric and room.see in IN_WORDS)
    }
    if not weights:  # too small for what the topic shows
        weights = {one: room.weight for one, room in roomy.items()}
    chances = np.array(list(weights.values()))
    return list(weights)[int(rng.choice(len(chances), p=chances / chances.sum()))]


def draw_figure(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    """One figure that nothing is asked about, of a kind drawn at random, in the box given."""
    pick_figure(sheet, rng, width, height)(sheet, rng, x, y, width, height)


def _clock(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    radius = 0.48 * min(width, height)
    across, down = x + width / 2, y + height / 2
    kind = small_type(sheet)._replace(size=max(8, round(0.22 * radius)))
    ring(sheet, across, down, radius)
    for hour in range(1, 13):
        a, b = radius * np.sin(hour * np.pi / 6), -radius * np.cos(hour * np.pi / 6)
        rule(sheet, across + 0.92 * a, down + 0.92 * b, across + a, down + b)
        left, floor = across + 0.76 * a - 0.3 * kind.size, down + 0.76 * b + 0.4 * kind.size
        put_text(sheet, left, floor, str(hour), kind, slot=False)
    for reach in (0.45 * radius, 0.65 * radius):
        turn = rng.uniform(0, 2 * np.pi)
        rule(sheet, across, down, across + reach * np.cos(turn), down + reach * np.sin(turn))


def _number_line(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    em = small_type(sheet).size
    floor, first, count = y + height / 2, int(rng.integers(-9, 5)), int(rng.integers(5, 12))
    rule(sheet, x, floor, x + width, floor)
    for end in (-0.3, 0.3):
        rule(sheet, x + width, floor, x + width - 0.5 * em, floor + end * em)
    for place in range(count):
        at = x + width * (place + 0.5) / (count + 0.5)
        rule(sheet, at, floor - 0.25 * em, at, floor)
        if rng.random() < 0.8:
            point_label(sheet, at - 0.3 * em, floor + em, str(first + place))


def _picture(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    rows, columns = max(16, int(height)), max(16, int(width))
    tones = make_scene(rng, rows, columns).mean(2)
    if rng.random() < 0.5:  # a halftone screen, as cheap printing has it
        grid = np.add.outer(np.sin(np.arange(rows) * 1.3), np.sin(np.arange(columns) * 1.3))
        tones = np.where(tones > 128 + 50 * grid, 255, 20)
    picture = Image.fromarray(tones.astype(np.uint8)).convert("RGB")
    sheet.image.paste(picture, (int(x), int(y)))


ASKED = 0.15
"""How much seldomer pictures are what a question is about: most ask about a diagram."""
PICTURES: tuple[Figure, ...] = (line_art, _picture)
IN_WORDS = ("see_picture", "see_apparatus", "see_flow")
"""What is answered in words: questions about pictures, apparatus and the steps of a process."""
FIGURES: dict[Figure, Room] = {
    line_art: Room(6.0, where="language science_1"),
    polygon: Room(2, where="mathematics", see="see_shape"),
    triangle: Room(2, where="mathematics", see="see_shape"),
    circle: Room(2, where="mathematics", see="see_shape"),
    solid: Room(2, where="mathematics", see="see_solid"),
    _picture: Room(1, where="language science_1"),
    _clock: Room(1, where="mathematics_1", see="see_clock"),
    _number_line: Room(1, where="mathematics", see="see_line"),
    pie: Room(3, 7, 5, "mathematics_2 science_2", "see_pie"),
    bars: Room(2, 7, 5, "mathematics science", "see_chart"),
    line_graph: Room(3.5, 6, 5, "mathematics_2 science_2", "see_graph"),
    flow_chart: Room(9, 11, 4, "science", "see_flow"),
    segments: Room(2, 8, 4, "mathematics_1", "see"),
    things_in_row: Room(1, 8, 3.5, "mathematics_1", "see"),
    apparatus: Room(4, 6, 5, "science", "see_apparatus"),
    circuit: Room(2, 6, 4, "science_2", "see_circuit"),
}
