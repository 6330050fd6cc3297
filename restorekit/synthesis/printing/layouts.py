"""Whole printed pages: exam papers, forms, dictations, letters to trace, articles, contents, notebooks."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import partial

from restorekit.synthesis.printing import extras, notebooks
from restorekit.synthesis.printing.columns import HEAD, fill_column
from restorekit.synthesis.printing.dictations import dictation
from restorekit.synthesis.printing.form_sheets import form_page
from restorekit.synthesis.printing.margins import furniture
from restorekit.synthesis.printing.reading_texts import new_manner, tell
from restorekit.synthesis.printing.sheets import Sheet, new_sheet, next_sheet
from restorekit.synthesis.printing.small_logos import maker_mark
from restorekit.synthesis.printing.spots import spots
from restorekit.synthesis.printing.tracing import tracing
from restorekit.synthesis.printing.whole_papers import papers_for, whole_paper
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.grammar import THEMES
from restorekit.synthesis.textures import Rng, choose

SMALL = 0.0205
"""The largest print of a reader, of the breadth of its page: 12 points on A4."""
KINDS = {
    "paper": 0.49,
    "primary": 0.2,
    "dictation": 0.03,
    "tracing": 0.03,
    "article": 0.02,
    "contents": 0.01,
    "form": 0.08,
    "notebook": 0.14,
}
"""The kinds of sheets: ``primary`` are papers of the first years of school."""


def print_sheet(rng: Rng, height: int, width: int, fonts: str = "", front: Sheet | None = None) -> Sheet:
    """A printed sheet of a kind, language and type drawn at random, with its places to write.

    ``fonts`` is a user's folder of fonts, or ""; the sheet goes on where ``front`` ends if there is one, and
    is bare then if that is for notes: rules of both sides lie on each other.
    """
    if front:
        sheet, kind = next_sheet(front), front.kind
        if kind == "notebook":
            return replace(sheet, slots=list(front.slots))
    else:
        kind = choose(rng, KINDS)
        language = phrases.pick_language(rng)
        sheet = new_sheet(rng, height, width, language, fonts, early=kind == "primary")
        sheet.kind = kind
    if kind == "dictation":
        dictation(sheet, rng)
    elif kind == "tracing":
        tracing(sheet, rng)
    elif kind == "contents":
        margin, top = width * rng.uniform(0.08, 0.14), height * rng.uniform(0.02, 0.1)
        extras.contents(sheet, rng, margin, width - margin, top)
    elif kind == "notebook":
        notebooks.notebook(sheet, rng)
    elif kind == "form":
        form_page(sheet, rng)
    elif kind == "article":
        sheet.topic = sheet.topic or f"language_2_{THEMES[int(rng.integers(0, len(THEMES)))]}"
        _article(sheet, rng)
    else:
        whole_paper(sheet, rng, papers_for(sheet.language, early=kind == "primary"))
    if kind not in ("dictation", "tracing", "notebook"):
        furniture(sheet, rng)
    if kind in ("paper", "primary"):
        spots(sheet, rng)
    maker_mark(sheet, rng)
    return sheet


def _article(sheet: Sheet, rng: Rng) -> None:
    """Fill one or two columns with texts to be read, in one manner, in print as small as readers have it."""
    sheet.unit = min(sheet.unit, max(12, round(SMALL * sheet.width)))
    sheet.body = sheet.body._replace(size=sheet.unit)
    margin, manner = sheet.width * rng.uniform(0.07, 0.13), new_manner(rng)
    top = max(HEAD * sheet.unit, sheet.height * rng.uniform(-0.02, 0.06))
    columns = 2 if sheet.width / sheet.unit > 40 and rng.random() < 0.6 else 1
    span, block = (sheet.width - 2 * margin) / columns, partial(tell, manner=manner)
    for column in range(columns):
        left = margin + column * span + (1.2 * sheet.unit if column else 0)
        right = margin + (column + 1) * span - (1.2 * sheet.unit if column < columns - 1 else 0)
        fill_column(sheet, rng, itertools.repeat(block), left, right, top)
