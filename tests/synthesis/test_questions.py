"""What a sheet asks."""

from restorekit.synthesis.pages import generator
from restorekit.synthesis.questions import ask
from restorekit.synthesis.sheets import new_sheet


def test_a_sheet_asks_nothing_twice():
    for seed in range(6):
        rng = generator(seed, 18)
        sheet = new_sheet(rng, 300, 300, "en")
        assert len({ask(sheet, rng, 0.0).text for _ in range(40)}) == 40


def test_where_there_is_room_a_question_is_worked_out_and_elsewhere_beside_it():
    sheet = new_sheet(generator(1, 18), 300, 300, "en")
    sheet.facts = 1.0
    asked = ask(sheet, generator(2, 18), 50.0, room=True)
    assert asked.working and not sheet.workings
    sheet.facts = 0.0
    asked = ask(sheet, generator(3, 18), 70.0)
    assert sheet.workings == [(70.0, asked.working)]
    assert sheet.wrong[asked.answer] == asked.wrong
