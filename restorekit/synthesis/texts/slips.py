"""Workings that pupils get wrong or leave unfinished, and lines that they strike out and do again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from restorekit.synthesis.texts.calculations import miscounted
from restorekit.synthesis.texts.other_numbers import worth
from restorekit.synthesis.textures import Rng, choose

STRUCK = "␡"
"""Begins a line that is struck out; the right one stands below it."""
WAYS = {"result": 0.55, "sign": 0.2, "unfinished": 0.25}
"""How workings go wrong: a sum comes out wrong and all that follows with it, a sign is taken for another one,
or the pupil is stuck after a line."""
SUM = re.compile(r"([^\d(]*)([\d(][\d+\-×÷()]*[+\-×÷][\d(][\d+\-×÷()]*)=(\d+)(\(?[^\d=]*)")
"""A step: what is before a sum, the sum, what it comes to, and the unit."""
TAKEN_FOR = dict(zip("+-×÷", "-++×", strict=True))
"""Signs by those that are taken for them."""
STEP = re.compile(r"[a-z]?=[\d+\-×÷()]+\D*")
"""A step that goes on from the line above."""
NUMBER, SIGN = re.compile(r"\d+"), re.compile(r"(?<=[\d)])[+\-×÷](?=[\d(])")


def slipped_working(rng: Rng, lines: Sequence[str]) -> list[str]:
    """A working as somebody puts it down who gets it wrong, or as far as he gets; else as it is.

    Args:
        rng: source of chance.
        lines: steps such as ``86+94=180(页)``, or a term and below it ``=12-5`` and ``=7``.
    """
    way = choose(rng, WAYS)
    last = max((at for at, line in enumerate(lines) if "=" in line), default=0)
    if way == "unfinished" and last:
        return list(lines[: int(rng.integers(1, last + 1))])
    new = [_slip(rng, lines, at, sign=way == "sign") for at in rng.permutation(len(lines)).tolist()]
    return next((one for one in new if one), list(lines))


def done_again(rng: Rng, lines: Sequence[str]) -> list[str]:
    """A right working one of whose lines was wrong first, is struck out and stands below as it should."""
    for at in rng.permutation(len(lines)).tolist():
        wrong = _slip(rng, lines, at, sign=bool(rng.random() < 0.3))
        if wrong:
            return [*lines[:at], STRUCK + wrong[at], *lines[at:]]
    return list(lines)


def _slip(rng: Rng, lines: Sequence[str], at: int, *, sign: bool) -> list[str]:
    """The lines with a slip in one of them, and what comes of it below; none where it cannot go wrong."""
    line, before = lines[at], "".join(lines[:at])
    found = SUM.fullmatch(line)
    new = dict[str, str]()
    if found and not sign:
        new[found[3]] = str(miscounted(rng, int(found[3])))
        changed = f"{found[1]}{found[2]}={new[found[3]]}{found[4]}"
    elif sign and at and (signs := list(SIGN.finditer(line))):
        one = signs[int(rng.integers(0, len(signs)))]
        changed = f"{line[: one.start()]}{TAKEN_FOR[one[0]]}{line[one.end() :]}"
        changed, _ = _again(changed, new)
    elif not sign and NUMBER.search(before) and STEP.fullmatch(line):
        told = [one for one in NUMBER.findall(line) if one not in NUMBER.findall(before)]
        if not told:
            return []
        new[told[0]] = str(miscounted(rng, int(told[0])))
        changed = _with(line, new)
    else:
        return []
    if changed in (line, ""):
        return []
    wrong, value = [*lines[:at], changed], _value(changed)
    for step in lines[at + 1 :]:
        follows, value = _again(step, new, value)
        if not follows:  # there the pupil is stuck
            break
        wrong.append(follows)
    return wrong


def _again(step: str, new: dict[str, str], value: int | None = None) -> tuple[str, int | None]:
    """A step with what came out otherwise before, and what it comes to; "" where that is no whole number."""
    if found := SUM.fullmatch(step):
        result = _whole(_with(found[2], new))
        if result is None:
            return "", None
        new[found[3]] = str(result)
        return f"{_with(found[1], new)}{_with(found[2], new)}={result}{found[4]}", result
    if last := re.fullmatch(r"([a-z]?=)(\d+)(\D*)", step):
        if value is None:
            return "", None
        new[last[2]] = str(value)
        return f"{last[1]}{value}{last[3]}", value
    changed = _with(step, new)
    return changed, _value(changed)


def _with(text: str, new: dict[str, str]) -> str:
    return NUMBER.sub(lambda found: new.get(found[0], found[0]), text)


def _value(line: str) -> int | None:
    """What a line's term comes to, if it is a whole number above zero."""
    found = re.fullmatch(r"(?:[a-z]?=)?([\d+\-×÷()]+)", line)
    return _whole(found[1]) if found else None


def _whole(term: str) -> int | None:
    try:
        result = worth(term)[-1]
    except (IndexError, ValueError, ZeroDivisionError):
        return None
    return int(result) if result.denominator == 1 and result > 0 else None
