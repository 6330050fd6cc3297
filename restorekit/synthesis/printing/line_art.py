"""Printed line art: the flowers, houses, fish and flasks of school books. Thin curved lines, yet no ink.

A motif is a list of shapes in a unit square, drawn in order, so that later ones hide earlier ones.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from restorekit.synthesis.icons import THINGS, draw_icon, outline
from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.printing.type_plan import Colour
from restorekit.synthesis.strokes import SCALE, smooth_path
from restorekit.synthesis.textures import Rng

WHITE: Colour = (255, 255, 255)
ICON = 0.7
"""The share of the drawings that are outlines of icons, of which there are many more than motifs."""
LEAST = 26
"""The side of the smallest drawing, in pixels: in smaller ones lines run together."""


class Shape(NamedTuple):
    """A line through ``points``, float ``(N, 2)`` in [0, 1]; ``closed`` joins its ends and may be filled."""

    points: np.ndarray
    closed: bool = False
    filled: bool = False


def line_art(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    """A drawing in the largest square of the box given."""
    side = int(min(width, height))
    if side >= LEAST:
        left = int(x + rng.uniform(0, max(1.0, width - side)))
        sheet.image.paste(drawing(sheet, rng, side), (left, int(y)))


def drawing(sheet: Sheet, rng: Rng, side: int) -> Image.Image:
    """A motif or an icon in the page's style: RGB on white, ``side`` pixels square, at least ``LEAST``."""
    if sheet.plan.art == "solid" or rng.random() < ICON:
        return _icon(sheet, rng, side)
    motifs = (_flower, _tree, _house, _sun, _fish, _flask, _star, _bulb)
    return _draw(sheet, rng, side, motifs[int(rng.integers(0, len(motifs)))](rng))


def outdoors(sheet: Sheet, rng: Rng, side: int, *, sun: bool = False) -> Image.Image:
    """A tree, a house or a flower, or the sun, drawn as ``drawing`` does."""
    motif = _sun if sun else (_tree, _tree, _house, _flower)[int(rng.integers(0, 4))]
    return _draw(sheet, rng, side, motif(rng))


def _draw(sheet: Sheet, rng: Rng, side: int, shapes: list[Shape]) -> Image.Image:
    weight = _stroke(sheet, side)
    fill = _light(sheet.plan.accent) if sheet.plan.art else WHITE
    picture = Image.new("RGB", (side * SCALE, side * SCALE), WHITE)
    draw = ImageDraw.Draw(picture)
    mirrored = rng.random() < 0.5
    for shape in shapes:
        points = shape.points * [-1, 1] + [1, 0] if mirrored else shape.points
        corners = [(float(a), float(b)) for a, b in points * (side * SCALE - 2 * weight) + weight]
        if shape.closed:
            draw.polygon(corners, fill=fill if shape.filled else None)
            corners.append(corners[0])
        draw.line(corners, fill=sheet.colour, width=weight, joint="curve")
    return picture.resize((side, side), Image.Resampling.BOX)


def _icon(sheet: Sheet, rng: Rng, side: int) -> Image.Image:
    """An icon as a drawing in line, or tinted, or solid, as the page has them."""
    weight = max(2, _stroke(sheet, side))
    icon = np.pad(draw_icon(rng, side * SCALE - 2 * weight, THINGS), weight)
    picture = Image.new("RGB", (side * SCALE, side * SCALE), WHITE)
    if sheet.plan.art:
        fill = sheet.colour if sheet.plan.art == "solid" else _light(sheet.plan.accent)
        picture.paste(fill, mask=Image.fromarray(icon))
    picture.paste(sheet.colour, mask=Image.fromarray(outline(icon, weight)))
    return picture.resize((side, side), Image.Resampling.BOX)


def _stroke(sheet: Sheet, side: int) -> int:
    """How thick the lines of a drawing are while it is large, pixels."""
    return max(1, min(round(sheet.unit * sheet.plan.stroke * SCALE), side * SCALE // 16))


def _light(colour: Colour) -> Colour:
    return (170 + colour[0] // 3, 170 + colour[1] // 3, 170 + colour[2] // 3)


def _path(*corners: tuple[float, float], closed: bool = False, filled: bool = False) -> Shape:
    """A smooth line about the corners given."""
    points = np.array([*corners, corners[0]] if closed else corners, np.float64)
    return Shape(smooth_path(points, 3), closed, filled)


def _polygon(*corners: tuple[float, float], closed: bool = True, filled: bool = True) -> Shape:
    return Shape(np.array(corners, np.float64), closed, filled)


def _oval(x: float, y: float, across: float, down: float, turn: float = 0.0, filled: bool = True) -> Shape:
    """An ellipse about ``(x, y)`` with the half axes given, turned by ``turn`` radians."""
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    a, b = across * np.cos(angles), down * np.sin(angles)
    points = np.stack([x + a * np.cos(turn) - b * np.sin(turn), y + a * np.sin(turn) + b * np.cos(turn)], 1)
    return Shape(points, True, filled)


def _arc(x: float, y: float, radius: float, start: float, stop: float) -> Shape:
    angles = np.linspace(start, stop, 24)
    return Shape(np.stack([x + radius * np.cos(angles), y + radius * np.sin(angles)], 1))


def _flower(rng: Rng) -> list[Shape]:
    petals, reach = int(rng.integers(5, 10)), rng.uniform(0.13, 0.19)
    turns = np.arange(petals) * 2 * np.pi / petals
    shapes = [_path((0.5, 0.35), (rng.uniform(0.4, 0.6), 0.7), (0.5, 1.0))]
    shapes += [_oval(0.65, 0.78, 0.15, 0.05, -0.6), _oval(0.36, 0.84, 0.14, 0.05, 0.6)]
    shapes += [_oval(0.5 + reach * np.cos(t), 0.33 + reach * np.sin(t), reach, 0.08, t) for t in turns]
    return [*shapes, _oval(0.5, 0.33, 0.09, 0.09)]


def _tree(rng: Rng) -> list[Shape]:
    bumps = int(rng.integers(6, 12))
    angles = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    radius = 0.27 + 0.05 * np.abs(np.sin(angles * bumps / 2))
    crown = np.stack([0.5 + radius * 1.3 * np.cos(angles), 0.36 + radius * np.sin(angles)], 1)
    trunk = _polygon((0.44, 0.6), (0.41, 1.0), (0.6, 1.0), (0.56, 0.6))
    return [trunk, Shape(crown, True, True), _arc(0.45, 0.4, 0.08, 0.3, 2.5), _arc(0.6, 0.3, 0.07, 0.2, 2.2)]


def _house(rng: Rng) -> list[Shape]:
    eave = rng.uniform(0.38, 0.5)
    shapes = [_polygon((0.12, eave), (0.12, 1.0), (0.88, 1.0), (0.88, eave))]
    shapes += [
        _polygon((0.02, eave), (0.5, 0.05), (0.98, eave)),
        _polygon((0.42, 1), (0.42, 0.68), (0.6, 0.68), (0.6, 1)),
    ]
    for x in (0.2, 0.68):
        shapes.append(_polygon((x, 0.6), (x + 0.14, 0.6), (x + 0.14, 0.76), (x, 0.76)))
        shapes.append(_polygon((x + 0.07, 0.6), (x + 0.07, 0.76), closed=False))
    return shapes


def _sun(rng: Rng) -> list[Shape]:
    rays = int(rng.integers(8, 17))
    shapes = [_oval(0.5, 0.5, 0.24, 0.24)]
    for turn in np.arange(rays) * 2 * np.pi / rays:
        a, b = np.cos(turn), np.sin(turn)
        shapes.append(
            _polygon((0.5 + 0.3 * a, 0.5 + 0.3 * b), (0.5 + 0.47 * a, 0.5 + 0.47 * b), closed=False)
        )
    return shapes


def _fish(rng: Rng) -> list[Shape]:
    body = _path(
        (0.05, 0.5), (0.25, 0.2), (0.6, 0.22), (0.78, 0.5), (0.6, 0.78), (0.25, 0.8), closed=True, filled=True
    )
    tail = _polygon((0.72, 0.5), (0.97, 0.25), (0.9, 0.5), (0.97, 0.75))
    scales = [_arc(x, y, 0.06, -1.3, 1.3) for x in (0.36, 0.46, 0.56) for y in (0.4, 0.5, 0.6)]
    return [
        tail,
        body,
        *scales[: int(rng.integers(0, 10))],
        _oval(0.2, 0.42, 0.035, 0.035),
        _path((0.06, 0.55), (0.12, 0.6), (0.18, 0.58)),
    ]


def _flask(rng: Rng) -> list[Shape]:
    level = rng.uniform(0.6, 0.85)
    half = 0.08 + 0.3 * (level - 0.35) / 0.57
    glass = _polygon(
        (0.42, 0.08),
        (0.42, 0.35),
        (0.1, 0.92),
        (0.14, 0.98),
        (0.86, 0.98),
        (0.9, 0.92),
        (0.58, 0.35),
        (0.58, 0.08),
    )
    shapes = [
        glass,
        _polygon((0.36, 0.08), (0.64, 0.08), closed=False),
        _polygon((0.5 - half, level), (0.5 + half, level), closed=False),
    ]
    for mark in np.arange(level + 0.04, 0.95, 0.05):
        shapes.append(_polygon((0.3, mark), (0.5, mark), closed=False))
    return [
        *shapes,
        *(_oval(rng.uniform(0.35, 0.65), rng.uniform(level, 0.93), 0.02, 0.02) for _ in range(4)),
    ]


def _star(rng: Rng) -> list[Shape]:
    points, inner = int(rng.integers(5, 9)), rng.uniform(0.18, 0.32)
    angles = np.arange(2 * points) * np.pi / points - np.pi / 2
    radius = np.where(np.arange(2 * points) % 2, inner, 0.49)
    outline = np.stack([0.5 + radius * np.cos(angles), 0.5 + radius * np.sin(angles)], 1)
    return [Shape(outline, True, True)]


def _bulb(rng: Rng) -> list[Shape]:
    glass = _path(
        (0.4, 0.72),
        (0.38, 0.6),
        (0.2, 0.45),
        (0.22, 0.1),
        (0.5, 0.0),
        (0.78, 0.1),
        (0.8, 0.45),
        (0.62, 0.6),
        (0.6, 0.72),
        closed=True,
        filled=True,
    )
    coil = np.linspace(0, 1, 60)
    wire = np.stack([0.36 + 0.28 * coil + 0.02 * np.cos(40 * coil), 0.4 + 0.05 * np.sin(40 * coil)], 1)
    screw = [
        _polygon((0.4, y), (0.6, y + rng.uniform(0, 0.03)), closed=False) for y in (0.76, 0.81, 0.86, 0.91)
    ]
    return [glass, Shape(wire), *screw]
