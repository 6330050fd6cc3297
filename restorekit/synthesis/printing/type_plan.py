"""How a page is made up: the few decisions that a designer takes once and keeps to from head to foot."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from restorekit.synthesis.assets import Face, faces_for, pick_face
from restorekit.synthesis.textures import Rng, choose

Colour = tuple[int, int, int]

COLOURED, BOOKS = 0.1, 0.3
"""The share of pages printed in a second colour, and how many more of books': most papers are copied in black
from black masters."""
FORMULAS = ("print/la_serif_regular.ttf", "print/la_roman_regular.otf")
"""Times- and Computer-Modern-like faces, in which equation editors set the figures of formulas."""
LINES = {"rule": 0.55, "dashed": 0.15, "bare": 0.1, "box": 0.2}
"""What shows the room for an answer in sentences: whole or dashed rules, nothing, a box around it."""
FIGURES = {"": 0.55, "pixels": 0.07, "dots": 0.11, "copied": 0.17, "sketched": 0.1}
"""How figures come on a page: drawn for it, in coarse pixels, a screen of dots, copied again or by hand."""
ART = {"": 0.34, "tint": 0.16, "solid": 0.1, "shaded": 0.24, "hatched": 0.16}
"""How drawings of things are printed, all of a page alike: in line, in line and tinted, solid, round in
greys, or with strokes on the side away from the light."""
STOPS = {". ": 0.45, "．": 0.4, "、": 0.15}
"""What stands behind the numbers of questions in the East."""
BOLD_NUMBERS, SOURCED = 0.3, 0.22
"""The shares of papers with bold numbers before their questions, and with the year and the place of some."""
WORN = 0.06
"""The share of pages whose rules to write on are pale and here and there broken, as copies of copies are."""
HEADINGS = {
    "left": 0.41,
    "middle": 0.25,
    "rule": 0.08,
    "bar": 0.06,
    "badge": 0.07,
    "ribbon": 0.04,
    "capsule": 0.03,
    "block": 0.03,
    "shelf": 0.03,
}
"""How headlines stand: plain at the left or in the middle, over a rule, white on a bar, behind a badge, white
on a ribbon with a pointed end, in a rounded frame, behind an upright bar, on a rule that begins thick."""
NUMBERS = {"": 0.84, "disc": 0.05, "tile": 0.06, "ring": 0.03, "box": 0.02}
LETTERS = {"": 0.86, "ring": 0.07, "box": 0.03, "disc": 0.02, "tile": 0.02}
"""What is around the numbers of questions, and around the letters of answers to choose from."""
BOOKED = 0.22
"""The share of pages that are made up as a publisher's, with what is printed around the text."""
BANDS = {"bar": 0.2, "tint": 0.25, "flag": 0.2, "icon": 0.2, "": 0.15}
TABS = {"block": 0.35, "bar": 0.2, "": 0.45}
FOLIOS = {"disc": 0.2, "ring": 0.15, "tile": 0.2, "flag": 0.2, "over": 0.25}
"""What stands at the head of such a page, at its outer edge and at its foot, see ``house``."""
PAIRS = (
    {"()": 0.8, "[]": 0.14, "□": 0.06},
    {"()": 0.33, "（）": 0.57, "[]": 0.02, "【】": 0.04, "□": 0.04},
)
"""What is around the room for a letter or a tick in the West and in the East; ``□`` is a frame."""
ROOMS = (1.7, 3.2)
"""Such room is three to six blanks wide, in ems."""
UNEVEN, LEADERS = 0.1, 0.2
"""The share of papers whose typist made room by blanks, more here and fewer there; of those with the room at
the right edge the share with dots that lead to it."""
FAMILY, DISPLAY = 0.75, 0.15
"""The share of pages whose headlines are in the bold of the text's own family, and of the others with heavy
or narrow ones."""

SONG, KAI = 0.6, 0.2
"""The shares of Chinese sheets set in Song, as nearly all are that a word processor sets, and in Kai, as
papers of primary schools are: one learns to write from that print, so networks take it for writing where they
have seen little of it."""
TIMES, ARIAL = "print/la_serif_regular.ttf", "print/la_sans_regular.ttf"
EVERYDAY = {TIMES: 0.38, ARIAL: 0.2, "text": 0.42}
EARLY = {TIMES: 0.16, ARIAL: 0.16, "text": 0.2, "school": 0.48}
"""How often Western sheets are set in the faces that word processors begin with, or in one of a look."""
TYPED = 0.3
"""How often one of a typewriter is kept when it is drawn."""
LIGHT = 30
"""Below so many pixels to the em a light face's stems, a twentieth of it, are hardly wider than a pixel and
paler than all else on a page; nobody prints so small in such a face."""


class Wear(NamedTuple):
    """What a copy of a copy left of thin rules: one that straddles two rows of pixels is half lost in both.

    Attributes:
        colour: of what is left, dark to pale grey, some bluish.
        thick: of the master's rules, pixels.
        cut: how dark a pixel had to be to be copied, in [0, 1].
        slope: how far the master lay aslant, so from where to where a rule is in one row: pixels by pixel.
    """

    colour: Colour
    thick: float
    cut: float
    slope: float


class Plan(NamedTuple):
    """What is alike everywhere on a page.

    Attributes:
        accent: its second colour, for headings, boxes and rules; on most pages none but a dark grey.
        leading: from line to line of a text, ems.
        rows: from row to row of sums and blanks, ems: room to write.
        between: from one question to the next, besides, ems.
        indent: of a paragraph's first line, ems.
        aside: whether brackets for an answer stand at the right edge, or behind the text.
        brackets: whether blanks are in brackets, or on rules.
        pair: the brackets of a page, or what else of ``PAIRS`` is around the room for short answers.
        room: how wide that is, ems.
        uneven: whether it is here a blank wider and there narrower.
        leaders: whether dots lead to it at the right edge.
        across: how many answers to choose from stand beside each other where there is room.
        columns: of sums.
        heading: one of ``HEADINGS``.
        blank: how long blanks are at least, and about how tall blank paper below problems is, ems.
        lines: one of ``LINES``.
        thin: the share of a pixel that rules to write on are wide, 0 for as wide as others.
        bold_numbers: whether the numbers of questions are bold.
        sourced: the share of the questions that name where they are from or their marks, in bold.
        wear: what is left of rules to write on, None for all of them.
        formulas: path of the face of formulas, "" for the text's own.
        figures: one of ``FIGURES``.
        art: one of ``ART``.
        stroke: how thick the lines of such drawings are, ems.
        stop: what stands behind the numbers of questions, and the letters of answers.
        band, tab, folio: what is printed around the text of a book's pages, see ``BANDS``, "" for none.
        outer: whether the outer edge is the right one.
        numbers: one of ``NUMBERS``.
        letters: one of ``LETTERS``.
    """

    accent: Colour = (40, 40, 40)
    leading: float = 1.5
    rows: float = 1.9
    between: float = 0.3
    indent: float = 2.0
    aside: bool = False
    brackets: bool = False
    pair: str = "()"
    room: float = 1.7
    uneven: bool = False
    leaders: bool = False
    across: int = 4
    columns: int = 4
    heading: str = "left"
    blank: float = 4.0
    lines: str = "rule"
    thin: float = 0.0
    bold_numbers: bool = False
    sourced: float = 0.0
    wear: Wear | None = None
    formulas: str = ""
    figures: str = ""
    art: str = ""
    stroke: float = 0.07
    stop: str = ". "
    band: str = ""
    tab: str = ""
    folio: str = ""
    outer: bool = True
    numbers: str = ""
    letters: str = ""


def draw_plan(rng: Rng, *, eastern: bool = False) -> Plan:
    """A page's plan, drawn at random, with brackets as the East or the West has them."""
    booked = rng.random() < BOOKED
    return Plan(
        accent=accent_colour(rng)
        if rng.random() < COLOURED + BOOKS * booked
        else (int(rng.integers(20, 70)),) * 3,
        leading=float(rng.uniform(1.3, 1.8)),
        rows=float(rng.uniform(1.6, 2.5)),
        between=float(rng.uniform(0.0, 0.7)),
        indent=2.0 if rng.random() < 0.6 else 0.0,
        aside=bool(rng.random() < 0.4),
        brackets=bool(rng.random() < 0.4),
        pair=choose(rng, PAIRS[eastern]),
        room=float(rng.uniform(*ROOMS)),
        uneven=bool(rng.random() < UNEVEN),
        leaders=bool(rng.random() < LEADERS),
        across=int(rng.choice([4, 2, 1], p=[0.7, 0.15, 0.15])),
        columns=int(rng.choice([2, 3, 4, 5], p=[0.3, 0.35, 0.25, 0.1])),
        heading=choose(rng, HEADINGS),
        blank=float(rng.uniform(2.5, 6.0)),
        lines=choose(rng, LINES),
        thin=float(rng.uniform(0.25, 0.8)) if rng.random() < 0.4 else 0.0,
        bold_numbers=bool(rng.random() < BOLD_NUMBERS),
        sourced=float(rng.uniform(0.3, 1.0)) if rng.random() < SOURCED else 0.0,
        wear=draw_wear(rng) if rng.random() < WORN else None,
        formulas=FORMULAS[int(rng.integers(0, len(FORMULAS)))] if rng.random() < 0.6 else "",
        figures=choose(rng, FIGURES),
        art=choose(rng, ART),
        stroke=float(rng.uniform(0.04, 0.1)),
        stop=choose(rng, STOPS) if eastern else ". ",
        band=choose(rng, BANDS) if booked else "",
        tab=choose(rng, TABS) if booked else "",
        folio=choose(rng, FOLIOS) if booked else "",
        outer=bool(rng.random() < 0.5),
        numbers=choose(rng, NUMBERS),
        letters=choose(rng, LETTERS),
    )


def draw_wear(rng: Rng) -> Wear:
    """How a page's rules are worn, drawn at random."""
    grey = float(rng.uniform(40, 150))
    cold = float(rng.uniform(5, 35)) if rng.random() < 0.4 else 0.0
    colour = int(max(0, grey - 0.5 * cold)), int(grey), int(min(255, grey + 0.7 * cold))
    thick = float(rng.uniform(0.6, 1.6))
    cut = min(1.0, thick) * float(rng.uniform(0.3, 0.6))
    return Wear(colour, thick, cut, float(rng.normal(0, 0.008)))


def columns_of(plan: Plan, room: float, widest: float) -> int:
    """How many columns of ``widest`` pixels a ``room`` has by the plan, 1 or more."""
    return max(1, min(plan.columns, int(room / widest)))


def text_face(rng: Rng, language: str, unit: int, *, early: bool = False) -> str:
    """The path of a face for text of ``unit`` pixels to the em, mostly an everyday one.

    These are Times- and Arial-like ones, Song and Hei; in the West, for ``early`` years of school, those that
    children learn to read from.
    """
    face = pick_face(rng, language)
    if language == "zh" and (drawn := rng.random()) < SONG + KAI:
        face = pick_face(rng, language, "song" if drawn < SONG else "kai")
        while "bold" in face.looks or "black" in face.looks:
            face = pick_face(rng, language, "song" if drawn < SONG else "kai")
    elif rng.random() < 0.03:
        face = pick_face(rng, language, "bold")
    elif language not in ("zh", "ja", "ko"):
        way = choose(rng, EARLY if early else EVERYDAY)
        if way.endswith(".ttf"):
            return way
        face = pick_face(rng, language, way)
        while "text" not in face.looks or ("mono" in face.looks and rng.random() > TYPED):
            face = pick_face(rng, language, way)
    while "light" in face.looks and unit < LIGHT:
        face = pick_face(rng, language)
    return face.path


def heading_face(rng: Rng, language: str, body: str) -> str:
    """The path of a bold face for headlines, mostly of the family of the text's face ``body``.

    Others go with it: text without serifs has no headlines with any.
    """
    family, faces = body.rsplit("_", 1)[0], faces_for(language)
    own = [face.path for face in faces if face.path.startswith(family) and _heads(face)]
    if own and rng.random() < FAMILY:
        return own[0]
    plain = any("hei" in face.looks or "sans" in face.looks for face in faces if face.path == body)
    able = [
        face for face in faces if _heads(face) and (not plain or "sans" in face.looks or "hei" in face.looks)
    ]
    if rng.random() > DISPLAY:
        able = [face for face in able if "black" not in face.looks and "narrow" not in face.looks] or able
    return able[int(rng.integers(0, len(able)))].path if able else pick_face(rng, language, "bold").path


def _heads(face: Face) -> bool:
    """Whether headlines are set in a face: a bold upright one."""
    return "bold" in face.looks and "italic" not in face.looks and "mono" not in face.looks


def print_colour(rng: Rng) -> Colour:
    """Black as printers make it, now and then grey, hardly ever a dark blue."""
    kind = rng.random()
    if kind < 0.87:
        grey = int(rng.integers(4, 45))
        return (grey, grey, grey)
    if kind < 0.98:
        grey = int(rng.integers(45, 80))
        return (grey, grey, grey)
    return (25, 40, int(rng.integers(90, 140)))


def accent_colour(rng: Rng) -> Colour:
    """A colour as school books use it, dark enough to read."""
    palette = [(20, 50, 140), (180, 25, 30), (10, 110, 60), (120, 40, 130), (200, 90, 10), (0, 120, 150)]
    base = palette[int(rng.choice(len(palette), p=[0.34, 0.22, 0.16, 0.06, 0.08, 0.14]))]
    shift = rng.integers(-20, 40, 3)
    return (
        int(np.clip(base[0] + shift[0], 0, 215)),
        int(np.clip(base[1] + shift[1], 0, 215)),
        int(np.clip(base[2] + shift[2], 0, 215)),
    )
