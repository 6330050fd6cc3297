"""What the result of a problem is counted in, as the problem says it: Chinese schools ask for it."""

from __future__ import annotations

import re

COUNTED = re.compile(r"(?:多少|得几)(千米|平方米|厘米|元|本|个|只|张|人|米|km|J|Wh|s)")
"""How a problem asks for a number of things or for a quantity."""
SIDES = re.compile("厘米|米")
GIVEN = re.compile(r"\((?:[^\W\d_]+)\)$")
"""A unit in brackets at the end of a result."""


def unit_asked(kind: str, text: str) -> str:
    """The unit of the result of a problem in Chinese, or "" where it asks for a number alone.

    Args:
        kind: what is worked out, of ``grammar.KINDS``.
        text: the problem.
    """
    sides = SIDES.search(text)
    if kind in ("area", "perimeter"):
        return ("平方" if kind == "area" else "") + sides[0] if sides else ""
    found = COUNTED.search(text)
    return found[1] if found else ""
