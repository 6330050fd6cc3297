"""Proofs of plane geometry as pupils write them: every step with its reason in brackets.

Lines are in the writing of formulas; those that stand under one brace begin with ``algebra.OPENS`` and
``algebra.GOES_ON``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from restorekit.synthesis.texts.algebra import GOES_ON, OPENS
from restorekit.synthesis.texts.grammar import expand
from restorekit.synthesis.textures import Rng

UNDER = (OPENS, GOES_ON)
NAMES = ("ABCD", "ABCD", "ABCE", "PQRS", "DEFG", "EFGH", "KLMN")
"""What points are called, the commonest first."""
REASONED = 0.85
"""The share of the steps that have their reason: it is what is marked, and some is left out."""
TRIANGLES = re.compile(r"(?<![A-Z])(?=[A-Z]{3})")
"""Where the name of a triangle begins."""


class Proof(NamedTuple):
    """What is to be proved, as it is printed, and how that is done, line by line."""

    text: str
    lines: tuple[str, ...]


def proof(rng: Rng, language: str) -> Proof:
    """That two triangles are congruent, or two of their sides equal, with three pairs under a brace."""
    names = NAMES[int(rng.integers(0, len(NAMES)))]
    p, q, r, s = list(names)
    given = dict(zip("pqrs", names, strict=True))
    if rng.random() < 0.5:
        text = expand(rng, language, "prove_median", given)
        first = (f"{q}{s}={r}{s}", "midpoint")
        pairs = ((f"{p}{q}={p}{r}", "given"), (first[0], "proved"), (f"{p}{s}={p}{s}", "common"))
        triangles, way, last = (f"{p}{q}{s}", f"{p}{r}{s}"), "SSS", ""
    else:
        text = expand(rng, language, "prove_crossing", given)
        first = (f"∠{p}O{q}=∠{r}O{s}", "vertical")
        pairs = ((f"O{p}=O{r}", "given"), (first[0], "proved"), (f"O{q}=O{s}", "given"))
        triangles, way, last = (f"{p}O{q}", f"{r}O{s}"), "SAS", f"{p}{q}={r}{s}"
    both = TRIANGLES.sub(
        "△", expand(rng, language, "proof_in", {"first": triangles[0], "second": triangles[1]})
    )
    begun = f"{expand(rng, language, 'proof')}: " if rng.random() < 0.7 else ""
    lines = [f"{begun}∵{_because(rng, language, *first)}", both]
    for sign, (step, reason) in zip((OPENS, GOES_ON, GOES_ON), pairs, strict=True):
        lines.append(sign + _because(rng, language, step, reason))
    alike = "≌" if language == "zh" else "≅"
    lines.append(f"∴△{triangles[0]}{alike}△{triangles[1]}({way})")
    if last:
        lines.append(f"∴{_because(rng, language, last, 'parts')}")
    return Proof(text, tuple(lines))


def angles_alike(rng: Rng, language: str) -> tuple[str, ...]:
    """That angles at two parallel lines are equal, in four steps."""
    names = NAMES[int(rng.integers(0, len(NAMES)))]
    one, two, three = (int(number) for number in rng.permutation(5)[:3] + 1)
    return (
        f"∵{_because(rng, language, f'{names[:2]}∥{names[2:]}', 'given')}",
        f"∴{_because(rng, language, f'∠{one}=∠{two}', 'alternate')}",
        f"∵{_because(rng, language, f'∠{two}=∠{three}', 'vertical')}",
        f"∴∠{one}=∠{three}",
    )


def _because(rng: Rng, language: str, step: str, reason: str) -> str:
    """A step and its reason in brackets, mostly."""
    return f"{step}({expand(rng, language, f'reason_{reason}')})" if rng.random() < REASONED else step
