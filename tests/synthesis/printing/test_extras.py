"""Printed pieces that a network could take for ink."""

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import extras
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.grammar import rules


@pytest.mark.parametrize("language", ["en", "zh", "de"])
def test_contents_name_each_chapter_once_and_pages_go_up(monkeypatch, language):
    said = []
    put_text = extras.put_text
    monkeypatch.setattr(extras, "put_text", lambda *given, **more: said.append(given[3]) or put_text(*given))
    for seed in range(6):
        said.clear()
        sheet = new_sheet(generator(seed, 16), 1400, 900, language, unit=20)
        extras.contents(sheet, generator(seed, 45), 40, 860, 40)
        heading, *rest = said
        assert heading in rules(language)["contents"]
        chapters, pages = [text.split(". ", 1)[1] for text in rest[::3]], [int(text) for text in rest[2::3]]
        assert len(set(chapters)) == len(chapters) > 3 and pages == sorted(set(pages))


def test_an_answer_table_has_room_for_one_letter_below_each_number():
    for seed in range(10):
        sheet = new_sheet(generator(seed, 16), 400, 900, "zh", unit=20)
        extras.answer_table(sheet, generator(seed, 46), 40, 860, 40, list("BADCBCAD"))
        assert all(slot.kind == "gap" for slot in sheet.slots)
        assert "".join(slot.hint for slot in sheet.slots) == "BADCBCAD"
        assert len({slot.bottom for slot in sheet.slots}) == 1
