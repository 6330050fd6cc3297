"""Tables and fields that somebody fills in."""

import numpy as np
import pytest

from restorekit.synthesis.assets import labels
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import forms
from restorekit.synthesis.printing.sheets import new_sheet


def test_columns_are_left_empty_as_a_whole():
    shares = []
    for seed in range(60):
        sheet = new_sheet(generator(seed, 22), 900, 900, "en", unit=14)
        forms.table(sheet, generator(seed, 23), 20, 880, 20)
        columns: dict[int, int] = {}
        for slot in sheet.slots:
            columns[slot.left] = columns.get(slot.left, 0) + 1
        rows = len({slot.bottom for slot in sheet.slots})
        if rows >= 4:
            shares += [count / rows for count in columns.values()]
    lonely = np.mean([share < 0.5 for share in shares])
    assert np.mean([share > 0.7 for share in shares]) > 0.6 > 0.3 > lonely


def test_papers_ask_pupils_for_no_address():
    for language in ("en", "zh", "ko", "el"):
        sheet = new_sheet(generator(1, 1), 200, 2000, language, unit=16)
        sheet.topic = "science_2"
        forms.fields(sheet, generator(2, 1), 20, 1980, 20)
        asked = sheet.asked & set(labels(language))
        assert asked and {labels(language)[name] for name in asked} <= set(forms.PUPILS)


@pytest.mark.parametrize("language", ["en", "zh", "ru", "ko"])
def test_no_head_and_no_name_comes_twice_in_a_table(language):
    known = labels(language)
    for seed in range(40):
        heads = forms._heads(generator(seed, 24), known, 6)
        kinds = [known[head] for head in heads]
        assert len(set(kinds)) == len(kinds) > 1 and kinds[0] in forms.ROWS_BY
    said: set[str] = set()
    names = [forms._fresh_entry(generator(seed, 25), language, "name", said) for seed in range(4)]
    assert len(set(names)) == 4


def test_each_field_stands_once_on_a_sheet():
    sheet = new_sheet(generator(1, 1), 900, 700, "en", unit=16)
    asked = []
    for seed in range(12):
        before = set(sheet.asked)
        forms.fields(sheet, generator(seed, 1), 20, 680, 20)
        asked += sheet.asked - before
    assert set(asked) == set(labels("en"))
    assert sum(slot.kind == "field" for slot in sheet.slots) == len(labels("en"))
