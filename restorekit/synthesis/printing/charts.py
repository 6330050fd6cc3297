"""Printed charts: pies with thin wedges and leader lines, bars, and axes with ticks and helper lines."""

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
    row_of_words,
    small_type,
)
from restorekit.synthesis.printing.geometry import Readings
from restorekit.synthesis.printing.sheets import Sheet, text_width
from restorekit.synthesis.textures import Rng, log_uniform

AXES: dict[str, tuple[tuple[str, str], ...]] = {
    "mathematics": (("y", "x"), ("s/m", "t/min"), ("S", "x"), ("n", "x"), ("y", "t/min"), ("h/cm", "n")),
    "": (
        *(("s/m", "t/s"), ("v", "t/s"), ("U/V", "I/A"), ("I/A", "U/V"), ("m/g", "V/mL"), ("h/cm", "t/min")),
        *(("p", "h/cm"), ("F/N", "h/cm"), ("%", "t/min"), ("y", "x")),
    ),
}
"""What stands at the ends of the axes up and across, by subject."""
WIDE = 50
"""Degrees from which on a wedge has room for its label."""
THINNEST = 5
"""Per cent of the thinnest wedge of charts that are read off."""
TRACES, TRACE = 0.45, (0.3, 7.0)
"""The share of the charts that show what something is made up of, one thing mostly, as air is, and from how
many per cent to how many the rest are, some in slivers that run together at the centre."""
MOSTLY = 60
"""A wedge of more per cent is left white."""
SLIVER = 5
"""Wedges of less per cent are mostly toned, or they would not be seen."""


def pie(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """A circle cut into wedges, some thin, some grey or hatched; leader lines to the labels of thin ones."""
    line, em = line_width(sheet, rng), small_type(sheet).size
    radius = min(0.27 * width, 0.5 * height - 1.5 * em)
    centre = np.array([x + 0.5 * width, y + 0.5 * height])
    shares = _shares(rng)
    first = 2 * np.pi * rng.random()
    if shares[0] > MOSTLY:  # what is thin stands above the middle, where there is room for its labels
        first = rng.normal(-0.5 * np.pi, 0.7) + 0.02 * np.pi * 0.5 * (100 - shares[0])
    ends = first + 0.02 * np.pi * np.cumsum([0, *shares])
    worded, thin, within = rng.random() < 0.75, [], []
    names = iter(row_of_words(sheet, rng, "category"))
    for share, start, stop in zip(shares, ends[:-1], ends[1:], strict=True):
        middle = 0.5 * (start + stop)
        plain = share > MOSTLY or rng.random() < (0.15 if share < SLIVER else 0.4)
        if not plain:
            rim = arc(centre[0], centre[1], radius, start, stop)
            _shade(sheet, rng, np.concatenate([centre[None], rim]), line)
        text = f"{share:g}%"
        if worded:
            text = f"{next(names, '')} {text}"
        if plain and 3.6 * share > WIDE and radius > 2.6 * em:
            fits = text_width(text, small_type(sheet)) < 1.1 * radius * np.sin(0.5 * min(stop - start, np.pi))
            at = centre + 0.48 * radius * np.array([np.cos(middle), np.sin(middle)])
            within.append((at, text if fits else f"{share:g}%"))
        else:
            fits = text_width(text, small_type(sheet)) < 0.5 * width - 1.3 * radius
            thin.append((middle, text if fits else f"{share:g}%"))
    edges = [[centre, centre + radius * np.array([np.cos(end), np.sin(end)])] for end in ends[1:]]
    curves(sheet, [*map(np.array, edges), arc(centre[0], centre[1], radius)], line)
    for at, text in within:  # once no wedge is laid over them any more
        put_label(sheet, at[0], at[1] + 0.35 * em, text, small_type(sheet))
    _lead_out(sheet, rng, centre, radius, thin, line)
    most, least = max(shares), min(shares)
    apart = f"{most:g}-{least:g}", f"={most - least:.3g}"
    return {"see_difference": apart, "see_most": (f"{most:g}",)}


def _shares(rng: Rng) -> list[float]:
    """Per cent: one large share and a few thin ones or traces, in tenths, or whole ones of any size."""
    count = int(rng.integers(3, 6))
    if rng.random() < TRACES:
        tenths = [round(10 * log_uniform(rng, *TRACE)) for _ in range(count - 1)]
        return [(1000 - sum(tenths)) / 10, *(part / 10 for part in tenths)]
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
    *,
    counts: bool = False,
) -> np.ndarray:
    """Axes with arrows or without, and their names; returns left, top, right and floor of the room within.

    Where they show ``counts`` of what is named below them, the axis across has no name.
    """
    kind = small_type(sheet)
    em = kind.size
    left, floor, right, top = x + 1.9 * em, y + height - 1.3 * em, x + width - 0.8 * em, y + 0.9 * em
    down, across = [(left, floor), (left, y)], [(left, floor), (x + width, floor)]
    able = next(names for where, names in AXES.items() if sheet.topic.startswith(where))
    names = able[int(rng.integers(0, len(able)))]
    names = (("n", "%", "")[int(rng.integers(0, 3))], "") if counts else names
    if rng.random() < 0.75:
        hollow = bool(rng.random() < 0.5)
        for path in (down, across):
            arrow(sheet, path, line, hollow=hollow)
        put_label(sheet, left + 0.4 * em, y + 0.8 * em, names[0], kind, align=0.0)
        put_label(sheet, x + width, floor + 1.1 * em, names[1], kind, align=0.6)
    else:
        curves(sheet, [down, across], line)
    return np.array([left, top, right, floor])


def ticks(sheet: Sheet, rng: Rng, room: np.ndarray, line: float, step: float) -> float:
    """Ticks ``step`` apart and numbers up the left axis, lines across now and then; gives a pixel's worth."""
    kind = small_type(sheet)
    left, top, right, floor = room.tolist()
    count = int(np.clip((floor - top) / (1.4 * kind.size), 2, rng.integers(3, 7)))
    levels = floor - (floor - top) * np.arange(1, count + 1) / (count + 0.4)
    tick = 0.25 * kind.size
    curves(sheet, [[(left, level), (left + tick, level)] for level in levels], line)
    for place, level in enumerate(levels):
        text = f"{step * (place + 1):g}"
        put_label(sheet, left - 0.25 * kind.size, level + 0.35 * kind.size, text, kind, align=1.0)
    style = rng.random()
    if style < 0.25:
        grid = (int(rng.integers(120, 215)),) * 3
        curves(sheet, [[(left, level), (right, level)] for level in levels], 0.8 * line, grid)
    elif style < 0.4:
        for level in levels:
            curves(sheet, dashes([(left, level), (right, level)], 0.2 * kind.size), line)
    return step * (count + 0.4) / (floor - top)


def bars(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """Bars, white, grey or hatched, on an axis with ticks, with numbers above and words below."""
    kind, line = small_type(sheet), line_width(sheet, rng)
    em = kind.size
    room = frame(sheet, rng, x, y, width, height, line, counts=True)
    step = float(rng.choice([1, 2, 5, 10, 20, 50]))
    worth = ticks(sheet, rng, room, line, step)
    grain = step if step % 2 else 0.5 * step  # bars end at marks or halfway between them
    left, top, right, floor = room.tolist()
    count = int(np.clip((right - left) / (1.6 * em), 2, rng.integers(3, 8)))
    pitch, thick = (right - left) / count, rng.uniform(0.3, 0.7)
    marks = max(2, int(0.9 * worth * (floor - top) / grain))
    low = rng.permutation(marks - 1)  # but for the highest, as unlike as there are heights
    highs = grain * (1 + np.resize(low, count))
    highs[int(rng.integers(0, count))] = grain * marks
    look, tone = rng.random(), (int(rng.integers(60, 230)),) * 3
    tone = sheet.plan.accent if rng.random() < 0.25 else tone
    counted, names = rng.random() < 0.5, row_of_words(sheet, rng, "category")
    worded = len(names) >= count and all(text_width(name, kind) <= 0.9 * pitch for name in names)
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
        if counted:
            put_label(sheet, across, level - 0.2 * em, f"{highs[place]:g}", kind)
        word = names[place] if worded else f"{place + 1}"
        put_label(sheet, across, floor + 1.05 * em, word, kind)
    most, least = float(highs.max()), float(highs.min())
    return {
        "see_total": ("+".join(f"{high:g}" for high in highs), f"={highs.sum():g}"),
        "see_difference": (f"{most:g}-{least:g}", f"={most - least:g}"),
        "see_largest": (f"{most:g}",),
    }
