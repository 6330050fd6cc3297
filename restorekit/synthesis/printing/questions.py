"""What a sheet asks: no question twice, as far as there are others."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from restorekit.synthesis.printing.sheets import TOLD, Sheet
from restorekit.synthesis.texts.grammar import CHAPTERS, Exercise, exercise, expand, question, rules, sums_of
from restorekit.synthesis.texts.proofs import proof
from restorekit.synthesis.texts.topics import early_year, factual, fits, subject
from restorekit.synthesis.textures import Rng

Answer = TypeVar("Answer", str, tuple[str, ...])
VARIES = re.compile(r"[“«„‘「].*?[”»“’」]|\d+|[A-ZА-ЯΑ-Ω]\w+")
ALIKE = 2
"""So many questions of one pattern may stand on a page while there are others."""
MOST_ALIKE, FEW_ALIKE = 4, 2
"""So many of one pattern at most stand on a page of a topic with one kind of sums, and where it has facts."""
PROVED = 0.25
"""The share of the problems of later mathematics with room below them that ask for a proof, where no chapter
is on something else."""
TRIES = 8
"""How many questions are drawn to find one that a sheet has not asked yet."""


def numbered(sheet: Sheet, rng: Rng) -> str:
    """The number of the next question, as a sheet has it before the text."""
    return f"{sheet.next_question(rng)}{sheet.plan.stop}"


def pattern(asked: Exercise) -> str:
    """What is alike in questions that differ by a number, a quoted word or a capitalised name."""
    return VARIES.sub("", f"{asked.before}_{asked.after}")


def ask_which(sheet: Sheet, rng: Rng) -> Exercise:
    """Which of four statements is true, or is not; the words that matter stand between asterisks."""
    true = rng.random() < 0.4
    facts: dict[str, Exercise] = {}
    tries = 0
    while len(facts) < 4:
        tries += 1
        fact = exercise(rng, sheet.language, 1.0, sheet.topic)
        if sheet.asked.isdisjoint((fact.text, fact.kind)) or tries > 4 * TRIES:
            facts[fact.kind] = fact
    sheet.asked.update(facts, (fact.text for fact in facts.values()))
    first, *others = facts.values()
    text = expand(rng, sheet.language, "which_true" if true else "which_false")
    answer = _state(first, first.answer if true else first.wrong[0])
    wrong = [_state(fact, fact.wrong[0] if true else fact.answer) for fact in others]
    return Exercise(text, "", answer, (wrong[0], wrong[1], wrong[2]))


def _state(fact: Exercise, said: str) -> str:
    return f"{fact.before}{said}{fact.after}"


def ask(sheet: Sheet, rng: Rng, left: float, right: float, y: float, *, room: bool = False) -> Exercise:
    """A question that the sheet has not asked yet, as far as there is one, to stand below ``y``.

    With ``room`` below it for the workings it is one that has some; else these go where paper is blank, as
    near to it as there is any from ``left`` to ``right``.
    """
    kinds = sums_of(sheet.topic)
    if early_year(sheet.topic, sheet.given):
        kinds = CHAPTERS["mathematics_1"]["adding"]
    asked, least = None, (True, 0)
    for attempt in range(TRIES):  # facts run out before numbers do
        facts = 0.0 if room else sheet.facts * (1 - attempt / TRIES)
        drawn = exercise(rng, sheet.language, facts, sheet.topic, kinds)
        again = drawn.text in sheet.asked, sheet.ways[pattern(drawn)] + ALIKE * (drawn.kind in sheet.asked)
        if asked is None or again < least:
            asked, least = drawn, again
        if least < (True, 0) and least[1] < ALIKE:
            break
    assert asked is not None
    sheet.asked.update((asked.text, asked.kind))
    sheet.ways[pattern(asked)] += 1
    sheet.wrong[asked.answer] = asked.wrong
    if asked.working and not room:
        sheet.slot("aside", left, y, right, y + sheet.unit, "\n".join(asked.working))
    return asked


def again(sheet: Sheet, way: str, asked: Exercise) -> bool:
    """Whether a sheet has asked the same before in the same ``way``, or too often alike; notes it."""
    said = f"{way} {asked.text}"
    known = said in sheet.asked
    sheet.asked.add(said)
    alone = len(sums_of(sheet.topic)) < 2  # no other sums would come in between
    most = FEW_ALIKE if factual(sheet.language, sheet.topic) else MOST_ALIKE
    return known or (alone and bool(asked.working) and sheet.ways[pattern(asked)] > most)


def ask_to_prove(sheet: Sheet, rng: Rng) -> tuple[str, tuple[str, ...]]:
    """What is to be proved and how that is done line by line, on some papers of later mathematics; or ""."""
    if not fits(sheet.topic, "mathematics_2_figures") or rng.random() > PROVED:
        return "", ()
    asked = proof(rng, sheet.language)
    again = asked.text in sheet.asked
    sheet.asked.add(asked.text)
    return ("", ()) if again else (asked.text, asked.lines)


def ask_freely(sheet: Sheet, rng: Rng, told: str = "") -> tuple[str, str]:
    """What is to be answered in sentences, of the sheet's subject where there are such questions, and how.

    Where there is a text that it may be about, ``told`` is some of that. Both are "" where the sheet has
    asked all that were drawn.
    """
    asked = subject(sheet.topic)
    able = f"question_{asked}" in rules(sheet.language)
    subjects = (asked,) if able else ("language",) if told else ("science",)  # on language there is a text
    for _ in range(TRIES):
        text, reply = question(rng, sheet.language, subjects, told)
        if told and "“我”" in text and "我" not in told:  # nobody tells the story
            continue
        if text not in sheet.asked:
            sheet.asked.add(text)
            return text, reply
    return "", ""


def unasked(sheet: Sheet, draw: Callable[[], tuple[str, Answer]]) -> tuple[str, Answer]:
    """A sum and what comes out, of those that ``draw`` gives one that the sheet does not have, if it can."""
    for _ in range(TRIES):
        text, answer = draw()
        if text not in sheet.asked:
            break
    sheet.asked.add(text)
    return text, answer


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
