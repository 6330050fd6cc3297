"""What is taken off, the points of parts and the score of a page agree."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import pens, remarks, scores
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.points import lost_points, parts_of
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


@pytest.fixture
def paper():
    """A paper in two parts, its score in the head, in a table and in boxes."""
    sheet = new_sheet(generator(0, 16), 900, 600, "zh", unit=20)
    sheet.slots = [
        Slot("score", 400, 20, 480, 50),
        *(Slot("score", x, 60, x + 50, 90, whole) for x, whole in ((100, "40"), (150, "60"), (200, ""))),
        Slot("score", 20, 120, 80, 150, "part"),
        Slot("text", 20, 160, 300, 180, "一、填空题（每空4分，共40分）"),
        *(Slot("gap", 100, 200 + 40 * n, 160, 220 + 40 * n, "7") for n in range(10)),
        Slot("score", 20, 600, 80, 630, "part"),
        Slot("text", 20, 640, 300, 660, "二、解决问题。"),
        Slot("text", 20, 660, 300, 680, "（共60分）"),
        *(Slot("area", 20, 700 + 60 * n, 560, 750 + 60 * n, "7") for n in range(3)),
    ]
    return sheet


def test_parts_are_worth_what_their_headings_say(paper):
    parts = [part for part in parts_of(paper) if part.answers]
    assert [(part.whole, part.each, len(part.answers)) for part in parts] == [(40, 4, 10), (60, 0, 3)]
    assert [part.box.top for part in parts] == [120, 600]
    gaps = [slot for slot in paper.slots if slot.kind == "gap"]
    area = next(slot for slot in paper.slots if slot.kind == "area")
    graded = dict.fromkeys((*gaps[:8], *paper.slots[-2:]), True) | {gaps[8]: False}
    assert lost_points(paper, graded, {gaps[9], area}) == {gaps[8]: 4, gaps[9]: 4, area: 5}


def test_points_of_the_parts_add_up_to_the_score_and_what_is_taken_off_to_the_rest(paper, monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, *_, **__: said.append((text, y)) or x)
    monkeypatch.setattr(scores, "AS", {"whole": 1.0})
    monkeypatch.setattr(scores, "BY_PARTS", 1.0)
    monkeypatch.setattr(scores, "INTO_BLANK", 1.0)
    monkeypatch.setattr(remarks, "ASKED", 1.0)
    monkeypatch.setattr(remarks, "LOST", 1.0)
    gaps = [slot for slot in paper.slots if slot.kind == "gap"]
    rest = [slot for slot in paper.slots if slot.kind == "area"]
    graded = dict.fromkeys((*gaps[:8], *rest), True) | dict.fromkeys(gaps[8:], False)
    ways = set()
    for seed in range(20):
        said.clear()
        rng = generator(seed, 21)
        pen = Layer(pens.marking_pen(rng), np.zeros((900, 600), np.uint8))
        remarks.remark(Writer(rng, paper, new_hand(rng, "en"), pen, 20), graded)
        numbers = [text for text, y in said if text.isdecimal()]
        assert sorted(numbers) == sorted(["32", "60", "32", "60", "92"])
        off = tuple(text.strip("()") for text, _ in said if "-" in text)
        ways.add(off)
    assert ways == {("-4", "-4"), ("-8",)}


def test_options_do_not_begin_parts():
    paper = new_sheet(generator(0, 16), 900, 600, "en", unit=20)
    heading = Slot("text", 40, 80, 400, 100, "A. Choose. (2 marks each)")
    paper.slots = [heading]
    for y in (200, 300, 400):
        letters = [Slot("option", x, y + 34, x + 12, y + 50, one) for x, one in ((40, "A"), (240, "B"))]
        texts = [one._replace(kind="text", right=one.right + 90, hint=f"{one.hint}. iron") for one in letters]
        paper.slots += [Slot("gap", 300, y, 360, y + 20, "A"), letters[0], texts[0], letters[1], texts[1]]
    parts = parts_of(paper)
    assert [(part.each, len(part.answers)) for part in parts if part.answers] == [(2, 3)]
