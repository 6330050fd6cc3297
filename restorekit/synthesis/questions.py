"""What a sheet asks: no question twice, as far as there are others."""

from __future__ import annotations

from restorekit.synthesis.grammar import Exercise, exercise
from restorekit.synthesis.sheets import Sheet
from restorekit.synthesis.textures import Rng

TRIES = 6
"""How many questions are drawn to find one that a sheet has not asked yet."""


def ask(sheet: Sheet, rng: Rng, y: float, *, room: bool = False) -> Exercise:
    """A question that the sheet has not asked yet, as far as there is one, to stand at ``y``.

    With ``room`` below it for the workings it is one that has some; else these go where paper is blank.
    """
    for attempt in range(TRIES):  # facts run out before numbers do
        facts = 0.0 if room else sheet.facts * (1 - attempt / TRIES)
        asked = exercise(rng, sheet.language, facts)
        if asked.text not in sheet.asked:
            break
    sheet.asked.add(asked.text)
    sheet.wrong[asked.answer] = asked.wrong
    if asked.working and not room:
        sheet.workings.append((y, asked.working))
    return asked
