"""Cartoons of school books: children and animals with dark hair, eyes and noses, candles, houses, speech.

Each draws itself into a box, in pixels, with lines and areas of the sheet's colours: none of it is ink.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from restorekit.synthesis.printing.curves import arc, area, curves, hatching
from restorekit.synthesis.printing.sheets import Colour, Sheet
from restorekit.synthesis.strokes import smooth_path
from restorekit.synthesis.textures import Rng

WHITE: Colour = (255, 255, 255)


class Pen(NamedTuple):
    """How a cartoon is drawn: where its unit square lies, its line, and its dark and its middle tone."""

    sheet: Sheet
    left: float
    top: float
    side: float
    line: float
    dark: Colour
    tone: Colour

    def placed(self, points: np.ndarray) -> np.ndarray:
        """Points of the unit square in pixels."""
        return np.asarray(points, np.float64) * self.side + (self.left, self.top)

    def fill(self, points: np.ndarray, colour: Colour) -> None:
        """An area with an outline."""
        outline = self.placed(points)
        area(self.sheet, outline, colour)
        curves(self.sheet, [np.concatenate([outline, outline[:1]])], self.line, self.dark)

    def draw(self, *paths: np.ndarray) -> None:
        """Lines."""
        curves(self.sheet, [self.placed(path) for path in paths], self.line, self.dark)


def new_pen(sheet: Sheet, rng: Rng, left: float, top: float, side: float) -> Pen:
    """A pen for a drawing of ``side`` pixels, in black and grey or in the page's second colour."""
    accent = sheet.plan.accent
    coloured = len(set(accent)) > 1
    grey = int(rng.integers(120, 225))
    tone = (round(0.45 * accent[0] + 140), round(0.45 * accent[1] + 140), round(0.45 * accent[2] + 140))
    line = max(1.0, min(0.09 * sheet.unit, 0.02 * side) * rng.uniform(0.7, 1.4))
    return Pen(sheet, left, top, side, line, sheet.colour, tone if coloured else (grey, grey, grey))


def oval(x: float, y: float, across: float, down: float, start: float = 0, stop: float = 2) -> np.ndarray:
    """A part of an ellipse about ``(x, y)``, from ``start`` to ``stop`` times pi: ``(N, 2)``."""
    return np.asarray(arc(0, 0, 1, start * np.pi, stop * np.pi) * (across, down) + (x, y))


def child(pen: Pen, rng: Rng) -> None:
    """Head and shoulders of a child."""
    shirt = np.array([(0.2, 1.0), (0.24, 0.8), (0.38, 0.7), (0.62, 0.7), (0.76, 0.8), (0.8, 1.0)])
    way = rng.random()
    pen.fill(shirt, pen.dark if way < 0.25 else pen.tone if way < 0.6 else WHITE)
    if way > 0.8:
        hatching(pen.sheet, pen.placed(shirt), 0.06 * pen.side, pen.line)
    face_x, face_y, wide, tall = 0.5, 0.42, rng.uniform(0.24, 0.29), rng.uniform(0.25, 0.3)
    hair = pen.dark if rng.random() < 0.75 else pen.tone
    style = int(rng.integers(0, 4))
    if style == 1:  # long hair, behind the face
        pen.fill(
            smooth_path(np.array([(0.2, 0.4), (0.17, 0.78), (0.5, 0.7), (0.83, 0.78), (0.8, 0.4)]), 6), hair
        )
    elif style == 2:  # bunches
        for side in (-1, 1):
            pen.fill(oval(face_x + side * 0.36, 0.36, 0.1, 0.15), hair)
    for side in (-1, 1):
        pen.fill(oval(face_x + side * wide, face_y + 0.04, 0.05, 0.06), WHITE)
    pen.fill(oval(face_x, face_y, wide, tall), WHITE)
    top = oval(face_x, face_y - 0.02, wide + 0.02, tall + 0.03, 1.0, 2.0)
    teeth = 2 * int(rng.integers(1, 5)) + 1
    fringe_x = np.linspace(top[-1, 0], top[0, 0], teeth + 2)[1:-1]
    deep = np.where(np.arange(teeth) % 2, 0.02, rng.uniform(0.05, 0.13))
    fringe = np.column_stack([fringe_x, face_y - 0.16 + deep])
    pen.fill(np.concatenate([top, fringe]), hair)
    if style == 3:
        spikes = np.array([(0.36, 0.16), (0.4, 0.04), (0.47, 0.12), (0.53, 0.02), (0.58, 0.12), (0.66, 0.06)])
        pen.fill(np.concatenate([spikes, [(0.68, 0.2), (0.32, 0.2)]]), hair)
    _features(pen, rng, face_x, face_y + 0.05, wide)


def _features(pen: Pen, rng: Rng, x: float, y: float, wide: float) -> None:
    """Eyes, cheeks, a nose and a mouth."""
    far, look = wide * rng.uniform(0.38, 0.5), rng.random()
    for side in (-1, 1):
        eye = x + side * far
        if look < 0.5:
            pen.fill(oval(eye, y - 0.02, 0.022, 0.035), pen.dark)
        elif look < 0.75:
            pen.fill(oval(eye, y - 0.02, 0.045, 0.055), WHITE)
            pen.fill(oval(eye + 0.008, y - 0.01, 0.022, 0.028), pen.dark)
        else:
            pen.draw(oval(eye, y, 0.04, 0.035, 1.0, 2.0))
        pen.draw(np.array([(eye - 0.04, y - 0.09), (eye, y - 0.1), (eye + 0.04, y - 0.09)]))
    if rng.random() < 0.4:
        for side in (-1, 1):
            area(pen.sheet, pen.placed(oval(x + side * 1.35 * far, y + 0.07, 0.035, 0.025)), pen.tone)
    pen.draw(np.array([(x, y + 0.02), (x + 0.015, y + 0.045), (x - 0.005, y + 0.05)]))
    mouth = oval(x, y + 0.09, 0.07, rng.uniform(0.03, 0.08), 0.0, 1.0)
    if rng.random() < 0.4:
        pen.fill(mouth, pen.dark)
    else:
        pen.draw(mouth)


def animal(pen: Pen, rng: Rng) -> None:
    """The head of a cat, a bear or a rabbit."""
    kind, fur = int(rng.integers(0, 3)), (WHITE, pen.tone, pen.tone)[int(rng.integers(0, 3))]
    within = pen.dark if rng.random() < 0.5 else WHITE
    for side in (-1, 1):
        if kind == 0:
            ear = np.array([(0.5 + side * 0.36, 0.1), (0.5 + side * 0.34, 0.5), (0.5 + side * 0.1, 0.3)])
            inner = 0.6 * ear + 0.4 * ear.mean(0)
        elif kind == 1:
            ear, inner = oval(0.5 + side * 0.28, 0.28, 0.13, 0.13), oval(0.5 + side * 0.28, 0.28, 0.07, 0.07)
        else:
            ear, inner = oval(0.5 + side * 0.15, 0.2, 0.085, 0.2), oval(0.5 + side * 0.15, 0.22, 0.04, 0.14)
        pen.fill(ear, fur)
        pen.fill(inner, within)
    pen.fill(oval(0.5, 0.62, 0.36, 0.3), fur)
    pen.fill(oval(0.5, 0.74, 0.16, 0.12), WHITE)
    pen.fill(np.array([(0.46, 0.68), (0.54, 0.68), (0.5, 0.72)]), pen.dark)
    pen.draw(
        np.array([(0.5, 0.72), (0.5, 0.77)]),
        oval(0.46, 0.77, 0.04, 0.03, 0, 1),
        oval(0.54, 0.77, 0.04, 0.03, 0, 1),
    )
    for side in (-1, 1):
        pen.fill(oval(0.5 + side * 0.15, 0.56, 0.03, 0.04), pen.dark)
        for lift in (-0.04, 0.02):
            ends = [(0.5 + side * 0.2, 0.72 + 0.5 * lift), (0.5 + side * 0.42, 0.72 + 2 * lift)]
            pen.draw(np.array(ends))


def candles(pen: Pen, rng: Rng) -> None:
    """One to three candles with dark wicks and flames, on a dish."""
    count = int(rng.integers(1, 4))
    pen.fill(oval(0.5, 0.94, 0.16 + 0.12 * count, 0.055), pen.dark if rng.random() < 0.4 else pen.tone)
    for place in range(count):
        x, top, half = (
            0.5 + 0.23 * (place - 0.5 * (count - 1)),
            rng.uniform(0.32, 0.55),
            rng.uniform(0.05, 0.08),
        )
        melt = np.array(
            [(x - half, top), (x - 0.3 * half, top + 0.02), (x + 0.4 * half, top - 0.01), (x + half, top)]
        )
        body = np.concatenate([melt, [(x + half, 0.92), (x - half, 0.92)]])
        pen.fill(body, WHITE if rng.random() < 0.6 else pen.tone)
        pen.draw(np.array([(x, top), (x + 0.008, top - 0.06)]))
        flame = np.array([(x, top - 0.24), (x + 0.05, top - 0.12), (x, top - 0.05), (x - 0.05, top - 0.12)])
        pen.fill(
            smooth_path(np.concatenate([flame, flame[:1]]), 5), pen.dark if rng.random() < 0.4 else WHITE
        )


def house(pen: Pen, rng: Rng) -> None:
    """A house with a dark roof or door, its windows, a chimney and a path."""
    roof = np.array([(0.08, 0.48), (rng.uniform(0.35, 0.65), rng.uniform(0.05, 0.2)), (0.92, 0.48)])
    door = rng.uniform(0.4, 0.46)
    pen.fill(np.array([(0.68, 0.28), (0.68, 0.1), (0.78, 0.1), (0.78, 0.36)]), pen.dark)
    pen.fill(np.array([(0.16, 0.48), (0.84, 0.48), (0.84, 0.95), (0.16, 0.95)]), WHITE)
    pen.fill(roof, pen.dark if rng.random() < 0.4 else pen.tone)
    if rng.random() < 0.4:
        hatching(pen.sheet, pen.placed(roof), 0.07 * pen.side, pen.line)
    pen.fill(np.array([(door, 0.95), (door, 0.68), (door + 0.14, 0.68), (door + 0.14, 0.95)]), pen.dark)
    for x in (0.22, 0.64):
        pen.fill(np.array([(x, 0.58), (x + 0.14, 0.58), (x + 0.14, 0.74), (x, 0.74)]), WHITE)
        pen.draw(np.array([(x + 0.07, 0.58), (x + 0.07, 0.74)]), np.array([(x, 0.66), (x + 0.14, 0.66)]))
    pen.draw(np.array([(0.0, 0.95), (1.0, 0.95)]))


def blocks(pen: Pen, rng: Rng) -> None:
    """A train or a figure of plain shapes, dark, grey and white, as they are counted."""
    tones = [pen.dark, pen.tone, WHITE]
    cars = int(rng.integers(2, 5))
    wide = 1 / cars
    for place in range(cars):
        x, first = place * wide, place == cars - 1
        top = 0.42 if first else 0.52
        box = np.array([(x + 0.03, top), (x + 0.88 * wide, top), (x + 0.88 * wide, 0.72), (x + 0.03, 0.72)])
        pen.fill(box, tones[int(rng.integers(0, 3))])
        for wheel in (0.3, 0.65):
            pen.fill(oval(x + wheel * wide, 0.78, 0.16 * wide, 0.16 * wide), tones[int(rng.integers(0, 3))])
        if place:
            pen.draw(np.array([(x - 0.1 * wide, 0.64), (x + 0.03, 0.64)]))
    pen.fill(np.array([(0.9, 0.42), (0.9, 0.28), (0.97, 0.28), (0.97, 0.42)]), pen.dark)


CARTOONS = {"child": child, "animal": animal, "candles": candles, "house": house, "blocks": blocks}
SPEAK = ("child", "animal")
"""Those that say something now and then."""
