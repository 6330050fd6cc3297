"""Lines of whole papers: text in which blanks, rings, boxes, fractions and stressed words stand."""

from __future__ import annotations

from typing import NamedTuple

from restorekit.synthesis.printing.answer_room import pair_of
from restorekit.synthesis.printing.extras import emphasise
from restorekit.synthesis.printing.line_breaks import NEVER_FIRST, pieces
from restorekit.synthesis.printing.primary import frame
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, rule, text_width
from restorekit.synthesis.printing.worn_rules import writing_rule
from restorekit.synthesis.texts.phrases import SPACED
from restorekit.synthesis.texts.whole_papers import Piece
from restorekit.synthesis.textures import Rng

WRITTEN = {True: 1.4, False: 1.8}
"""How far an answer of the East and of the West reaches in writing by how far it does in print."""
STAYS = NEVER_FIRST + "°%"
"""What goes with the blank before it."""
OPENING = "=＝+＋×÷−-<>（(["
"""Signs that go with the blank behind them."""
UNIT = 4
"""A word behind a blank of so many letters goes with it, as units do."""
WIDE, LABEL = "\u3000", 20
"""What parts labels with blanks of each other in the East, and how long these are at most."""
CLOSE = 1.5
"""Ems from line to line where there are blanks, at least."""
LEAST = {True: 2.0, False: 3.4}
"""How wide blanks are at least, in ems: in brackets, and on rules."""
OVER = 0.75
"""How far the parts of a fraction stand above and below the middle of its bar, in ems of the print."""
POWER, RISE = 0.64, 0.38
"""How large powers are by the print, and how far above the baseline they stand, in ems."""
FRAMED = 1.5
"""How wide a ring or a box for a sign or a number is with the paper beside it, in ems."""
SMALL = 0.82
"""How large these are by the print."""


class Style(NamedTuple):
    """What is alike on all of a paper.

    Attributes:
        stress: how stressed words are printed, see ``extras.emphasise``.
        hangs: whether further lines of questions stand below their text, not their number.
        bare: ems of blank paper below questions that are worked out, by what they take.
        items: how items are counted, a format of the number and the letter.
        parts: how large the headings of parts are, by the print.
        across: how many options stand beside each other where there is room.
        boxed: whether boxes for the points of a part stand at its heading.
        mark: what stands before headings, one of ``ornaments.MARKS``.
        rated: what stands beside them to be coloured in, one of ``ornaments.RATED``.
        hard: whether stars say how hard questions are.
        spaced: whether there is room around the signs of sums.
        bold: whether these are bold.
        small: how large they are by the text.
        links: what is around the things of chains, one of ``joined.SHAPES``.
        script: path of the face of texts to be read that look written by hand, "" for that of all else.
    """

    stress: str = "dots"
    hangs: bool = True
    bare: float = 1.0
    items: str = "({0}) "
    parts: float = 1.1
    across: int = 4
    boxed: bool = False
    mark: str = ""
    rated: str = ""
    hard: bool = False
    spaced: bool = False
    bold: bool = False
    small: float = 1.0
    links: str = "box"
    script: str = ""


class Room(NamedTuple):
    """Where lines run, in pixels: from ``left``, further ones from ``further``, to ``right``."""

    left: float
    further: float
    right: float
    leading: float


def blank_width(sheet: Sheet, text: str, kind: Type) -> float:
    """How wide the room for an answer is with what is around it, pixels."""
    brackets = sheet.plan.brackets
    around = text_width("".join(pair_of(sheet, kind)), kind) if brackets else 0.0
    return around + max(
        LEAST[brackets] * kind.size, WRITTEN[text[-1] > "\u2e80"] * text_width(text, kind) + 0.8 * kind.size
    )


def piece_width(sheet: Sheet, piece: Piece, kind: Type) -> float:
    """How far a piece reaches that is not broken, pixels."""
    if piece.kind in ("blank", "entry"):
        return blank_width(sheet, piece.text or "00", kind)
    if piece.kind in ("ring", "box"):
        return FRAMED * kind.size
    if piece.kind == "power":
        return text_width(piece.text, _raised(kind))
    if piece.kind == "fraction":
        small = kind._replace(size=round(SMALL * kind.size))
        return max(text_width(part, small) for part in _parts(piece.text)) + 0.4 * kind.size
    return text_width(piece.text, kind)


def line_width(sheet: Sheet, line: list[Piece], kind: Type) -> float:
    """How far a line reaches that is not broken, pixels."""
    return sum(piece_width(sheet, piece, kind) for piece in line)


def put_line(
    sheet: Sheet,
    rng: Rng,
    line: list[Piece],
    at: tuple[float, float],
    room: Room,
    kind: Type,
    stress: str = "",
) -> tuple[float, float]:
    """Set pieces from ``at`` on, in as many lines as they take; returns where the last of them ends.

    ``stress`` is how stressed words are printed (``type_plan.Plan.keys``).
    """
    (x, y), run = at, ""
    for word in _words(sheet, line, kind, room.right - max(room.left, room.further)):
        wide = sum(piece_width(sheet, piece, kind) for piece in word if piece.kind != "text")
        over = text_width(run + "".join(one.text for one in word if one.kind == "text").rstrip(), kind) + wide
        if x + over > room.right and (run.strip() or x > room.further):
            put_text(sheet, x, y, run, kind)
            run, x, y = "", room.further, y + room.leading
        for piece in word:
            if piece.kind == "text":
                run += piece.text
                continue
            x, run = put_text(sheet, x, y, run, kind), ""
            wide = piece_width(sheet, piece, kind)
            _put_piece(sheet, rng, piece, (x, y), wide, kind, stress)
            x += wide
    return put_text(sheet, x, y, run, kind), y


def _words(sheet: Sheet, line: list[Piece], kind: Type, most: float) -> list[list[Piece]]:
    """The pieces of a line in groups between which it may break, of ``most`` pixels at most."""
    spaced, atoms = sheet.language in SPACED, list[Piece]()
    for piece in line:
        parts = pieces(piece.text, sheet.language) if piece.kind == "text" else []
        if atoms and spaced and len(parts) > 1 and parts[0] == " " and len(parts[1].rstrip(" .,;:")) <= UNIT:
            parts[:2] = [" " + parts[1]]
        atoms += [Piece("text", part) for part in parts] or [piece]
    stays = _stays_spaced if spaced else _stays_eastern
    if not spaced and WIDE in "".join(piece.text for piece in line):
        labels = "".join(piece.text for piece in line).split(WIDE)
        stays = _stays_labelled if max(map(len, labels)) <= LABEL else stays
    words, far = list[list[Piece]](), 0.0
    for place, atom in enumerate(atoms):
        wide = piece_width(sheet, atom, kind)
        if place and far + wide <= most and stays(atoms[place - 1], atom):
            words[-1].append(atom)
            far += wide
        else:
            words.append([atom])
            far = wide
    return words


def _stays_spaced(before: Piece, piece: Piece) -> bool:
    """Whether a piece is on the line of the one before it: marks, powers, "=" and blanks, their units."""
    if piece.kind == before.kind == "text":
        return piece.text[0] in STAYS or before.text.strip() in tuple(OPENING)
    if piece.kind == "text":
        signed = piece.text.strip() in tuple(OPENING)
        return before.kind == "blank" or signed or not piece.text[0].isspace()
    return not before.text[-1].isspace() or before.text.rstrip()[-1:] in OPENING


def _stays_eastern(before: Piece, piece: Piece) -> bool:
    """The same of characters: a blank stays with the unit or the ending behind it."""
    if piece.kind == "text":
        joined = before.kind == "blank" or (before.kind in ("power", "fraction") and piece.text.isascii())
        return piece.text[0] in STAYS or joined
    if before.kind != "text" or piece.kind == "power":
        return True
    return piece.kind != "stress" and (before.text[-1] in OPENING or before.text.isascii())


def _stays_labelled(before: Piece, piece: Piece) -> bool:
    """The same where wide spaces part labels with blanks."""
    return before.kind != "text" or not before.text.endswith(WIDE) or piece.text.startswith(WIDE)


def _put_piece(
    sheet: Sheet, rng: Rng, piece: Piece, at: tuple[float, float], wide: float, kind: Type, stress: str
) -> None:
    """Set what is not broken, from ``at`` on."""
    (x, y), em = at, kind.size
    if piece.kind == "stress":
        put_text(sheet, x, y, piece.text, kind, slot=False)
        emphasise(sheet, piece.text, x, x + wide, y, kind, stress)
        sheet.slot("key", x, y - 0.8 * em, x + wide, y, piece.text)
    elif piece.kind == "power":
        put_text(sheet, x, y - RISE * em, piece.text, _raised(kind), slot=False)
    elif piece.kind == "fraction":
        _fraction(sheet, piece.text, x, y, wide, kind)
    elif piece.kind in ("ring", "box"):
        aside = 0.5 * (FRAMED - 1.3) * em
        box = frame(sheet, "@" if piece.kind == "ring" else "#", x + aside, y, kind)
        sheet.slot("gap", box[0], y - 0.75 * em, box[2], y, piece.text)
    else:
        inner = 0.0
        if sheet.plan.brackets:
            opening, closing = pair_of(sheet, kind)
            put_text(sheet, x, y, opening, kind, slot=False)
            put_text(sheet, x + wide - text_width(closing, kind), y, closing, kind, slot=False)
            inner = text_width(opening, kind)
        else:
            writing_rule(sheet, rng, x + 0.1 * em, y + 0.14 * em, x + wide - 0.1 * em)
            inner = 0.2 * em
        if piece.text:  # else it is the teacher's, who counts what is right
            what = "field" if piece.kind == "entry" else "gap"
            sheet.slot(what, x + inner, y - 1.1 * em, x + wide - inner, y, piece.text)


def _fraction(sheet: Sheet, text: str, x: float, y: float, wide: float, kind: Type) -> None:
    """One number or term above another, a bar between them."""
    small, middle = kind._replace(size=round(SMALL * kind.size)), y - 0.34 * kind.size
    above, below = _parts(text)
    for part, floor in ((above, middle - 0.18 * kind.size), (below, middle + OVER * kind.size)):
        put_text(sheet, x + 0.5 * (wide - text_width(part, small)), floor, part, small, slot=False)
    rule(sheet, x + 0.12 * kind.size, middle, x + wide - 0.12 * kind.size, middle)


def _raised(kind: Type) -> Type:
    return kind._replace(size=max(8, round(POWER * kind.size)))


def _parts(text: str) -> tuple[str, str]:
    """What stands above and below the bar of a fraction, without the brackets that held each together."""
    above, _, below = text.partition("⁄")
    return above.strip("()"), below.strip("()")
