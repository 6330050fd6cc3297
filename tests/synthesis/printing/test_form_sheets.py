"""Forms of one subject: what is filled in fits what is asked, and what follows from it adds up."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import form_sheets, form_style, form_tables
from restorekit.synthesis.printing.form_sheets import form_page
from restorekit.synthesis.printing.form_style import Form
from restorekit.synthesis.printing.form_tables import table
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.form_texts import Part, form_texts
from restorekit.synthesis.texts.grammar import rules

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")


def blank(language="en", height=900, width=900):
    return new_sheet(generator(1, 70), height, width, language, unit=16)


def setting(sheet, rng, **style):
    how = form_style.new_style(sheet, rng)._replace(**{"typed": 0.0, "deleted": False} | style)
    return Form(sheet, rng, how, 20, sheet.width - 20, {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_every_form_can_be_set(language):
    for parts in form_texts(language).forms:
        for part in parts:
            sheet = blank(language, 1600)
            rng = generator(2, 70)
            assert form_sheets.PARTS[part.kind](setting(sheet, rng), part, 30.0) > 30
            assert {slot.kind for slot in sheet.slots} - {"text"} or part.kind in ("title", "text")


def test_one_answer_is_chosen_where_one_is_asked_for_and_boxes_stand_before_words():
    one = Part("one", "Do you swim?", (("", "yes"), ("", "no"), ("", "at times")))
    seen = set()
    for seed in range(40):
        sheet = blank()
        form_sheets._options(setting(sheet, generator(seed, 71), box="square", stacked=True), one, 20)
        boxes = [slot for slot in sheet.slots if slot.kind == "box"]
        assert len(boxes) == 1
        assert sheet.image.getpixel((boxes[0].left, boxes[0].top + 5)) == sheet.colour
        seen.add(boxes[0].bottom)
    assert len(seen) == 3


def test_rows_of_blanks_end_at_the_right_edge_whatever_is_asked():
    fields = Part("fields", "", (("Name", "person"), ("Class", "class"), ("Age", "age"), ("Date", "date")))
    for way in form_style.BLANKS:
        sheet = blank()
        form_sheets._fields(setting(sheet, generator(5, 72), blank=way), fields, 20)
        hints = [slot.hint for slot in sheet.slots if slot.kind == "field"]
        assert len(hints) == 4 and hints[0] in form_texts("en").lists["person"] and 7 <= int(hints[2]) < 17
        rows = {}
        for slot in sheet.slots:
            rows[slot.bottom] = max(rows.get(slot.bottom, 0), slot.right)
        assert all(abs(stop - (880 - 0.4 * 16)) < 3 for stop in rows.values())


def test_amounts_are_prices_times_counts():
    order = Part("table", "", (("", "*pen/book/ink"), ("", "price"), ("", "count"), ("", "amount")))
    sheet = blank()
    table(sheet, generator(6, 73), order, 20, 880, 20, 40, sheet.body, {})
    rows = {}
    for slot in sheet.slots:
        rows.setdefault(slot.bottom, []).append(float(slot.hint))
    assert len(rows) == 3
    for price, count, amount in rows.values():
        assert abs(price * count - amount) < 0.001


def test_a_question_with_columns_to_tick_has_one_tick_a_row():
    asked = Part(
        "table", "", (("How is", "*food/price/room"), ("good", "tick"), ("fair", "tick"), ("bad", "tick"))
    )
    sheet = blank()
    table(sheet, generator(7, 74), asked, 20, 880, 20, 40, sheet.body, {})
    assert len({slot.bottom for slot in sheet.slots}) == len(sheet.slots) == 3
    assert {slot.kind for slot in sheet.slots} == {"box"}


def test_lists_are_filled_in_from_the_top_and_name_nobody_twice():
    listed = Part("table", "", (("No.", "*n"), ("Name", "person")), 8)
    for seed in range(20):
        sheet = blank()
        table(sheet, generator(seed, 75), listed, 20, 880, 20, 40, sheet.body, {})
        names = [slot.hint for slot in sheet.slots if slot.kind == "field"]
        floors = [slot.bottom for slot in sheet.slots if slot.kind == "field"]
        assert 2 <= len(names) <= 8 and len(set(names)) == len(names)
        assert floors == sorted(floors) and floors[0] < 20 + 3 * 40 + 16


def test_printed_lists_name_nobody_twice_however_long_they_are(monkeypatch):
    said = []
    monkeypatch.setattr(form_tables, "put_text", lambda _, __, ___, text, *____, **_____: said.append(text))
    listed = Part("table", "", (("Name", "*person"), ("Mon", "present")), 40)
    sheet = blank(height=3000)
    table(sheet, generator(3, 75), listed, 20, 880, 20, 40, sheet.body, {})
    known = form_texts("en").lists["person"]
    names = [one for one in said if one in known]
    assert len(names) == len(set(names)) == len(known)


def test_a_table_that_is_too_wide_is_left_out():
    wide = Part("table", "", tuple(("Heads", "person") for _ in range(9)), 3)
    sheet = blank(width=300)
    assert table(sheet, generator(8, 76), wide, 20, 280, 33.0, 40, sheet.body, {}) == 33.0
    assert not sheet.slots


def test_most_forms_are_written_and_some_partly_typed():
    typed = 0
    for seed in range(120):
        sheet = blank()
        typed += form_style.new_style(sheet, generator(seed, 77)).typed > 0
    assert 1 <= typed < 25
    sheet = blank(height=1200)
    form_page(sheet, generator(9, 77))
    assert sheet.title and sheet.given == {"whole": "form"}


def test_what_stands_on_a_sheet_twice_is_the_same_lies_apart_and_is_filled_in_once():
    sheet = blank(height=400)
    sheet.draw.rectangle([30, 20, 90, 60], fill=(0, 0, 0))
    sheet.slot("field", 100, 20, 300, 60, "Ann")
    form_sheets._set_again(setting(sheet, generator(1, 70)), 150)
    grey = np.asarray(sheet.image.convert("L"))
    assert np.array_equal(grey[10:140], grey[160:290])
    assert (grey[150, 20:880] < 255).any() and grey[150, :19].min() == grey[150, 885:].min() == 255
    assert [(slot.top, slot.hint) for slot in sheet.slots] == [(20, "Ann")], "nobody fills in both"


def test_all_words_but_one_are_to_be_struck_out_where_a_form_says_so():
    one = Part("one", "My child comes", (("", "on foot"), ("", "by bus"), ("", "by car")))
    left_over = set()
    for seed in range(20):
        sheet = blank()
        form_sheets._options(setting(sheet, generator(seed, 71), deleted=True), one, 20)
        struck = [slot for slot in sheet.slots if slot.kind == "strike"]
        assert len(struck) == 2 and not any(slot.kind == "box" for slot in sheet.slots)
        assert rules("en")["delete"][0] in {slot.hint for slot in sheet.slots}
        left_over.add(tuple(slot.left for slot in struck))
    assert len(left_over) >= 3


def test_the_rows_left_over_of_some_tables_are_crossed_out():
    listed = Part("table", "", (("No.", "*n"), ("Name", "person")), 8)
    rest = 0
    for seed in range(150):
        sheet = blank()
        table(sheet, generator(seed, 75), listed, 20, 880, 20, 40, sheet.body, {})
        names = [slot for slot in sheet.slots if slot.kind == "field"]
        for slot in sheet.slots:
            if slot.kind == "strike" and slot.hint == "rest":
                rest += 1
                assert slot.top >= max(name.bottom for name in names) and slot.bottom - slot.top > 70
    assert 10 < rest < 50


def test_nothing_in_a_list_comes_twice_before_all_has_come_once():
    books = Part("table", "", (("Title", "book"), ("Name", "person")), 6)
    for seed in range(12):
        sheet = blank()
        table(sheet, generator(seed, 76), books, 20, 880, 20, 40, sheet.body, {})
        hints = [slot.hint for slot in sheet.slots if slot.kind == "field"]
        assert len(hints) == len(set(hints)) > 0


def test_the_days_of_a_timetable_are_unlike():
    lessons = Part("table", "", tuple((day, "subject") for day in ("Mon", "Tue", "Wed")), 5)
    unlike = []
    for seed in range(6):
        sheet = blank()
        table(sheet, generator(seed, 77), lessons, 20, 880, 20, 40, sheet.body, {})
        rows: dict[int, set[str]] = {}
        for slot in sheet.slots:
            if slot.kind == "field":
                rows.setdefault(slot.bottom, set()).add(slot.hint)
        unlike += [len(row) for row in rows.values()]
    assert sum(unlike) / len(unlike) > 2


def test_forms_fill_most_of_their_sheet():
    ends = []
    for seed in range(24):
        sheet = new_sheet(generator(seed, 16), 1500, 1100, "en", unit=22)
        form_page(sheet, generator(seed, 17))
        dark = np.flatnonzero((np.asarray(sheet.image).min(2) < 200).any(1))
        ends.append(dark.max() / 1500)
    assert np.median(ends) > 0.7


@pytest.mark.parametrize("language", ["en", "zh", "de"])
def test_a_school_is_named_above_its_own_forms_alone(language):
    schools, named = set(form_texts(language).lists["school"]), {True: 0, False: 0}
    for parts in form_texts(language).forms:
        for seed in range(6):
            sheet = blank(language, 1600)
            form_sheets._set(setting(sheet, generator(seed, 70)), parts, 30.0)
            above = next(slot.hint for slot in sheet.slots if slot.kind == "text")
            asks = any(what == "class" for part in parts for _, what in part.items)
            named[asks] += above in schools
    assert named[True] > 5 and not named[False]
