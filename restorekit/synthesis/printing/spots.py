"""Pictures that fill bare corners of pages: cartoons, things, photographs, boxes with a hint."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from PIL import Image

from restorekit.synthesis.icons import draw_icon
from restorekit.synthesis.printing.cartoons import CARTOONS, SPEAK, Pen, new_pen, oval
from restorekit.synthesis.printing.curves import area, curves, dashes
from restorekit.synthesis.printing.instruments import INSTRUMENTS
from restorekit.synthesis.printing.line_art import LEAST, drawings
from restorekit.synthesis.printing.line_breaks import wrap
from restorekit.synthesis.printing.pictures import paste_picture
from restorekit.synthesis.printing.reproduced import reproduce
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, text_width
from restorekit.synthesis.printing.views import VIEWS
from restorekit.synthesis.texts.topics import level
from restorekit.synthesis.textures import Rng

ILLUSTRATED = {True: 0.45, False: 0.14}
"""The shares of papers of the first years and of later ones with such pictures, where there is room."""
PHYSICS = ("science_2", "science_2_forces")
"""The topics of these."""
PHOTOGRAPHED = 0.2
"""The share of them that are photographs."""
MOST, TRIES = 2, 60
"""How many at most, and how many places are tried."""
ACROSS, DOWN = (4.5, 12.0), (3.5, 8.0)
"""How wide and how tall their boxes are, ems."""
CLEAR = 0.7
"""How far they are from print and from where one writes, ems."""
BARE = 240
"""What is no darker is bare."""
HINTS = {
    "zh": ("想一想！", "试一试。", "别忘了写单位！", "认真读题。", "我会做！", "算完要检查。", "加油！"),
    "en": ("Think!", "Try it!", "Remember the units.", "Check your work.", "Well done!", "Read it twice."),
    "de": ("Denk nach!", "Lies genau.", "Prüfe noch einmal.", "Gut gemacht!"),
    "fr": ("Réfléchis !", "À toi !", "Relis-toi bien.", "Bravo !"),
    "es": ("¡Piensa!", "¡Tú puedes!", "Lee otra vez.", "¡Muy bien!"),
    "ru": ("Подумай!", "Проверь себя!", "Читай внимательно.", "Молодец!"),
    "el": ("Σκέψου!", "Μπράβο!"),
}
BULBS = (349, 537, 448, 113, 371)
"""What stands beside a hint: a bulb, a star, a pencil, a book, a lens."""


def spots(sheet: Sheet, rng: Rng) -> None:
    """Print none, one or a few of them where a page is bare."""
    if rng.random() >= ILLUSTRATED[level(sheet.topic) == "1"]:
        return
    taken, names = _taken(sheet), rng.permutation(list(_able(sheet))).tolist()
    for _ in range(int(rng.integers(1, MOST + 1))):
        box = bare_box(sheet, rng, taken)
        if box is None:
            return
        left, top, wide, tall = box
        _spot(sheet, rng, names.pop(), left, top, wide, tall)
        em = sheet.unit
        taken[int(top - em) : int(top + tall + em), int(left - em) : int(left + wide + em)] = True


def _able(sheet: Sheet) -> Mapping[str, Callable[[Pen, Rng], None]]:
    """What may be drawn on a page: instruments on papers of physics, else cartoons."""
    return INSTRUMENTS if sheet.topic in PHYSICS else CARTOONS


def _taken(sheet: Sheet) -> np.ndarray:
    """Where a page is printed or will be written on: bool ``(H, W)``."""
    taken = np.asarray(sheet.image.convert("L")) < BARE
    for slot in sheet.slots:
        taken[max(0, slot.top) : slot.bottom, max(0, slot.left) : slot.right] = True
    return taken


def bare_box(sheet: Sheet, rng: Rng, taken: np.ndarray) -> tuple[float, float, float, float] | None:
    """Left, top, width and height of a box that is clear of all that is ``taken``; None if none is found."""
    em, edge = sheet.unit, 0.06 * sheet.width
    total = np.pad(taken.astype(np.int32).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    for _ in range(TRIES):
        wide, tall = em * rng.uniform(*ACROSS), em * rng.uniform(*DOWN)
        if wide + 2 * edge > sheet.width or tall + 5 * em > sheet.height:
            continue
        left = edge + (sheet.width - 2 * edge - wide) * np.sqrt(rng.random())  # most stand at the right
        top = rng.uniform(2.5 * em, sheet.height - 2.5 * em - tall)
        a, b = max(0, int(left - CLEAR * em)), max(0, int(top - CLEAR * em))
        c, d = int(left + wide + CLEAR * em), int(top + tall + CLEAR * em)
        c, d = min(c, sheet.width), min(d, sheet.height)
        if total[d, c] - total[b, c] - total[d, a] + total[b, a] == 0:
            return left, top, wide, tall
    return None


def _spot(sheet: Sheet, rng: Rng, name: str, left: float, top: float, wide: float, tall: float) -> None:
    """One of them in a box: the cartoon ``name`` with most."""
    kind = sheet.body._replace(size=max(9, round(0.85 * sheet.unit)), spacing=0.0)
    said = HINTS.get(sheet.language, ())
    text = said[int(rng.integers(0, len(said)))] if said else ""
    way = rng.random()
    if text and way < 0.2:
        _hint(sheet, rng, text, (left, top, wide, tall), kind)
        return
    if rng.random() < PHOTOGRAPHED:
        box = round(left), round(top), int(wide), int(min(tall, 0.8 * wide))
        paste_picture(sheet, rng, str(rng.choice(list(VIEWS))), box)
        return
    if way < 0.45:
        side = max(LEAST, int(min(wide, tall)))
        count = max(1, min(2, int(wide / (1.1 * side))))
        for place, thing in enumerate(drawings(sheet, rng, side, count)):
            sheet.image.paste(thing, (round(left + 1.1 * side * place), round(top + tall - side)))
    else:
        side = int(min(wide, tall))
        bubble = text and name in SPEAK and wide - side > text_width(text, kind) + 1.6 * kind.size
        away = wide - side if bubble and rng.random() < 0.5 else 0.0
        _able(sheet)[name](new_pen(sheet, rng, left + away, top + tall - side, side), rng)
        if bubble:
            at = left if away else left + side
            _bubble(sheet, rng, text, (at, top, wide - side, 0.6 * tall), kind, right=not away)
    reproduce(sheet, rng, left, top, wide, tall)


def _bubble(
    sheet: Sheet, rng: Rng, text: str, box: tuple[float, float, float, float], kind: Type, *, right: bool
) -> None:
    """What somebody says: an oval or a box with a tail, which is left of it if it stands at the ``right``."""
    left, top, wide, tall = box
    x, y, line = left + 0.5 * wide, top + 0.5 * tall, max(1.0, 0.06 * kind.size)
    half, high = 0.5 * text_width(text, kind) + 0.75 * kind.size, min(0.5 * tall, 1.1 * kind.size)
    foot = x - 0.5 * half if right else x + 0.5 * half
    tail = [(foot - 0.25 * kind.size, y), (foot + 0.35 * kind.size, y)]
    tip = foot + (-1 if right else 1) * 0.9 * kind.size, y + 2.1 * high
    outline = np.array(
        [(x - half, y - high), (x + half, y - high), (x + half, y + high), (x - half, y + high)]
    )
    if rng.random() < 0.6:
        outline = oval(x, y, half, high)
    curves(sheet, [[tail[0], tip, tail[1]]], line)
    area(sheet, outline, (255, 255, 255))
    below = [(px, y + 0.92 * high) for px, _ in tail]
    closed = np.concatenate([outline, outline[:1]])
    curves(sheet, [closed], line)
    area(sheet, [(below[0][0] + 1, below[0][1]), (below[1][0] - 1, below[1][1]), tip], (255, 255, 255))
    curves(sheet, [[below[0], tip, below[1]]], line)
    put_text(sheet, x - half + 0.75 * kind.size, y + 0.36 * kind.size, text, kind, slot=False)


def _hint(sheet: Sheet, rng: Rng, text: str, box: tuple[float, float, float, float], kind: Type) -> None:
    """A frame, whole or dashed, or a tint, an icon and a hint in it."""
    (left, top, wide, _), em = box, kind.size
    side = int(1.5 * em)
    lines = wrap(text, kind, wide - side - 1.6 * em, sheet.language)
    tall = max(1.9 * em, (1.4 * len(lines) + 0.7) * em)
    wide = min(wide, side + 1.6 * em + max(text_width(line, kind) for line in lines))
    corners = [(left, top), (left + wide, top), (left + wide, top + tall), (left, top + tall), (left, top)]
    way, line = rng.random(), max(1.0, 0.06 * em)
    if way < 0.4:
        area(sheet, corners[:-1], (232, 232, 232))
    elif way < 0.7:
        curves(sheet, dashes(corners, 0.3 * em), line, sheet.plan.accent)
    else:
        curves(sheet, [corners], line, sheet.plan.accent)
    icon = draw_icon(rng, side, (BULBS[int(rng.integers(0, len(BULBS)))],), turned=0.0)
    at = round(left + 0.4 * em), round(top + 0.5 * (tall - side))
    sheet.image.paste(sheet.plan.accent, at, Image.fromarray(icon))
    for place, said in enumerate(lines):
        put_text(sheet, left + side + 0.9 * em, top + (1.4 * place + 1.25) * em, said, kind, slot=False)
