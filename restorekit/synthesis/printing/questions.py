"""What a sheet asks: no question twice, as far as there are others."""

from __future__ import annotations

from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.texts.grammar import Exercise, exercise, expand
from restorekit.synthesis.textures import Rng

TRIES = 6
"""How many questions are drawn to find one that a sheet has not asked yet."""


def ask_which(sheet: Sheet, rng: Rng) -> Exercise:
    """Which of four statements is true, or is not; the words that matter stand between asterisks."""
    true = rng.random() < 0.4
    facts: dict[str, Exercise] = {}
    while len(facts) < 4:
        fact = exercise(rng, sheet.language, 1.0)
        facts[fact.text] = fact
    first, *others = facts.values()
    text = expand(rng, sheet.language, "which_true" if true else "which_false")
    answer = _state(first, first.answer if true else first.wrong[0])
    wrong = [_state(fact, fact.wrong[0] if true else fact.answer) for fact in others]
    return Exercise(text, "", answer, (wrong[0], wrong[1], wrong[2]))


def _state(fact: Exercise, said: str) -> str:
    return f"{fact.before}{said}{fact.after}"


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
