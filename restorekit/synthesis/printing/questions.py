"""The numbers of questions, and what is said above those that the generator draws."""

from __future__ import annotations

from restorekit.synthesis.printing.sheets import TOLD, Sheet
from restorekit.synthesis.texts.grammar import expand
from restorekit.synthesis.textures import Rng

TRIES = 8
"""How many texts are drawn to find one that a sheet does not have yet."""


def numbered(sheet: Sheet, rng: Rng) -> str:
    """The number of the next question, as a sheet has it before the text."""
    return f"{sheet.next_question(rng)}{sheet.plan.stop}"


def instruct(sheet: Sheet, rng: Rng, symbol: str, *, anew: bool = False) -> str:
    """What is to be done with what stands below, numbered; "" where the sheet asks for that already.

    What is done ``anew``, with other numbers, is said again, in other words as far as there are any.
    """
    once = f"{TOLD}{symbol}"
    if once in sheet.asked and not anew:
        return ""
    for _ in range(TRIES):
        text = expand(rng, sheet.language, symbol)
        if text not in sheet.asked:
            break
    sheet.asked.update((text, once))
    return f"{numbered(sheet, rng)}{text}"
