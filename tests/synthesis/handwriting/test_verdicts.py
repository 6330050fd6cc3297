"""Which questions a teacher takes for right, and where their answers are."""

import numpy as np

from restorekit.synthesis.handwriting.verdicts import at_numbers, chosen, partly_right
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


def test_a_question_is_right_where_all_of_its_answers_are_and_none_without_one():
    first, second, third = (Slot("number", 0, top, 20, top + 20) for top in (0, 100, 200))
    one, two, three = (Slot("gap", 60, top, 90, top + 20, "7") for top in (0, 20, 100))
    slots = [first, one, two, second, three, third]
    assert at_numbers(slots, {one: True, two: True}) == {first: True}
    assert at_numbers(slots, {one: False, two: True, three: True}) == {first: False, second: True}


def test_a_question_with_a_part_left_empty_is_not_right_and_one_left_out_is_not_marked():
    first, second = (Slot("number", 0, top, 20, top + 20) for top in (0, 100))
    one, two, three = (Slot("gap", 60, top, 90, top + 20, "7") for top in (0, 20, 100))
    assert at_numbers([first, one, two, second, three], {one: True}, {two, three}) == {first: False}


def test_where_options_are_marked_and_brackets_left_empty_the_option_is_the_answer():
    sheet = new_sheet(generator(0, 16), 400, 600, "en", unit=20)
    gap = Slot("gap", 300, 50, 320, 70, "B")
    first, second = (Slot("option", x, 50, x + 20, 70, letter) for x, letter in ((20, "A"), (90, "B")))
    sheet.slots = [gap, first, second]
    written = np.zeros((400, 600), np.uint8)
    assert chosen(sheet, gap, written) == gap
    written[55:60, 95:100] = 255
    assert chosen(sheet, gap, written) == second
    written[55:60, 305:310] = 255
    assert chosen(sheet, gap, written) == gap


def test_a_question_is_half_right_where_some_of_its_answers_are():
    first, one, two, second, three, four = slots = [
        Slot(kind, 0, place, 9, place + 5) for place, kind in enumerate(("number", "gap", "gap") * 2)
    ]
    assert partly_right(slots, {one: True, two: False, three: True, four: True}) == {first}
    assert partly_right(slots, {one: False, two: False, three: False, four: True}) == {second}
