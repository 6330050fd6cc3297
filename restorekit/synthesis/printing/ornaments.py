"""Small printed things that papers have beside their text: stars, faces, diamonds, curved frames.

They are thin, curved and stand alone, as marks of a pen do.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from restorekit.synthesis.printing.curves import arc, area, curves
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, text_width
from restorekit.synthesis.textures import Rng, choose

MARKS = (
    {"": 0.86, "star": 0.06, "diamond": 0.04, "dot": 0.04},
    {"": 0.96, "star": 0.01, "diamond": 0.03},
)
"""What stands before the headings of parts, on papers of primary schools and on later ones."""
RATED = {"": 0.91, "stars": 0.05, "faces": 0.04}, {"": 0.99, "stars": 0.01}
"""What pupils colour in beside headings to say how it went."""
HARD = 0.05
"""The share of papers whose questions have stars by how hard they are."""
TITLED = {"": 0.86, "oval": 0.06, "wave": 0.08}
"""What is beside or around titles on papers of primary schools."""
OVAL = 6.5
"""Titles of less than twice so many ems may stand in an oval."""
ENDS = {
    "zh": ("做完了别忘记检查！", "请认真检查。"),
    "en": ("Well done! Check your work.", "How did you do?", "END OF TEST"),
    "de": ("Geschafft!",),
    "fr": ("Bravo !", "Relis-toi bien."),
    "es": ("¡Muy bien!",),
    "ru": ("Проверь себя!",),
    "el": ("Μπράβο!",),
}
"""What stands below the last question of a paper."""
CLOSED = 0.33
"""The share of the papers that end above the foot of a page and have something printed there."""


def star(x: float, y: float, radius: float) -> np.ndarray:
    """A star of five points about ``(x, y)``: ``(11, 2)``, closed."""
    turn = np.arange(11) * np.pi / 5 - np.pi / 2
    reach = radius * np.where(np.arange(11) % 2, 0.4, 1.0)
    return np.column_stack([x + reach * np.cos(turn), y + reach * np.sin(turn)])


def stars(sheet: Sheet, x: float, baseline: float, em: float, count: int, *, filled: bool = False) -> float:
    """A row of stars; returns where it ends."""
    for place in range(count):
        points = star(x + (0.5 + 1.1 * place) * em, baseline - 0.36 * em, 0.48 * em)
        if filled:
            area(sheet, points[:-1], sheet.colour)
        else:
            curves(sheet, [points], max(1.0, 0.05 * em))
    return x + 1.1 * count * em


def faces(sheet: Sheet, x: float, baseline: float, em: float) -> float:
    """A happy, an even and a sad face; returns where they end."""
    line, radius = max(1.0, 0.06 * em), 0.52 * em
    for place, bend in enumerate((0.34, 0.0, -0.34)):
        a, b = x + (0.6 + 1.4 * place) * em, baseline - 0.36 * em
        along = np.linspace(-0.5, 0.5, 9)
        down = 0.35 + bend * (1 - (2 * along) ** 2) - 0.5 * bend
        mouth = np.column_stack([a + radius * along, b + radius * down])
        curves(sheet, [arc(a, b, radius), mouth], line)
        for side in (-0.33, 0.33):
            area(sheet, arc(a + side * radius, b - 0.25 * radius, max(0.8, 0.09 * em)), sheet.colour)
    return x + 4.2 * em


def mark_before(sheet: Sheet, mark: str, x: float, baseline: float, kind: Type) -> float:
    """One of ``MARKS`` before a heading; returns where that begins."""
    em = kind.size
    a, b = x + 0.5 * em, baseline - 0.36 * em
    if mark == "star":
        area(sheet, star(a, b, 0.5 * em)[:-1], sheet.colour)
    elif mark == "diamond":
        points = [(a, b - 0.4 * em), (a + 0.4 * em, b), (a, b + 0.4 * em), (a - 0.4 * em, b)]
        area(sheet, points, sheet.colour)
    elif mark == "dot":
        curves(sheet, [arc(a, b, 0.38 * em)], max(1.0, 0.07 * em))
        area(sheet, arc(a, b, 0.2 * em), sheet.colour)
    else:
        return x
    return x + 1.3 * em


def rate(sheet: Sheet, way: str, end: float, right: float, baseline: float) -> None:
    """Stars or faces at the right edge beside a heading that ends at ``end``, if there is room."""
    em = sheet.unit
    wide = (5.5 if way == "stars" else 4.2) * em
    if not way or right - wide < end + em:
        return
    if way == "stars":
        stars(sheet, right - wide, baseline, em, 5)
    else:
        faces(sheet, right - wide, baseline, em)


def adorn_title(sheet: Sheet, rng: Rng, box: Sequence[float], kind: Type) -> float:
    """What is beside, around or under a title that stands in a box (left, top, right, bottom).

    Returns:
        How far that reaches below the title, pixels.
    """
    way, (left, top, right, floor), em = choose(rng, TITLED), box, kind.size
    middle, half = 0.5 * (top + floor), 0.5 * (right - left)
    if way == "oval" and half < OVAL * em and left > 3 * em:
        ring = arc(0, 0, 1) * (half + 1.2 * em, 0.5 * (floor - top) + 0.7 * em) + (left + half, middle)
        curves(sheet, [np.concatenate([ring, ring[:1]])], max(1.0, 0.06 * em))
        return 0.8 * em
    elif way == "wave":
        xs = np.arange(left, right, 0.05 * em)
        wave = np.column_stack([xs, floor + 0.45 * em + 0.1 * em * np.sin(xs / em * 9)])
        curves(sheet, [wave], max(1.0, 0.06 * em))
        return 0.5 * em
    return 0.0


def close(sheet: Sheet, rng: Rng, left: float, right: float, y: float, foot: float) -> None:
    """What stands below the end of a paper, where most of a column's foot is bare; often nothing."""
    em, kind = sheet.unit, sheet.body._replace(spacing=0.0)
    if foot - y < 4 * em or rng.random() > CLOSED:
        return
    if sheet.language not in ENDS:
        return
    said = ENDS[sheet.language]
    text = said[int(rng.integers(0, len(said)))]
    y += em * rng.uniform(1.8, 3)
    x = left + 0.5 * max(0.0, right - left - text_width(text, kind))
    end = put_text(sheet, x, y, text, kind, slot=False) + 0.8 * em
    if rng.random() < 0.4 and end + 5.5 * em < right:
        stars(sheet, end, y, em, int(rng.integers(1, 6)))
    elif rng.random() < 0.4 and end + 5.5 * em < right:
        faces(sheet, end, y, em)
