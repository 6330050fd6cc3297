"""What is left undone on a sheet, and why."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import omissions
from restorekit.synthesis.handwriting.omissions import undone
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


def grid(answers):
    """A sheet of unit 20 with answers in rows of four."""
    sheet = new_sheet(generator(0, 16), 900, 900, "en", unit=20)
    sheet.slots = [
        Slot("sum", 20 + 200 * (n % 4), 40 * (n // 4), 60 + 200 * (n % 4), 40 * (n // 4) + 20, answer)
        for n, answer in enumerate(answers)
    ]
    return sheet


@pytest.mark.parametrize("why", list(omissions.WHY))
def test_of_a_row_of_equals_the_end_is_missing_and_no_other(monkeypatch, why):
    monkeypatch.setattr(omissions, "ALL", 0.0)
    monkeypatch.setattr(omissions, "WHY", {why: 1.0})
    sheet, shares = grid("7" * 40), []
    for seed in range(60):
        left = undone(generator(seed, 41), sheet)
        assert left == set(sheet.slots[len(sheet.slots) - len(left) :])
        shares.append(len(left) / 40)
    assert np.mean(shares) == pytest.approx(omissions.MOST / 3, abs=0.05) and max(shares) <= omissions.MOST


def test_what_is_hard_is_skipped_first(monkeypatch):
    monkeypatch.setattr(omissions, "ALL", 0.0)
    monkeypatch.setattr(omissions, "WHY", {"hard": 1.0})
    sheet, skipped = grid([*"777777", "3125", *"77777", "4096", *"7777777"]), 0
    for seed in range(60):
        left = {slot.hint for slot in undone(generator(seed, 41), sheet)}
        assert left <= {"3125", "4096"} or left == {"3125", "4096", "7"}
        skipped += bool(left)
    assert skipped > 30


def test_a_part_is_skipped_whole(monkeypatch):
    monkeypatch.setattr(omissions, "ALL", 0.0)
    monkeypatch.setattr(omissions, "WHY", {"part": 1.0})
    sheet = grid("7" * 40)
    sheet.slots = [
        one
        for n, slot in enumerate(sheet.slots)
        for one in ([Slot("text", 0, slot.top, 200, slot.top + 30, "Part A")] * (n % 4 == 0) + [slot])
    ]
    inner = 0
    for seed in range(60):
        left = undone(generator(seed, 41), sheet)
        rows = {slot.top: sum(one.top == slot.top for one in left) for slot in left}
        assert sum(count < 4 for count in rows.values()) <= 1, "the end of the sheet makes up the rest"
        inner += sorted(rows) != [*range(400 - 40 * len(rows), 400, 40)]
    assert inner > 5


def test_the_squares_of_one_sum_and_the_row_of_a_form_are_filled_whole_or_not_at_all(monkeypatch):
    monkeypatch.setattr(omissions, "ALL", 0.0)
    monkeypatch.setattr(omissions, "WHY", {"time": 1.0})
    sheet = new_sheet(generator(0, 16), 900, 900, "en", unit=20)
    for kind, whole, step in (("gap", "", 26), ("field", "form", 200)):
        sheet.given = {"whole": whole}
        sheet.slots = [
            Slot(kind, 20 + step * n, 40 * row, 40 + step * n, 40 * row + 20, "7")
            for row in range(12)
            for n in range(4)
        ]
        for seed in range(30):
            left = undone(generator(seed, 41), sheet)
            assert {sum(one.top == slot.top for one in left) for slot in left} <= {4}


def test_of_forms_little_is_missing_and_only_the_end():
    sheet = new_sheet(generator(0, 16), 900, 900, "en", unit=20)
    sheet.given = {"whole": "form"}
    kinds = ("field", "box", "strike") * 4
    sheet.slots = [Slot(kind, 20, 40 * n, 60, 40 * n + 20, "Ann") for n, kind in enumerate(kinds)]
    shares = []
    for seed in range(60):
        left = undone(generator(seed, 41), sheet)
        assert left == set(sheet.slots[len(sheet.slots) - len(left) :])
        shares.append(len(left) / 12)
    assert 0 < np.mean(shares) < 0.1 and max(shares) < 0.25
