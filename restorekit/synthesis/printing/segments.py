"""Printed diagrams of sums for the first years: bars in equal parts and things in a row, under braces."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from restorekit.synthesis.icons import THINGS
from restorekit.synthesis.printing.blocks import put_lines
from restorekit.synthesis.printing.curves import (
    brace,
    curves,
    dashes,
    line_width,
    put_label,
    small_type,
)
from restorekit.synthesis.printing.geometry import Readings
from restorekit.synthesis.printing.line_art import LEAST, drawings
from restorekit.synthesis.printing.questions import instruct
from restorekit.synthesis.printing.reproduced import reproduce
from restorekit.synthesis.printing.sheets import Sheet, text_width
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.units import unit_in
from restorekit.synthesis.textures import Rng

EASTERN_UNITS = ("元", "个", "本", "米", "人", "只", "千克")
"""What is counted, in Chinese; it stands behind the number without a gap."""
CLOSE_UP = 1.1
"""How far up into a diagram's room its working may begin, in ems: its last label stands about there."""
COUNTERS = {"animal": "只", "vehicle": "辆", "flower": "朵", "tree": "棵"}
"""What things in a row are counted by, in Chinese; all others by 个."""
BOXED = ("fruit", "ball", "food")
"""What comes in packs."""
PACKED = 0.5
"""The share of such rows with packs, each with the number of things in it written on it, or to be found."""
UNITS = ("cm", "m", "km", "kg", "g", "l", "mm")


class Bar(NamedTuple):
    """A row of a diagram.

    Attributes:
        lengths: of its parts.
        dashed: whether the last part's edge is dashed: what is missing.
    """

    lengths: tuple[int, ...]
    dashed: bool = False


class Span(NamedTuple):
    """A brace over the parts ``first`` up to ``last`` of the bar ``row``, and what it says."""

    row: int
    first: int
    last: int
    above: bool
    text: str


class Problem(NamedTuple):
    """What a diagram shows, and how it is worked out, line by line."""

    bars: tuple[Bar, ...]
    spans: tuple[Span, ...]
    working: tuple[str, ...]


def segment_problem(rng: Rng, unit: str) -> Problem:
    """Equal parts of which one is asked for, a whole of two parts, or a bar that is longer than another."""
    kind, n, m = int(rng.integers(0, 4)), int(rng.integers(2, 6)), int(rng.integers(2, 7))
    each, a, b = int(rng.integers(2, 20)), int(rng.integers(8, 60)), int(rng.integers(4, 40))
    if kind == 0:
        spans: tuple[Span, ...] = (Span(0, 0, n, True, f"{n * each}{unit}"), Span(1, 0, m, False, f"?{unit}"))
        lines = (f"{n * each}÷{n}×{m}", f"={each}×{m}", f"={each * m}")
        return Problem((Bar((1,) * n), Bar((1,) * m)), spans, lines)
    if kind == 1:
        b = max(1, round(each * rng.uniform(0.5, 1.6)))
        other = each + b
        spans = (
            Span(0, 0, n, True, f"{n * each}{unit}"),
            Span(1, 0, 2, True, f"{other}{unit}"),
            Span(1, 1, 2, False, f"?{unit}"),
        )
        lines = (f"{other}-{n * each}÷{n}", f"={other}-{each}", f"={b}")
        return Problem((Bar((each,) * n), Bar((each, b))), spans, lines)
    if kind == 2:
        wholes = (f"?{unit}", f"{a}{unit}", f"{b}{unit}"), (f"{a + b}{unit}", f"{a}{unit}", f"?{unit}")
        whole, first, second = wholes[int(rng.integers(0, 2))]
        spans = Span(0, 0, 2, False, whole), Span(0, 0, 1, True, first), Span(0, 1, 2, True, second)
        line = (f"{a}+{b}", f"={a + b}") if whole[0] == "?" else (f"{a + b}-{a}", f"={b}")
        return Problem((Bar((a, b), bool(rng.random() < 0.2)),), spans, line)
    spans = (
        Span(0, 0, 1, True, f"{a}{unit}"),
        Span(1, 1, 2, True, f"{b}{unit}"),
        Span(1, 0, 2, False, f"?{unit}"),
    )
    return Problem((Bar((a,)), Bar((a, b), bool(rng.random() < 0.3))), spans, (f"{a}+{b}", f"={a + b}"))


def segments(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """A diagram of bars or of lines with ticks, in the box given; returns how it is worked out."""
    problem, kind, line = segment_problem(rng, _unit(sheet, rng)), small_type(sheet), line_width(sheet, rng)
    em = kind.size
    drawn = dict.fromkeys(phrases.entry(rng, sheet.language, "name") for _ in range(8))
    names = list(drawn)[: len(problem.bars)] if rng.random() < 0.7 else []
    names = [name + ("：" if sheet.language in ("zh", "ja") else ":") for name in names]
    room = max((text_width(name, kind) + 0.4 * em for name in names), default=0.0)
    if room > 0.4 * width:
        names, room = [], 0.0
    thick = em * rng.uniform(0.4, 0.8) if rng.random() < 0.7 else 0.0
    pixels = (width - room) / max(sum(bar.lengths) for bar in problem.bars)
    angular = bool(rng.random() < 0.3)
    pitch = min(height / len(problem.bars), em * rng.uniform(3.2, 5))
    for row, bar in enumerate(problem.bars):
        middle = y + pitch * (row + 0.5)
        cuts = x + room + pixels * np.cumsum((0, *bar.lengths))
        _draw_bar(sheet, bar, cuts, middle, thick, line)
        if row < len(names):
            put_label(sheet, x, middle + 0.35 * em, names[row], kind, align=0.0)
        for span in problem.spans:
            if span.row == row:
                start, stop = cuts[span.first] + 0.05 * em, cuts[span.last] - 0.05 * em
                away = 0.5 * thick + 0.25 * em if thick else 0.4 * em
                _brace(sheet, start, stop, middle, away if span.above else -away, span.text, line, angular)
    return {"see": problem.working}


def _unit(sheet: Sheet, rng: Rng) -> str:
    """What is counted or measured, as it stands behind a number."""
    if sheet.language == "zh":
        return str(rng.choice(EASTERN_UNITS))
    return f" {unit_in(sheet.language, str(rng.choice(UNITS)))}"


def _draw_bar(sheet: Sheet, bar: Bar, cuts: np.ndarray, middle: float, thick: float, line: float) -> None:
    """A bar of ``thick`` pixels, or where that is 0 a line with ticks, parted at ``cuts``."""
    top, floor = middle - 0.5 * thick, middle + 0.5 * thick
    tick = 0.2 * sheet.unit if not thick else 0.0
    whole = cuts[-2] if bar.dashed else cuts[-1]
    paths = [[(cuts[0], level), (whole, level)] for level in sorted({top, floor})]
    paths += [[(cut, top - tick), (cut, floor)] for cut in cuts[: -1 if bar.dashed else None]]
    curves(sheet, paths, line)
    if bar.dashed:
        rest = [(whole, top), (cuts[-1], top), (cuts[-1], floor), (whole, floor)]
        rest = rest if thick else rest[:2]  # on its way back a line would fill its gaps
        curves(sheet, dashes(rest, 0.25 * sheet.unit), line)


def _brace(
    sheet: Sheet, start: float, stop: float, level: float, away: float, text: str, line: float, angular: bool
) -> None:
    """A brace ``away`` pixels above ``level``, below where negative, and its label at the tip."""
    kind = small_type(sheet)
    up = np.sign(away)
    depth = up * 0.55 * kind.size
    curves(sheet, [brace(start, stop, level - away, depth, angular=angular)], line)
    tip = level - away - depth
    floor = tip - 0.2 * kind.size if up > 0 else tip + 1.0 * kind.size
    put_label(sheet, (start + stop) / 2, floor, text, kind)


def things_in_row(sheet: Sheet, rng: Rng, x: float, y: float, width: float, height: float) -> Readings:
    """Things of two kinds, or packs of things and single ones, over one long brace; how it is worked out."""
    kind, line, packed = small_type(sheet), line_width(sheet, rng), rng.random() < PACKED
    em, room = kind.size, max(2, int(0.9 * width / LEAST))
    n = min(int(rng.integers(2, 5)), max(1, room - 1))
    m = min(int(rng.integers(1, 6)), room - n)
    side = max(float(LEAST), min(0.55 * height, 0.9 * width / (n + m), 2.4 * sheet.unit))
    step, each = 1.11 * side, int(rng.integers(2, 9))
    kind_of = str(rng.choice(BOXED if packed else list(THINGS)))
    unit = COUNTERS.get(kind_of, "个") if sheet.language == "zh" else ""
    total, asked = (n * each if packed else n) + m, bool(not packed or rng.random() < 0.5)
    floor, at = y + 0.6 * height, x
    first, second = drawings(sheet, rng, int(side), 2, kind_of)
    for place in range(n + m):
        if packed and place < n:
            _pack(sheet, at, floor, side, f"{each}" if asked else "?", line)
        else:
            sheet.image.paste(first if place < n else second, (int(at), int(floor - int(side))))
        at += step
    text = f"?{unit}" if asked else f"{total}{unit}"
    _brace(sheet, x, at - 0.1 * side, floor, -0.2 * em, text, line, bool(rng.random() < 0.4))
    if not packed:
        return {"see": (f"{n}+{m}", f"={total}")}
    if asked:
        return {"see": (f"{n}×{each}+{m}", f"={n * each}+{m}", f"={total}")}
    return {"see": (f"({total}-{m})÷{n}", f"={n * each}÷{n}", f"={each}")}


def _pack(sheet: Sheet, x: float, floor: float, side: float, said: str, line: float) -> None:
    """A box seen from the front and from above, and what is written on it."""
    wide, tall, deep = 0.82 * side, 0.66 * side, 0.16 * side
    front = [(x, floor), (x, floor - tall), (x + wide, floor - tall), (x + wide, floor), (x, floor)]
    back = [(x, floor - tall), (x + deep, floor - tall - deep), (x + wide + deep, floor - tall - deep)]
    rim = [(x + wide + deep, floor - tall - deep), (x + wide + deep, floor - deep), (x + wide, floor)]
    curves(sheet, [front, back, rim, [(x + wide, floor - tall), rim[0]]], line)
    kind = small_type(sheet)
    kind = kind._replace(size=max(9, min(kind.size, round(0.8 * tall))))
    put_label(sheet, x + 0.5 * wide, floor - 0.5 * tall + 0.36 * kind.size, said, kind)


def see_and_solve(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """One or two diagrams beside each other, blank paper below each for the sum that it shows."""
    text = instruct(sheet, rng, "see")
    if not text:
        return y
    y = put_lines(sheet, text, left, right, y, sheet.body)
    count = 2 if (right - left) > 22 * sheet.unit and rng.random() < 0.7 else 1
    span = (right - left) / count
    top, tall = y + 0.6 * sheet.unit, sheet.unit * rng.uniform(4.8, 7)
    bottom = top + tall + sheet.plan.blank * sheet.unit
    for place in range(count):
        x, width = left + place * span + 0.5 * sheet.unit, min(0.85 * span, sheet.unit * rng.uniform(9, 18))
        draw = segments if rng.random() < 0.6 else things_in_row
        working = draw(sheet, rng, x, top, width, tall)
        reproduce(sheet, rng, x, top, width, tall)
        near = top + tall - CLOSE_UP * sheet.unit * rng.random()  # numbers of children touch those in print
        sheet.slot("area", x, near, x + 0.9 * span, bottom, "\n".join(working["see"]))
    return bottom + 0.5 * sheet.unit
