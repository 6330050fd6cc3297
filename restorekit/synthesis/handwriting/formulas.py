"""Formulas of mathematics, physics and chemistry, and how a hand sets them.

A formula is text in which ``^x`` and ``_x`` raise and lower a character or a ``{group}``, ``[a|b]`` is ``a``
over ``b``, and ``√{group}`` is a root. Signs that few hands have are drawn from strokes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.clearance import drawn_apart, lay, lay_clear
from restorekit.synthesis.handwriting.writer import Writer

Drawn = Callable[[Writer, str, float, float], float]
SIGNS = {
    "Σ": "52 50 00 00 35 35 0a 0a 6a 68",
    "∫": "41 30 22 28 1b 0a",
    "→": "07 67|45 45 67 67 49",
    "⇒": "06 56|08 58|44 67 5a",
    "↔": "07 67|45 67 49|25 07 29",
    "≤": "44 06 48|0a 4a",
    "≥": "04 46 08|0a 4a",
    "<": "44 07 4a",
    ">": "04 47 0a",
    "∈": "45 25 07 29 4a|07 37",
    "∞": "35 17 05 07 29 47 65 77 59 36",
    "π": "06 06 56 55|16 1a|46 49 5a",
    "θ": "30 12 08 2a 48 43 30|15 45",
    "α": "55 38 1a 08 16 35 58 6a",
    "β": "0d 02 20 42 25 15 47 3a 0a",
    "λ": "10 20 36 5a|26 0a",
    "ω": "05 08 1a 37 5a 68 65",
    "Δ": "30 30 0a 0a 6a 6a 30",
    "ρ": "0d 07 25 45 57 49 2a 19",
    "φ": "25 07 2a 47 25|33 1d",
    "≈": "06 15 26 36 45|09 18 29 39 48",
    "±": "24 28|06 46|0a 4a",
    "·": "17 27",
    "⊥": "34 3a|0a 6a",
    "≠": "06 46|08 48|44 1a",
    "∀": "00 3a 60|15 45",
    "|": "10 1b",
    "∠": "60 0a 6a",
    "△": "30 30 0a 0a 6a 6a 30",
    "≌": "05 16 24 35|08 48|0a 4a",
    "≅": "05 14 26 35|08 48|0a 4a",
    "∥": "30 1a|50 3a",
    "∵": "22 23|08 19|38 39",
    "∴": "23 24|08 19|48 49",
    "∩": "0a 04 21 31 54 5a",
    "∪": "01 07 2a 3a 57 51",
    "ℝ": "00 0a|10 1a|00 30 52 44 25 05|25 5a",
}
"""Strokes as those of ``letters.STROKES``."""
INDEX = re.compile(r"(?<![A-Za-z\d])([FIPQRSUVWhmstvx])(\d)(?=[-=+×÷)]|$)")
"""A quantity with a number, which is written low: the second current is I with a 2."""
MOLECULE = re.compile(r"\d*(?:[A-Z][a-z]?\d*){2,}|(?:H|O|N|Cl)2")
"""Letters of elements, and how many atoms of each, written low."""
RATIO = re.compile(r"(?<==)([A-Za-z])/([A-Za-z])$")
"""One quantity by another, at the end of a formula."""
SMALL = 0.65
"""Raised and lowered characters by the others."""
BAR = 0.3
"""How high above the line the bar of a fraction is, in ems."""
PART, OFF, THICK = 0.8, (0.09, 0.2), 1.1
"""How tall the numbers of a fraction are by the others; how far their ink is off its bar, in ems; and by the
width of the line, at least."""
ASTRAY = 0.07
"""How far the numbers of a fraction are off its middle, in ems, at one standard deviation."""
OVER = (0.0, 0.28)
"""How far the bar of a fraction reaches over its numbers on each side, in ems."""
SPACES = 0.3, 0.15
"""How wide a space before a part is, and one after it, in ems."""


def with_indices(text: str) -> str:
    """A line of a working, or an answer, with what is written low in it in this module's writing."""
    if MOLECULE.fullmatch(text):
        return re.sub(r"(?<=[A-Za-z])\d+", r"_{\g<0>}", text)
    return INDEX.sub(r"\1_\2", text)


def tall(text: str) -> bool:
    """Whether a formula takes more room than a line."""
    return "[" in text


def write_working(writer: Writer, text: str, x: float, y: float) -> float:
    """Write a line of a sum, fractions (``3⁄4``) one number above the other; returns where it ends."""
    if "⁄" not in text:
        return writer.write(text, x, y)
    return write_formula(writer, re.sub(r"(\d+)⁄(\d+)", r"[\1|\2]", text), x, y)


def write_formula(writer: Writer, text: str, x: float, y: float, size: float | None = None) -> float:
    """Write a formula from ``x`` on, standing on ``y``, each part of it clear of the ink before it.

    Returns where it ends, pixels.
    """
    size = size or writer.size
    writer = replace(
        writer, hand=writer.hand._replace(ink=None, climb=0.0), size=size
    )  # real ink has no letters
    em = _em(writer)
    at, run = 0, ""
    while at < len(text):
        sign = text[at]
        if sign not in "^_[√" and sign not in SIGNS:
            run, at = run + sign, at + 1
            continue
        x, run = _run(writer, run, x, y), ""
        if sign in "^_":
            inner, at = _group(text, at + 1)
            low, start = SMALL * size, x
            x = write_formula(writer, inner, x, y - 0.5 * em if sign == "^" else y + 0.22 * em, low)
            if at < len(text) and text[at] in "^_":  # one above the other
                other, after = _group(text, at + 1)
                up = y - 0.5 * em if text[at] == "^" else y + 0.22 * em
                x, at = max(x, write_formula(writer, other, start, up, low)), after
            x += 0.08 * em
        elif sign == "[":
            close = _closing(text, at, "[", "]")
            x, at = _set(writer, _fraction, text[at + 1 : close], x, y), close + 1
        elif sign == "√":
            inner, at = _group(text, at + 1)
            x = _set(writer, _root, inner, x, y)
        else:
            x, at = _set(writer, _sign, sign, x, y), at + 1
    return _run(writer, run, x, y)


def _set(writer: Writer, draw: Drawn, said: str, x: float, y: float) -> float:
    """Draw a part of a formula, clear of what is there; returns where it ends, ``x`` without room."""
    end = lay_clear(writer, drawn_apart(writer, lambda by: draw(by, said, x, y), x, y))
    return x if end is None else end


def _em(writer: Writer) -> float:
    """How tall the capitals of a hand are, pixels, which the signs and the parts of formulas go by."""
    return writer.size * writer.hand.latin


def _run(writer: Writer, run: str, x: float, y: float) -> float:
    em, (before, after) = _em(writer), SPACES
    if not run.strip():
        return x + before * em * len(run)
    x += before * em * (len(run) - len(run.lstrip()))
    end = _set(writer, lambda by, said, x, y: by.write(said, x, y), run.strip(), x, y)
    return end + (0.05 + after * (run[-1] == " ")) * em


def _closing(text: str, at: int, opens: str, closes: str) -> int:
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == opens) - (text[place] == closes)
        if not depth:
            return place
    return len(text) - 1


def _halves(text: str) -> tuple[str, str]:
    above, _, below = text.rpartition("|")
    return above, below


def _group(text: str, at: int) -> tuple[str, int]:
    """The character or the group at ``at``, and where the text goes on."""
    if at < len(text) and text[at] == "{":
        close = _closing(text, at, "{", "}")
        return text[at + 1 : close], close + 1
    return text[at : at + 1], at + 1


def _fraction(writer: Writer, halves: str, x: float, y: float) -> float:
    """The two numbers as far off their bar as their ink goes, and the bar, which is drawn between them."""
    rng, em = writer.rng, _em(writer)
    above, below = _halves(halves)
    bar, (left_over, right_over) = y - BAR * em, rng.uniform(*OVER, 2) * em
    off = np.maximum(rng.uniform(*OFF, 2) * em, THICK * writer.pen_px)
    start = x + 0.15 * em + left_over
    foot = bar + off[1] + PART * writer.hand.stretch * em
    by, high = replace(writer, size=PART * writer.size), bar - off[0]
    upper = drawn_apart(by, lambda by: write_formula(by, above, start, high), start, high)
    lower = drawn_apart(by, lambda by: write_formula(by, below, start, foot), start, foot)
    wide = max(upper.ink.shape[1], lower.ink.shape[1], 0.35 * em)
    slope = rng.normal(0.02, 0.03) * wide
    for part, top in (upper, bar - off[0] - upper.ink.shape[0]), (lower, bar + off[1]):
        aside = 0.5 * (wide - part.ink.shape[1])
        lay(writer, part, round(start + aside + min(aside, 1.0) * rng.normal(0, ASTRAY) * em), round(top))
    stop = start + wide + right_over
    marks.line(writer.canvas, rng, start - left_over, bar + slope, stop, bar - slope, writer.pen_px)
    return stop + 0.15 * em


def _root(writer: Writer, inner: str, x: float, y: float) -> float:
    size, start = _em(writer), x + 0.55 * _em(writer)
    part = drawn_apart(writer, lambda by: write_formula(by, inner, start, y), start, y)
    lay(writer, part, part.left, part.top)
    end, top = max(part.end, part.right), min(part.top, y - size) - max(0.06 * size, writer.pen_px)
    points = [(x, y - 0.4 * size), (x + 0.15 * size, y - 0.5 * size), (x + 0.3 * size, y + 0.05 * size)]
    marks.line(writer.canvas, writer.rng, *points[0], *points[1], writer.pen_px)
    marks.line(writer.canvas, writer.rng, *points[1], *points[2], writer.pen_px)
    marks.line(writer.canvas, writer.rng, *points[2], x + 0.5 * size, top, writer.pen_px)
    marks.line(writer.canvas, writer.rng, x + 0.5 * size, top, end + 0.1 * size, top, writer.pen_px)
    return end + 0.2 * size


def _sign(writer: Writer, sign: str, x: float, y: float) -> float:
    rng, size = writer.rng, _em(writer)
    grow = size * float(np.exp(rng.normal(0, 0.06)))
    wide = 0.0
    for stroke in SIGNS[sign].split("|"):
        points = np.array([[int(at[0]), int(at[1], 16) - 10] for at in stroke.split()], np.float64) / 10
        points = points * grow + rng.normal(0, 0.02 * grow, points.shape)
        wide = max(wide, float(points[:, 0].max()))
        placed = [(x + 0.1 * size + float(a), y + float(b)) for a, b in points]
        marks.draw_stroke(writer.canvas, rng, placed, min(writer.pen_px, 0.14 * size))
    return x + wide + 0.3 * size
