"""What questions are set with."""

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import blocks
from restorekit.synthesis.printing.sheets import new_sheet


def test_lines_stand_below_each_other_and_a_number_at_their_start_is_bold_as_planned(monkeypatch):
    struck = []
    monkeypatch.setattr(blocks, "embolden_start", lambda _, x, y, *said: struck.append((x, y, said[0])))
    sheet = new_sheet(generator(3, 16), 900, 600, "en", unit=20)
    sheet.questions = 4
    text = f"4{sheet.plan.stop}One of the longest sentences that there are on this sheet of paper"
    end = blocks.put_lines(sheet, text, 40, 400, 100, sheet.body)
    lines = [slot for slot in sheet.slots if slot.kind == "text"]
    assert " ".join(line.hint.strip() for line in lines) == text and len(lines) > 1
    assert [line.bottom for line in lines] == sorted({line.bottom for line in lines})
    assert lines[-1].bottom == int(end) and struck == [(40, 100 + 20 * sheet.plan.leading, "4. ")]
