"""Rows with signs to fill in, and the instructions above them."""

import numpy as np
import pytest
from PIL import Image

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import blocks, primary
from restorekit.synthesis.printing.primary import checked_sums, drill, rebus, told_rows
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.printing.signs import SIGNS


@pytest.mark.parametrize("language", ["zh", "en", "ru", "ja"])
def test_an_instruction_names_the_signs_that_its_rows_ask_for(language):
    asked = set()
    for seed in range(12):
        sheet = new_sheet(generator(seed, 16), 800, 900, language, unit=24)
        told_rows(sheet, generator(seed, 17), 40, 860, 40)
        told = "".join(slot.hint for slot in sheet.slots if slot.kind == "text")
        kinds = {slot.kind for slot in sheet.slots} - {"text"}
        assert kinds in ({"gap"}, {"judge"})
        signs = set(told) & (SIGNS | set("<=>×"))
        assert signs, told
        asked |= kinds
    assert asked == {"gap", "judge"}


def test_a_checked_sum_is_right_or_wrong_as_its_place_says(monkeypatch):
    said = []
    module = "restorekit.synthesis.printing.primary"
    monkeypatch.setattr(f"{module}.put_text", lambda _, x, __, text, *___, **____: said.append(text) or x)
    hints = []
    for seed in range(10):
        sheet = new_sheet(generator(seed, 16), 300, 900, "en", unit=24)
        checked_sums(sheet, generator(seed, 17), 40, 860, 40)
        hints += [slot.hint for slot in sheet.slots]
    sums = [text.replace("×", "*").replace("÷", "/").split("=") for text in said if "=" in text]
    assert [("right" if eval(a) == int(b) else "wrong") for a, b in sums] == hints
    assert set(hints) == {"right", "wrong"}


def test_room_for_a_sums_answer_begins_below_the_row_above():
    for seed in range(20):
        sheet = new_sheet(generator(seed, 16), 900, 900, "en", unit=24)
        drill(sheet, generator(seed, 17), 40, 860, 40)
        sums = [slot for slot in sheet.slots if slot.kind == "sum"]
        floors = sorted({slot.bottom for slot in sheet.slots})
        for slot in sums:
            assert all(slot.top >= floor for floor in floors if floor < slot.bottom)


def test_a_checked_sum_has_a_box_or_brackets_to_judge_it_in():
    boxed = []
    for seed in range(16):
        sheet = new_sheet(generator(seed, 16), 300, 900, "en", unit=24)
        checked_sums(sheet, generator(seed, 17), 40, 860, 40)
        ink = np.asarray(sheet.image.convert("L")) < 200
        for slot in sheet.slots:
            side = ink[slot.top : slot.bottom, slot.left - 1 : slot.left + 2].any(1)
            floor = ink[slot.bottom - 1 : slot.bottom + 2, slot.left : slot.right].any(0)
            boxed.append(bool(side.all() and floor.all()))
    assert 0.2 < np.mean(boxed) < 0.8


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_belongs_in_a_texts_brackets_is_a_word_left_out_of_it(monkeypatch, language):
    monkeypatch.setattr(primary.phrases, "paragraph", lambda *_: TEXTS[language])
    found = 0
    for seed in range(20):
        sheet = new_sheet(generator(seed, 16), 800, 900, language, unit=24)
        rebus(sheet, generator(seed, 17), 40, 860, 40)
        gaps = [slot.hint for slot in sheet.slots if slot.kind == "gap"]
        printed = " ".join(slot.hint for slot in sheet.slots if slot.kind == "text")
        assert all(gap and gap in TEXTS[language] and gap not in printed for gap in gaps)
        found += len(gaps)
    assert found > 5


TEXTS = {
    "en": "The owl sleeps by day and hunts small mice when night falls.",
    "zh": "春天来到河边白云飘过山顶孩子们放风筝",
}


def test_right_below_what_is_counted_stands_a_blank_for_how_many(monkeypatch):
    placed = []
    monkeypatch.setattr(
        primary, "drawing", lambda _, __, side: placed.append(side) or Image.new("RGB", (side, side))
    )
    for seed in range(20):
        placed.clear()
        sheet = new_sheet(generator(seed, 1), 900, 900, "en", unit=24)
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


def test_sums_in_columns_and_rows_are_told_and_their_minus_is_no_hyphen(print_of):
    printed = print_of(blocks, primary)
    for seed in range(12):
        sheet = new_sheet(generator(seed, 1), 900, 900, "en", unit=24)
        sheet.questions = 4
        for number, block in enumerate((drill, primary.column_sums, drill), 5):
            printed.clear()
            block(sheet, generator(seed, 92), 20, 880, 20)
            assert printed[0][2].startswith(f"{number}. ")
            assert not any("-" in text for _, __, text in printed[1:])
