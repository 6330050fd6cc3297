"""Whole papers: exams, worksheets and exercises as a teacher writes them, with their answers.

``assets/papers/LANGUAGE_NAME.txt`` is one paper on one subject for one year of school: lines ``key: value``
of ``KEYS``, an empty line, and a line for each thing that is printed, which begins with a mark of ``MARKS``.
Questions are counted in order, from 1 on in each part where ``numbers`` is ``parts``. In a text
``[right|wrong]`` is a blank, ``[@<]`` one in a ring, ``[#5]`` one in a box, ``[~8]`` one for what is no
answer (``[~]`` if that is the teacher's), ``[√]`` or ``[×]`` at the end what is to be judged, a letter at the
end the option that is right; ``*so*`` is stressed, ``3⁄4`` is a fraction, ``^2`` a power.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from restorekit.synthesis.assets import FOLDER
from restorekit.synthesis.texts.marked_lines import read_marked
from restorekit.synthesis.texts.misspellings import misspelt

KEYS = ("title", "topic", "subject", "year", "note", "figures", "blanks", "numbers")
"""What a paper says of itself: its title, what it is on (``topics``), the subject, the year of school, what
stands below the title, the kinds of figures that its questions may be on, whether blanks are in ``brackets``
or on ``rules``, and whether numbers run ``through`` or begin anew in each of the ``parts``."""
MARKS = {
    "#": "part",
    "*": "question",
    "-": "item",
    ":": "line",
    "^": "middle",
    '"': "text",
    "=": "row",
    "~": "terms",
    "!": "stacked",
    "/": "number_line",
    "?": "checked",
    "|": "table",
    "$": "words",
    "%": "pinyin",
    "<>": "match",
    "->": "chain",
    "{": "tree",
    "&": "drawn",
    "@": "picture",
    "A": "options",
    ">": "working",
    "_": "answer",
    "<": "aside",
}
"""The marks of lines: the heading of a part; a question; one of its items, counted by itself; a line without
a number; one in the middle; a paragraph to be read; sums parted by ``|``; terms, ``term => step; step``, with
room below each; sums like ``34+58=92``, set below each other; marks of a number line, parted by ``|``;
``line; line => √``, done by somebody, to be judged, ``=> ×; step; step`` to be put right; the row of a table;
words in a frame; ``pinyin=characters`` with a square for each; ``left = right``, to be joined; things parted
by ``|`` and joined by arrows, in brackets what is over an arrow; a word and what a brace behind it holds;
a block of the generator's own; a picture, ``name | what it shows``. Those from the options on belong to the
line before: options, how it is worked out, what is answered in sentences, what is worked out beside it."""
FOLLOWING = ("options", "working", "answer", "aside")
MERGED = ("row", "table", "match", "terms", "stacked", "checked")
"""Lines of these kinds that follow each other are one block."""
MINUEND, SUBTRAHEND = re.compile(r"(?<![\d.-])\d+-$|=-$"), re.compile(r"-[\d(\[]")
"""What a hyphen before a blank and one behind it stand beside where they are minus signs."""
FORMULA = re.compile("[=+→]")
SIGNS = {"@": "ring", "#": "box", "~": "entry"}
"""What blanks begin with that are no answers in brackets or on a rule."""
_PART = r"(?:[\dA-Za-z]+|\([^()]+\))"
_PIECE = re.compile(rf"\[([^\]]+)\]|\*([^*]+)\*|({_PART}⁄{_PART})|\^(-?(?:\d+|[a-z]))")


class Piece(NamedTuple):
    """What stands in a line: ``kind`` is text, stress, fraction, power, blank, ring, box, judge or entry.

    ``wrong`` is what may be answered instead of ``text``.
    """

    kind: str
    text: str
    wrong: tuple[str, ...] = ()


class Block(NamedTuple):
    """What is set in one piece.

    Attributes:
        kind: one of ``MARKS``' values but those of ``FOLLOWING``.
        lines: its texts.
        number: of a question or an item, or of what is drawn; else 0.
        options: what may be chosen.
        working: how it is worked out, line by line.
        answer: what is answered in sentences.
        aside: what is worked out beside it, line by line.
    """

    kind: str
    lines: tuple[str, ...]
    number: int = 0
    options: tuple[str, ...] = ()
    working: tuple[str, ...] = ()
    answer: str = ""
    aside: tuple[str, ...] = ()


class WholePaper(NamedTuple):
    """A paper: what ``KEYS`` says of it, and its blocks in order.

    ``name`` is its file's, ``variant`` the seed of its print (``variants``), "" as it stands there.
    """

    language: str
    title: str
    topic: str
    subject: str
    year: str
    note: str
    figures: str
    blanks: str
    numbers: str
    blocks: tuple[Block, ...]
    name: str = ""
    variant: str = ""


def pieces_of(text: str) -> list[Piece]:
    """A line's pieces in order."""
    found, end = list[Piece](), 0
    for match in _PIECE.finditer(text):
        blank, *others = match.groups()
        if match.start() > end:
            before = text[end : match.start()]
            signed = before[-1] == "-" and (others[1] or MINUEND.search(before))
            found.append(Piece("text", before[:-1] + "−" if signed else before))
        end = match.end()
        if text[end : end + 1] == "-" and SUBTRAHEND.match(text, end):
            text = f"{text[:end]}−{text[end + 1 :]}"
        if blank is None:
            kinds = zip(("stress", "fraction", "power"), others, strict=True)
            found += [Piece(kind, said) for kind, said in kinds if said]
            continue
        right, *wrong = blank.split("|")
        kind = SIGNS.get(right[0], "judge" if right in ("√", "×") else "blank")
        right = right[1:] if right[0] in SIGNS else right
        found.append(Piece(kind, right, tuple(wrong)))
    return found + [Piece("text", text[end:])] * (end < len(text))


@lru_cache(maxsize=256)
def read_paper(path: Path) -> WholePaper:
    """The paper in a file.

    Raises:
        ValueError: a key or a mark that is none.
    """
    said, lines = read_marked(path, KEYS, MARKS)
    blocks = list[Block]()
    for kind, text in lines:
        if kind in FOLLOWING:
            blocks[-1] = _with(blocks[-1], kind, text)
        elif kind in MERGED and blocks and blocks[-1].kind == kind:
            blocks[-1] = blocks[-1]._replace(lines=(*blocks[-1].lines, text))
        else:
            blocks.append(Block(kind, (text,)))
    blocks = numbered(blocks, said["numbers"])
    language = path.name.partition("_")[0]
    return WholePaper(language, **said, blocks=tuple(blocks), name=path.stem)


def numbered(blocks: Sequence[Block], numbers: str) -> list[Block]:
    """The blocks with their numbers, which run ``through`` or begin anew in each of the ``parts``."""
    counted = list[Block]()
    number = item = 0
    for block in blocks:
        kind = block.kind
        begins = kind == "part" and numbers == "parts"
        number = 0 if begins else number + (kind in ("question", "drawn"))
        item = item + 1 if kind == "item" else 0 if kind in ("part", "question") else item
        counted.append(
            block._replace(number={"question": number, "drawn": number, "item": item}.get(kind, 0))
        )
    return counted


def _with(block: Block, kind: str, text: str) -> Block:
    """A block with one of the lines that belong to it."""
    if kind == "options":
        return block._replace(options=tuple(text.split(" | ")))
    if kind == "answer":
        return block._replace(answer=text)
    steps = tuple(text.split("; "))
    if kind == "aside":
        return block._replace(aside=block.aside + steps)
    return block._replace(working=block.working + steps)


@lru_cache(maxsize=256)
def taken_for(paper: WholePaper) -> dict[str, tuple[str, ...]]:
    """What may be answered in a paper instead of each right answer, but for numbers and letters.

    That is what the paper says; else another of the words to choose from; else another answer of the same
    line, as who mixes two things up does; else the answer misspelt, or without one of its characters.
    """
    found = dict[str, tuple[str, ...]]()
    bank: tuple[str, ...] = ()
    for block in paper.blocks:
        if block.kind in ("part", "words"):
            bank = tuple(block.lines[0].split(" | ")) if block.kind == "words" else ()
        lines = [line.split(" | ") if block.kind == "row" else [line] for line in block.lines]
        for line in itertools.chain.from_iterable(lines):
            blanks = [one for one in pieces_of(line) if one.kind == "blank" and len(one.text) > 1]
            found |= {one.text: one.wrong for one in blanks if one.wrong and not one.text.isdecimal()}
            for right in (one.text for one in blanks if not one.wrong and not re.search(r"\d", one.text)):
                others = bank if right in bank else tuple(one.text for one in blanks)
                near = tuple(dict.fromkeys(one for one in others if one != right and _alike(one, right)))
                half = len(right) // 2
                short = right[:half] + right[half + 1 :]
                found[right] = near or misspelt(right, paper.language) or (short,)
    return found


def _alike(one: str, other: str) -> bool:
    """Whether two answers are of a kind: of one script, about as long, both formulas or none, no figures."""
    near = 0.4 < len(one) / len(other) < 2.5 and bool(FORMULA.search(one)) == bool(FORMULA.search(other))
    return one.isascii() == other.isascii() and near and not re.search(r"\d", one)


@lru_cache(maxsize=32)
def papers_in(language: str) -> tuple[WholePaper, ...]:
    """The papers in a language, in the order of their names."""
    return tuple(read_paper(path) for path in sorted((FOLDER / "papers").glob(f"{language}_*.txt")))
