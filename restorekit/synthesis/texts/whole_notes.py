"""Whole notes: what pupils and students write on bare paper, as they write it.

``assets/notes/LANGUAGE_NAME.txt`` is on one topic: lines ``key: value`` of ``KEYS``, an empty line, and a
line for each thing that is written, which begins with a mark of ``MARKS``. ``*so*`` is underlined, ``3⁄4``
in a working is a fraction; formulas are as in ``handwriting.formulas``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from restorekit.synthesis.assets import FOLDER
from restorekit.synthesis.texts.marked_lines import read_marked

KEYS = ("title", "topic", "sort")
"""What notes say of themselves: their title, what they are on (``topics``), and whether they are ``prose``,
which is headed by the title and is nothing but paragraphs, or ``notes``."""
MARKS = {
    "#": "heading",
    '"': "paragraph",
    ":": "line",
    "?": "remark",
    "-": "bullet",
    "+": "item",
    "!": "definition",
    "=": "formula",
    ">": "working",
    "|": "table",
    "~": "flow",
    "&": "drawing",
}
"""The marks of lines: a heading; a paragraph; a line by itself; what somebody asks himself; what is behind
a dot; behind a number, counted from the heading on; a ``term | and what it is``; a formula; a line of a
working; the row of a table; things with arrows from each to the next; a drawing."""
MERGED = ("working", "table")
"""Lines of these kinds that follow each other are one piece."""


class Piece(NamedTuple):
    """What is written in one go: ``kind`` is one of ``MARKS``' values, ``number`` that of an item, else 0."""

    kind: str
    lines: tuple[str, ...]
    number: int = 0


class Note(NamedTuple):
    """Notes: what ``KEYS`` says of them, and their pieces in order."""

    language: str
    title: str
    topic: str
    sort: str
    pieces: tuple[Piece, ...]


def unmarked(text: str) -> tuple[str, list[str]]:
    """A text without the marks of what is underlined, and that."""
    return text.replace("*", ""), re.findall(r"\*([^*]+)\*", text)


@lru_cache(maxsize=256)
def read_note(path: Path) -> Note:
    """The notes in a file.

    Raises:
        ValueError: a key or a mark that is none.
    """
    said, lines = read_marked(path, KEYS, MARKS)
    pieces, number = list[Piece](), 0
    for kind, text in lines:
        number = 0 if kind == "heading" else number + (kind == "item")
        if kind in MERGED and pieces and pieces[-1].kind == kind:
            pieces[-1] = pieces[-1]._replace(lines=(*pieces[-1].lines, text))
        else:
            pieces.append(Piece(kind, (text,), number if kind == "item" else 0))
    return Note(path.name.partition("_")[0], **said, pieces=tuple(pieces))


@lru_cache(maxsize=32)
def notes_in(language: str) -> tuple[Note, ...]:
    """The notes in a language, in the order of their names."""
    return tuple(read_note(path) for path in sorted((FOLDER / "notes").glob(f"{language}_*.txt")))
