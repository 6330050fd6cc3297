"""What readers leave around some lines."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import passages, pens
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.passages import hold_together
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


def test_braces_stand_beside_lines_of_one_text_from_top_to_bottom(sheet, monkeypatch):
    monkeypatch.setattr(passages, "EMBRACED", 1.0)
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


def test_no_lines_of_questions_are_held_together(sheet, monkeypatch):
    monkeypatch.setattr(passages, "EMBRACED", 1.0)
    sheet.slots[0] = sheet.slots[0]._replace(hint="3. Which bridge is the longest?")
    sheet.slots[4] = sheet.slots[4]._replace(hint="Б. Вставьте пропущенные слова.")
    writer = reader(1, sheet)
    hold_together(writer)
    assert not writer.canvas.any()
