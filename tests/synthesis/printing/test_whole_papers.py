"""Pages of whole papers: in order, without gaps, filled to the foot, their answers where they belong."""

import re

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import layouts
from restorekit.synthesis.printing.sheets import new_sheet, next_sheet
from restorekit.synthesis.printing.whole_papers import papers_for, whole_paper
from restorekit.synthesis.texts.whole_papers import papers_in, pieces_of

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")
PAPERS = [paper for language in LANGUAGES for paper in papers_in(language)]
LEADERS = re.compile(r"(\d+)(?:\. |．|、)")


def page(paper, seed, height=1754, width=1240):
    sheet = new_sheet(generator(seed, 3), height, width, paper.language)
    whole_paper(sheet, generator(seed, 4), (paper,))
    return sheet


def numbers(sheet):
    """The numbers of the questions of a sheet in the order in which they are printed."""
    found = []
    for before, slot in zip(sheet.slots[:-1], sheet.slots[1:], strict=True):
        if before.kind == "number" and slot.kind in ("text", "aside", "gap", "judge", "key"):
            texts = [one for one in sheet.slots if one.kind == "text" and abs(one.top - before.top) < 9]
            texts = [one for one in texts if before.left <= one.left <= before.right]
            found += [int(number[1]) for one in texts[:1] if (number := LEADERS.match(one.hint))]
    return found


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.title)
def test_questions_stand_in_their_order_without_a_gap(paper):
    said = [block.number for block in paper.blocks if block.kind == "question"]
    pages = [numbers(page(paper, seed)) for seed in range(4)]
    assert sum(map(len, pages)) > 8 or len(said) < 5
    for found in pages:
        places = [at for at in range(len(said) + 1) if said[at : at + len(found)] == found]
        drawn = any(block.kind == "drawn" for block in paper.blocks)
        assert places or drawn, found


@pytest.mark.parametrize("paper", PAPERS[::5], ids=lambda paper: paper.title)
def test_every_blank_of_a_page_has_an_answer_of_the_paper(paper):
    answers = {piece.text for block in paper.blocks for line in block.lines for piece in pieces_of(line)}
    answers |= set("ABCDАБВГΑΒΓΔ")
    sheet = page(paper, 1)
    blanks = [slot.hint for slot in sheet.slots if slot.kind == "gap"]
    drawn = any(block.kind == "drawn" for block in paper.blocks)
    assert drawn or not set(blanks) - answers
    for slot in sheet.slots:
        assert 0 <= slot.left < slot.right and slot.top < slot.bottom <= sheet.height


def test_pages_are_filled_to_the_foot():
    full = []
    for seed, paper in enumerate(PAPERS):
        ink = np.asarray(page(paper, seed).image.convert("L")).min(1) < 128
        full.append(np.flatnonzero(ink).max() / len(ink))
    assert np.mean(np.array(full) > 0.8) > 0.75


def test_first_pages_have_a_title_and_later_ones_none():
    titled = 0
    for seed in range(30):
        sheet = page(papers_in("en")[seed % 8], seed, 1000, 1000)
        first = next(slot.hint for slot in sheet.slots if slot.kind == "text")
        assert bool(sheet.title) == (sheet.title.startswith(first) if sheet.title else False)
        titled += bool(sheet.title)
    assert 10 < titled < 28


def test_the_other_side_goes_on_where_the_front_ends():
    paper = next(one for one in papers_in("zh") if "历史" in one.title)
    front = page(paper, 0, 900, 1100)
    back = next_sheet(front)
    whole_paper(back, generator(9, 9), papers_in("zh"))
    assert back.given["whole_paper"] == paper.title
    assert numbers(back)[0] in (front.questions, front.questions + 1, 1)


def test_most_papers_are_whole_ones_and_early_ones_for_primary_schools(monkeypatch):
    monkeypatch.setattr(layouts.phrases, "pick_language", lambda rng: "zh")
    for kind, least in (("paper", 30), ("primary", 12)):
        monkeypatch.setattr(layouts, "KINDS", {kind: 1.0})
        sheets = [layouts.print_sheet(generator(seed, 5), 300, 400) for seed in range(40)]
        whole = [sheet for sheet in sheets if "whole_paper" in sheet.given]
        assert least <= len(whole) < 40
        if kind == "primary":
            early = {paper.title for paper in papers_for("zh", early=True)}
            assert {sheet.given["whole_paper"] for sheet in whole} <= early
