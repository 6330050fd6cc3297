"""Printed pieces that a network could take for ink."""

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import extras
from restorekit.synthesis.printing.sheets import new_sheet, text_width
from restorekit.synthesis.texts import phrases


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_printed_to_be_seen_is_a_phrase_or_a_number_and_all_in_one_way(monkeypatch, language):
    printed = []
    monkeypatch.setattr(extras, "emphasise", lambda *given: printed.append(given))
    ways = set()
    for seed in range(60):
        printed.clear()
        sheet = new_sheet(generator(seed, 16), 900, 900, language, unit=20)
        extras.emphasis(sheet, generator(seed, 45), 40, 860, 40)
        lines = {slot.bottom: slot.hint for slot in sheet.slots}
        for _, _, x0, x1, y, kind, way in printed:
            line = lines[int(y)]
            spans = phrases.key_places(line)
            if way not in ("box", "circle"):
                spans += phrases.whole_phrases(line, language)
            ends = [tuple(40 + text_width(line[:at], kind) for at in span) for span in spans]
            assert (x0, x1) in ends
        assert len({given[-1] for given in printed}) <= 1
        ways.update(given[-1] for given in printed)
    assert {"rule", "dots", "wave"} <= ways
