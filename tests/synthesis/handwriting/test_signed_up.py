"""Lists that people enter themselves in."""

import numpy as np

from restorekit.synthesis.handwriting import signed_up
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.pens import writing_pen
from restorekit.synthesis.handwriting.signed_up import people_of, rows_of_people
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.handwriting.writing import write_on
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Sheet, Slot, new_sheet

NAMES = ("Anna Miller", "Ben Carter", "Anna Miller", "Lucy Adams")


def listed(names: tuple[str, ...] = NAMES) -> Sheet:
    sheet = new_sheet(generator(0, 16), 400, 700, "en", unit=20)
    sheet.given = {"whole": "form"}
    for row, name in enumerate(names):
        top = 60 + 60 * row
        sheet.slots += [
            Slot("field", 100, top, 300, top + 32, name),
            Slot("field", 320, top, 520, top + 32, "01481 522754"),
        ]
    return sheet


def test_each_row_is_of_one_person_and_a_name_that_comes_again_of_the_same():
    sheet = listed()
    rows = rows_of_people(sheet)
    assert list(rows) == sheet.slots and list(rows.values()) == [one for one in NAMES for _ in range(2)]
    by = Writer(
        generator(1, 30),
        sheet,
        new_hand(generator(1, 23), "en"),
        Layer(writing_pen(generator(1, 31)), blank()),
        30.0,
    )
    people = people_of(by)
    hands = {name: {people[slot].hand for slot in rows if rows[slot] == name} for name in NAMES}
    assert all(len(one) == 1 for one in hands.values())
    assert len(set.union(*hands.values())) == 3 and by.hand not in set.union(*hands.values())


def blank() -> np.ndarray:
    return np.zeros((400, 700), np.uint8)


def test_a_form_that_one_fills_in_is_in_one_hand():
    assert rows_of_people(listed(NAMES[:2])) == {}


def test_several_pens_are_used_on_a_list_and_all_rows_are_filled_in(monkeypatch):
    monkeypatch.setattr(signed_up, "LENT", 0.0)
    counts = []
    for seed in range(12):
        layers = write_on(listed(), generator(seed, 40))
        ink = np.maximum.reduce([layer.coverage for layer in layers])
        counts.append(sum(layer.coverage[60:300].any() for layer in layers))
        assert sum(ink[one.top : one.bottom, one.left : one.right].any() for one in listed().slots) >= 6
    assert max(counts) >= 2
