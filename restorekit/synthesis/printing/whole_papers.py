"""Pages of whole papers: from the title on or, as second pages, a later question, filled to the foot."""

from __future__ import annotations

import itertools
import re

import numpy as np

from restorekit.synthesis.printing import ornaments
from restorekit.synthesis.printing.columns import FOOT, HEAD, cut_off, state, take_back
from restorekit.synthesis.printing.extras import answer_table
from restorekit.synthesis.printing.forms import fields
from restorekit.synthesis.printing.house import room_for_band
from restorekit.synthesis.printing.joined import SHAPES
from restorekit.synthesis.printing.letterheads import instructions, letterhead
from restorekit.synthesis.printing.line_breaks import balance
from restorekit.synthesis.printing.paper_blocks import put_block
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.score_boxes import BOXED, TABLED, score_table
from restorekit.synthesis.printing.scripts import script_face
from restorekit.synthesis.printing.sheets import Sheet, put_text, rule, text_width
from restorekit.synthesis.texts.topics import letters, level
from restorekit.synthesis.texts.variants import varied
from restorekit.synthesis.texts.whole_papers import Block, WholePaper, papers_in, pieces_of, taken_for
from restorekit.synthesis.textures import Rng, choose

FIRST = 0.55
"""The share of papers seen from their first page on, of those that have more."""
TWO, DOTTED = 0.5, 0.35
"""The share of the papers in small print that are set in two columns, and of the rules between these that are
dashed."""
WIDE = 38
"""Ems across that two columns need at least."""
LARGER = 1.6
"""How much larger than usual a short paper is set at most."""
NARROWED = 0.72
"""How small a title is set at least, by how large it is meant to be, to stand in one line."""
ROOM, GOES_ON = 0.3, 0.5
"""Where less than this share of a column is left, no other paper begins there, and where there is more, one
does on this share of the pages: those of a book, not of a test."""
STRESSES = ({"rule": 0.6, "bold": 0.4}, {"dots": 0.75, "rule": 0.15, "bold": 0.1})
"""How stressed words are printed in the West and in the East."""
ITEMS = (("({0}) ", "{1}) ", "{0}) ", "({1}) "), ("（{0}）", "（{0}）", "({0}) "))
"""How the items of a question are counted in the West and in the East."""
SPACED, BOLD, SMALL, SMALLER = 0.3, 0.15, 0.2, (0.75, 0.92)
"""The shares of papers with room around the signs of their sums, with bold and with smaller ones, and by how
much."""
ACROSS = 0.8
"""The share of papers that set as many options beside each other as there is room for."""
CARD, GATHERED = 0.2, 5
"""The share of the papers that begin with so many questions with options, and gather their letters above."""
_SUMS = ("number_line", "stacked", "checked")
UNBROKEN = (*_SUMS, "table", "words", "pinyin", "match", "drawn", "chain", "tree", "picture")
"""Blocks that are on one page."""
POINTS, WORTH = re.compile(r"\d分"), re.compile(r"(\d+)分")
COUNTED = "一二三四五六七八九"
KEPT = ("date", "school", "year", "months")
"""What is given of a page, whatever paper goes on on it."""


def papers_for(language: str, *, early: bool = False) -> tuple[WholePaper, ...]:
    """The papers of a language, where ``early`` those of primary schools alone."""
    return tuple(one for one in papers_in(language) if not early or level(one.topic) == "1")


def whole_paper(sheet: Sheet, rng: Rng, known: tuple[WholePaper, ...]) -> None:
    """Set a page of one of the ``known`` papers; the other side of a sheet goes on where its front ends."""
    paper = _given_out(rng, known[int(rng.integers(0, len(known)))])
    begun = next((one for one in known if one.name == sheet.given.get("whole_paper")), None)
    begun = varied(begun, int(sheet.given["variant"])) if begun else None
    margin = sheet.width * rng.uniform(0.05, 0.1)
    left, right = margin, sheet.width - margin * rng.uniform(0.75, 1.2)
    if not begun:
        _enlarge(sheet, paper, (right - left, sheet.height))
    columns = 2 if sheet.width / sheet.unit > WIDE and rng.random() < TWO else 1
    style = _style(rng, sheet, paper, columns)
    if begun:
        at = int(sheet.given["reached"])
        later = begun if at < len(begun.blocks) else _following(rng, sheet, begun, known)
        if later is None:  # the front has all that there is
            return
        paper, at = later, at % len(begun.blocks)
    else:
        at = _start(rng, paper, (right - left) / columns / sheet.unit, columns * sheet.height / sheet.unit)
    _take_up(sheet, paper)
    top = max(HEAD * sheet.unit, sheet.height * rng.uniform(0.0, 0.04)) + room_for_band(sheet)
    if at == 0:
        top = _title(sheet, rng, paper, left, right, top)
    span = (right - left) / columns
    for column in range(columns):
        x = left + column * span + (sheet.unit if column else 0)
        stop = left + (column + 1) * span - (sheet.unit if column < columns - 1 else 0)
        y = top
        while True:
            at, y = _fill(sheet, rng, paper, style, at, (x, stop, y), last=column == columns - 1)
            if at < len(paper.blocks) or y > (1 - ROOM) * sheet.height:
                break
            following = _following(rng, sheet, paper, known) if rng.random() < GOES_ON else None
            if following is None:
                if column == columns - 1:
                    ornaments.close(sheet, rng, x, stop, y, sheet.height - FOOT * sheet.unit)
                break
            paper, at = following, 0
            _take_up(sheet, paper)
            y = _title(sheet, rng, paper, x, stop, y + sheet.unit, again=True)
    sheet.given["reached"] = str(at)
    if columns == 2 and rng.random() < 0.4:
        dotted = bool(rng.random() < DOTTED)
        rule(sheet, left + span, top + sheet.unit, left + span, sheet.height * 0.97, dashed=dotted)


def _heads(block: Block) -> bool:
    """Whether a block is a heading, or says what is to be done with what follows: these never stand last."""
    told = block.kind == "question" and "[" not in block.lines[0]
    return (told or block.kind in ("part", "middle")) and not (block.answer or block.working or block.options)


def _pointed(paper: WholePaper) -> bool:
    """Whether a paper in Chinese says what its parts are worth: papers that are marked by points do."""
    parts = [block.lines[0] for block in paper.blocks if block.kind == "part"]
    return paper.language == "zh" and any(POINTS.search(part) for part in parts)


def _style(rng: Rng, sheet: Sheet, paper: WholePaper, columns: int) -> Style:
    stresses, later = STRESSES[sheet.language in ("zh", "ja")], level(paper.topic) != "1"
    return Style(
        stress=str(rng.choice(list(stresses), p=list(stresses.values()))),
        hangs=bool(rng.random() < 0.6),
        bare=float(rng.uniform(0.8, 1.25)),
        items=str(rng.choice(ITEMS[sheet.language in ("zh", "ja")])),
        parts=float(rng.choice([1.0, 1.0, 1.15, 1.25])),
        across=4 if rng.random() < ACROSS else sheet.plan.across,
        mark=choose(rng, ornaments.MARKS[later]),
        rated=choose(rng, ornaments.RATED[later]),
        hard=bool(rng.random() < ornaments.HARD) and columns == 1,  # their stars stand in the margin
        spaced=bool(rng.random() < SPACED),
        bold=bool(rng.random() < BOLD),
        small=float(rng.uniform(*SMALLER)) if rng.random() < SMALL else 1.0,
        links=choose(rng, SHAPES),
        boxed=_pointed(paper) and bool(rng.random() < BOXED),
        script=script_face(rng, paper.language),
    )


def _take_up(sheet: Sheet, paper: WholePaper) -> None:
    """Make a sheet one of a paper."""
    sheet.topic = paper.topic
    sheet.given = {
        **{key: said for key, said in sheet.given.items() if key in KEPT},
        "whole_paper": paper.name,
        "variant": paper.variant,
        "heading": paper.title,
        "set": f"{sheet.given.get('set', '')}\n{paper.name}",
        "subject": paper.subject,
        "school_year": paper.year,
        "figures": paper.figures,
    }
    sheet.wrong |= taken_for(paper)
    if paper.blanks:
        sheet.plan = sheet.plan._replace(brackets=paper.blanks == "brackets")


def _following(rng: Rng, sheet: Sheet, paper: WholePaper, known: tuple[WholePaper, ...]) -> WholePaper | None:
    """Another paper of the subject and of about the year, as one book may have; None where none is left."""
    done = sheet.given["set"].split("\n")
    others = (one for one in known if one.name not in done and one.subject == paper.subject)
    near = [one for one in others if abs(int(one.year) - int(paper.year)) <= 1]
    return _given_out(rng, near[int(rng.integers(0, len(near)))]) if near else None


def _given_out(rng: Rng, paper: WholePaper) -> WholePaper:
    """A paper as it is given out one time of many."""
    return varied(paper, int(rng.integers(0, 2**31)))


def _start(rng: Rng, paper: WholePaper, across: float, down: float) -> int:
    """The block with which a page of so many ems begins: most often the first."""
    tall = np.array([ems_down(block, across) for block in paper.blocks])
    left = np.cumsum(tall[::-1])[::-1]
    able = np.flatnonzero(left >= down)
    if rng.random() < FIRST or len(able) < 2:
        return 0
    return int(able[int(rng.integers(1, len(able)))])


def _enlarge(sheet: Sheet, paper: WholePaper, size: tuple[float, float]) -> None:
    """Set a paper larger that would leave much of a page of ``size`` pixels, across and down, bare."""
    across, down = size[0] / sheet.unit, size[1] / sheet.unit
    needed = sum(ems_down(block, across) for block in paper.blocks)
    factor = float(np.clip(np.sqrt(down / needed), 1.0, LARGER))
    sheet.unit = round(factor * sheet.unit)
    sheet.body = sheet.body._replace(size=sheet.unit)
    sheet.head = sheet.head._replace(size=round(factor * sheet.head.size))


def ems_down(block: Block, across: float) -> float:
    """About how tall a block is in a column of ``across`` ems."""
    lines = float(sum(1 + int(_ems(line) / across) for line in block.lines))
    if block.kind == "row":
        lines = sum(line.count(" | ") + 1 for line in block.lines) / 4
    options = sum(map(_ems, block.options)) + 2.5 * len(block.options)
    taken = 1.6 * (lines + options / across + (options > 0))
    taken = {"pinyin": 4.0, "picture": 11.0}.get(block.kind, taken)
    return float(
        taken + 1.8 * len(block.working) + 3.5 * _ems(block.answer) / across + 2 * bool(block.answer)
    )


def _ems(text: str) -> float:
    return sum(1.0 if one > "\u2e80" else 0.5 for one in text)


def _title(
    sheet: Sheet, rng: Rng, paper: WholePaper, left: float, right: float, y: float, *, again: bool = False
) -> float:
    """A paper's title, what stands below it, and lines for a name; ``again`` in the course of a page."""
    kind = sheet.head._replace(size=round(sheet.head.size * (0.85 if again else 1.0)))
    middle = 0.0 if sheet.plan.heading == "left" and sheet.language != "zh" else 0.5
    if not again:
        y = letterhead(sheet, rng, left, right, y, year=int(paper.year), middle=middle > 0)
    over = text_width(paper.title, kind) / (right - left)
    if 1 < over < 1 / NARROWED:
        kind = kind._replace(size=int(kind.size / over))
    for line in balance(paper.title, kind, right - left, sheet.language):
        y += 1.5 * kind.size
        wide = text_width(line, kind)
        x = left + middle * (right - left - wide)
        put_text(sheet, x, y, line, kind)
    if level(paper.topic) == "1" and not again:
        y += ornaments.adorn_title(sheet, rng, (x, y - kind.size, x + wide, y), kind)
    y += 0.3 * kind.size
    if again:
        return y
    sheet.title, sheet.opened = paper.title, True
    if paper.note:
        y += 1.3 * sheet.unit
        x = left + middle * max(0.0, right - left - text_width(paper.note, sheet.body))
        put_text(sheet, x, y, paper.note, sheet.body)
    if rng.random() < 0.8:
        y = fields(sheet, rng, left, right, y)
    y = instructions(sheet, rng, left, right, y)
    parts = [WORTH.findall(block.lines[0]) for block in paper.blocks if block.kind == "part"]
    if _pointed(paper) and all(parts) and 2 < len(parts) < 9 and rng.random() < TABLED:
        worth = [int(said[-1]) for said in parts]
        y = score_table(sheet, rng, left, right, y, dict(zip(COUNTED, worth, strict=False)))
    chosen = _chosen_first(paper)
    if len(chosen) >= GATHERED and rng.random() < CARD:
        y = answer_table(sheet, rng, left, right, y, chosen)
    return y


def _chosen_first(paper: WholePaper) -> list[str]:
    """The letters that are right in the questions with options that a paper begins with."""
    asked = [block for block in paper.blocks if block.number]
    lines = [block.lines[0] for block in itertools.takewhile(lambda block: block.options, asked)]
    right = [[piece.text for piece in pieces_of(line) if piece.kind == "blank"][-1] for line in lines]
    return [letters(paper.language)["ABCD".index(one)] for one in right]


def _fill(
    sheet: Sheet,
    rng: Rng,
    paper: WholePaper,
    style: Style,
    at: int,
    column: tuple[float, float, float],
    *,
    last: bool,
) -> tuple[int, float]:
    """Set a paper's blocks from ``at`` on down to the foot of a column, (left, right, top) in pixels.

    What does not fit goes on to the next column, headings before it too; in the ``last`` one the page ends
    with as many of its lines as fit.

    Returns:
        The block to go on with, and where the column ends.
    """
    left, right, y = column
    foot = sheet.height - FOOT * sheet.unit
    held, start, kept = at, y, state(sheet)
    while at < len(paper.blocks):
        block = paper.blocks[at]
        end = put_block(sheet, rng, block, style, left, right, y)
        if end <= foot:
            at, y = at + 1, end
            if not _heads(block):
                held, start, kept = at, y, state(sheet)
            continue
        shown = y + 2.2 * sheet.unit < foot and not _heads(block) and block.kind not in UNBROKEN
        if shown and (last or start == column[2]):  # no column stays bare
            cut_off(sheet, left, right, foot)
            return at + 1, foot
        take_back(sheet, left, right, start, kept)
        return held, foot
    return at, y
