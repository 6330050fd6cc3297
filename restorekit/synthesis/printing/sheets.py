"""A sheet to print on: its drawing surface, its type, and the places where somebody could write."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from restorekit.synthesis.assets import fonts_for, load_font
from restorekit.synthesis.printing import signs
from restorekit.synthesis.printing.glyphs import put_letters
from restorekit.synthesis.printing.latin import companion, cut, latin_face
from restorekit.synthesis.printing.type_plan import (
    Colour,
    Plan,
    draw_plan,
    heading_face,
    print_colour,
    text_face,
)
from restorekit.synthesis.textures import Rng, log_uniform

TOLD = "told: "
"""How what a sheet says that is to be done stands among what it has asked, before the grammar's symbol."""


class Slot(NamedTuple):
    """A place that invites ink.

    Attributes:
        kind: ``judge`` (brackets for a tick or a cross), ``line`` (to write along), ``gap`` (a short blank
            between print), ``area`` (blank paper), ``field`` (of a form or a table), ``cell`` (a square for
            one character of a text), ``text`` (a printed line, to underline or strike), ``key`` (printed
            words that a question hangs on, to underline), ``option`` (a printed letter to circle or tick),
            ``bubble`` (one to fill in), ``strike`` (what is to be struck out), ``box`` (a square to tick),
            ``sum`` (right of an equals sign), ``number`` (left of a question), ``score`` (a blank at the top
            that is the teacher's), ``match`` (the gap between two items to be joined), ``aside`` (the line
            where a question begins that is worked out beside it, before the place of its answer).
        left, top, right, bottom: pixels; writing stands on ``bottom``.
        hint: the answer that belongs there, or ""; of ``area`` and ``aside``, how it is worked out, line by
            line; of ``number``, its figures; of ``line``, what is copied there, or how many lines of its
            question are above it, and of the first, after a line break, the answer; of ``text``, the text;
            of ``cell``, its character, "" for one that stays empty; of ``option`` and ``bubble``, the letter,
            if it is one of A to D to choose from; of ``judge``, right or wrong; of ``strike``, "rest" where
            it is rows left over; of ``score``, "" for all of a paper, "part" for a part, or what a part in a
            table is worth.
    """

    kind: str
    left: int
    top: int
    right: int
    bottom: int
    hint: str = ""


class Ruling(NamedTuple):
    """Where somebody writes on a sheet that is bare but for its rules.

    Attributes:
        left, right: how far the writing reaches; left of it is the margin.
        first, last: the first baseline, and what no baseline is below.
        pitch: from baseline to baseline, pixels.
        prose: whether the sheet takes running text alone.
        loose: whether there is no rule to write along.
        square: side of the printed squares, pixels; 0 where there are lines alone.
        column: where one of the upright rules is, of squares.
    """

    left: float
    right: float
    first: float
    last: float
    pitch: float
    prose: bool = False
    loose: bool = False
    square: float = 0.0
    column: float = 0.0

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The point moved onto the nearest rules, as far as there are rules across and upright."""
        if not self.loose:
            step = self.square or self.pitch
            y = self.first + round((y - self.first) / step) * step
        if self.square:
            x = self.column + round((x - self.column) / self.square) * self.square
        return x, y


class Type(NamedTuple):
    """How text is set: ``spacing`` ems between letters, figures and Latin letters from ``latin`` if any."""

    path: str
    size: int
    colour: Colour = (0, 0, 0)
    spacing: float = 0.0
    latin: str = ""


@dataclass
class Sheet:
    """Print on white, and what a writer needs to know about it.

    ``unit`` is the em of the body type in pixels: all else is measured by it. White in ``image`` is bare
    paper. ``questions`` is the number of the last question, 0 before the first, ``asked`` what was asked so
    far, ``wrong`` what may be answered instead of each right answer. It keeps to one type for its text, one
    for headlines and one ``plan``. ``kind`` is one of ``layouts.KINDS``, ``topic`` what it asks about
    (``topics``), ``given`` what is known of its paper, ``title`` what stands above it; it is ``opened`` where
    a title or a line for names makes it a first page. ``ruling`` is
    that of a page for notes, None of printed ones; ``holes`` are x, y and radius of each, pixels.
    """

    image: Image.Image
    unit: int
    language: str
    body: Type
    head: Type
    colour: Colour
    slots: list[Slot] = field(default_factory=list)
    questions: int = 0
    plan: Plan = Plan()
    asked: set[str] = field(default_factory=set)
    wrong: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ruling: Ruling | None = None
    kind: str = ""
    topic: str = ""
    given: dict[str, str] = field(default_factory=dict)
    title: str = ""
    opened: bool = False
    holes: list[tuple[float, float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.draw = ImageDraw.Draw(self.image)

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.image.width

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.image.height

    @property
    def rule_px(self) -> int:
        """The thickness of a rule."""
        return max(1, round(self.unit / 18))

    def next_question(self, rng: Rng) -> int:
        """The number of the next question; a paper's first page begins with 1, others anywhere."""
        later = not (self.questions or self.opened or rng.random() < 0.4)
        self.questions = int(rng.integers(2, 40)) if later else self.questions + 1
        return self.questions

    def slot(self, kind: str, left: float, top: float, right: float, bottom: float, hint: str = "") -> None:
        """Note a place to write, unless it is off the sheet."""
        if right > left and bottom > top and left < self.width - 4 and 0 < bottom < self.height:
            self.slots.append(Slot(kind, int(left), int(top), int(right), int(bottom), hint))


def new_sheet(
    rng: Rng, height: int, width: int, language: str, fonts: str = "", unit: int = 0, *, early: bool = False
) -> Sheet:
    """A blank sheet of so many pixels with a body and a headline type chosen for it.

    Args:
        rng: source of chance.
        height: pixels.
        width: pixels.
        language: what it will be printed in.
        fonts: a user's folder of fonts, from which half of the sheets take their type, or "".
        unit: the em of the body type, pixels; 0 to draw one.
        early: whether it is for the first years of school.
    """
    unit = unit or int(np.clip(log_uniform(rng, 16, 42) * np.clip(width / 1240, 0.6, 2.5), 12, 90))
    colour = print_colour(rng)
    path = text_face(rng, language, unit, early=early)
    spacing = float(rng.uniform(0.02, 0.08)) if rng.random() < 0.06 else 0.0
    body = Type(path, unit, colour, spacing)
    head_path = heading_face(rng, language, path)
    own = fonts_for(fonts, language) if fonts else ()
    if own and rng.random() < 0.5:
        path, head_path = (own[int(place)] for place in rng.integers(0, len(own), 2))
        body = body._replace(path=path)
    else:
        body = body._replace(latin=latin_face(rng, language, path))
    plan = draw_plan(rng, eastern=language in ("zh", "ja"))
    coloured = len(set(plan.accent)) > 1 and rng.random() < 0.4
    size, shown = round(unit * rng.uniform(1.15, 1.8)), plan.accent if coloured else colour
    head = Type(head_path, size, shown, latin=body.latin and companion(head_path, "bold"))
    image = Image.new("RGB", (width, height), (255, 255, 255))
    return Sheet(image, unit, language, body, head, colour, plan=plan)


def next_sheet(front: Sheet) -> Sheet:
    """A blank sheet that goes on where another ends: of its kind, type, plan and topic."""
    asked = {one for one in front.asked if not one.startswith(TOLD)}
    return replace(
        front,
        image=Image.new("RGB", front.image.size, (255, 255, 255)),
        slots=[],
        holes=[],
        plan=front.plan._replace(outer=not front.plan.outer),
        asked=asked,
        given=dict(front.given),
        wrong={},
        title="",
        opened=False,
    )


def text_width(text: str, kind: Type) -> float:
    """How far ``text`` reaches, in pixels."""
    placed = cut(text, kind.path, kind.latin)
    width = kind.spacing * kind.size * len(text)
    return width + sum(signs.advance(run, path, kind.size) for run, path in placed)


def put_text(sheet: Sheet, x: float, baseline: float, text: str, kind: Type, *, slot: bool = True) -> float:
    """Set ``text`` on a baseline and note it as a printed line; returns where it ends."""
    if baseline < 0 or baseline - kind.size > sheet.height:
        return x + text_width(text, kind)
    end = x
    placed = cut(text, kind.path, kind.latin)
    spacing = kind.spacing * kind.size
    for run, path in placed:
        if signs.is_drawn(run, path):
            mask = signs.sign_mask(run, load_font(path, kind.size))
            sheet.draw.bitmap((round(end), round(baseline - signs.RISE * kind.size)), mask, fill=kind.colour)
        elif run != signs.GAP:
            letters, face, size, drop = signs.set_in(run, path, kind.size)
            put_letters(sheet.draw, end, baseline + drop, letters, face, size, kind.colour, spacing)
        end += signs.advance(run, path, kind.size) + spacing * len(run)
    if slot and len(text) > 1:
        sheet.slot("text", x, baseline - 0.8 * kind.size, min(end, sheet.width), baseline, text)
    return end


def hairline(share: float, colour: Colour) -> Colour:
    """A line's colour at one pixel's width where its real width is a ``share`` of that."""
    red, green, blue = (round(255 - share * (255 - level)) for level in colour)
    return red, green, blue


def rule(
    sheet: Sheet,
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    *,
    dashed: bool = False,
    thin: Colour | None = None,
) -> None:
    """A printed line, whole or dashed; ``thin`` is the colour of one of a pixel's width."""
    colour, px = (thin, 1) if thin else (sheet.colour, sheet.rule_px)
    if not dashed:
        sheet.draw.line([(x0, y0), (x1, y1)], fill=colour, width=px)
        return
    length = float(np.hypot(x1 - x0, y1 - y0))
    steps = max(1, int(length / max(4, sheet.unit * 0.3)))
    for step in range(0, steps, 2):
        a, b = step / steps, min(1.0, (step + 1) / steps)
        start = (x0 + (x1 - x0) * a, y0 + (y1 - y0) * a)
        stop = (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)
        sheet.draw.line([start, stop], fill=colour, width=px)
