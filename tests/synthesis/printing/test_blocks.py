"""What questions are set with."""

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import blocks
from restorekit.synthesis.printing.badged import CLEAR
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.printing.type_plan import Plan


def test_lines_stand_below_each_other_and_the_first_begins_behind_its_number():
    sheet = new_sheet(generator(3, 16), 900, 600, "en", unit=20)
    sheet.plan, sheet.questions = Plan(numbers="disc", leading=1.5), 4
    text = "One of the longest sentences that there are on this sheet of paper"
    end = blocks.put_lines(sheet, f"4. {text}", 40, 400, 100, sheet.body)
    lines = [slot for slot in sheet.slots if slot.kind == "text"]
    assert " ".join(line.hint.strip() for line in lines) == text and len(lines) > 1
    assert [line.bottom for line in lines] == [130 + 30 * place for place in range(len(lines))]
    assert lines[-1].bottom == int(end)
    assert [line.left for line in lines] == [int(40 + 20 * (1.16 + CLEAR))] + [40] * (len(lines) - 1)
