"""Sums and word problems with other numbers that are as hard and as plausible as those they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from restorekit.synthesis.textures import Rng

TRIES = 60
"""So many numbers are drawn to find some that are alike."""
TOKEN = re.compile(r"\[#?\d+\]|\d+|[+\-=]")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
EQUATION = re.compile(r"([\d.+\-×÷()]*[\d)])=(\d+(?:\.\d+)?)(\(?[^\d=]*)")
"""A step of a working: a sum, what it comes to, and the unit."""
UNALIKE = re.compile(r"[:：%^⁄\[]|[Ww]hich|enough|cheap|\b[Cc]an\b|[够哪谁吗可最]|triangle|三角形|°|ひき")
"""What is in problems whose answer would turn with the numbers, or whose numbers hang together."""
SAME = (1, 2, 10, 100, 1000)
NEAR = 0.3
"""By which share numbers of word problems change at most."""


def other_sum(rng: Rng, item: str, told: set[str]) -> str:
    """Another sum like ``34+58=[92]`` or ``[#6]+4=10``: of as many figures each, with as many carries.

    ``told`` are those there are already; what is no such sum is given back.
    """
    tokens = TOKEN.findall(item)
    if "".join(tokens) != item or tokens[-2:-1] != ["="] or tokens.count("=") > 1:
        return item
    terms, signs = tokens[::2], tokens[1:-2:2]
    if len(terms) != len(signs) + 2 or sum(one[0] == "[" for one in terms) > 1:
        return item
    values = [int(one.strip("[#]")) for one in terms[:-1]]
    wanted = _traits(values, signs)
    if min(values) == 0 or not wanted[-1]:
        return item
    for _ in range(TRIES):
        drawn = [_alike(rng, value) for value in values]
        if _traits(drawn, signs) != wanted:
            continue
        all_of_it = [*drawn, _partial(drawn, signs)[-1]]
        shown = [re.sub(r"\d+", str(new), term) for term, new in zip(terms, all_of_it, strict=True)]
        new = "".join("".join(pair) for pair in zip(shown[:-1], [*signs, "="], strict=True)) + shown[-1]
        if new.translate(BARE) not in told:
            told.add(new.translate(BARE))
            return new
    return item


BARE = str.maketrans("", "", "[]#")


def _alike(rng: Rng, value: int) -> int:
    """A number of as many figures that ends in as many noughts."""
    unit = 10 ** (len(str(value)) - len(str(value).rstrip("0")))
    low, high = 10 ** (len(str(value)) - 1), 10 ** len(str(value)) - 1
    return unit * int(rng.integers(max(1, -(-low // unit)), high // unit + 1))


def _partial(values: Sequence[int], signs: Sequence[str]) -> list[int]:
    """What a sum comes to, term by term."""
    results = [values[0]]
    for sign, value in zip(signs, values[1:], strict=True):
        results.append(results[-1] + (value if sign == "+" else -value))
    return results


def _traits(values: Sequence[int], signs: Sequence[str]) -> tuple[object, ...]:
    """What makes sums alike: figures and noughts, carries, and last whether all on the way is above 0."""
    results = _partial(values, signs)
    lengths = [(len(str(one)), len(str(one)) - len(str(one).rstrip("0"))) for one in values]
    carries = []
    for place, (sign, value) in enumerate(zip(signs, values[1:], strict=True)):
        for unit in (10, 100, 1000):
            a, b = results[place] % unit, value % unit
            carries.append(a + b >= unit if sign == "+" else a < b)
    return *lengths, *carries, *(len(str(one)) for one in results), min(results) > 0


def other_problem(rng: Rng, text: str, working: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """A word problem with other numbers, and how it is worked out then; the same where that is not sure.

    Numbers change that stand in the text once and in the sums; all that is worked out has as many figures as
    before, and is whole where it was.
    """
    kept = text, tuple(working)
    steps = [EQUATION.fullmatch(step) for step in working]
    others = [line for step, line in zip(steps, working, strict=True) if not step]
    if UNALIKE.search(text) or any("=" in line for line in others):
        return kept
    asked, solved = NUMBER.findall(text), [one[2] for one in steps if one]
    used = [NUMBER.findall(step[1]) for step in steps if step]
    free = [one for one in dict.fromkeys(sum(used, [])) if one in asked and Fraction(one) not in SAME]
    once = len(set(solved)) == len(solved) and all(
        max(said.count(one) for said in (asked, *used)) == 1 for one in free
    )
    if not free or not once or set(free) & set(solved):
        return kept
    if set(NUMBER.findall(" ".join(others))) - {*free, *solved, *asked}:
        return kept
    for _ in range(TRIES):
        new = {one: _near(rng, one) for one in free}
        if len(set(new.values())) < len(new) or new == {one: one for one in free}:
            continue
        if not all(_follows(step, new) for step in steps if step):
            continue
        lines = tuple(_with(line, new) for line in working)
        return _with(text, new), lines
    return kept


def _with(text: str, new: dict[str, str]) -> str:
    return NUMBER.sub(lambda found: new.get(found[0], found[0]), text)


def _near(rng: Rng, number: str) -> str:
    """A number about as large, as round, of as many figures."""
    places = len(number.partition(".")[2])
    value = int(number.replace(".", ""))
    unit = 10 ** (len(str(value)) - len(str(value).rstrip("0")))
    most = max(1 + (value < 20), int(NEAR * value / unit))
    moved = value // unit + int(rng.integers(-most, most + 1))
    new = str(max(3, moved) * unit)
    if len(new) != len(str(value)) or (places and new.endswith("0")):
        return number
    new = new.rjust(places + 1, "0")
    return f"{new[:-places]}.{new[-places:]}" if places else new


def _follows(step: re.Match[str], new: dict[str, str]) -> bool:
    """Whether a step comes to a number like the one before, which is added to ``new`` then."""
    try:
        was, now = worth(step[1]), worth(_with(step[1], new))
    except ZeroDivisionError:
        return False
    old = step[2]
    places = len(old.partition(".")[2])
    if was[-1] != Fraction(old) or any(
        one.denominator > 1 and two.denominator == 1 or one <= 0 for one, two in zip(now, was, strict=True)
    ):
        return False
    scaled = now[-1] * 10**places
    shown = f"{float(now[-1]):.{places}f}"
    if scaled.denominator > 1 or len(shown) != len(old) or now[-1] < 2:
        return False
    new[old] = shown
    return True


def worth(term: str) -> list[Fraction]:
    """What a term of numbers, + - × ÷ and brackets is worth, after all that comes out on the way."""
    tokens, on_the_way = re.findall(r"[\d.]+|[+\-×÷()]", term), list[Fraction]()

    def atom() -> Fraction:
        token = tokens.pop(0)
        if token != "(":
            return Fraction(token)
        value = total()
        tokens.pop(0)
        return value

    def product() -> Fraction:
        value = atom()
        while tokens and tokens[0] in "×÷":
            value = value * atom() if tokens.pop(0) == "×" else value / atom()
            on_the_way.append(value)
        return value

    def total() -> Fraction:
        value = product()
        while tokens and tokens[0] in "+-":
            value = value + product() if tokens.pop(0) == "+" else value - product()
            on_the_way.append(value)
        return value

    return [*on_the_way, total()]
