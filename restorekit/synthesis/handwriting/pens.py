"""Pens: how ink lies on paper. A stroke's coverage becomes an amount of ink, and that a transmittance."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from restorekit.synthesis.handwriting.centre_lines import shade
from restorekit.synthesis.textures import Rng, choose, log_uniform, smooth_noise_at


class Pen(NamedTuple):
    """A pen.

    Attributes:
        name: ballpoint, gel, pencil, felt, marking or highlighter.
        colour: transmittance of full ink, R, G, B in [0, 1].
        width: of its line, in ems of type of 3.7 mm (10.5 point): 0.13 is half a millimetre.
        density: how much ink full pressure lays down, in [0, 1].
        grain: how much the paper's tooth shows in the line, in [0, 1].
        skip: how often the line runs dry, in [0, 1].
    """

    name: str
    colour: tuple[float, float, float]
    width: float
    density: float
    grain: float
    skip: float


DULL = 0.45
"""How near to grey the dullest inks of teachers are."""
TOLD_APART = 0.25
"""By how much of the light, in red, green or blue, two inks differ that are told apart at a glance."""
WIDTHS = (0.11, 0.205)
"""The width of the lines of ball-pens, gel pens and pencils, in ems of type of 3.7 mm: fine ones draw half as
broad as broad ones. On scans and photographs strokes are 0.08 to 0.15 of the em of the print beside them."""
KINDS = {"ballpoint": 0.4, "gel": 0.4, "pencil": 0.18, "felt": 0.02}
"""What pupils write with; felt pens are for headings and posters."""
HUES = {"black": 0.61, "blue": 0.36, "purple": 0.015, "green": 0.015}
"""Of what pupils write with: the ink of schools is black or blue, and red the teachers' own."""
HARD = 0.3
"""The share of pencils that leave less than some half of the graphite that a soft one does."""
EMPTY = 0.1
"""The share of ball-pens that run dry in places: near their end, held too steep, or on greasy paper."""
USUAL = 255 * float(shade(np.array(1.0)))
"""The coverage where a pen is pressed as usual: the rest is left for pressure, and for ink on ink."""
TOOTH, TILE = 1.5, 192
"""How far the hills of the paper are apart that a pen leaves its ink on, and after how much paper they come
again, in pixels."""
DRY, PATCHES = {"gel": 0.12, "ballpoint": 0.55, "pencil": 0.5, "marking": 0.35}, 14
"""How much less ink lies along one side of a line where a tip that is held aslant leaves the paper there, and
how long such places are, in pixels."""
PRESS = {"gel": -0.6, "ballpoint": 0.7, "pencil": 0.8, "marking": 0.4, "felt": 0.0, "highlighter": 0.0}
"""How much more a pen shows where it is pressed than its line gets wider: graphite and paste come off by
pressure, gel runs out by itself. A power of the share of full pressure."""

COLOURS: dict[str, tuple[tuple[int, int, int], ...]] = {
    "black": ((14, 14, 18), (20, 20, 25), (28, 27, 34), (22, 24, 40)),
    "blue": ((20, 34, 124), (16, 50, 150), (36, 54, 138), (12, 24, 84)),
    "red": ((196, 26, 40), (214, 40, 52), (170, 20, 34), (200, 40, 60)),
    "green": ((20, 120, 70), (40, 150, 100)),
    "purple": ((90, 40, 130),),
    "grey": ((42, 42, 46), (58, 58, 62), (80, 80, 84)),
}

TINTS = ((0.98, 0.93, 0.3), (0.55, 0.92, 0.45), (0.99, 0.6, 0.75), (0.99, 0.75, 0.35), (0.5, 0.8, 0.97))
"""What highlighters pass of red, green and blue, those that are bought most first: yellow, green, pink."""


def _colour(rng: Rng, name: str) -> tuple[float, float, float]:
    shades = COLOURS[name]
    spread = np.array([2.0, 8.0]) if name == "grey" else np.array([7.0, 0.0])  # graphite has no hue
    shade = np.array(shades[int(rng.integers(0, len(shades)))])
    shade = shade + rng.normal(0, spread[0], 3) + rng.normal(0, spread[1])
    red, green, blue = np.clip(shade, 0, 245) / 255
    return float(red), float(green), float(blue)


def writing_pen(rng: Rng) -> Pen:
    """The pen of somebody who fills in the page: mostly black or blue, and paler than toner.

    A ball-pen's line passes up to a third of the light between the fibres that the ball rolls over, a
    pencil's more; gel and felt pens wet the paper all over.
    """
    kind, hue = choose(rng, KINDS), choose(rng, HUES)
    if kind == "gel":
        return Pen(kind, _colour(rng, hue), log_uniform(rng, *WIDTHS), rng.uniform(0.9, 0.98), 0.04, 0.0)
    if kind == "ballpoint":
        grain, width, density = rng.uniform(0.08, 0.22), log_uniform(rng, *WIDTHS), rng.uniform(0.78, 0.93)
        skip = rng.uniform(0.2, 0.5) if rng.random() < EMPTY else 0.0
        return Pen(kind, _colour(rng, hue), width, density, grain, skip)
    if kind == "pencil":
        width = log_uniform(rng, *WIDTHS)
        hard = rng.random() < HARD  # a hard lead, or hardly any pressure
        density = rng.uniform(0.66, 0.78) if hard else rng.uniform(0.88, 1.0)
        return Pen(kind, _colour(rng, "grey"), width, 0.92 * density, 0.3, 0.0)
    return Pen(kind, _colour(rng, hue), rng.uniform(0.15, 0.21), rng.uniform(0.9, 1), 0.04, 0.0)


def reading_pencil(rng: Rng) -> Pen:
    """A pencil that lies beside the pen."""
    return Pen("pencil", _colour(rng, "grey"), rng.uniform(0.08, 0.15), rng.uniform(0.6, 1.0), 0.3, 0.0)


def highlighter(rng: Rng) -> Pen:
    """A broad felt pen of a bright clear colour, most often yellow, which print shows through."""
    shade = TINTS[min(int(rng.exponential(1.0)), len(TINTS) - 1)]
    red, green, blue = np.clip(np.array(shade) + rng.normal(0, 0.03, 3), 0, 1)
    colour = float(red), float(green), float(blue)
    return Pen("highlighter", colour, rng.uniform(0.6, 1.0), rng.uniform(0.6, 1.0), 0.04, 0.02)


def marking_pen(rng: Rng) -> Pen:
    """The pen of a teacher: mostly red, thinner than what pupils write with, and dull now and then."""
    hue = str(rng.choice(["red", "black", "blue", "green", "purple"], p=[0.74, 0.1, 0.08, 0.05, 0.03]))
    colour = _dulled(_colour(rng, hue), DULL * rng.random() ** 2)
    if rng.random() < 0.25:
        return Pen("felt", colour, rng.uniform(0.12, 0.2), rng.uniform(0.92, 1), 0.04, 0.0)
    width, density = rng.uniform(0.09, 0.15), 1 - 0.2 * rng.random() ** 2  # most press as one does to write
    return Pen("marking", colour, width, density, 0.08, 0.0)


def marking_pen_beside(rng: Rng, written: Pen) -> Pen:
    """A teacher's pen that is told from the one somebody wrote with, as teachers see to."""
    while True:
        pen = marking_pen(rng)
        apart = max(abs(one - other) for one, other in zip(pen.colour, written.colour, strict=True))
        if apart > TOLD_APART and not (_is_red(pen) and _is_red(written)):
            return pen


def _is_red(pen: Pen) -> bool:
    """Whether a pen passes clearly more of red than of green and blue."""
    red, green, blue = pen.colour
    return red - max(green, blue) > 0.5 * TOLD_APART


def _dulled(colour: tuple[float, float, float], share: float) -> tuple[float, float, float]:
    """A colour mixed with the grey of its mean.

    Phones see red ink so: a line passes 0.56, 0.40 and 0.41 on one photograph and 0.88, 0.75 and 0.78 on
    another, where the ink itself would pass 0.8, 0.15 and 0.2.
    """
    grey = sum(colour) / 3
    red, green, blue = (value + share * (grey - value) for value in colour)
    return red, green, blue


def lay_ink(rng: Rng, pen: Pen, coverage: np.ndarray) -> np.ndarray:
    """How much ink lies where, for the pen's strokes.

    Args:
        rng: source of chance.
        pen: the pen.
        coverage: uint8 ``(H, W)``, ``USUAL`` where the pen's tip passed, more where it pressed or was twice.

    Returns:
        uint8 ``(H, W)``, 255 for full ink; 0 wherever ``coverage`` is 0.
    """
    places = np.nonzero(coverage)
    laid = np.zeros_like(coverage)
    if not len(places[0]):
        return laid
    firm = cv2.dilate(coverage, np.ones((3, 3), np.uint8))
    pressed, amount = firm[places].astype(np.float32), coverage[places].astype(np.float32)
    amount *= (
        np.float32(pen.density) / pressed * (pressed / np.float32(USUAL)) ** np.float32(1 + PRESS[pen.name])
    )
    if pen.name in DRY:
        slant = rng.uniform(0, 2 * np.pi)
        aside = np.array([[1, 0, round(1.2 * np.cos(slant))], [0, 1, round(1.2 * np.sin(slant))]], np.float32)
        beside = cv2.warpAffine(coverage, aside, coverage.shape[::-1])[places]
        dry = np.clip(0.3 + smooth_noise_at(rng, places, PATCHES), 0, 1)
        amount *= 1 - np.float32(DRY[pen.name]) * np.clip(1 - beside / pressed, 0, 1) * dry
    if pen.grain:
        tooth = smooth_noise_at(rng, (places[0] % TILE, places[1] % TILE), TOOTH)
        amount *= np.clip(1 - pen.grain * (0.35 + 0.8 * tooth), 0, 1)
    if pen.skip:
        dry = smooth_noise_at(rng, places, 7)
        amount *= np.clip(1 - pen.skip * 3 * np.clip(dry - 0.9, 0, 1), 0, 1)
    if pen.name == "felt":  # wet ink gathers along the edge of its line
        edge = cv2.GaussianBlur(coverage, (0, 0), 2.0)[places].astype(np.float32) / 255
        amount *= 1.12 - 0.3 * edge
    laid[places] = np.clip(amount * 255 + 0.5, 0, 255).astype(np.uint8)
    return laid


def transmittance(amounts: list[np.ndarray], colours: list[tuple[float, float, float]]) -> np.ndarray:
    """What ink lets through: each layer passes ``1 - amount * (1 - colour)``.

    Args:
        amounts: uint8 ``(H, W)`` each, 255 for full ink.
        colours: R, G, B in [0, 1] of full ink, one for each layer.

    Returns:
        float32 ``(H, W, 3)`` in [0, 1]; 1 where there is no ink.
    """
    if not amounts:
        raise ValueError("amounts is empty: expected at least one (H, W) layer")
    total: np.ndarray | None = None
    levels = np.linspace(0, 1, 256, dtype=np.float32)[None, :, None]
    for amount, colour in zip(amounts, colours, strict=True):
        table = 1 - levels * (1 - np.array(colour, np.float32))
        layer = cv2.LUT(cv2.merge([amount] * 3), table)
        total = layer if total is None else np.multiply(total, layer, out=total)
    assert total is not None
    return total
