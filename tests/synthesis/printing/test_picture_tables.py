"""Tables with drawings at their heads."""

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import picture_tables, primary
from restorekit.synthesis.printing.sheets import new_sheet


def test_rows_of_a_table_to_complete_add_up_and_have_one_number_missing(print_of):
    printed = print_of(primary, picture_tables)
    for seed in range(12):
        printed.clear()
        sheet = new_sheet(generator(seed, 16), 500, 900, "en", unit=24)
        picture_tables.picture_table(sheet, generator(seed, 17), 40, 860, 40)
        rows: dict[int, list[tuple[float, int]]] = {}
        for y, x, text in printed:
            if text.isdigit():
                rows.setdefault(int(y), []).append((x, int(text)))
        gaps = [slot for slot in sheet.slots if slot.kind == "gap"]
        for slot in gaps:
            rows.setdefault(slot.bottom, []).append((slot.left, int(slot.hint)))
        assert len(rows) == len(gaps) == len({slot.bottom for slot in gaps}) >= 2
        assert any(text == "Total" for _, _, text in printed)
        for numbers in rows.values():
            *each, total = [number for _, number in sorted(numbers)]
            assert len(each) >= 2 and sum(each) == total
