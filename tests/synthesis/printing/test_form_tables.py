"""Tables of forms: their print keeps from their rules."""

import numpy as np

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import form_tables
from restorekit.synthesis.printing.form_tables import PADDING, table
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.form_texts import Part


def test_print_keeps_from_the_rules_of_its_cell(print_of, monkeypatch):
    uprights = []
    monkeypatch.setattr(
        form_tables, "rule", lambda _, a, b, c, d, **__: uprights.append(a) if a == c else None
    )
    printed = print_of(form_tables)
    sheet = new_sheet(generator(3, 16), 900, 900, "en", unit=20)
    part = Part("table", "", items=(("Name", "*person"), ("Class", "*1/2/3")), rows=3)
    table(sheet, generator(1, 2), part, 40, 860, 30, 36, sheet.head, {})
    assert len(printed) >= 5 and len(uprights) == 3
    for _, x, _ in printed:
        assert np.abs(np.array(uprights) - x).min() >= (PADDING - 0.01) * 12
