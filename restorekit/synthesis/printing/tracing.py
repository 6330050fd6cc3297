"""Sheets to learn to write on: letters and characters in dots, in outline or pale, to be traced and gone on.

All of them are print that looks as if a pen had drawn it, and it stays where a pupil has traced it.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image

from restorekit.synthesis.assets import has_glyph, load_font, words
from restorekit.synthesis.printing.columns import HEAD
from restorekit.synthesis.printing.curves import curves, dashes
from restorekit.synthesis.printing.forms import fields
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, rule, text_width
from restorekit.synthesis.printing.type_plan import Colour
from restorekit.synthesis.texts.grammar import expand
from restorekit.synthesis.textures import Rng, choose

WAYS = {"dots": 0.4, "pale": 0.35, "outline": 0.25}
"""How letters to be traced are printed, one way on a sheet."""
TRACED = 0.6
"""The share of sheets on which some of the letters have been traced, of those in squares."""
SQUARED = ("zh", "ja", "ko")
WESTERN = (
    *("print/la_andika_400.ttf", "print/la_comicneue_400.ttf", "print/la_nunito_400.ttf"),
    *("hand/la_comingsoon_400.ttf", "hand/la_patrickhand_400.ttf", "hand/la_architectsdaughter_400.ttf"),
    *("hand/cy_badscript_400.ttf", "hand/el_mynerve_400.ttf"),
)
"""Faces as teachers write the letters of the West."""
EASTERN = {"zh": ("print/zh_kai.ttf", "print/zh_wenkai_regular.ttf"), "ja": ("print/zh_wenkai_regular.ttf",)}
GRIDS: dict[str, tuple[Colour, ...]] = {
    "West": ((120, 160, 210), (150, 150, 150), (90, 90, 90), (200, 120, 120)),
    "East": ((215, 110, 105), (110, 165, 120), (130, 130, 130), (70, 70, 70)),
}
"""The colours of rules and squares."""
PALES: tuple[Colour, ...] = (
    (238, 160, 155),
    (190, 190, 190),
    (165, 165, 165),
    (215, 215, 215),
    (170, 195, 230),
)
"""Those of pale letters."""
PITCH = {True: (0.05, 0.075), False: (0.07, 0.11)}
"""How far apart dots are, ems, of characters in squares and of letters."""
LONGEST = 7
"""So many letters a word has at most."""
FINE = 3
"""Letters are drawn so many times larger, from which dots and outlines are taken."""


class Way(NamedTuple):
    """How a sheet has its letters: one of ``WAYS``, colours of the traced and of rules, type, dots' pitch."""

    name: str
    pale: Colour
    grid: Colour
    kind: Type
    pitch: float


def tracing(sheet: Sheet, rng: Rng) -> None:
    """What is to be done, and rows that begin with a letter or a word, then in dots or pale, then empty."""
    left, right = sheet.width * rng.uniform(0.06, 0.12), sheet.width * rng.uniform(0.88, 0.95)
    y = HEAD * sheet.unit
    if rng.random() < 0.7:
        y = fields(sheet, rng, left, right, y)
    y += 2.0 * sheet.head.size
    put_text(sheet, left, y, expand(rng, sheet.language, "trace"), sheet.head._replace(size=sheet.unit))
    name = choose(rng, WAYS)
    squared = sheet.language in SQUARED
    grids = GRIDS["East" if squared else "West"]
    grid, pale = grids[int(rng.integers(0, len(grids)))], PALES[int(rng.integers(0, len(PALES)))]
    faces = EASTERN.get(sheet.language, (sheet.body.path,) if squared else WESTERN)
    faces = tuple(face for face in faces if has_glyph(face, words(sheet.language)[0][0])) or (
        sheet.body.path,
    )
    kind = sheet.body._replace(path=faces[int(rng.integers(0, len(faces)))], latin="", spacing=0.0)
    side = sheet.width * rng.uniform(0.055, 0.1)
    way = Way(name, pale if name == "pale" else sheet.colour, grid, kind, rng.uniform(*PITCH[squared]))
    (_squares if squared else _rows)(sheet, rng, way, (left, right, y + 0.8 * sheet.unit), side)


def _rows(sheet: Sheet, rng: Rng, way: Way, box: tuple[float, float, float], side: float) -> None:
    """Rows of three or four rules for capitals, small letters and what goes below them."""
    left, right, y = box
    kind = way.kind._replace(size=round(0.95 * side))
    middle, below = bool(rng.random() < 0.7), bool(rng.random() < 0.6)
    single, known = rng.random() < 0.45, words(sheet.language)
    short = [one for one in known if 2 < len(one) <= LONGEST and one.isalpha()]
    letters = sorted({one for word in short for one in word.lower()})
    while y + 1.9 * side < sheet.height - sheet.unit:
        word = str(rng.choice(letters if single else short))
        word = f"{word.upper()}{word}" if single and rng.random() < 0.5 else word
        floor = y + side
        for level in (y + 0.28 * side, floor):
            rule(sheet, left, level, right, level, thin=way.grid)
        if middle:
            path = [(left, y + 0.58 * side), (right, y + 0.58 * side)]
            curves(sheet, dashes(path, 0.12 * side), max(1.0, 0.012 * side), way.grid)
        if below:
            rule(sheet, left, floor + 0.3 * side, right, floor + 0.3 * side, thin=way.grid)
        wide = text_width(word, kind)
        x = put_text(sheet, left + 0.1 * side, floor, word, kind, slot=False) + 0.5 * side
        for _ in range(int(rng.integers(1, 5))):
            if x + wide > 0.7 * right:
                break
            _put_traced(sheet, way, word, x, floor, kind)
            x += wide + 0.5 * side
        times = max(2, int(rng.uniform(0.5, 1.0) * (right - x) / (wide + 0.5 * side)))
        sheet.slot("line", x, y + 0.1 * side, right, floor, " ".join([word] * times))
        y += (1.75 if below else 1.5) * side


def _squares(sheet: Sheet, rng: Rng, way: Way, box: tuple[float, float, float], side: float) -> None:
    """Rows of squares with a cross in each, or the strokes of a star, and one character to a row."""
    left, right, y = box
    kind = way.kind._replace(size=round(0.78 * side))
    count, star = max(4, int((right - left) / side)), bool(rng.random() < 0.4)
    traced, gap = bool(rng.random() < TRACED), float(rng.choice([0.0, rng.uniform(0.15, 0.5)])) * side
    known = "".join(words(sheet.language))
    dash, thin = 0.07 * side, max(0.8, 0.012 * side)
    while y + side < sheet.height - sheet.unit:
        one = known[int(rng.integers(0, len(known)))]
        pale = int(rng.integers(2, max(3, count - 1)))
        done = int(rng.integers(0, pale + 1)) if traced else 0
        for place in range(count):
            x = left + place * side
            corner = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
            curves(sheet, [corner], 1.4 * thin, way.grid)
            half, ends = 0.5 * side, [[(x, y + 0.5 * side), (x + side, y + 0.5 * side)]]
            ends.append([(x + half, y), (x + half, y + side)])
            ends += [[corner[0], corner[2]], [corner[1], corner[3]]] if star else []
            curves(sheet, [part for path in ends for part in dashes(path, dash)], thin, way.grid)
            at = x + 0.5 * (side - text_width(one, kind)), y + 0.5 * side + 0.37 * kind.size
            if place == 0:
                put_text(sheet, *at, one, kind, slot=False)
            elif place <= pale:
                _put_traced(sheet, way, one, *at, kind)
            if done >= place > 0 or place > pale:
                sheet.slot("cell", x + 0.1 * side, y + 0.08 * side, x + 0.95 * side, y + 0.92 * side, one)
        y += side + gap


def _put_traced(sheet: Sheet, way: Way, text: str, x: float, baseline: float, kind: Type) -> None:
    """Set a word to be traced on a baseline."""
    if way.name == "pale":
        put_text(sheet, x, baseline, text, kind._replace(colour=way.pale), slot=False)
        return
    font = load_font(kind.path, FINE * kind.size)
    left, top, right, floor = font.getbbox(text, anchor="ls")
    margin = FINE * 2
    large = Image.new("L", (int(right - left) + 2 * margin, int(floor - top) + 2 * margin))
    mask = font.getmask(text, mode="L", anchor="ls")
    large.paste(Image.frombytes("L", mask.size, bytes(mask)), (margin, margin))
    solid = np.asarray(large)
    drawn = (
        dotted(solid, way.pitch * FINE * kind.size)
        if way.name == "dots"
        else outlined(solid, 0.02 * FINE * kind.size)
    )
    size = -(-solid.shape[1] // FINE), -(-solid.shape[0] // FINE)
    small = Image.fromarray(cv2.resize(drawn, size, interpolation=cv2.INTER_AREA))
    sheet.image.paste(
        way.pale, (round(x + (left - margin) / FINE), round(baseline + (top - margin) / FINE)), small
    )


def dotted(solid: np.ndarray, pitch: float) -> np.ndarray:
    """Dots along the middle of strokes, about ``pitch`` pixels apart: uint8 ``(H, W)`` in and out."""
    away = cv2.distanceTransform((solid > 127).astype(np.uint8), cv2.DIST_L2, 5)
    ridge = (away >= 0.97 * cv2.dilate(away, np.ones((3, 3), np.uint8))) & (away > 0.35 * away.max())
    free, dots = np.ones(solid.shape, np.uint8), np.zeros(solid.shape, np.uint8)
    for y, x in np.argwhere(ridge).tolist():
        if free[y, x]:
            cv2.circle(free, (x, y), round(pitch), 0, -1)
            cv2.circle(dots, (x, y), max(1, round(0.24 * pitch)), 255, -1, cv2.LINE_AA)
    return dots


def outlined(solid: np.ndarray, thick: float) -> np.ndarray:
    """The outline of strokes, ``thick`` pixels: uint8 ``(H, W)`` in and out."""
    side = 2 * max(1, round(thick / 2)) + 1
    return np.asarray(cv2.subtract(solid, cv2.erode(solid, np.ones((side, side), np.uint8))))
