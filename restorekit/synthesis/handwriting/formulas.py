"""Formulas of mathematics, physics and chemistry, and how a hand sets them.

A formula is text in which ``^x`` and ``_x`` raise and lower a character or a ``{group}``, ``[a|b]`` is ``a``
over ``b``, and ``√{group}`` is a root. Signs that few hands have are drawn from strokes.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.writer import ASTRAY, Writer
from restorekit.synthesis.textures import Rng

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
FORMULAS = {
    "mathematics": (
        "{y}=a{x}^2+b{x}+c",
        "{x}_{1,2}=[-b±√{b^2-4ac}|2a]",
        "D=b^2-4ac={p}",
        "a^2+b^2=c^2",
        "f({x})={n}{x}^2-{m}{x}+{k}",
        "f(-{k})={n}·(-{k})^2+{m}={p}",
        "({x}+{y})^2={x}^2+2{x}{y}+{y}^2",
        "{x}^2-{y}^2=({x}+{y})({x}-{y})",
        "({x}-{n})({x}+{m})=0",
        "A({n},{k}),  B(-{m},{p})",
        "M([{n}+{k}|2],[{m}+{p}|2])",
        "d=√{(x_2-x_1)^2+(y_2-y_1)^2}",
        "(n-2)·180°=(n-2)π",
        "P(A∪B)=P(A)+P(B)-P(A∩B)",
        "A={{n},{m},{p}},  B={x|x>{k}}",
        "sin(α+β)=sin α cos β+cos α sin β",
        "(f·g)'=f'·g+f·g'",
        "f'({x})={p}{x}+{m}",
        "∫_0^{k} {x}^2 d{x}=[{x}^3|3]",
        "Σ_{i=1}^n x_iy_i={p}",
        "S_n=[n(a_1+a_n)|2]",
        "a_n=a_1+(n-1)d",
        "sin^2θ+cos^2θ=1",
        "tan α=[sin α|cos α]",
        "[d{y}|d{x}]={n}{x}",
        "lim f({x})={k}",
        "P(A)=[{k}|{p}]",
        "AA^T=A^TA=I",
        "A^{-1}=A^T",
        "x·y=0 ↔ x⊥y",
        "|x|=√{x·x}",
        "∀ x∈ℝ: x^2≥0",
        "x∈{{n},{m},{p}}",
        "-{n}≤{x}<{m}",
        "A=πr^2≈{p}",
        "V=[4|3]πr^3",
        "[{n}|{m}]+[{k}|{m}]=[{s}|{m}]",
        "{n}{x}+{m}={q} ⇒ {x}={k}",
        "log_{k}{w}=2",
        "√{{w}}={k}",
        "R_0,R_{90},R_{180},R_{270}",
        "n≠{k}",
    ),
    "science": (
        "v=[s|t]=[{p}|{n}]",
        "F=m·a={n}·{m}",
        "E=mc^2",
        "U=R·I",
        "P=[W|t]",
        "ρ=[m|V]",
        "λ=[c|f]",
        "E_k=[1|2]mv^2",
        "2H_2+O_2→2H_2O",
        "CO_2+H_2O→H_2CO_3",
        "Zn+2HCl→ZnCl_2+H_2",
        "CaCO_3→CaO+CO_2",
        "Na^+ + Cl^-→NaCl",
        "ΔT={s}-{n}={k}",
        "ω=2πf",
        "Ca(OH)_2+CO_2→CaCO_3+H_2O",
        "Fe_2(SO_4)_3+6NaOH→2Fe(OH)_3",
        "Cu(NO_3)_2",
        "Q=mc(t_2-t_1)",
        "V_2-V_1=({s}-{n}) mL={k} mL",
        "R=[U|I]  (I={k} A)",
    ),
}
"""By subject."""
INDEX = re.compile(r"(?<![A-Za-z\d])([FIPQRSUVWhmstvx])(\d)(?=[-=+×÷)]|$)")
"""A quantity with a number, which is written low: the second current is I with a 2."""
MOLECULE = re.compile(r"\d*(?:[A-Z][a-z]?\d*){2,}|(?:H|O|N|Cl)2")
"""Letters of elements, and how many atoms of each, written low."""
RATIO = re.compile(r"(?<==)([A-Za-z])/([A-Za-z])$")
"""One quantity by another, at the end of a formula."""
AIRY = 0.6
"""The share of formulas with room on both sides of their equals sign."""
SMALL = 0.65
"""Raised and lowered characters by the others."""


def formula(rng: Rng, subject: str = "") -> str:
    """A line of a formula of a subject, or of any, in this module's writing."""
    known = FORMULAS.get(subject) or sum(FORMULAS.values(), ())
    text = known[int(rng.integers(0, len(known)))]
    x, y = rng.choice(list("xytzuabn"), 2, replace=False)
    for name, value in (("{x}", x), ("{y}", y)):
        text = text.replace(name, str(value))
    n, m, k, p = (int(number) for number in rng.integers(2, (10, 20, 6, 100)))
    numbers = {"n": n, "m": m, "k": k, "p": p, "s": n + k, "q": n * k + m, "w": k * k}
    for name, number in numbers.items():
        text = text.replace(f"{{{name}}}", str(number))
    if rng.random() < AIRY:
        text = re.sub("(?<! )([=→≈⇒])(?! )", r" \1 ", text)
    return text


def with_indices(text: str) -> str:
    """A line of a working, or an answer, with what is written low in it in this module's writing."""
    if MOLECULE.fullmatch(text):
        return re.sub(r"(?<=[A-Za-z])\d+", r"_{\g<0>}", text)
    return INDEX.sub(r"\1_\2", text)


def tall(text: str) -> bool:
    """Whether a formula takes more room than a line."""
    return "[" in text


def write_formula(writer: Writer, text: str, x: float, y: float, size: float | None = None) -> float:
    """Write a formula from ``x`` on, standing on ``y``; returns where it ends, pixels."""
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
            x, at = _fraction(writer, *_halves(text[at + 1 : close]), x, y), close + 1
        elif sign == "√":
            inner, at = _group(text, at + 1)
            x = _root(writer, inner, x, y)
        else:
            x, at = _sign(writer, sign, x, y), at + 1
    return _run(writer, run, x, y)


def _em(writer: Writer) -> float:
    """How tall the capitals of a hand are, pixels, which the signs and the parts of formulas go by."""
    return writer.size * writer.hand.latin


def _run(writer: Writer, run: str, x: float, y: float) -> float:
    em = _em(writer)
    if not run.strip():
        return x + 0.3 * em * len(run)
    lead = len(run) - len(run.lstrip())
    return writer.write(run.strip(), x + 0.3 * em * lead, y) + 0.05 * em


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


def _fraction(writer: Writer, above: str, below: str, x: float, y: float) -> float:
    em, size, start = _em(writer), 0.85 * writer.size, x + 0.3 * _em(writer)
    middle = y - 0.3 * em
    floor = middle + 0.97 * max(1.0, writer.hand.stretch) * em  # clear of the bar, however tall the hand
    end = write_formula(writer, above, start, middle - 0.24 * em, size)
    lower = len(re.sub(r"[\^_{}√ ]", "", below)) * writer.step * size
    shift = max(0.0, 0.5 * (end - start - lower) + writer.rng.normal(0, ASTRAY) * em)
    stop = max(end, write_formula(writer, below, start + shift, floor, size), start + 0.45 * em)
    over = writer.rng.uniform(-0.05, 0.3, 2) * em
    writer.bar(start - max(over[0], 0.0), stop + over[1], middle)
    return stop + max(over[1], 0.0) + 0.15 * em


def _root(writer: Writer, inner: str, x: float, y: float) -> float:
    size = _em(writer)
    end = write_formula(writer, inner, x + 0.55 * size, y)
    top = y - 1.05 * max(1.0, writer.hand.stretch) * size
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
