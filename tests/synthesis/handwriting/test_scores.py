"""The score at the head of a page."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import marks, pens, scores
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.scores import write_score
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


@pytest.fixture
def said(monkeypatch):
    """What is written, where and how large."""
    said = []
    monkeypatch.setattr(
        Writer, "write", lambda self, text, x, y, size, **_: said.append((text, x, y, size)) or x + size
    )
    return said


def teacher(seed, sheet):
    """A teacher before a sheet."""
    rng = generator(seed, 21)
    layer = Layer(pens.marking_pen(rng), np.zeros((sheet.height, sheet.width), np.uint8))
    return Writer(rng, sheet, new_hand(rng, "en")._replace(ink=None), layer, 20.0)


def test_a_score_says_what_a_page_is_worth_in_one_of_some_ways(said):
    sheet = new_sheet(generator(0, 16), 900, 600, "en", unit=20)
    for seed in range(80):
        write_score(teacher(seed, sheet), 0.9)
    texts = [text for text, *_ in said]
    whole = [int(text) for text in texts if text.isdecimal()]
    assert len(whole) > 40 and np.mean(whole) == pytest.approx(90, abs=1)
    assert any("/" in text for text in texts)
    assert {text for text in texts if text[0] in "ABC"} <= {"A", "A-"}


def test_grades_are_those_of_the_country(said, monkeypatch):
    monkeypatch.setattr(scores, "AS", {"grade": 1.0})
    for language, best in (("en", "A+"), ("ru", "5+"), ("de", "1")):
        said.clear()
        for seed in range(10):
            write_score(teacher(seed, new_sheet(generator(0, 16), 900, 600, language, unit=20)), 1.0)
        assert {text for text, *_ in said if text[0] != "-"} == {best}


def test_scores_stand_on_bare_paper_beside_the_title_or_the_name_or_in_a_corner(said):
    sheet = new_sheet(generator(0, 16), 900, 1240, "en", unit=20)
    sheet.draw.rectangle([300, 60, 700, 90], fill=(0, 0, 0))
    sheet.slots = [Slot("text", 300, 60, 700, 90, "A test"), Slot("field", 300, 190, 440, 210, "Ann")]
    places, sizes = set(), []
    for seed in range(80):
        said.clear()
        writer = teacher(seed, sheet)
        write_score(writer, 1.0)
        (text, x, y, size), *_ = said
        assert not writer.printed(x, y - 0.9 * size, x + writer.reach(text) * size, y + 0.3 * size)
        places.add("title" if 700 < x < 770 else "name" if 440 < x < 510 else "corner")
        sizes.append(size)
    assert {"title", "name"} <= places
    assert min(sizes) < 2 * 20 and 3 * 20 < max(sizes) <= 3.6 * 20


def test_a_score_leaves_what_was_written_free(said):
    sheet = new_sheet(generator(0, 16), 900, 600, "en", unit=20)
    sheet.slots = [Slot("text", 60, 40, 200, 66, "A test")]
    written = np.full((900, 600), 255, np.uint8)
    for seed in range(20):
        write_score(teacher(seed, sheet), 0.9, written)
    assert not said


def test_no_score_stands_on_a_later_page(said):
    sheet = new_sheet(generator(0, 16), 900, 600, "en", unit=20)
    sheet.slots = [
        Slot("text", 60, 44, 560, 60, "12. What is it?"),
        Slot("text", 60, 80, 300, 104, "B. Reading"),
    ]
    for seed in range(20):
        write_score(teacher(seed, sheet), 0.9)
    assert not said


def test_scores_are_ringed_or_ruled_off_once_or_twice_with_most(said, monkeypatch):
    drawn = []
    for name in ("line", "circle", "draw_stroke"):
        monkeypatch.setattr(marks, name, lambda *_, name=name, **__: drawn.append(name))
    counts = set()
    for seed in range(60):
        drawn.clear()
        write_score(teacher(seed, new_sheet(generator(0, 16), 900, 600, "en", unit=20)), 1.0)
        counts.add(tuple(drawn))
    assert counts == {(), ("circle",), ("line",), ("line", "line"), ("draw_stroke",)}


def test_a_score_stands_mostly_in_the_blank_for_it(said):
    sheet = new_sheet(generator(0, 16), 900, 600, "en", unit=20)
    sheet.slots = [Slot("score", 420, 60, 560, 90)]
    inside = []
    for seed in range(60):
        said.clear()
        write_score(teacher(seed, sheet), 0.9)
        inside.append(420 <= said[0][1] < 560 and 70 < said[0][2] < 110)
    assert 0.6 < np.mean(inside) < 1


def test_no_figure_of_a_score_is_lost_at_the_edge(said):
    sheet = new_sheet(generator(0, 16), 300, 260, "en", unit=20)
    sheet.draw.rectangle([0, 0, 260, 300], fill=(0, 0, 0))  # there is no bare place
    sheet.slots = [Slot("text", 20, 10, 240, 40, "A test")]
    for seed in range(60):
        writer = teacher(seed, sheet)
        said.clear()
        write_score(writer, 0.9)
        if not said:
            continue  # most write none then
        text, x, _, size = said[0]
        assert x == 0 or writer._within_paper(text, x, size)[0] == text
