"""Workings and proofs by hand, line by line: formulas, reasons in brackets, lines under a brace."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.formulas import with_indices, write_formula, write_working
from restorekit.synthesis.handwriting.movement import wander
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.texts.algebra import GOES_ON, OPENS
from restorekit.synthesis.texts.proofs import UNDER

MARKUP = re.compile(r"[\^_√∵∴∠△≅≌∥π]|\[[^\]]*\|")
"""What only formulas have; other lines are written as they stand."""
ROOM = 0.9
"""How far lines under a brace are set in, in ems."""
DRIFT = 0.04
"""How far the left edge of a working goes from line to line, in ems, at one standard deviation."""


def plain(line: str) -> str:
    """A line as far as it takes room along the paper."""
    return re.sub(rf"[\^_{{}}{OPENS}{GOES_ON}]", "", line)


def fold(writer: Writer, lines: Sequence[str], room: float) -> list[str]:
    """The lines, reasons that go over ``room`` pixels in lines of their own."""
    folded: list[str] = []
    for line in lines:
        step, bracket, reason = line.rpartition("(")
        fits = writer.reach(plain(line)) * writer.size <= room
        if fits or not step[1:] or not re.match(r"[^\W\d_]{2}", reason):
            folded.append(line)
        else:
            under = GOES_ON if line[0] in (OPENS, GOES_ON) else "  "
            folded += [step, under + bracket + reason]
    return folded


def write_step(writer: Writer, line: str, x: float, y: float) -> float:
    """Write one line of a working or a proof from ``x`` on, standing on ``y``; returns where it ends."""
    if line[:1] in (OPENS, GOES_ON):
        return write_step(writer, line[1:], x + ROOM * writer.size, y)
    line = with_indices(line)
    if MARKUP.search(line):
        return write_formula(writer, line, x, y)
    return write_working(writer, line, x, y)


def indents(writer: Writer, lines: Sequence[str]) -> list[float]:
    """How far to the right the lines of a working begin, in ems.

    Half of the writers put equals signs under one another; with the others the lines begin below each other,
    or the first one a little farther in than those that begin with an equals sign. The edge drifts slowly.
    """
    rng, style = writer.rng, writer.hand.style
    ahead = [line.partition("=")[0] if "=" in line else None for line in map(plain, lines)]
    aligned = style % 2 == 0 and all(part is not None and len(part) < 8 for part in ahead)
    columns = [writer.reach(part or "") for part in ahead]
    farther = ROOM * (style % 3 > 0) if not ahead[0] and any(part == "" for part in ahead[1:]) else 0.0
    drift = np.arange(len(lines)) * rng.normal(0, DRIFT) + wander(rng, len(lines), DRIFT)
    starts = []
    for place, line in enumerate(lines):
        start = max(columns) - columns[place] if aligned else farther * (line[0] != "=")
        starts.append(start * (line[0] not in (*UNDER, OPENS, GOES_ON)) + float(drift[place]))
    return [start - min(starts) for start in starts]


def draw_braces(writer: Writer, lines: Sequence[str], x: float, rows: Sequence[float]) -> None:
    """Draw braces at ``x`` before the lines that stand under one; ``rows`` is what each stands on."""
    spans: list[list[float]] = []
    for line, y in zip(lines, rows, strict=False):
        if line[:1] == OPENS or line[:1] == GOES_ON and not spans:
            spans.append([y, y])
        elif line[:1] == GOES_ON:
            spans[-1][1] = y
    for first, last in spans:
        _brace(writer, x, first - 0.85 * writer.size, last + 0.15 * writer.size)


def _brace(writer: Writer, x: float, top: float, bottom: float) -> None:
    """A tall brace that opens to the right; hardly bent with many, a bracket with some."""
    rng, size = writer.rng, writer.size
    deep = size * float(np.clip(np.exp(rng.normal(-1.1, 0.3)), 0.15, 0.6))
    across = np.array([1.0, 0.6, 0.45, 0.5, 0.0, 0.5, 0.45, 0.6, 1.0])
    down = np.array([0, 0.04, 0.15, 0.42, 0.5, 0.58, 0.85, 0.96, 1.0])
    if rng.random() < 0.2:
        across = np.array([1.0, 0.55, 0.25, 0.08, 0.0, 0.08, 0.25, 0.55, 1.0])
    lean = rng.normal(0, 0.06) * size * (0.5 - down)
    xs = x + deep * across + lean + rng.normal(0, 0.02 * size, len(down))
    ys = top + (bottom - top) * down + rng.normal(0, 0.02 * size, len(down))
    marks.draw_stroke(writer.canvas, rng, list(zip(xs.tolist(), ys.tolist(), strict=True)), writer.pen_px)
