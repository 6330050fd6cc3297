"""Things to count and rows that go on."""

import numpy as np
from PIL import Image

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import primary
from restorekit.synthesis.printing.sheets import new_sheet


def test_right_below_what_is_counted_stands_a_blank_for_how_many(monkeypatch):
    placed = []

    def things_of(_, __, side, count):
        placed.extend([side] * count)
        return [Image.new("RGB", (side, side))] * count

    monkeypatch.setattr(primary, "drawings", things_of)
    for seed in range(20):
        placed.clear()
        sheet = new_sheet(generator(seed, 1), 900, 900, "en", unit=24)
        sheet.plan = sheet.plan._replace(figures="")
        end = primary.counting(sheet, generator(seed, 90), 20, 880, 20)
        blanks = [slot for slot in sheet.slots if slot.kind == "gap"]
        assert sheet.questions and len(blanks) == len(placed) and end < 900
        above = np.asarray(sheet.image)[: blanks[0].top].max(2)
        lowest = np.flatnonzero((above == 0).sum(1) >= placed[0]).max()
        assert blanks[0].bottom - lowest < 1.6 * sheet.unit


def test_rows_go_on_by_a_rule_and_leave_room():
    for seed in range(10):
        sheet = new_sheet(generator(seed, 1), 400, 900, "en", unit=24)
        primary.chain(sheet, generator(seed, 91), 20, 880, 20)
        assert sheet.questions
