"""Sums worked out in columns, as schools teach it: where each figure stands, and the lines between.

A figure stands in a row and a column, both from 0; a rule runs below a row, from the left edge of one column
to the right edge of another; a wall stands left of a column, from one row to another.
"""

from __future__ import annotations

from typing import NamedTuple

from restorekit.synthesis.textures import Rng


class Layout(NamedTuple):
    """A sum in columns.

    Attributes:
        cells: row, column and character each.
        rules: row, first column and last column each.
        walls: column, first row and last row each.
        bowed: whether walls are the bows of divisions, or straight.
    """

    cells: tuple[tuple[int, int, str], ...]
    rules: tuple[tuple[int, int, int], ...]
    walls: tuple[tuple[int, int, int], ...] = ()
    bowed: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """How many columns and rows it takes."""
        return 1 + max(column for _, column, _ in self.cells), 1 + max(row for row, _, _ in self.cells)


def _put(text: str, row: int, last: int) -> list[tuple[int, int, str]]:
    """The characters of a text whose last stands in column ``last``; blanks are left out."""
    first = last - len(text) + 1
    return [(row, first + place, one) for place, one in enumerate(text) if one != " "]


def stacked(upper: int, sign: str, lower: int) -> Layout:
    """Two numbers below each other, ``+``, ``-`` or ``×``, a rule, and the result, of products in parts."""
    result = {"+": upper + lower, "-": upper - lower, "×": upper * lower}[sign]
    wide = max(len(str(upper)), len(str(lower)))
    last = max(len(str(result)) - 1, wide)
    cells = [*_put(str(upper), 0, last), *_put(str(lower), 1, last), (1, last - wide, sign)]
    rules, row = [(1, 0, last)], 2
    if sign == "×" and lower > 9:
        for place, digit in enumerate(reversed(str(lower))):
            if digit != "0":
                cells += _put(str(upper * int(digit)), row, last - place)
                row += 1
        if row > 3:
            rules.append((row - 1, 0, last))
        else:  # one part is all of the result, but for its noughts
            cells = [cell for cell in cells if cell[0] < 2]
            row = 2
    return Layout(tuple(cells + _put(str(result), row, last)), tuple(rules))


def divided(dividend: int, divisor: int) -> Layout:
    """A division by hand: the quotient above the dividend, and below it what is taken away step by step."""
    above, start = str(dividend), len(str(divisor))
    cells = _put(str(divisor), 1, start - 1) + _put(above, 1, start + len(above) - 1)
    rules, row, rest, begun = [(0, start, start + len(above) - 1)], 2, 0, False
    for place, digit in enumerate(above):
        rest, column = 10 * rest + int(digit), start + place
        times = rest // divisor
        if begun and times == 0 and place < len(above) - 1:
            cells.append((0, column, "0"))
            continue
        begun = begun or times > 0
        if not begun:
            continue
        cells.append((0, column, str(times)))
        if row > 2:
            cells += _put(str(rest), row, column)
            row += 1
        if times:
            cells += _put(str(times * divisor), row, column)
            rules.append((row, column - len(str(rest)) + 1, column))
            row += 1
        rest -= times * divisor
    cells += _put(str(rest), row, start + len(above) - 1)
    return Layout(tuple(cells), tuple(rules), ((start, 1, 1),), bowed=True)


def taken_apart(number: int) -> Layout:
    """A number divided by its least prime again and again, each step in an angle of two lines."""
    wide, row = len(str(number)), 0
    cells: list[tuple[int, int, str]] = []
    rules: list[tuple[int, int, int]] = []
    while True:
        cells += _put(str(number), row, wide)
        prime = next((one for one in (2, 3, 5, 7) if number % one == 0 and number > one), 0)
        if not prime:
            return Layout(tuple(cells), tuple(rules), tuple((1, one, one) for one in range(row)))
        cells.append((row, 0, str(prime)))
        rules.append((row, 1, wide))
        number, row = number // prime, row + 1


def any_columns(rng: Rng) -> Layout:
    """A sum in columns such as pupils work out: mostly two numbers below each other."""
    kind = rng.random()
    if kind < 0.2:
        divisor = int(rng.integers(2, 13))
        return divided(divisor * int(rng.integers(11, 160)) + int(rng.integers(0, divisor)), divisor)
    if kind < 0.3:
        return taken_apart(int(rng.choice([24, 36, 42, 48, 54, 56, 60, 72, 84, 90, 96, 108, 120])))
    upper = int(rng.integers(12, 999))
    if kind < 0.5:
        return stacked(upper, "×", int(rng.integers(3, 60)))
    if kind < 0.75:
        return stacked(upper, "+", int(rng.integers(12, 999)))
    return stacked(upper, "-", int(rng.integers(3, upper)))


def columns_for(term: str) -> Layout | None:
    """The sum of two whole numbers ``a+b``, ``a-b``, ``a×b`` or ``a÷b`` in columns; None for other terms."""
    for sign in "+-×÷":
        left, _, right = term.partition(sign)
        if left.isdecimal() and right.isdecimal() and left.isascii():
            upper, lower = int(left), int(right)
            if sign == "÷":
                return divided(upper, lower) if lower and upper > lower else None
            return stacked(upper, sign, lower) if sign != "-" or upper >= lower else None
    return None
