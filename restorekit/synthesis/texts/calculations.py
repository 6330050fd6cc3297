"""Numbers, sums and formulas to print or to write, and how they are worked out."""

from __future__ import annotations

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


def arithmetic(rng: Rng, early_year: int = 0) -> tuple[str, str]:
    """A sum as it is printed, up to its equals sign, and its answer.

    In the first year of school (``early_year``) numbers up to 20 are added and subtracted, in the second up
    to 100, and the small times tables come in.
    """
    a, b = int(rng.integers(1, 100)), int(rng.integers(1, 60))
    sign = str(rng.choice(["+", "-", "×", "÷"]))
    if early_year == 1:
        a, b, sign = a % 10 + 1, b % 10 + 1, {"×": "+", "÷": "-"}.get(sign, sign)
    elif early_year == 2:
        a, b = (a % 50 + 1, b % 50 + 1) if sign in "+-" else (a % 8 + 1, b % 8 + 1)
    if sign == "+":
        return f"{a}+{b}=", str(a + b)
    if sign == "-":
        return f"{a + b}-{b}=", str(a)
    if not early_year:
        a, b = a % 20 + 1, b % 12 + 1
    return (f"{a}×{b}=", str(a * b)) if sign == "×" else (f"{a * b}÷{b}=", str(a))


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
    near += [right + step for by in rows for step in (-by, by)]
    text = str(right)
    near += [int(text.replace(*pair)) for pair in (("6", "9"), ("9", "6")) if pair[0] in text]
    if 20 < right < 100 and 0 < abs(right % 10 - right // 10) < 5 and right % 10:
        near.append(int(text[::-1]))
    most = 10 ** max(2, len(text))
    likely = [other for other in near if other != right and min(1, right) <= other < most]
    return likely[int(rng.integers(0, len(likely)))]


def number_sentence(rng: Rng, blank: str = "") -> tuple[str, tuple[str, ...]]:
    """A sum as the first years of school have it, or one with a ``blank`` in it, and its answer.

    ``_`` stands for room in brackets and ``#`` for an empty box; an equals sign at the end has its answer
    after it.
    """
    a, b, c = (int(part) for part in rng.integers(1, 21, 3))
    total = a + b
    plain: tuple[tuple[str, int], ...] = (
        (f"{a}+{b}=", total),
        (f"{total}-{a}=", b),
        (f"{a}+{b}+{c}=", total + c),
        (f"{total}-{a}+{c}=", b + c),
    )
    open_: tuple[tuple[str, int], ...] = (
        (f"{a}+{blank}={total}", b),
        (f"{blank}+{a}={total}", b),
        (f"{blank}-{a}={b}", total),
        (f"{total}-{blank}={a}", b),
    )
    text, answer = (open_ if blank else plain)[int(rng.integers(0, 4))]
    return text, (str(answer),)


LARGER = (("mm", "cm", 10), ("cm", "m", 100), ("m", "km", 1000), ("g", "kg", 1000), ("s", "min", 60))
"""Units, the next larger ones, and how many make one."""


def comparison(rng: Rng, early_year: int = 0) -> tuple[str, str]:
    """Two numbers, terms or quantities, a ring (``@``) between them, and the sign that belongs in it.

    In an ``early_year`` there are neither products nor units.
    """
    a, b, c = (int(part) for part in rng.integers(2, 20 if not early_year else 9, 3))
    kind, near = int(rng.integers(0, 2 if early_year else 4)), int(rng.choice([-10, -1, 0, 0, 1, 10]))
    if kind == 0:
        left, right = 10 * a + b, 10 * a + b + near
        text = f"{left}@{right}"
    elif kind == 1:
        left, right = a + b, max(1, a + b + near)
        text = f"{a}+{b}@{right}"
    elif kind == 2:
        left, right = a * b, a * b + a * (c % 3 - 1)
        text = f"{a}×{b}@{a}×{b + c % 3 - 1}"
    else:
        small, large, times = LARGER[int(rng.integers(0, len(LARGER)))]
        left, right = max(1, times * b + near), times * b
        text = f"{left} {small}@{b} {large}"
    return text, "<" if left < right else ">" if left > right else "="


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


def evaluation(rng: Rng) -> tuple[str, int, tuple[str, ...]]:
    """A term, its value, which is not under zero, and how it is worked out step by step."""
    a, b, c, d = (int(part) for part in rng.integers(2, 20, 4))
    kind = int(rng.integers(0, 7))
    if kind == 0:
        term, steps, value = f"{a}×{b}+{c}×{d}", [f"{a * b}+{c * d}"], a * b + c * d
    elif kind == 1:
        top = (a + b) * c + d
        term, steps, value = f"{top}-({a}+{b})×{c}", [f"{top}-{a + b}×{c}", f"{top}-{(a + b) * c}"], d
    elif kind == 2:
        term, steps, value = f"{a}×({b + c}-{b})+{d}", [f"{a}×{c}+{d}", f"{a * c}+{d}"], a * c + d
    elif kind == 3:
        term, steps, value = f"(-{a})×(-{b})+{c}", [f"{a * b}+{c}"], a * b + c
    elif kind == 4:
        term, steps, value = f"(-{a})-(-{a + b})+{c}", [f"-{a}+{a + b}+{c}", f"{b}+{c}"], b + c
    elif kind == 5:
        top, steps = b + c + d, [f"[{b + c + d}-{b + c}]×{a}", f"{d}×{a}"]
        term, value = f"[{top}-({b}+{c})]×{a}", d * a
    else:
        term, steps, value = f"{a * b}÷{b}+{c}×{d}", [f"{a}+{c * d}"], a + c * d
    return term, value, (term, *(f"={step}" for step in steps), f"={value}")


def linear(rng: Rng) -> tuple[str, int, tuple[str, ...]]:
    """An equation in x, its root, and how it is solved line by line."""
    root, a, b, c = (int(part) for part in rng.integers(2, 16, 4))
    if rng.random() < 0.5:
        total = a * (root + b) + c
        lines = [f"{a}(x+{b})+{c}={total}", f"{a}(x+{b})={total - c}", f"x+{b}={root + b}"]
        lines.append(f"x={root + b}-{b}")
    else:
        more, left = a + b, c + b * root  # (a + b) x + c = a x + left
        lines = [f"{more}x+{c}={a}x+{left}", f"{more}x-{a}x={left}-{c}", f"{b}x={left - c}"]
    return lines[0], root, (*lines, f"x={root}")


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
