"""Whole printed pages: exam papers, forms, dictations, sums, articles, notebooks, primary schools' papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from restorekit.synthesis.printing import blocks, extras, forms, notebooks, primary, shown
from restorekit.synthesis.printing.columns import HEAD, Block, Following, fill_column
from restorekit.synthesis.printing.dictations import dictation
from restorekit.synthesis.printing.form_sheets import form_page
from restorekit.synthesis.printing.papers import paper
from restorekit.synthesis.printing.picture_tables import picture_table
from restorekit.synthesis.printing.reading_texts import tell
from restorekit.synthesis.printing.segments import see_and_solve
from restorekit.synthesis.printing.sheets import (
    Sheet,
    new_sheet,
    next_sheet,
    rule,
)
from restorekit.synthesis.printing.small_logos import maker_mark
from restorekit.synthesis.printing.stories import told_problem
from restorekit.synthesis.printing.whole_papers import papers_for, whole_paper
from restorekit.synthesis.texts import phrases, topics
from restorekit.synthesis.texts.grammar import THEMES
from restorekit.synthesis.textures import Rng, choose

MIX: dict[str, dict[Block, float]] = {
    "article": {tell: 6, shown.figure: 0.15},
    "sums": {
        blocks.sums: 5,
        primary.told_rows: 0.9,
        blocks.headline: 0.7,
        blocks.workings: 0.8,
        told_problem: 0.5,
        extras.equation: 1,
        extras.cases: 0.6,
        shown.pictures: 0.8,
        extras.match: 0.4,
        extras.grid: 0.4,
    },
    "primary": {
        primary.drill: 3,
        primary.told_rows: 1.6,
        primary.column_sums: 0.8,
        primary.counting: 1.4,
        primary.chain: 1.2,
        primary.rebus: 1.4,
        picture_table: 1,
        see_and_solve: 1.2,
        blocks.gaps: 1,
        blocks.workings: 0.6,
        told_problem: 0.6,
        shown.figured: 0.5,
        shown.pictures: 0.5,
        blocks.headline: 0.5,
        extras.match: 0.4,
        extras.grid: 0.3,
    },
}
RUNS: dict[Block, int] = {
    blocks.gaps: 3,
    blocks.workings: 5,
    extras.equation: 4,
    extras.cases: 3,
}
"""At most how many of a kind of block stand in a row; of others one."""
SECTIONS = 5
"""Papers begin with at most so many ways to ask, one after the other, and have one more in each round."""
SECTIONED, HEADED = 0.5, 0.5
"""The share of such papers with headlines, and of their sections after the first with one."""
UNDER = 2
"""At least so many blocks stand between two headlines."""
WHERE: dict[Block, str] = {
    blocks.workings: "mathematics science_2_forces",
    told_problem: "mathematics science_2_forces",
    blocks.sums: "mathematics_1",
    **dict.fromkeys((shown.workings_shown, shown.figured), shown.WHERE),
    shown.pictures: "mathematics_1_shapes",
    extras.cases: "mathematics_2_equations",
    extras.equation: "mathematics_2_terms mathematics_2_numbers",
    extras.grid: "language_1",
    extras.match: "mathematics_1",
    primary.drill: "mathematics_1_adding",
    primary.told_rows: "mathematics_1",
    primary.column_sums: "mathematics_1",
    primary.counting: "mathematics_1",
    primary.chain: "mathematics_1_shapes",
    primary.rebus: "language_1",
    picture_table: "mathematics_1",
    see_and_solve: "mathematics_1",
}
"""The topics or subjects of papers that a block belongs to; others stand anywhere."""
TOPICS = {
    "paper": {
        **{"mathematics_1": 0.18, "mathematics_2": 0.28, "science_1": 0.07, "science_2": 0.24},
        **{"language_1": 0.08, "language_2": 0.15},
    },
    "sums": {"mathematics_1": 0.8, "mathematics_2": 0.2},
    "primary": {"mathematics_1": 0.8, "language_1": 0.2},
}
TOPICS["article"] = {f"language_2_{theme}": 1 / len(THEMES) for theme in THEMES}
"""What sheets of a kind are about."""
KINDS = {
    "paper": 0.49,
    "dictation": 0.05,
    "article": 0.04,
    "contents": 0.01,
    "form": 0.08,
    "sums": 0.06,
    "primary": 0.13,
    "notebook": 0.14,
}


WHOLE = {"paper": 0.95, "primary": 0.75}
"""The shares of sheets of a kind that are whole papers, in languages that have some."""


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
        sheet = new_sheet(rng, height, width, phrases.pick_language(rng), fonts)
        sheet.kind = kind
    known = papers_for(sheet.language, early=kind == "primary")
    goes_on = front is not None and "whole_paper" in front.given
    if goes_on or known and not front and rng.random() < WHOLE.get(kind, 0.0):
        whole_paper(sheet, rng, known)
        extras.furniture(sheet, rng)
        maker_mark(sheet, rng)
        return sheet
    if kind in TOPICS and not front:
        sheet.topic = choose(rng, TOPICS[kind])
        sheet.given = topics.particulars(rng, sheet.language, sheet.topic)
        sheet.topic = topics.on_chapter(sheet.topic, sheet.given)
    if kind == "dictation":
        dictation(sheet, rng)
    elif kind == "contents":
        margin, top = width * rng.uniform(0.08, 0.14), height * rng.uniform(0.02, 0.1)
        extras.contents(sheet, rng, margin, width - margin, top)
        extras.furniture(sheet, rng)
    elif kind == "notebook":
        notebooks.notebook(sheet, rng)
    elif kind == "form":
        form_page(sheet, rng)
        extras.furniture(sheet, rng)
    elif kind == "paper":
        paper(sheet, rng)
        extras.furniture(sheet, rng)
    else:
        _flow(sheet, rng, MIX[kind])
        extras.furniture(sheet, rng)
    maker_mark(sheet, rng)
    return sheet


def _flow(sheet: Sheet, rng: Rng, mix: dict[Block, float]) -> None:
    """Fill one or two columns with blocks: questions of a kind together, something under each headline."""
    margin = sheet.width * rng.uniform(0.04, 0.1)
    top = max(HEAD * sheet.unit, sheet.height * rng.uniform(-0.02, 0.06))
    free, first = mix is MIX["article"], not sheet.questions
    if titled := first and not free and rng.random() < 0.5:
        top = blocks.headline(sheet, rng, margin, sheet.width - margin, top)
    if first and not free and rng.random() < 0.5:
        top = forms.fields(sheet, rng, margin, sheet.width - margin, top)
    columns = 2 if sheet.width / sheet.unit > 40 and rng.random() < 0.4 else 1
    span = (sheet.width - 2 * margin) / columns
    fitting = {one: share for one, share in mix.items() if topics.fits(sheet.topic, WHERE.get(one, ""))}
    headed = (titled or not first) and rng.random() < SECTIONED
    kinds = _freely(rng, fitting) if free else _sections(rng, fitting, headed=headed)
    following = Following(_spaced(rng, kinds))
    for column in range(columns):
        left = margin + column * span + (sheet.unit if column else 0)
        right = margin + (column + 1) * span - (sheet.unit if column < columns - 1 else 0)
        fill_column(sheet, rng, following, left, right, top)
        if column and rng.random() < 0.5:
            rule(sheet, left - sheet.unit, top + sheet.unit, left - sheet.unit, sheet.height * 0.97)


def _spaced(rng: Rng, kinds: Iterator[Block]) -> Iterator[tuple[Block, bool]]:
    """Runs of each kind, ``UNDER`` of them at least below a headline; whether it is one, with each block."""
    below = UNDER
    for block in kinds:
        heads = block is blocks.headline
        if heads and below < UNDER:
            continue
        below = 0 if heads else below + 1
        for _ in range(int(rng.integers(1, RUNS.get(block, 1) + 1))):
            yield block, heads


def _freely(rng: Rng, mix: dict[Block, float]) -> Iterator[Block]:
    """Blocks in any order without end, as often as ``mix`` has them."""
    weights = np.array(list(mix.values()))
    while True:
        yield list(mix)[int(rng.choice(len(mix), p=weights / weights.sum()))]


def _sections(rng: Rng, mix: dict[Block, float], *, headed: bool = True) -> Iterator[Block]:
    """A few kinds of questions in turn, again and again, one more each time.

    On a ``headed`` page, there are headlines above the first and some others.
    """
    asked = {block: share for block, share in mix.items() if block is not blocks.headline}
    weights = np.array(list(asked.values()))
    count = min(len(asked), int(rng.integers(2, SECTIONS + 1)))
    order = rng.choice(len(asked), len(asked), replace=False, p=weights / weights.sum())
    chance = 1.0 if headed and blocks.headline in mix else 0.0
    while True:
        for place in order[:count]:
            if rng.random() < chance:
                yield blocks.headline
                chance = HEADED
            yield list(asked)[int(place)]
        count += 1  # those that would say the same again are not set again
