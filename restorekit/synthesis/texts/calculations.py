"""Numbers, sums and formulas to print or to write, and how they are worked out."""

from __future__ import annotations

import re
from typing import NamedTuple

from restorekit.synthesis.textures import Rng

UNITS = ("cm", "m", "km", "kg", "g", "mL", "L", "s", "min", "h", "mm", "%", "N", "J", "V", "A")


def number(rng: Rng) -> str:
    """A number as exams have them: whole, decimal, per cent, a year or with a unit."""
    kind = int(rng.integers(0, 5))
    if kind == 0:
        return str(int(rng.integers(0, 100)))
    if kind == 1:
        return f"{rng.uniform(0, 100):.{int(rng.integers(1, 3))}f}"
    if kind == 2:
        return f"{int(rng.integers(1, 100))}%"
    if kind == 3:
        return str(int(rng.integers(1900, 2030)))
    return f"{int(rng.integers(1, 500))} {rng.choice(UNITS)}"


LISTED = re.compile(r"( ?[;,、] )")
"""What parts the numbers of a row."""
COUNTED = re.compile(rf"(\d+(?:[.,]\d+)?) ?(?:{'|'.join(UNITS)}|[°²³]|[\u3040-\u9fff]{{1,2}})")
"""A number and what it is counted in."""
TURNED = dict(zip("+-−<>≠", "-++><=", strict=True))
"""Signs by those that are taken for them."""
EASIEST, HARD = 10, 60
"""Answers up to so much hardly anybody gets wrong; from so much on they are as hard as any."""


def difficulty(answer: str) -> float:
    """How often an answer is wrong by how often hard ones are, in [0.08, 1]; 1 where it is no number."""
    if not (answer.isdecimal() and answer.isascii()):
        return 1.0
    return min(1.0, max(0.08, (int(answer) - EASIEST) / (HARD - EASIEST)))


def miscounted(rng: Rng, right: int) -> int:
    """What pupils get who get a sum wrong.

    One too many or too few, ten where a carry or a borrow was forgotten, the next or the last in a row of the
    times tables, 6 for 9, or figures the wrong way round; it has no more figures, and is above zero where
    ``right`` is.
    """
    one = [right - 1, right + 1]
    near = [*one, *one, right + 2, right - 2] if right < 10 else [*one, right - 10, right + 10, right - 10]
    rows = [by for by in range(3, 10) if right % by == 0 and 2 * by <= right <= 90]
    by = rows[int(rng.integers(0, len(rows)))] if rows else 0
    near += [right - by, right + by] if by else []
    text = str(right)
    near += [int(text.replace(*pair)) for pair in (("6", "9"), ("9", "6")) if pair[0] in text]
    if 20 < right < 100 and 0 < abs(right % 10 - right // 10) < 5 and right % 10:
        near.append(int(text[::-1]))
    most = 10 ** max(2, len(text))
    likely = [other for other in near if other != right and min(1, right) <= other < most]
    return likely[int(rng.integers(0, len(likely)))]


def slipped(rng: Rng, right: str) -> str:
    """What pupils put who are nearly right, where ``right`` has figures, but is no whole number.

    Two of a row swapped, a sign lost or turned, a unit left out, the point misplaced, a fraction or a ratio
    the wrong way round; else a figure that is one off.
    """
    found = [one for one in _slips(rng, right) if one and not re.fullmatch(r"(\d+)/\1", one)]
    if found:
        return found[int(rng.integers(0, len(found)))]
    place = [at for at, one in enumerate(right) if one in "0123456789"][-1]
    near = [one for one in (int(right[place]) - 1, int(right[place]) + 1) if 0 <= one <= 9]
    return f"{right[:place]}{near[int(rng.integers(0, len(near)))]}{right[place + 1 :]}"


def _slips(rng: Rng, right: str) -> list[str]:
    if len(row := LISTED.split(right)) > 4:
        at = 2 * int(rng.integers(0, len(row) // 2))
        return ["".join([*row[:at], row[at + 2], row[at + 1], row[at], *row[at + 3 :]])]
    if right[0] in "-−":
        return [right[1:]]
    if counted := COUNTED.fullmatch(right):
        return [counted[1]]
    if point := re.fullmatch(r"(\d+)([.,])(\d+)", right):
        whole, mark, rest = point.groups()
        further = f"{whole}{rest[0]}{mark}{rest[1:]}" if rest[1:] else ""
        return [whole.lstrip("0") + rest, further, f"{whole}{mark}{rest[:-1]}{(int(rest[-1]) + 1) % 10}"]
    if time := re.fullmatch(r"(\d+)(:)([0-5]\d)", right):
        return [f"{int(time[1]) + 1}{time[2]}{time[3]}", f"{time[1]}{time[2]}{(int(time[3]) + 10) % 60:02d}"]
    if pair := re.fullmatch(r"(\d+)([/:：])(\d+)", right):
        return [f"{pair[3]}{pair[2]}{pair[1]}", f"{int(pair[1]) + 1}{pair[2]}{pair[3]}"]
    signs = [at for at, one in enumerate(right) if at and one in TURNED]
    return [right[:at] + TURNED[right[at]] + right[at + 1 :] for at in signs]


def formula(rng: Rng) -> str:
    """A line of algebra in characters that every face and every hand has."""
    letters = "abcxyzmnkpt"
    a, b = rng.choice(list(letters), 2)
    m, n, k = rng.integers(2, 30, 3)
    return str(
        rng.choice(
            [
                f"{a}={m}{b}+{n}",
                f"{m}{a}-{n}={k}",
                f"{a}={m}/{n}",
                f"f({a})={m}{a}+{n}",
                f"{a}+{b}={k}",
                f"{m}×{n}={int(m) * int(n)}",
                f"={m}+{n}",
                f"={a}({m}-{b})",
                f"({a}+{m})({a}-{n})=0",
            ]
        )
    )


def working(rng: Rng) -> list[str]:
    """A sum or an equation worked out, line by line."""
    result = int(rng.integers(3, 300))
    part, factor = int(rng.integers(1, 40)), int(rng.integers(2, 13))
    letter = str(rng.choice(list("xyzan")))
    kind = int(rng.integers(0, 5))
    if kind == 0:
        return [f"{letter}+{part}={result + part}", f"{letter}={result + part}-{part}", f"{letter}={result}"]
    if kind == 1:
        total = factor * result + part
        return [f"{factor}{letter}+{part}={total}", f"{factor}{letter}={total - part}", f"{letter}={result}"]
    if kind == 2:
        return [f"{factor}×{part}={factor * part}", f"{result + factor * part}-{factor * part}={result}"]
    if kind == 3:
        return [f"{result * factor}÷{factor}", f"={result}"]
    return [f"{result + part}-{part}", f"={result}"]


def system(rng: Rng) -> tuple[tuple[str, str], int, int]:
    """Two linear equations in x and y, and their solution in whole numbers above zero."""
    x, y = (int(part) for part in rng.integers(1, 13, 2))
    a, b = int(rng.integers(1, 8)), int(rng.integers(1, 8))
    c, sign = int(rng.integers(1, 8)), 1 if rng.random() < 0.6 else -1
    first, second, third = ("" if one == 1 else str(one) for one in (a, b, c))
    upper = f"{first}x+{second}y={a * x + b * y}"
    c, third = (c + 1, str(c + 1)) if sign == 1 and c * b == a else (c, third)  # else both say the same
    return (upper, f"{third}x{'+' if sign == 1 else '-'}y={c * x + sign * y}"), x, y


class Term(NamedTuple):
    """A term whose value is a whole number: ``factor`` times a fraction, a power or a root.

    ``kind`` is ``fraction`` (``above`` over ``below``), ``power`` (``above`` to the ``below``) or ``root``
    (the square root of ``above``); ``sign`` joins it to the term before it.
    """

    sign: str
    factor: int
    kind: str
    above: int
    below: int


def exact_terms(rng: Rng) -> tuple[list[Term], int]:
    """Two to four terms, and their sum, which is a whole number and not below zero."""
    terms: list[Term] = []
    total = 0
    for _ in range(int(rng.integers(2, 5))):
        kind = str(rng.choice(["fraction", "power", "root"]))
        factor = int(rng.integers(2, 10)) if rng.random() < 0.35 else 1
        value, below = int(rng.integers(2, 13)), int(rng.integers(2, 4))
        if kind == "fraction":
            above, below = value * 3 * below, 3 * below
        elif kind == "power":
            above, value = value % 9 + 1, (value % 9 + 1) ** below
        else:
            above = value * value
        lessens = bool(terms) and total >= factor * value and rng.random() < 0.5
        terms.append(Term("-" if lessens else "+", factor, kind, above, below))
        total += factor * value * (-1 if lessens else 1)
    return terms, total


def fraction_working(rng: Rng) -> list[str]:
    """A sum with fractions worked out, line by line; ``3⁄4`` stands for one number above the other."""
    whole, below, factor = int(rng.integers(1, 10)), int(rng.integers(2, 13)), int(rng.integers(2, 10))
    above, sign = int(rng.integers(1, below)), str(rng.choice(["", "-"]))
    first = -whole if sign else whole
    if rng.random() < 0.5:
        product, negative = above * factor, bool(rng.random() < 0.5)
        times = f"(-{factor})" if negative else str(factor)
        total = first * below + (-product if negative else product)
        second = f"={sign}{whole}{'-' if negative else '+'}{product}⁄{below}"
        lines = [f"{sign}{whole}+{above}⁄{below}×{times}", second]
    else:
        more = int(rng.integers(1, 10))
        total = first * below + above + more
        lines = [
            f"{sign}{whole}+{above}⁄{below}+{more}⁄{below}",
            f"={sign}{whole * below}⁄{below}+{above + more}⁄{below}",
        ]
    return [*lines, f"={'-' if total < 0 else ''}{abs(total)}⁄{below}"]
