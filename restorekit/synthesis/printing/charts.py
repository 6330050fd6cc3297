"""Printed charts of something: pies with leader lines, bars, and axes with ticks and helper lines."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.printing.curves import (
    arc,
    area,
    arrow,
    curves,
    dashes,
    hatching,
    line_width,
    put_label,
    small_type,
)
from restorekit.synthesis.printing.geometry import Readings
from restorekit.synthesis.printing.sheets import Sheet, text_width
from restorekit.synthesis.texts.grammar import expand
from restorekit.synthesis.textures import Rng

AXES: dict[str, tuple[tuple[str, str], ...]] = {
    "mathematics": (("y", "x"), ("s/m", "t/min"), ("S", "x"), ("n", "x"), ("y", "t/min"), ("h/cm", "n")),
    "science_2_forces": (("s/m", "t/s"), ("v/(m/s)", "t/s"), ("s/km", "t/h")),
    "": (
        *(("s/m", "t/s"), ("v", "t/s"), ("U/V", "I/A"), ("I/A", "U/V"), ("m/g", "V/mL")),
        *(("h/cm", "t/min"), ("p", "h/cm"), ("F/N", "h/cm"), ("y", "x")),
    ),
}
"""What stands at the ends of the axes up and across, by subject."""
WIDE = 50
"""Degrees from which on a wedge has room for its label."""
THINNEST = 5
"""Per cent of the thinnest wedge of charts that are read off."""
MOSTLY = 60
"""A wedge of more per cent is left white."""
TRIES = 8
"""So many charts are drawn to find one that a sheet does not have yet."""
TITLE = 1.7
"""Ems of a chart's height that its title takes."""


def titled(sheet: Sheet, rng: Rng, x: float, y: float, width: float) -> tuple[str, list[str]]:
    """Set what a chart is about above it, none that the sheet has; returns what it counts and its names."""
    for _ in range(TRIES):
        title, counted, names = expand(rng, sheet.language, "chart").split("; ")
        if title not in sheet.asked:
            break
    sheet.asked.add(title)
    put_label(sheet, x + 0.5 * width, y + small_type(sheet).size, title, small_type(sheet))
    return counted, names.split(", ")


def pie(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """A circle cut into wedges, some grey or hatched, each with its name, beside thin ones."""
    line, kind = line_width(sheet, rng), small_type(sheet)
    em = kind.size
    _, names = titled(sheet, rng, x, y, width)
    shares = _shares(rng, len(names))
    texts = [f"{name} {share}%" for name, share in zip(names, shares, strict=False)]
    widest = max(text_width(text, kind) for text in texts) + 0.6 * em
    radius = max(1.5 * em, min((0.5 * width - widest) / 1.22, 0.5 * (height - TITLE * em) - 1.2 * em))
    centre = np.array([x + 0.5 * width, y + 0.5 * (height + TITLE * em)])
    first = 2 * np.pi * rng.random()
    if shares[0] > MOSTLY:  # what is thin stands above the middle, where there is room for its labels
        first = rng.normal(-0.5 * np.pi, 0.7) + 0.02 * np.pi * 0.5 * (100 - shares[0])
    ends = first + 0.02 * np.pi * np.cumsum([0, *shares])
    thin, within = [], []
    for share, text, start, stop in zip(shares, texts, ends[:-1], ends[1:], strict=True):
        middle = 0.5 * (start + stop)
        plain = share > MOSTLY or rng.random() < 0.4
        if not plain:
            rim = arc(centre[0], centre[1], radius, start, stop)
            _shade(sheet, rng, np.concatenate([centre[None], rim]), line)
        fits = text_width(text, kind) < 1.1 * radius * np.sin(0.5 * min(stop - start, np.pi))
        if plain and fits and 3.6 * share > WIDE:
            at = centre + 0.48 * radius * np.array([np.cos(middle), np.sin(middle)])
            within.append((at, text))
        else:
            thin.append((middle, text))
    edges = [[centre, centre + radius * np.array([np.cos(end), np.sin(end)])] for end in ends[1:]]
    curves(sheet, [*map(np.array, edges), arc(centre[0], centre[1], radius)], line)
    for at, text in within:  # once no wedge is laid over them any more
        put_label(sheet, at[0], at[1] + 0.35 * em, text, kind)
    _lead_out(sheet, rng, centre, radius, thin, line)
    most, least = max(shares), min(shares)
    return {"see_difference": (f"{most}-{least}", f"={most - least}"), "see_most": (f"{most}",)}


def _shares(rng: Rng, names: int) -> list[int]:
    """Whole per cents, no more than there are ``names``: one large and some thin, or of any size."""
    count = min(names, int(rng.integers(3, 6)))
    if rng.random() < 0.3:
        rest = rng.integers(THINNEST, 13, count - 1)
    else:
        rest = THINNEST + np.floor(rng.dirichlet([2.0] * count)[1:] * (100 - THINNEST * count)).astype(int)
    return [100 - int(rest.sum()), *rest.tolist()]


def _shade(sheet: Sheet, rng: Rng, corners: np.ndarray, line: float) -> None:
    """A tone, hatching or black within ``corners``."""
    kind = rng.random()
    if kind < 0.4:
        hatching(sheet, corners, sheet.unit * rng.uniform(0.2, 0.45), line, falling=bool(rng.random() < 0.5))
    elif kind < 0.9:
        area(sheet, corners, (int(rng.integers(90, 235)),) * 3 if rng.random() < 0.8 else sheet.plan.accent)
    else:
        area(sheet, corners, sheet.colour)


def _lead_out(
    sheet: Sheet, rng: Rng, centre: np.ndarray, radius: float, thin: list[tuple[float, str]], line: float
) -> None:
    """Labels beside a pie, each at the end of a line from its wedge, one below the other."""
    kind = small_type(sheet)
    bent = rng.random() < 0.5
    for side in (-1, 1):
        mine = sorted((np.sin(turn), turn, text) for turn, text in thin if side * np.cos(turn) >= 0)
        floor = -np.inf
        for rise, turn, text in mine:
            out = np.array([np.cos(turn), rise])
            end = centre + 1.22 * radius * out
            end[1] = floor = max(end[1], floor + 1.15 * kind.size)
            # one that was moved down moves out, clear of the pie
            clear = np.sqrt(max(0.0, (1.15 * radius) ** 2 - (floor - centre[1]) ** 2))
            end[0] = centre[0] + side * max(side * (end[0] - centre[0]), clear)
            path = [centre + 1.02 * radius * out, end]
            if bent:
                path.append(end + (side * 0.5 * kind.size, 0))
            curves(sheet, [np.array(path)], 0.8 * line)
            at = path[-1] + (side * 0.15 * kind.size, 0.35 * kind.size)
            put_label(sheet, at[0], at[1], text, kind, align=0.5 - 0.5 * side)


def frame(
    sheet: Sheet,
    rng: Rng,
    x: float,
    y: float,
    width: float,
    height: float,
    line: float,
    counted: str = "",
) -> np.ndarray:
    """Axes with arrows or without, and their names; returns left, top, right and floor of the room within.

    Where what is ``counted`` is named below them, the axis across has no name.
    """
    kind = small_type(sheet)
    em = kind.size
    left, floor, right = x + 1.9 * em, y + height - 1.3 * em, x + width - 0.8 * em
    top = y + (1.6 if counted else 1.1) * em  # no line or number runs into the name of the axis
    down, across = [(left, floor), (left, y)], [(left, floor), (x + width, floor)]
    able = next(names for where, names in AXES.items() if sheet.topic.startswith(where))
    names = able[int(rng.integers(0, len(able)))]
    names = (counted, "") if counted else names
    if rng.random() < 0.75:
        hollow = bool(rng.random() < 0.5)
        for path in (down, across):
            arrow(sheet, path, line, hollow=hollow)
    else:
        curves(sheet, [down, across], line)
    put_label(sheet, left + 0.4 * em, y + 0.8 * em, names[0], kind, align=0.0)
    put_label(sheet, x + width, floor + 1.1 * em, names[1], kind, align=0.6)
    return np.array([left, top, right, floor])


def ticks(sheet: Sheet, rng: Rng, room: np.ndarray, line: float, step: float, *, bare: bool = False) -> float:
    """Ticks ``step`` apart and numbers up the left axis, lines across now and then; gives a pixel's worth.

    A ``bare`` chart has no lines across.
    """
    kind = small_type(sheet)
    left, top, right, floor = room.tolist()
    count = int(np.clip((floor - top) / (1.4 * kind.size), 2, rng.integers(3, 7)))
    levels = floor - (floor - top) * np.arange(1, count + 1) / (count + 0.4)
    tick = 0.25 * kind.size
    curves(sheet, [[(left, level), (left + tick, level)] for level in levels], line)
    every = 1 if (floor - top) / (count + 0.4) > 1.1 * kind.size else 2  # numbers do not touch
    for place, level in list(enumerate(levels))[(count - 1) % every :: every]:
        text = f"{step * (place + 1):g}"
        put_label(sheet, left - 0.25 * kind.size, level + 0.35 * kind.size, text, kind, align=1.0)
    style = 1.0 if bare else rng.random()
    if style < 0.25:
        grid = (int(rng.integers(120, 215)),) * 3
        curves(sheet, [[(left, level), (right, level)] for level in levels], 0.8 * line, grid)
    elif style < 0.4:
        for level in levels:
            curves(sheet, dashes([(left, level), (right, level)], 0.2 * kind.size), line)
    return step * (count + 0.4) / (floor - top)


def bars(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """Bars, white, grey or hatched, on an axis with ticks, some with numbers above, and words below."""
    kind, line = small_type(sheet), line_width(sheet, rng)
    em = kind.size
    counted, names = titled(sheet, rng, x, y, width)
    y, height = y + TITLE * em, height - TITLE * em
    room = frame(sheet, rng, x, y, width, height, line, counted)
    step = float(rng.choice([2, 10, 20]))
    numbered = rng.random() < 0.5
    worth = ticks(sheet, rng, room, line, step, bare=numbered)  # no line runs through a number
    grain = 0.5 * step  # bars end at marks or halfway between them
    left, top, right, floor = room.tolist()
    widest = max(text_width(name, kind) for name in names) + 0.4 * em
    count = int(np.clip((right - left) / widest, 2, len(names)))
    pitch, thick = (right - left) / count, rng.uniform(0.3, 0.7)
    marks = max(2, int(0.9 * worth * (floor - top) / grain))
    low = rng.permutation(marks - 1)  # but for the highest, as unlike as there are heights
    highs = grain * (1 + np.resize(low, count))
    highs[int(rng.integers(0, count))] = grain * marks
    look, tone = rng.random(), (int(rng.integers(60, 230)),) * 3
    tone = sheet.plan.accent if rng.random() < 0.25 else tone
    for place in range(count):
        across = left + pitch * (place + 0.5)
        a, b = across - 0.5 * thick * pitch, across + 0.5 * thick * pitch
        level = floor - highs[place] / worth
        corners = np.array([(a, floor), (a, level), (b, level), (b, floor)])
        if look < 0.45:
            area(sheet, corners, tone)
        elif look < 0.65:
            hatching(sheet, corners, 0.3 * sheet.unit, line)
        curves(sheet, [corners], line)
        if numbered:
            put_label(sheet, across, level - 0.2 * em, f"{highs[place]:g}", kind)
        put_label(sheet, across, floor + 1.05 * em, names[place], kind)
    most, least = float(highs.max()), float(highs.min())
    return {
        "see_total": ("+".join(f"{high:g}" for high in highs), f"={highs.sum():g}"),
        "see_difference": (f"{most:g}-{least:g}", f"={most - least:g}"),
        "see_largest": (f"{most:g}",),
    }
