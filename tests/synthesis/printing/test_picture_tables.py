"""Tables with drawings at their heads."""

import numpy as np

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import picture_tables, primary
from restorekit.synthesis.printing.sheets import new_sheet


def test_numbers_of_a_table_to_complete_go_up_by_one_step_in_each_row(print_of):
    printed = print_of(primary, picture_tables)
    for seed in range(12):
        printed.clear()
        sheet = new_sheet(generator(seed, 16), 500, 900, "en", unit=24)
        picture_tables.picture_table(sheet, generator(seed, 17), 40, 860, 40)
        rows: dict[int, list[tuple[float, int]]] = {}
        for y, x, text in printed:
            if text.isdigit():
                rows.setdefault(int(y), []).append((x, int(text)))
        for slot in sheet.slots:
            if slot.kind == "gap":
                rows.setdefault(slot.bottom, []).append((slot.left, int(slot.hint)))
        assert len(rows) >= 2 and any(text.endswith((".", "?")) for _, _, text in printed)
        for numbers in rows.values():
            steps = np.diff([number for _, number in sorted(numbers)])
            assert len(numbers) >= 4 and len(set(steps.tolist())) == 1
