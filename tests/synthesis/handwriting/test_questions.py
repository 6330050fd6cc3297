"""Where the questions of a sheet are."""

from restorekit.synthesis.handwriting.questions import is_heading, questions_of
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet


def sheet_of(*slots):
    sheet = new_sheet(generator(0, 16), 800, 600, "en", unit=20)
    sheet.slots = list(slots)
    return sheet


def test_a_question_reaches_from_its_first_line_to_the_next_number():
    text = Slot("text", 60, 44, 300, 60, "1. What is it?")
    number, option = Slot("number", 28, 40, 80, 60), Slot("option", 80, 75, 95, 90, "A")
    following = Slot("text", 60, 124, 400, 140, "2. And this?")
    first, second = questions_of(
        sheet_of(
            text, number, option, following, Slot("number", 28, 120, 80, 140), Slot("gap", 410, 118, 450, 140)
        )
    )
    assert first.box == (60, 44, 300, 90) and set(first.places) == {text, number, option}
    assert second.box == (60, 124, 400, 140)


def test_what_follows_the_last_question_is_not_part_of_it():
    text, number = Slot("text", 60, 44, 300, 60, "1. What?"), Slot("number", 28, 40, 80, 60)
    for other in (
        Slot("text", 60, 84, 300, 104, "B. Reading"),
        Slot("text", 60, 80, 300, 104, "Problems"),
        Slot("text", 60, 300, 300, 316, "far below"),
    ):
        (found,) = questions_of(sheet_of(text, number, other))
        assert found.box == (60, 44, 300, 60)
    assert not questions_of(sheet_of()) and not questions_of(sheet_of(number)), "no print, no question"


def test_headings_are_larger_or_counted():
    line = Slot("text", 60, 44, 300, 60, "Every text.")
    assert not is_heading(line, 20)
    assert is_heading(line._replace(top=38), 20)
    assert is_heading(line._replace(hint="二、填空"), 20) and is_heading(line._replace(hint="IV. More"), 20)
