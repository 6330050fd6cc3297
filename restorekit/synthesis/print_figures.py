"""Printed drawings: figures of geometry, line art, charts, clocks, boxes and pictures in grey."""

from __future__ import annotations

import numpy as np
from PIL import Image

from restorekit.synthesis import phrases
from restorekit.synthesis.print_geometry import (
    circle,
    point_label,
    polygon,
    ring,
    small_type,
    solid,
    triangle,
)
from restorekit.synthesis.print_line_art import line_art
from restorekit.synthesis.scenes import make_scene
from restorekit.synthesis.sheets import Sheet, accent_colour, put_text, rule, text_width
from restorekit.synthesis.textures import Rng


def draw_figure(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    """One figure of a kind drawn at random, in the box given."""
    drawn = (line_art,) * 4 + (polygon, triangle, circle, solid) * 2
    kinds = (*drawn, _axes, _bars, _boxes, _picture, _pie, _clock, _number_line)
    kinds[int(rng.integers(0, len(kinds)))](sheet, rng, x, y, width, height)


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


def _axes(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    floor, middle = y + height * 0.85, x + width * 0.12
    rule(sheet, x, floor, x + width, floor)
    rule(sheet, middle, y, middle, y + height)
    em = small_type(sheet).size
    point_label(sheet, x + width - em, floor + em, "x")
    point_label(sheet, middle - em, y + em, "y")
    point_label(sheet, middle - em, floor + em, "O")
    across = np.linspace(0, 1, 40)
    power, swing = rng.uniform(0.5, 2.5), rng.uniform(0, 0.2)
    curve = 0.75 * across**power + swing * np.sin(across * 9)
    points = [
        (middle + width * 0.8 * a, floor - height * 0.8 * b) for a, b in zip(across, curve, strict=True)
    ]
    sheet.draw.line(points, fill=sheet.colour, width=sheet.rule_px)


def _bars(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    count = int(rng.integers(3, 8))
    step = width / count
    fill = accent_colour(rng) if rng.random() < 0.4 else (int(rng.integers(60, 200)),) * 3
    rule(sheet, x, y + height, x + width, y + height)
    kind = small_type(sheet)
    for place in range(count):
        top = y + height * rng.uniform(0.1, 0.85)
        box = [x + step * (place + 0.2), top, x + step * (place + 0.8), y + height]
        sheet.draw.rectangle(box, fill=fill, outline=sheet.colour)
        share = f"{round(100 * (y + height - top) / height)}"
        if text_width(share, kind) < 0.9 * step:
            put_text(sheet, box[0], top - 3, share, kind, slot=False)


def _pie(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    radius = 0.45 * min(width, height)
    box = [x + width / 2 - radius, y, x + width / 2 + radius, y + 2 * radius]
    cuts = np.sort(rng.uniform(0, 360, int(rng.integers(2, 6))))
    for start, stop in zip(cuts, [*cuts[1:], cuts[0] + 360], strict=True):
        tone = int(rng.integers(90, 256))
        sheet.draw.pieslice(box, start, stop, fill=(tone, tone, tone), outline=sheet.colour)


def _boxes(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    kind = small_type(sheet)
    count = int(rng.integers(2, 5))
    step = width / count
    for place in range(count):
        box = [x + step * place, y + height * 0.3, x + step * (place + 0.72), y + height * 0.7]
        sheet.draw.rounded_rectangle(box, kind.size * 0.3, outline=sheet.colour, width=sheet.rule_px)
        word = phrases.phrase(rng, sheet.language, 1)[: max(1, int(step * 0.6 / kind.size) + 1)]
        put_text(sheet, box[0] + 4, y + height * 0.55, word, kind, slot=False)
        if place:
            rule(sheet, box[0] - step * 0.28, y + height / 2, box[0], y + height / 2)


def _picture(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> None:
    rows, columns = max(16, int(height)), max(16, int(width))
    tones = make_scene(rng, rows, columns).mean(2)
    if rng.random() < 0.5:  # a halftone screen, as cheap printing has it
        grid = np.add.outer(np.sin(np.arange(rows) * 1.3), np.sin(np.arange(columns) * 1.3))
        tones = np.where(tones > 128 + 50 * grid, 255, 20)
    picture = Image.fromarray(tones.astype(np.uint8)).convert("RGB")
    sheet.image.paste(picture, (int(x), int(y)))
