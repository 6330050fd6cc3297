"""How a form is set: the decisions that are taken once for all of it."""

from __future__ import annotations

from typing import NamedTuple

from restorekit.synthesis.printing.sheets import Sheet, Type
from restorekit.synthesis.textures import Rng, choose

BLANKS = {"rule": 0.5, "dots": 0.2, "cells": 0.3}
"""What forms have blanks of: rules, rows of dots, or the cells of a table, each beside its label's."""
BOXES = {"square": 0.7, "circle": 0.15, "brackets": 0.15}
TYPED = 0.07
"""The share of forms that were partly filled in on a machine: print that networks could take for ink."""
DELETED = 0.3
"""The share of forms on which what does not apply is struck out, where one of some words is asked for."""


class Style(NamedTuple):
    """How a form is set.

    Attributes:
        blank: one of ``BLANKS``.
        box: what is ticked, one of ``BOXES``.
        leading: from row to row, ems.
        bold: the type of heads and questions.
        colon: what stands behind a label.
        typed: the share of the answers that are printed.
        stacked: whether options stand below each other.
        counted: whether what is asked is numbered.
        deleted: whether words to choose one from stand in a line, for the others to be struck out.
    """

    blank: str
    box: str
    leading: float
    bold: Type
    colon: str
    typed: float
    stacked: bool
    counted: bool
    deleted: bool = False


class Form(NamedTuple):
    """A form being set: where from left to right, how, and what the numbers are that stay the same on it.

    ``school`` is whether the name of a school stands above it.
    """

    sheet: Sheet
    rng: Rng
    style: Style
    left: float
    right: float
    facts: dict[str, int]
    school: bool = False

    @property
    def room(self) -> float:
        """Pixels across."""
        return self.right - self.left


def new_style(sheet: Sheet, rng: Rng) -> Style:
    """A form's style, drawn at random."""
    colon = {"zh": "：", "ja": "", "fr": " :"}.get(sheet.language, ":")
    return Style(
        blank=choose(rng, BLANKS),
        box=choose(rng, BOXES),
        leading=rng.uniform(1.9, 2.7),
        bold=sheet.body._replace(path=sheet.head.path, latin=sheet.head.latin)
        if rng.random() < 0.5
        else sheet.body,
        colon=colon if rng.random() < 0.7 else "",
        typed=rng.uniform(0.3, 0.9) if rng.random() < TYPED else 0.0,
        stacked=bool(rng.random() < 0.4),
        counted=bool(rng.random() < 0.35),
        deleted=bool(rng.random() < DELETED),
    )
