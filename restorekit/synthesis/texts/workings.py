"""What pupils write where something is to be worked out: sums, equations, proofs, units of results."""

from __future__ import annotations

from restorekit.synthesis.texts.algebra import bracketed
from restorekit.synthesis.texts.calculations import fraction_working, working
from restorekit.synthesis.texts.grammar import part_of
from restorekit.synthesis.texts.proofs import angles_alike, proof
from restorekit.synthesis.texts.units import GIVEN
from restorekit.synthesis.textures import Rng

PROVED, BRACKETED = 0.2, 0.6
"""The share of the workings in later mathematics that are proofs, and of the rest those with brackets, as
most sums with numbers below zero, functions, points and products have."""
COUNTED = 0.75
"""The share of the results that are written with the unit that is asked for; others forget it."""
POINTED = 0.12
"""The share of the workings that begin with the number of what they answer, in brackets."""


def any_working(rng: Rng, language: str, topic: str) -> list[str]:
    """A sum, an equation or a proof such as a topic has, line by line; "" is any topic."""
    if part_of(topic)[0] in ("mathematics_2", ""):
        if rng.random() < PROVED:
            return list(angles_alike(rng, language) if rng.random() < 0.3 else proof(rng, language).lines)
        if rng.random() < BRACKETED:
            return bracketed(rng)
    return (fraction_working if rng.random() < 0.3 else working)(rng)


def as_written(rng: Rng, language: str, lines: list[str]) -> list[str]:
    """A working as pupils put it down: now and then without its unit, or with a number before it."""
    first, last = lines[0], lines[-1]
    if language == "zh" and GIVEN.search(last) and rng.random() > COUNTED:
        lines = [*lines[:-1], GIVEN.sub("", last)]
    if rng.random() < POINTED and first[0] not in "⎧⎨":
        lines = [f"({int(rng.integers(1, 4))}) {lines[0]}", *lines[1:]]
    return lines
