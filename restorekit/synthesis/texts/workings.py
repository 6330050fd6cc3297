"""What pupils write where something is to be worked out: sums, equations, proofs, units of results."""

from __future__ import annotations

import re

from restorekit.synthesis.texts.algebra import bracketed
from restorekit.synthesis.texts.calculations import fraction_working, working
from restorekit.synthesis.texts.grammar import part_of
from restorekit.synthesis.texts.proofs import UNDER, angles_alike, proof
from restorekit.synthesis.texts.units import GIVEN
from restorekit.synthesis.textures import Rng

PROVED, BRACKETED = 0.2, 0.6
"""The share of the workings in later mathematics that are proofs, and of the rest those with brackets, as
most sums with numbers below zero, functions, points and products have."""
COUNTED = 0.75
"""The share of the results that are written with the unit that is asked for; others forget it."""


def any_working(rng: Rng, language: str, topic: str) -> list[str]:
    """A sum, an equation or a proof such as a topic has, line by line; "" is any topic."""
    if part_of(topic)[0] in ("mathematics_2", ""):
        if rng.random() < PROVED:
            return list(angles_alike(rng, language) if rng.random() < 0.3 else proof(rng, language).lines)
        if rng.random() < BRACKETED:
            return bracketed(rng)
    return (fraction_working if rng.random() < 0.3 else working)(rng)


NO_BRACKETS = str.maketrans("", "", "()（）")
SIGNS: dict[str, dict[str, str]] = {"ru": {"÷": ":", "×": "·"}, "de": {"÷": ":", "×": "·"}, "fr": {"÷": ":"}}
"""How the pupils of a country write what is printed in its books otherwise."""
COMMAS = ("ru", "de", "fr", "es", "el")
"""Where the decimal mark is a comma."""
SOLVED, TOLD = 0.7, 0.35
"""The share of the workings of equations in Chinese that begin as pupils are taught to, and of the sums with
a unit that end with the answer once more."""


def as_written(rng: Rng, language: str, lines: list[str]) -> list[str]:
    """A working as pupils put it down, in the signs of their country; now and then without its unit."""
    last = lines[-1]
    if language == "zh" and "x" in lines[0] and last[0] not in UNDER:
        begun = lines[0].startswith("解") or rng.random() >= SOLVED
        lines = lines if begun else [f"解:{lines[0]}", *lines[1:]]
    elif language == "zh" and GIVEN.search(last) and last[:1] == "=" and rng.random() < TOLD:
        return [*lines, f"答:{last[1:].translate(NO_BRACKETS)}。"]
    if language == "zh" and GIVEN.search(last) and rng.random() > COUNTED:
        lines = [*lines[:-1], GIVEN.sub("", last)]
    table = str.maketrans(SIGNS.get(language, {}))
    lines = [line.translate(table) for line in lines]
    return [re.sub(r"(?<=\d)\.(?=\d)", ",", line) for line in lines] if language in COMMAS else lines
