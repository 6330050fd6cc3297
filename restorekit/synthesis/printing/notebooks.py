"""Paper to write on: exercise books, pads, loose leaves, squares for compositions, answer sheets.

Sizes are those of stationery in mm; an em of the body type stands for 3.7 mm (10.5 points), so that all fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from restorekit.synthesis.printing.bindings import bind
from restorekit.synthesis.printing.line_breaks import NEVER_FIRST
from restorekit.synthesis.printing.sheets import Colour, Ruling, Sheet, hairline, put_text
from restorekit.synthesis.printing.type_plan import draw_wear
from restorekit.synthesis.printing.worn_rules import writing_rule
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.topics import narrowed
from restorekit.synthesis.textures import Rng, choose

EM_MM = 3.7
RULES: dict[str, tuple[Colour, float]] = {
    "blue": ((128, 158, 214), 0.3),
    "cyan": ((128, 196, 222), 0.18),
    "grey": ((172, 174, 180), 0.22),
    "violet": ((172, 162, 210), 0.14),
    "green": ((146, 194, 168), 0.09),
    "red": ((226, 150, 158), 0.07),
}
"""Inks that rules are printed in, as they look at full strength, and how often."""
TINTS: tuple[Colour, ...] = ((255, 246, 176), (253, 243, 196), (247, 240, 196), (252, 246, 226))
"""Yellow of legal pads, the greener one of engineers' pads, the cream of bound books."""
PITCHES = (6.0, 7.1, 7.1, 8.0, 8.0, 8.0, 8.7, 8.7, 10.0)
"""From rule to rule: narrow, college, European and wide ruling, and children's books."""


def notebook(sheet: Sheet, rng: Rng) -> None:
    """Draw a paper of a kind drawn at random; ``sheet.ruling`` says where to write, and so do its slots."""
    name = choose(rng, {key: weight for key, (_, weight) in PAPERS.items()})
    if sheet.language in ("zh", "ja") and rng.random() < 0.22:
        name = "composition"
    elif sheet.language == "fr" and rng.random() < 0.5:
        name = "seyes"
    sheet.ruling = (_composition if name == "composition" else PAPERS[name][0])(sheet, rng)
    if sheet.ruling:
        clear = 0.0 if name == "answers" else bind(sheet, rng, _mm(sheet))
        sheet.ruling = sheet.ruling._replace(left=max(sheet.ruling.left, clear))
        left, right, first, last, pitch = sheet.ruling[:5]
        for y in np.arange(first, last + 1, pitch):
            sheet.slot("line", left, y - 0.9 * pitch, right, y)


def _mm(sheet: Sheet) -> float:
    return sheet.unit / EM_MM


def _ink(rng: Rng, name: str = "") -> Colour:
    """A rule's colour: no two printers mix it alike, and thin rules look paler."""
    base = RULES[name or choose(rng, {key: weight for key, (_, weight) in RULES.items()})][0]
    shade = 255 - (255 - np.array(base) + rng.normal(0, 7, 3)) * rng.uniform(0.35, 1.0)
    red, green, blue = (int(value) for value in np.clip(shade, 60, 245))
    return red, green, blue


def _across(sheet: Sheet, ys: Iterable[float], x0: float, x1: float, ink: Colour, px: int = 1) -> None:
    for y in ys:
        sheet.draw.line([(x0, y), (x1, y)], fill=ink, width=px)


def _down(sheet: Sheet, xs: Iterable[float], y0: float, y1: float, ink: Colour, px: int = 1) -> None:
    for x in xs:
        sheet.draw.line([(x, y0), (x, y1)], fill=ink, width=px)


def _thin(sheet: Sheet, rng: Rng) -> int:
    """Rules are about 0.1 to 0.25 mm wide."""
    return max(1, round(rng.uniform(0.08, 0.25) * _mm(sheet)))


def _paint(sheet: Sheet, tint: Colour) -> None:
    sheet.draw.rectangle([0, 0, sheet.width, sheet.height], fill=tint)


def _margin(sheet: Sheet, rng: Rng, top: float, ink: Colour) -> tuple[float, float]:
    """A margin rule on the left or, on a page's other side, the right; returns where there is writing."""
    mm, px = _mm(sheet), _thin(sheet, rng)
    wide = min(rng.uniform(18, 33) * mm, 0.22 * sheet.width)
    mirrored = rng.random() < 0.25
    x = sheet.width - wide if mirrored else wide
    ink = _ink(rng, "red") if rng.random() < 0.75 else ink
    xs = [x, x + 1.5 * mm] if rng.random() < 0.2 else [x]
    _down(sheet, xs, top if rng.random() < 0.3 else 0, sheet.height, ink, px)
    if mirrored:
        return rng.uniform(4, 12) * mm, x - mm
    return xs[-1] + rng.uniform(0.5, 3) * mm, sheet.width - rng.uniform(3, 10) * mm


def _open(sheet: Sheet, rng: Rng) -> tuple[float, float]:
    """Where there is writing on a sheet without a margin."""
    mm = _mm(sheet)
    return rng.uniform(5, 18) * mm, sheet.width - rng.uniform(4, 14) * mm


def _lined(sheet: Sheet, rng: Rng, tint: Colour | None = None) -> Ruling:
    """Lines under a head: loose leaves, exercise books, legal pads."""
    mm = _mm(sheet)
    if tint:
        _paint(sheet, tint)
    ink, px = _ink(rng, "" if rng.random() < 0.5 else "blue"), _thin(sheet, rng)
    pitch = PITCHES[int(rng.integers(0, len(PITCHES)))] * mm
    top = min(rng.uniform(12, 36) * mm, 0.16 * sheet.height)
    foot = sheet.height - rng.uniform(-10, 16) * mm
    inset = rng.uniform(6, 14) * mm * (rng.random() < 0.3)
    _across(sheet, np.arange(top, foot, pitch), inset, sheet.width - inset, ink, px)
    if rng.random() < 0.35:
        heads = [top - mm, top] if rng.random() < 0.5 else [top]
        _across(sheet, heads, inset, sheet.width - inset, ink, px + 1)
    if rng.random() < 0.3:
        _labels(sheet, rng, top - 0.3 * pitch, ink)
    if tint or rng.random() < 0.6:
        left, right = _margin(sheet, rng, top, ink)
    else:
        left, right = _open(sheet, rng)
    if rng.random() < 0.05:  # Cornell's: a column for cues, a foot for a summary
        x, low = sheet.width * 0.28, sheet.height - 50 * mm
        _down(sheet, [x], top, low, ink, px + 1)
        _across(sheet, [low], 0, sheet.width, ink, px + 1)
        left = max(left, x + 2 * mm)
    return Ruling(left, right, top + pitch, min(foot, sheet.height - 3 * mm), pitch)


def _labels(sheet: Sheet, rng: Rng, y: float, ink: Colour) -> None:
    """Date, number or name with a rule behind it, in the head."""
    kind = sheet.body._replace(size=max(9, round(0.75 * sheet.unit)), colour=ink, spacing=0.0)
    texts = ["No.", "Date"] if rng.random() < 0.5 else [phrases.label(rng, sheet.language) for _ in range(2)]
    x = sheet.width * rng.uniform(0.5, 0.65)
    for text in texts:
        end = put_text(sheet, x, y, text, kind, slot=False)
        reach = min(sheet.width * 0.15, sheet.width - end - kind.size)
        _across(sheet, [y + 2], end + 0.3 * kind.size, end + reach, ink)
        x = end + reach + kind.size


def _legal(sheet: Sheet, rng: Rng) -> Ruling:
    return _lined(sheet, rng, TINTS[int(rng.integers(0, len(TINTS)))])


def _squared(sheet: Sheet, rng: Rng) -> Ruling:
    """Squares over all of the sheet or within a bare rim, with a margin or without."""
    mm = _mm(sheet)
    ink, px = _ink(rng), _thin(sheet, rng)
    side = float(rng.choice([4, 5, 7, 10], p=[0.12, 0.72, 0.1, 0.06])) * mm
    least = 0.1 * min(sheet.width, sheet.height)
    rim = min(rng.uniform(2, 8) * mm, least) if rng.random() < 0.5 else 0.0
    start = rim if rim else -rng.uniform(0, side)
    columns = np.arange(start, sheet.width - rim + 1, side)
    rows = np.arange(start + min(rng.uniform(0, 12) * mm, least) * (rim > 0), sheet.height - rim + 1, side)
    _across(sheet, rows, columns[0], columns[-1], ink, px)
    _down(sheet, columns, rows[0], rows[-1], ink, px)
    if rng.random() < 0.12:  # each fifth darker
        _across(sheet, rows[::5], columns[0], columns[-1], ink, px + 1)
        _down(sheet, columns[::5], rows[0], rows[-1], ink, px + 1)
    left, right = _margin(sheet, rng, rows[0], ink) if rng.random() < 0.45 else _open(sheet, rng)
    each = 1 if side > 6.5 * mm or side > 4.5 * mm and rng.random() < 0.4 else 2
    first = rows[min(int(rng.integers(1, 3)) * each, len(rows) - 1)]
    right = min(right, sheet.width - rim)
    return Ruling(max(left, rim), right, first, rows[-1], each * side, square=side, column=columns[0])


def _dotted(sheet: Sheet, rng: Rng) -> Ruling:
    mm, step = _mm(sheet), 5 * _mm(sheet)
    ink, across = _ink(rng, "grey"), max(1, round(0.4 * mm))
    rows = np.arange(rng.uniform(2, 8) * mm, sheet.height, step)
    for x in np.arange(rng.uniform(2, 8) * mm, sheet.width, step).astype(int):
        for y in rows.astype(int):  # on whole pixels, so that no dot is larger than its neighbour
            sheet.draw.ellipse([x, y, x + across - 1, y + across - 1], fill=ink)
    pitch = (1 if rng.random() < 0.3 else 2) * step
    return Ruling(*_open(sheet, rng), rows[min(3, len(rows) - 1)], rows[-1], pitch)


def _graph_pad(sheet: Sheet, rng: Rng) -> Ruling:
    """An engineer's pad: faint squares in a frame, boxes for headings above it."""
    mm = _mm(sheet)
    tinted = rng.random() < 0.75
    if tinted:
        _paint(sheet, TINTS[int(rng.integers(1, 3))])
    dark, pale = ((60, 120, 80), (208, 218, 172)) if tinted else (_ink(rng, "green"), _ink(rng))
    side = float(rng.choice([25.4 / 5, 25.4 / 4, 5])) * mm
    left, right = min(26 * mm, 0.14 * sheet.width), sheet.width - 10 * mm
    top = min(12 * mm, 0.06 * sheet.height)
    rows = np.arange(top, sheet.height - rng.uniform(6, 16) * mm, side)
    columns = np.arange(left, right, side)
    _across(sheet, rows, left, right, pale)
    _down(sheet, columns, top, rows[-1], pale)
    heavy = int(0.93 * pale[0]), int(0.93 * pale[1]), int(0.93 * pale[2])
    _across(sheet, rows[::5], left, right, heavy)
    _down(sheet, columns[::5], top, rows[-1], heavy)
    _down(sheet, [left, right], 0, sheet.height, dark, max(1, round(0.3 * mm)))
    _across(sheet, [top], 0, sheet.width, dark, max(1, round(0.3 * mm)))
    _down(sheet, [left + (right - left) * part for part in (0.34, 0.66)], 0, top, dark)
    pitch = (1 if rng.random() < 0.35 else 2) * side
    return Ruling(left + mm, right, rows[min(2, len(rows) - 1)], rows[-1], pitch, square=side, column=left)


def _seyes(sheet: Sheet, rng: Rng) -> Ruling:
    """French ruling: a strong line each 8 mm, three faint ones between, and uprights."""
    mm, ink = _mm(sheet), _ink(rng, "violet")
    faint = (int(0.5 * (255 + ink[0])), int(0.5 * (255 + ink[1])), int(0.5 * (255 + ink[2])))
    top = rng.uniform(14, 30) * mm
    _across(sheet, np.arange(top % (2 * mm), sheet.height, 2 * mm), 0, sheet.width, faint)
    left, right = _margin(sheet, rng, top, ink)
    _down(sheet, np.arange(left % (8 * mm), sheet.width, 8 * mm), 0, sheet.height, ink)
    _across(sheet, np.arange(top, sheet.height, 8 * mm), 0, sheet.width, ink, _thin(sheet, rng))
    return Ruling(left, right, top + 8 * mm, sheet.height - 4 * mm, 8 * mm)


def _four_lines(sheet: Sheet, rng: Rng) -> Ruling:
    """Lines by four, as letters are learnt on: small ones stand between the middle two."""
    mm, ink, px = _mm(sheet), _ink(rng), _thin(sheet, rng)
    gap = rng.uniform(3, 4.5) * mm
    pitch, (left, right) = gap * rng.uniform(3.6, 4.6), _open(sheet, rng)
    top = rng.uniform(14, 26) * mm
    for line in range(4):
        middle = _ink(rng, "red") if line == 2 and rng.random() < 0.3 else ink
        _across(sheet, np.arange(top + line * gap, sheet.height, pitch), 0.6 * left, right, middle, px)
    return Ruling(left, right, top + 2 * gap, sheet.height - 2 * gap, pitch, prose=True)


def _answers(sheet: Sheet, rng: Rng) -> Ruling:
    """An answer sheet: a word in print, and rules far apart for the answer, black as the print is."""
    mm = _mm(sheet)
    left, right = rng.uniform(5, 16) * mm, sheet.width - rng.uniform(3, 16) * mm
    first, pitch = rng.uniform(20, 40) * mm, rng.uniform(8, 18) * mm
    thin = hairline(rng.uniform(0.25, 0.8), sheet.body.colour) if rng.random() < 0.55 else None
    if rng.random() < 0.5:
        sheet.plan = sheet.plan._replace(wear=draw_wear(rng))
    if rng.random() < 0.3:  # what a crop or a printer's rim left of it
        left, right = left * rng.uniform(0, 1), float(sheet.width)
    if rng.random() < 0.5:
        _across(sheet, [0.4 * first], left, right, sheet.body.colour, 2)
    end = put_text(sheet, left, first, phrases.label(rng, sheet.language), sheet.body, slot=False)
    for y in np.arange(first, sheet.height, pitch):
        writing_rule(sheet, rng, end + 2 * mm if y == first else left, float(y), right, thin=thin)
    return Ruling(left, min(right, sheet.width - mm), first + pitch, sheet.height - 3 * mm, pitch, prose=True)


def _plain(sheet: Sheet, rng: Rng) -> Ruling:
    """A bare sheet."""
    pitch, ends = rng.uniform(6, 11) * _mm(sheet), _open(sheet, rng)
    return Ruling(*ends, rng.uniform(1.2, 3) * pitch, sheet.height - 1.5 * pitch, pitch, loose=True)


def _composition(sheet: Sheet, rng: Rng) -> None:
    """Rows of squares for a Chinese or Japanese text, a character in each: its title, then paragraphs."""
    mm, ink = _mm(sheet), _ink(rng, str(rng.choice(["green", "red", "grey", "blue"])))
    side, gap = rng.uniform(7.5, 11) * mm, rng.uniform(1.5, 4.5) * mm
    count = max(4, int((sheet.width - 20 * mm) / side))
    left, top = (sheet.width - count * side) / 2, rng.uniform(14, 30) * mm
    tops = np.arange(top, sheet.height - side - 6 * mm, side + gap)
    rows = _composed(rng, sheet.language, count, len(tops))
    px = _thin(sheet, rng)
    for y, row in zip(tops, rows, strict=True):
        _across(sheet, [y, y + side], left, left + count * side, ink, px)
        _down(sheet, left + side * np.arange(count + 1), y, y + side, ink, px)
        for place, character in enumerate(row):
            x = left + place * side
            sheet.slot("cell", x + 0.1 * side, y, x + side, y + 0.85 * side, character.strip())
    if len(tops):
        frame = [left - mm, top - mm, left + count * side + mm, tops[-1] + side + mm]
        sheet.draw.rectangle(frame, outline=ink, width=px + 1)


def _composed(rng: Rng, language: str, count: int, rows: int) -> list[str]:
    """A text as it is set in ``rows`` rows of ``count`` squares, spaces for the empty ones."""
    told, topic, wanted = set[str](), narrowed(rng, "language_2"), rows * rng.uniform(0.6, 1.6)
    title = phrases.headline(rng, language, phrases.title_symbol(topic))[: count - 2]
    lines = [title.rjust((count + len(title)) // 2)]
    while len(lines) < wanted:
        text = "  " + phrases.paragraph(rng, language, int(rng.integers(3, 7)), told, topic)
        if not text.strip():
            break
        while text:
            lines.append(text[:count])
            text = text[count:].lstrip(NEVER_FIRST)  # these share the last square
    return [line.ljust(count) for line in lines[:rows] + [""] * (rows - len(lines))]


Paper = Callable[[Sheet, Rng], Ruling]
PAPERS: dict[str, tuple[Paper, float]] = {
    "lined": (_lined, 0.36),
    "squared": (_squared, 0.26),
    "legal": (_legal, 0.06),
    "dotted": (_dotted, 0.04),
    "graph": (_graph_pad, 0.05),
    "seyes": (_seyes, 0.01),
    "four": (_four_lines, 0.03),
    "answers": (_answers, 0.16),
    "plain": (_plain, 0.09),
}
"""Kinds of paper and how often they come up."""
