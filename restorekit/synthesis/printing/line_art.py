"""Printed line art: the fruit, flowers and animals of school books to be counted. Thin lines, yet no ink.

A motif is a list of shapes in a unit square, drawn in order, so that later ones hide earlier ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw

from restorekit.synthesis.icons import THINGS, draw_icon, outline
from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.printing.type_plan import Colour
from restorekit.synthesis.strokes import SCALE, smooth_path
from restorekit.synthesis.textures import Rng

WHITE: Colour = (255, 255, 255)
LEAST = 26
"""The side of the smallest drawing, in pixels: in smaller ones lines run together."""


class Shape(NamedTuple):
    """A line through ``points``, float ``(N, 2)`` in [0, 1]; ``closed`` joins its ends and may be filled."""

    points: np.ndarray
    closed: bool = False
    filled: bool = False


Motif = Callable[[Rng], list[Shape]]


def drawings(sheet: Sheet, rng: Rng, side: int, count: int, kind: str = "") -> list[Image.Image]:
    """Things of one kind, one of ``THINGS`` or any, no two alike, in the page's style.

    Each is RGB on white, ``side`` pixels square, at least ``LEAST``.
    """
    kind = kind or str(rng.choice(list(THINGS)))
    drawn = [MOTIFS[kind]] if kind in MOTIFS and sheet.plan.art != "solid" else []
    able: list[int | Motif] = [*THINGS[kind], *drawn]
    chosen = [able[int(one)] for one in rng.permutation(len(able))[:count]]
    return [
        _icon(sheet, rng, side, one) if isinstance(one, int) else _draw(sheet, rng, side, one(rng))
        for one in chosen
    ]


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


def _icon(sheet: Sheet, rng: Rng, side: int, number: int) -> Image.Image:
    """An icon as a drawing in line, or toned, or solid, as the page has them."""
    art, weight = sheet.plan.art, max(2, _stroke(sheet, side))
    icon = np.pad(draw_icon(rng, side * SCALE - 2 * weight, (number,)), weight)
    picture = Image.new("RGB", (side * SCALE, side * SCALE), WHITE)
    if art in ("tint", "solid"):
        picture.paste(
            sheet.colour if art == "solid" else _light(sheet.plan.accent), mask=Image.fromarray(icon)
        )
    elif art == "shaded":
        picture.paste(sheet.colour, mask=Image.fromarray(_shade(icon)))
    elif art == "hatched":
        picture.paste(sheet.colour, mask=Image.fromarray(_hatch(icon, weight)))
    picture.paste(sheet.colour, mask=Image.fromarray(_contours(icon, weight)))
    return picture.resize((side, side), Image.Resampling.BOX)


def _contours(icon: np.ndarray, weight: int) -> np.ndarray:
    """The lines of a drawing: fine ones within, and heavier ones around it where less light falls."""
    outer = np.zeros_like(icon)
    around, _ = cv2.findContours(icon, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    cv2.drawContours(outer, around, -1, 255, -1)
    away = cv2.subtract(outer, _moved(outer, -round(0.6 * weight)))
    return np.maximum.reduce([outline(icon, max(2, round(0.65 * weight))), outline(outer, weight), away])


def _shade(icon: np.ndarray) -> np.ndarray:
    """How dark a rounded thing is under a lamp at its upper left: uint8, 0 to 150."""
    reach = 0.07 * len(icon)
    round_ = cv2.GaussianBlur(icon, (0, 0), reach)
    dark = 0.1 + 0.9 * (round_.astype(np.float32) - _moved(round_, -round(1.2 * reach))) / 255
    return np.where(icon > 127, np.clip(190 * dark, 0, 150), 0).astype(np.uint8)


def _hatch(icon: np.ndarray, weight: int) -> np.ndarray:
    """Slanting strokes on the side of a thing that is turned from such a lamp: uint8, 255 on them."""
    turned = cv2.subtract(icon, _moved(icon, -round(0.11 * len(icon))))
    down, across = np.mgrid[: len(icon), : len(icon)]
    strokes = (down + across) % max(4, 3 * weight) < max(1, round(0.6 * weight))
    return np.where(strokes, turned, 0).astype(np.uint8)


def _moved(picture: np.ndarray, away: int) -> np.ndarray:
    """A picture moved so many pixels right and down."""
    matrix = np.array([[1, 0, away], [0, 1, away]], np.float32)
    return cv2.warpAffine(picture, matrix, picture.shape[::-1], flags=cv2.INTER_NEAREST)


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


MOTIFS: dict[str, Motif] = {"flower": _flower, "tree": _tree}
"""What is drawn otherwise each time."""
