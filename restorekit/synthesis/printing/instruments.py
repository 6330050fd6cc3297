"""Drawings of physics: a candle before a lens, weights, slopes, gauges, with arrows and scales."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.printing.cartoons import WHITE, Pen, oval
from restorekit.synthesis.printing.curves import arrow, hatching, put_label, small_type
from restorekit.synthesis.textures import Rng


def lens(pen: Pen, rng: Rng) -> None:
    """A candle before a lens, rays through it, and its image upside down on a dark screen."""
    middle, high, near = 0.5, rng.uniform(0.16, 0.24), rng.uniform(0.1, 0.2)
    pen.draw(np.array([(0.0, middle), (1.0, middle)]))
    bulge = oval(0.5, middle, 0.05, 0.32)
    pen.fill(bulge, WHITE if rng.random() < 0.6 else pen.tone)
    body = np.array(
        [(near - 0.02, middle), (near - 0.02, middle - high + 0.07), (near + 0.02, middle - high + 0.07)]
    )
    pen.fill(np.concatenate([body, [(near + 0.02, middle)]]), WHITE)
    pen.fill(oval(near, middle - high + 0.03, 0.018, 0.04), pen.dark)
    far, low = 0.9, middle + high * rng.uniform(0.6, 1.1)
    for bend in (middle - high, middle + 0.02):
        arrow(pen.sheet, pen.placed(np.array([(near, middle - high), (0.5, bend)])), pen.line)
        arrow(pen.sheet, pen.placed(np.array([(0.5, bend), (far, low)])), pen.line, hollow=True)
    pen.fill(np.array([(far, 0.2), (far + 0.03, 0.2), (far + 0.03, 0.85), (far, 0.85)]), pen.dark)
    for x in (0.35, 0.65):
        pen.fill(oval(x, middle, 0.012, 0.012), pen.dark)
        _letter(pen, x, middle + 0.1, "F")


def thermometer(pen: Pen, rng: Rng) -> None:
    """A tube with a dark bulb and column beside a scale."""
    level = rng.uniform(0.25, 0.6)
    tube = np.concatenate([oval(0.4, 0.1, 0.06, 0.06, 1, 2), [(0.46, 0.8), (0.34, 0.8)]])
    pen.fill(tube, WHITE)
    pen.fill(oval(0.4, 0.87, 0.1, 0.1), pen.dark)
    pen.fill(np.array([(0.375, level), (0.425, level), (0.425, 0.85), (0.375, 0.85)]), pen.dark)
    first = 10 * int(rng.integers(-1, 3))
    for place, y in enumerate(np.linspace(0.74, 0.14, 13)):
        long = place % 4 == 0
        pen.draw(np.array([(0.5, y), (0.58 if long else 0.54, y)]))
        if long:
            _letter(pen, 0.72, y + 0.03, str(first + 10 * (place // 4)))


def spring_balance(pen: Pen, rng: Rng) -> None:
    """A balance of a spring with a scale, and a dark weight on its hook."""
    pen.draw(oval(0.5, 0.06, 0.05, 0.05), np.array([(0.5, 0.11), (0.5, 0.15)]))
    pen.fill(np.array([(0.38, 0.15), (0.62, 0.15), (0.62, 0.62), (0.38, 0.62)]), WHITE)
    for place, y in enumerate(np.linspace(0.2, 0.57, 11)):
        pen.draw(np.array([(0.4, y), (0.48 if place % 5 == 0 else 0.45, y)]))
    at = rng.uniform(0.3, 0.5)
    pen.fill(np.array([(0.5, at - 0.015), (0.6, at - 0.015), (0.6, at + 0.015), (0.5, at + 0.015)]), pen.dark)
    pen.draw(np.array([(0.5, 0.62), (0.5, 0.7)]))
    half = rng.uniform(0.08, 0.16)
    pen.fill(
        np.array([(0.5 - half, 0.74), (0.5 + half, 0.74), (0.5 + half, 0.92), (0.5 - half, 0.92)]), pen.dark
    )
    pen.fill(np.array([(0.47, 0.7), (0.53, 0.7), (0.53, 0.74), (0.47, 0.74)]), WHITE)


def slope(pen: Pen, rng: Rng) -> None:
    """A block on a slope, ground hatched below it, and a force as an arrow."""
    rise = rng.uniform(0.35, 0.6)
    foot, top = np.array([0.05, 0.85]), np.array([0.92, 0.85 - rise])
    pen.fill(np.array([foot, top, (0.92, 0.85)]), WHITE if rng.random() < 0.5 else pen.tone)
    ground = np.array([(0.0, 0.85), (1.0, 0.85), (1.0, 0.92), (0.0, 0.92)])
    hatching(pen.sheet, pen.placed(ground), 0.05 * pen.side, pen.line)
    pen.draw(ground[:2])
    along = (top - foot) / np.hypot(*(top - foot))
    aside, at = np.array([along[1], -along[0]]), foot + 0.5 * (top - foot)
    box = np.array([at, at + 0.2 * along, at + 0.2 * along + 0.14 * aside, at + 0.14 * aside])
    pen.fill(box, pen.dark if rng.random() < 0.5 else WHITE)
    start = at + 0.2 * along + 0.07 * aside
    arrow(pen.sheet, pen.placed(np.array([start, start + 0.22 * along])), 1.5 * pen.line)
    tip = start + 0.3 * along
    _letter(pen, float(tip[0]), float(tip[1]), "F")


def lever(pen: Pen, rng: Rng) -> None:
    """A beam on a dark edge, weights hung from it at marks of one distance."""
    marks = np.linspace(0.08, 0.92, 9)
    pen.fill(np.array([(0.05, 0.4), (0.95, 0.4), (0.95, 0.44), (0.05, 0.44)]), WHITE)
    pen.fill(np.array([(0.5, 0.44), (0.58, 0.8), (0.42, 0.8)]), pen.dark)
    pen.draw(np.array([(0.3, 0.8), (0.7, 0.8)]), *(np.array([(x, 0.4), (x, 0.44)]) for x in marks))
    for side in (marks[:3], marks[6:]):
        x, count = float(side[int(rng.integers(0, 3))]), int(rng.integers(1, 4))
        pen.draw(np.array([(x, 0.44), (x, 0.52)]))
        for place in range(count):
            y = 0.52 + 0.1 * place
            box = np.array([(x - 0.035, y), (x + 0.035, y), (x + 0.035, y + 0.08), (x - 0.035, y + 0.08)])
            pen.fill(box, pen.dark if (place + count) % 2 else WHITE)


def _letter(pen: Pen, x: float, y: float, text: str) -> None:
    """A letter or a number at a drawing, never larger than the text."""
    kind = small_type(pen.sheet)
    kind = kind._replace(size=max(8, min(kind.size, round(0.13 * pen.side))))
    at = pen.placed(np.array([[x, y]]))[0]
    put_label(pen.sheet, float(at[0]), float(at[1]), text, kind)


INSTRUMENTS = {
    "lens": lens,
    "thermometer": thermometer,
    "spring_balance": spring_balance,
    "slope": slope,
    "lever": lever,
}
