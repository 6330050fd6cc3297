"""What a publisher prints around the text of all pages of a book: a band, a tab, its number in a badge."""

from __future__ import annotations

import numpy as np
from PIL import Image

from restorekit.synthesis.icons import draw_icon
from restorekit.synthesis.printing.curves import arc, area, curves
from restorekit.synthesis.printing.sheets import Colour, Sheet, Type, put_text, rule, text_width
from restorekit.synthesis.textures import Rng

WHITE: Colour = (255, 255, 255)
BAND = 2.6
"""How tall the room of a band at the head is, ems of the text."""
SERIES = {
    "zh": ("同步练习", "课时作业", "每课一练", "单元测试"),
    "en": ("Practice Book", "Skills Workbook", "Homework Book", "Class Tests"),
    "de": ("Arbeitsheft", "Schreiben und Rechnen"),
    "fr": ("Cahier de textes", "Fiches de classe"),
    "es": ("Cuaderno de clase", "Repaso"),
    "ru": ("Рабочая тетрадь", "Проверочные работы"),
}
"""Made-up names of series of books."""
ICONS = (113, 448, 537, 349, 746, 910, 371, 188, 806, 1256, 711, 629)
"""What bands have at their end: books, pencils, stars, bulbs, a doctor's hat, a flask, a lens, a tick."""
LAST = 180
"""The last page of such a book."""
TABS, EDGE = (0.018, 0.034), (0.006, 0.016)
"""How wide tabs and bars at the edge are, of the sheet's width."""
FREE = 235
"""What is no darker than this is bare."""


def room_for_band(sheet: Sheet) -> float:
    """How much lower the text begins for the band of the plan, pixels."""
    return BAND * sheet.unit * (sheet.plan.band != "")


def house_furniture(sheet: Sheet, rng: Rng) -> None:
    """Print what the plan has of it; the outer edge is the other one on a sheet's other side."""
    small = sheet.body._replace(size=max(9, round(0.78 * sheet.unit)), spacing=0.0)
    if sheet.plan.band:
        _band(sheet, rng, small)
    if sheet.plan.folio:
        _folio(sheet, rng, small)
    if sheet.plan.tab:
        _tab(sheet, rng, small)


def _said(sheet: Sheet, rng: Rng) -> str:
    """The series and the subject, or on later pages what the page is about."""
    subject, heading = sheet.given.get("subject", ""), sheet.given.get("heading", "")
    if heading and not sheet.title and rng.random() < 0.6:
        return heading
    named = SERIES.get(sheet.language, ())
    series = named[int(rng.integers(0, len(named)))] if named else heading
    return "  ".join(filter(None, (series, subject)))


def _band(sheet: Sheet, rng: Rng, small: Type) -> None:
    """A bar, a tint, a flag or a rule with an icon across the head."""
    way, em, colour, outer = sheet.plan.band, small.size, sheet.plan.accent, sheet.plan.outer
    tall, width = 1.75 * em, float(sheet.width)
    bleeds = way in ("bar", "tint") and rng.random() < 0.6
    edges = (0.0, width) if bleeds else (0.055 * width, 0.945 * width)
    top = 0.0 if bleeds and rng.random() < 0.5 else 0.4 * em
    floor = top + tall
    text = _said(sheet, rng)
    kind = small._replace(path=sheet.head.path, latin=sheet.head.latin)
    while text_width(text, kind) > 0.75 * (edges[1] - edges[0]) and kind.size > 9:
        kind = kind._replace(size=kind.size - 1)
    wide = text_width(text, kind)
    at = max(edges[0], 0.055 * width) + em, min(edges[1], 0.945 * width) - em - wide
    x, baseline = at[outer], 0.5 * (top + floor) + 0.36 * kind.size
    ink = WHITE if way in ("bar", "flag") else sheet.colour
    if way == "bar":
        area(sheet, _box(edges[0], top, edges[1], floor), colour)
    elif way == "tint":
        area(sheet, _box(edges[0], top, edges[1], floor), _paler(colour))
    elif way == "flag":
        ends = (x - em, edges[1]) if outer else (edges[0], x + wide + em)
        area(sheet, _box(ends[0], top, ends[1], floor), colour)
        rule(sheet, edges[0], floor, edges[1], floor)
    else:
        rule(sheet, edges[0], floor + 0.1 * em, edges[1], floor + 0.1 * em)
        side = int(1.6 * em)
        icon = draw_icon(rng, max(12, side), (ICONS[int(rng.integers(0, len(ICONS)))],), turned=0.0)
        left = round(edges[1] - side if outer else edges[0])
        x += (-1 if outer else 1) * (side - 0.4 * em)
        sheet.image.paste(colour, (left, round(floor - side)), Image.fromarray(icon))
    put_text(sheet, x, baseline, text, kind._replace(colour=ink), slot=False)


def _folio(sheet: Sheet, rng: Rng, small: Type) -> None:
    """The page's number at the outer corner of the foot: in a disc, a ring, a tile, a flag or over a bar."""
    way, em, outer, colour = sheet.plan.folio, small.size, sheet.plan.outer, sheet.plan.accent
    text = f"{int(rng.integers(1, LAST)) // 2 * 2 + int(outer):02d}"
    kind, y = small._replace(size=max(9, round(0.95 * em))), sheet.height - 1.35 * em
    x, reach = sheet.width * (0.94 if outer else 0.06), 0.95 * em
    if way in ("disc", "tile", "flag"):
        kind = kind._replace(colour=WHITE)
    if way == "disc":
        area(sheet, arc(x, y, reach), colour)
    elif way == "ring":
        outline = arc(x, y, reach)
        curves(sheet, [[*outline, outline[0]]], max(1.0, 0.08 * em), colour)
    elif way == "tile":
        area(sheet, _box(x - reach, y - 0.8 * em, x + reach, y + 0.8 * em), colour)
    elif way == "flag":
        end = sheet.width if outer else 0.0
        area(sheet, _box(min(x - reach, end), y - 0.75 * em, max(x + reach, end), y + 0.75 * em), colour)
    else:
        area(sheet, _box(x - reach, y - 1.0 * em, x + reach, y - 0.72 * em), colour)
    put_text(sheet, x - 0.5 * text_width(text, kind), y + 0.36 * kind.size, text, kind, slot=False)


def _tab(sheet: Sheet, rng: Rng, small: Type) -> None:
    """A block with words or a bar from head to foot at the outer edge, as far as the margin is bare."""
    outer, colour = sheet.plan.outer, sheet.plan.accent
    taken = np.asarray(sheet.image.convert("L")).min(0) < FREE
    free = int(np.argmax(taken[::-1] if outer else taken)) if taken.any() else sheet.width
    kept = 0 if sheet.slots == [] else min(_clear(sheet, outer), free)
    wide = sheet.width * rng.uniform(*(TABS if sheet.plan.tab == "block" else EDGE))
    if wide > min(free, kept or free) - 0.4 * small.size:
        return
    edges = (sheet.width - wide, float(sheet.width)) if outer else (0.0, wide)
    if sheet.plan.tab == "bar":
        area(
            sheet, _box(edges[0], 0, edges[1], sheet.height), colour if rng.random() < 0.5 else _paler(colour)
        )
        return
    top = sheet.height * rng.uniform(0.1, 0.55)
    tall = sheet.height * rng.uniform(0.07, 0.18)
    area(sheet, _box(edges[0], top, edges[1], top + tall), colour)
    text = sheet.given.get("subject", "")
    kind = small._replace(
        size=max(8, min(small.size, round(0.75 * wide))),
        colour=WHITE,
        path=sheet.head.path,
        latin=sheet.head.latin,
    )
    if not text or text_width(text, kind) > 0.85 * tall or wide < 11:
        return
    strip = Image.new("RGB", (int(tall) - 2, int(wide)), colour)
    words = Sheet(strip, sheet.unit, sheet.language, kind, kind, colour)
    put_text(words, 0.5 * (strip.width - text_width(text, kind)), 0.5 * wide + 0.36 * kind.size, text, kind)
    turned = strip.rotate(-90 if outer else 90, expand=True)
    sheet.image.paste(turned, (round(edges[0]), round(top) + 1))


def _clear(sheet: Sheet, outer: bool) -> int:
    """How far the places to write are from the outer edge, pixels."""
    if outer:
        return sheet.width - max(slot.right for slot in sheet.slots)
    return min(slot.left for slot in sheet.slots)


def _box(left: float, top: float, right: float, floor: float) -> list[tuple[float, float]]:
    return [(left, top), (right, top), (right, floor), (left, floor)]


def _paler(colour: Colour) -> Colour:
    red, green, blue = (round(255 - 0.22 * (255 - one)) for one in colour)
    return red, green, blue
