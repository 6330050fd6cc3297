"""Problems with several questions as they are set."""

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.printing.stories import told_problem


def test_questions_are_numbered_below_their_context_with_room_below_each():
    for seed in range(12):
        sheet = new_sheet(generator(seed, 16), 1400, 900, "zh", unit=24)
        sheet.topic = "mathematics_1"
        end = told_problem(sheet, generator(seed, 17), 40, 860, 40)
        areas = [slot for slot in sheet.slots if slot.kind == "area"]
        lines = [slot for slot in sheet.slots if slot.kind == "text" and slot.hint.startswith("（")]
        numbered = [line for line in lines if line.hint[1].isdigit() and line.hint[2] == "）"]
        assert [line.hint[1] for line in numbered] == [str(place + 1) for place in range(len(areas))]
        assert len(areas) >= 2 and all(area.hint for area in areas) and end > areas[-1].bottom
        for line, area in zip(numbered, areas, strict=True):
            assert line.bottom < area.bottom


def test_no_story_is_told_twice_on_a_sheet_nor_any_to_the_youngest():
    sheet = new_sheet(generator(1, 16), 1400, 900, "en", unit=24)
    sheet.topic = "mathematics_2"
    rng = generator(2, 16)
    for _ in range(12):
        told_problem(sheet, rng, 40, 860, 40)
    said = [slot.hint for slot in sheet.slots if slot.kind == "text" and slot.hint.startswith("(1) ")]
    assert len(said) == len({"".join(one for one in text if not one.isdigit()) for text in said}) > 1
    sheet.given, sheet.topic = {"school_year": "1"}, "mathematics_1"
    assert told_problem(sheet, rng, 40, 860, 40) == 40
