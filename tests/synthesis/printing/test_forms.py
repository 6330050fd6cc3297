"""Tables and fields that somebody fills in."""

import numpy as np

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
