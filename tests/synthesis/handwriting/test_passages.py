"""What readers leave between printed words and around some lines."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import marks, passages, pens
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.passages import hold_together, point, put_in, reach_of
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet

TEXT = "The old bridge was long."


@pytest.fixture
def sheet():
    """Two texts of four lines each."""
    sheet = new_sheet(generator(0, 16), 600, 900, "en", unit=20)
    for top in (100, 340):
        sheet.slots += [Slot("text", 200, y - 16, 620, y, TEXT) for y in range(top, top + 120, 30)]
    return sheet


def reader(seed, sheet):
    """A reader before a sheet."""
    rng = generator(seed, 30)
    layer = Layer(pens.writing_pen(rng), np.zeros((sheet.height, sheet.width), np.uint8))
    return Writer(rng, sheet, new_hand(rng, "en")._replace(ink=None), layer, 26.0)


def test_what_is_put_in_stands_above_a_wedge_between_two_words(sheet, monkeypatch):
    wedges, words = [], []
    monkeypatch.setattr(marks, "caret", lambda _, __, x, *___: wedges.append(x))
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, *_, **__: words.append((text, y)) or x + 9)
    line = sheet.slots[0]
    gaps = [reach_of(sheet, line, 0, at + 1)[1] for at, sign in enumerate(TEXT) if sign == " "]
    for seed in range(20):
        put_in(reader(seed, sheet), line)
    assert len(words) == 20 and all(text and abs(y - line.top) < 5 for text, y in words)
    assert all(min(abs(x - gap) for gap in gaps) < 1 for x in wedges) and len(set(wedges)) > 2
    wedges.clear()
    sheet.draw.rectangle([0, line.top - 20, 900, line.top - 4], fill=(0, 0, 0))
    put_in(reader(1, sheet), line)
    assert len(words) == 20 and not wedges, "there is no room above"


def test_arrows_go_over_the_letters_from_one_word_to_another(sheet):
    for seed in range(10):
        writer = reader(seed, sheet)
        point(writer, sheet.slots[0])
        rows, columns = np.nonzero(writer.canvas > 127)
        assert columns.min() > 190 and columns.max() < 660 and np.ptp(columns) > 30
        assert 60 < rows.min() < 95 and rows.max() < 100
        before = writer.canvas.copy()
        point(writer, sheet.slots[0]._replace(hint="One word."))
        assert np.array_equal(before, writer.canvas), "there are no two words to be joined"


def test_braces_stand_beside_lines_of_one_text_from_top_to_bottom(sheet, monkeypatch):
    monkeypatch.setattr(passages, "EMBRACED", 1.0)
    monkeypatch.setattr(passages, "SAYS", {"nothing": 1.0})
    sides = set()
    for seed in range(12):
        writer = reader(seed, sheet)
        hold_together(writer)
        for top in (80, 320):
            rows, columns = np.nonzero(writer.canvas[top - 20 : top + 160] > 127)
            assert 30 < np.ptp(rows) < 145 and np.ptp(columns) < 40
            sides.add("left" if columns.mean() < 400 else "right")
            assert min(abs(columns.mean() - edge) for edge in (200, 620)) < 30
    assert sides == {"left", "right"}


def test_beside_some_braces_stands_what_they_are_about_on_bare_paper(sheet, monkeypatch):
    said = []
    monkeypatch.setattr(passages, "EMBRACED", 1.0)
    monkeypatch.setattr(Writer, "write", lambda self, text, x, *_, **__: said.append((text, x)) or x)
    for seed in range(20):
        hold_together(reader(seed, sheet))
    assert 10 < len(said) < 36 and any(text in passages.SIGNS for text, _ in said)
    assert any(len(text) > 2 for text, _ in said) and all(x < 200 or x > 620 for _, x in said)
    said.clear()
    sheet.draw.rectangle([0, 0, 900, 600], fill=(0, 0, 0))
    for seed in range(20):
        hold_together(reader(seed, sheet))
    assert not said
