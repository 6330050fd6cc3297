"""The holes by which the leaves of a binder or a pad are held, and lines along which papers are sealed."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from PIL import Image

from restorekit.synthesis.assets import labels
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, rule
from restorekit.synthesis.textures import Rng

Ways = tuple[tuple[float, float, int], ...]
PUNCHES: Ways = ((3.0, 80.0, 2), (3.0, 80.0, 2), (3.0, 80.0, 4), (3.5, 108.0, 3))
"""Radius, distance and number of holes, in millimetres: ISO 838's two or four, three for American rings."""
PRINTED = 200
"""Where something is darker than this level, a margin is not free."""
BARE = 225
"""What is printed darker than this keeps a punch away from a margin: nobody punches through a text."""


WORDED = 0.6
"""The share of the lines in Chinese that say what they are."""
SEALS = ("密封线", "装订线", "密封线内不要答题")


def bind(sheet: Sheet, rng: Rng, mm: float) -> float:
    """Holes for rings, those of a wire, or nothing; the shadow of a fold is the light's.

    Args:
        sheet: what to note them on.
        rng: source of chance.
        mm: a millimetre in pixels.

    Returns:
        Where there is room beside the holes, pixels from the left.
    """
    kind = rng.random()
    if kind < 0.17:
        return _row(sheet, rng, rng.uniform(11, 13) * mm, mm)
    if kind < 0.27:  # a wire's holes, three an inch
        for place in np.arange(rng.uniform(3, 9), sheet.height / mm, 25.4 / 3) * mm:
            sheet.holes.append((5 * mm, float(place), 1.9 * mm))
        return 9 * mm
    return 0.0


def punch(sheet: Sheet, rng: Rng) -> None:
    """Holes in a margin of a printed page, where it is bare: 12 mm off the edge, as punches have it."""
    mm = sheet.width / 210  # of A4
    aside = rng.uniform(11, 13) * mm
    right = rng.random() < 0.2  # of the sheet's other side
    _row(sheet, rng, sheet.width - aside if right else aside, mm)
    if any(_taken(sheet, hole, 2 * mm) for hole in sheet.holes):
        sheet.holes.clear()


def _taken(sheet: Sheet, hole: tuple[float, float, float], clear: float) -> bool:
    """Whether there is print or a place to write within ``clear`` pixels of a hole."""
    x, y, reach = hole[0], hole[1], hole[2] + clear
    if any(
        slot.left < x + reach and slot.right > x - reach and slot.top < y + reach and slot.bottom > y - reach
        for slot in sheet.slots
    ):
        return True
    left, top = max(0, int(x - reach)), max(0, int(y - reach))
    part = np.asarray(sheet.image)[top : max(0, int(y + reach)), left : int(x + reach)]
    return bool(part.min(initial=255) < BARE)


def _row(sheet: Sheet, rng: Rng, x: float, mm: float) -> float:
    """Note a row of holes about the middle of the edge; returns where it is clear of them, pixels."""
    radius, apart, count = PUNCHES[int(rng.integers(0, len(PUNCHES)))]
    middle = sheet.height / 2 + rng.normal(0, 2) * mm  # sheets are not pushed in quite alike
    for place in range(count):
        y = middle + (place - (count - 1) / 2) * apart * mm
        sheet.holes.append((x, float(y), radius * mm))
    return x + (radius + 2) * mm


def hole_mask(sheet: Sheet) -> np.ndarray:
    """What share of each pixel is a hole's: float32 ``(H, W)`` in [0, 1]."""
    mask = np.zeros((sheet.height, sheet.width), np.uint8)
    for x, y, radius in sheet.holes:
        centre = round(16 * x), round(16 * y)  # OpenCV adds half a pixel around it
        cv2.circle(mask, centre, round(16 * (radius - 0.5)), 255, -1, cv2.LINE_AA, 4)
    return mask.astype(np.float32) / 255


def seal(sheet: Sheet, rng: Rng, kind: Type) -> None:
    """A dashed line down the left margin, and what to fill in along it; where there is room."""
    free = float(np.argmax(np.asarray(sheet.image.convert("L")).min(0) < PRINTED))
    worded = sheet.language == "zh" and free > 3.4 * kind.size and rng.random() < WORDED
    x = min(free - (1.0 if worded else 0.4) * kind.size, sheet.width * rng.uniform(0.03, 0.05))
    x = max(x, 2.3 * kind.size) if worded else x
    if x < 1.4 * kind.size:
        return
    top = sheet.height * 0.04
    along = replace(sheet, image=Image.new("RGB", (sheet.height, round(1.5 * kind.size)), "white"), slots=[])
    floor = 1.1 * kind.size
    at = sheet.height * rng.uniform(0.1, 0.25)
    said = ("score", "date", *sheet.given)  # the school stands above some titles
    known = [label for label, what in labels(sheet.language).items() if what not in said]
    known = [label for label in known if label not in sheet.asked]  # names are asked for once
    for place in rng.permutation(len(known))[:3].tolist():
        start = put_text(along, at, floor, known[place], kind, slot=False)
        at = start + sheet.height * rng.uniform(0.1, 0.16)
        rule(along, start, floor + 0.2 * kind.size, at, floor + 0.2 * kind.size)
        at += kind.size
    strip = along.image.rotate(90, expand=True)
    sheet.image.paste(strip, (round(x - (2.2 if worded else 1.6) * kind.size), 0))
    if worded:
        _seal_in_words(sheet, rng, x, top, kind)
    else:
        rule(sheet, x, top, x, sheet.height - top, dashed=True)


def _seal_in_words(sheet: Sheet, rng: Rng, x: float, top: float, kind: Type) -> None:
    """The line cut by what it is for, a character at a time, here and there with a ring before it."""
    said, rings = SEALS[int(rng.integers(0, len(SEALS)))], rng.random() < 0.4
    step = (sheet.height - 2 * top) / (len(said) + 1)
    start = top
    for place, one in enumerate(said):
        y, em = top + (place + 1) * step, kind.size
        rule(sheet, x, start, x, y - 0.7 * em, dashed=True)
        put_text(sheet, x - 0.5 * em, y + 0.36 * em, one, kind, slot=False)
        start = y + 0.7 * em
        if rings:
            at = y - 0.5 * step
            box = [x - 0.4 * em, at - 0.4 * em, x + 0.4 * em, at + 0.4 * em]
            sheet.draw.ellipse(box, fill=(255, 255, 255), outline=sheet.colour, width=sheet.rule_px)
    rule(sheet, x, start, x, sheet.height - top, dashed=True)
