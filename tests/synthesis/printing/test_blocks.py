"""The pieces a printed page is made of."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import blocks
from restorekit.synthesis.printing.blocks import answer_lines
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts import topics
from restorekit.synthesis.texts.grammar import Exercise


def test_answer_lines_of_a_left_column_stay_in_it():
    for seed in range(40):
        sheet = new_sheet(generator(seed, 66), 500, 600, "en", unit=20)
        answer_lines(sheet, generator(seed, 67), 30, 290, 30)
        assert np.asarray(sheet.image)[:, 296:].min() == 255


def test_there_is_room_for_all_lines_of_the_workings():
    for seed in range(30):
        sheet = new_sheet(generator(seed, 16), 900, 900, "en", unit=20)
        sheet.topic = "mathematics_2"
        blocks.workings(sheet, generator(seed, 47), 40, 860, 40)
        (area,) = [slot for slot in sheet.slots if slot.kind == "area"]
        assert area.bottom - area.top > 2 * 20 * len(area.hint.split("\n"))


@pytest.mark.parametrize("abreast", [False, True])
def test_short_sentences_with_blanks_stand_by_twos_on_some_sheets(monkeypatch, abreast):
    told = iter(
        [("Two", 1), ("One of the longest sentences that there are on this sheet", 1)]
        + [(f"Six{one}", 1) for one in range(99)]
    )
    monkeypatch.setattr(
        blocks, "ask", lambda *_, **__: Exercise(f"{next(told)[0]} is", ".", "red", ("a", "b", "c"))
    )
    sheet = new_sheet(generator(3, 16), 900, 600, "en", unit=16)
    sheet.plan = sheet.plan._replace(abreast=abreast)
    y = 20.0
    for seed in range(5):
        y = blocks.gaps(sheet, generator(seed, 47), 20, 580, y)
    numbers = [slot for slot in sheet.slots if slot.kind == "number"]
    assert len(numbers) > 8 and numbers[1].bottom > numbers[0].bottom, "a long one takes its own row"
    rows = [slot.bottom for slot in numbers]
    assert (len(set(rows)) < len(rows)) is abreast and max(map(rows.count, rows)) <= 2
    assert rows == sorted(rows), "they count along the rows"


def test_no_sentence_with_a_blank_comes_twice_on_a_sheet(monkeypatch):
    told = iter(["Two", "Six", "Two", "Six", "Nine"])
    monkeypatch.setattr(
        blocks, "ask", lambda *_, **__: Exercise(f"{next(told)} is", ".", "red", ("a", "b", "c"))
    )
    sheet = new_sheet(generator(3, 16), 900, 600, "en", unit=16)
    y = 20.0
    for _ in range(3):  # two, six, and stops; six, and stops; nine
        y = blocks.gaps(sheet, generator(1, 47), 20, 580, y) if sheet.questions < 2 else y
    assert sheet.questions == 2 and y > 20


def test_below_what_is_asked_stands_no_title_but_that_of_a_part():
    sheet = new_sheet(generator(1, 1), 600, 800, "en", unit=20)
    sheet.topic = "mathematics_1"
    sheet.given = topics.particulars(generator(1, 2), "en", "mathematics_1")
    sheet.slot("sum", 20, 20, 80, 60, "4")
    blocks.headline(sheet, generator(1, 3), 20, 780, 80)
    assert not sheet.title and sheet.parts == 2
