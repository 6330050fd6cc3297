"""Sums below each other and number lines of whole papers: what is printed, and where answers belong."""

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import paper_sums
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.paper_tables import apart
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.whole_papers import Block


def test_figures_of_a_sum_stand_below_each_other_and_its_result_below_the_rule(print_of):
    printed = print_of(paper_sums)
    sheet = new_sheet(generator(1, 1), 800, 900, "en", unit=30)
    block = Block("stacked", ("402+57=459", "91-27=64"))
    end = paper_sums.stacked(sheet, generator(2, 2), block, Style(), 60, 840, 100)
    rows = {}
    for y, x, text in printed:
        rows.setdefault((y, x > 400), []).append((x, text))
    assert ["".join(text for _, text in sorted(row)) for row in rows.values()][:2] == ["402", "+57"]
    (ones, other) = (max(x for _, x, text in printed if text == one and x < 400) for one in "27")
    assert abs(ones - other) < 0.3 * 30
    assert [(slot.kind, slot.hint) for slot in sheet.slots] == [("gap", "459"), ("gap", "64")]
    assert all(100 < slot.top < slot.bottom <= end for slot in sheet.slots)


def test_a_number_line_has_boxes_for_the_numbers_that_are_missing(print_of):
    printed = print_of(paper_sums)
    sheet = new_sheet(generator(1, 1), 400, 900, "en", unit=30)
    block = Block("number_line", ("0 | 5 | [10] | 15",))
    end = paper_sums.number_line(sheet, generator(2, 2), block, Style(), 60, 840, 100)
    assert [text for _, _, text in printed] == ["0", "5", "15"]
    (slot,) = sheet.slots
    assert slot.hint == "10" and printed[1][1] < slot.left < slot.right < printed[2][1] and slot.bottom < end


def test_what_somebody_did_is_judged_in_a_box_and_put_right_beside_it(print_of):
    printed = print_of(paper_sums)
    sheet = new_sheet(generator(1, 1), 700, 900, "zh", unit=30)
    block = Block("checked", ("30+18÷6; =48÷6; =8 => ×; 30+18÷6; =30+3; =33 | 7×4; =28 => √",))
    end = paper_sums.checked(sheet, generator(2, 2), block, Style(), 60, 840, 100)
    assert [text for _, _, text in printed] == ["30+18÷6", "=48÷6", "=8", "7×4", "=28"]
    area, wrong, right = sheet.slots
    assert (area.kind, area.hint) == ("area", "30+18÷6\n=30+3\n=33")
    assert (wrong.kind, wrong.hint, right.hint) == ("judge", "wrong", "right")
    assert wrong.right < 450 < right.left and area.right <= 450 and max(wrong.bottom, area.bottom) < end


def test_sums_with_room_around_their_signs_keep_their_blanks_and_units():
    assert apart("9+5-8=[6]") == "9 + 5 − 8 = [6]"
    assert apart("14-[#6]=8") == "14 − [#6] = 8"
    assert apart("25厘米+30厘米=[55]厘米") == "25厘米+30厘米=[55]厘米"
    assert apart("-5[@<]2") == "-5[@<]2"
