"""Workings with brackets, line by line: numbers below zero, products, functions, points.

Lines are in the writing of formulas: ``^x`` raises, ``_x`` lowers, and ``√{a}`` is a root. Lines that stand
under one brace begin with ``OPENS``, the first of them, and ``GOES_ON``.
"""

from __future__ import annotations

from collections.abc import Callable

from restorekit.synthesis.texts.calculations import system
from restorekit.synthesis.textures import Rng

OPENS, GOES_ON = "⎧", "⎨"
"""Begin the first line under a brace, and each one further."""


def below_zero(rng: Rng) -> list[str]:
    """A sum with numbers below zero, each in brackets."""
    a, b, c = (int(part) for part in rng.integers(2, 13, 3))
    kind = int(rng.integers(0, 4))
    if kind == 0:
        return [f"(-{a})×(-{b})+(-{c})", f"={a * b}-{c}", f"={a * b - c}"]
    if kind == 1:
        return [f"-{a}-(-{a + b})+(-{c})", f"=-{a}+{a + b}-{c}", f"={b - c}"]
    if kind == 2:
        return [f"(-{a * b})÷(-{b})-({c}-{a + c})", f"={a}+{a}", f"={2 * a}"]
    return [f"({a}-{a + b})^2×(-{c})", f"=(-{b})^2×(-{c})", f"={b * b}×(-{c})", f"=-{b * b * c}"]


def nested(rng: Rng) -> list[str]:
    """A sum with brackets in square brackets."""
    a, b, c, d = (int(part) for part in rng.integers(2, 13, 4))
    whole = a + b + c
    return [f"[{whole}-({a}+{b})]×{d}", f"=[{whole}-{a + b}]×{d}", f"={c}×{d}", f"={c * d}"]


def factored(rng: Rng) -> list[str]:
    """An equation of the second degree solved by taking it apart, or a product multiplied out."""
    a, b = (int(part) for part in rng.choice(range(1, 10), 2, replace=False))
    term = f"x^2-{a + b}x+{a * b}"
    if rng.random() < 0.6:
        return [f"{term}=0", f"(x-{a})(x-{b})=0", f"x_1={a},  x_2={b}"]
    return [f"(x-{a})(x-{b})", f"=x^2-{a}x-{b}x+{a * b}", f"={term}"]


def function_value(rng: Rng) -> list[str]:
    """A function and one of its values."""
    a, b, x = (int(part) for part in rng.integers(2, 10, 3))
    return [f"f(x)={a}x^2-{b}", f"f(-{x})={a}×(-{x})^2-{b}", f"={a * x * x}-{b}", f"={a * x * x - b}"]


def between_points(rng: Rng) -> list[str]:
    """How far a point is from another."""
    across, down, long = ((3, 4, 5), (6, 8, 10), (5, 12, 13), (8, 6, 10))[int(rng.integers(0, 4))]
    x, y = (int(part) for part in rng.integers(1, 8, 2))
    first, second = f"A({x},{y})", f"B({x + across},{y + down})"
    return [f"{first},  {second}", f"AB=√{{({x + across}-{x})^2+({y + down}-{y})^2}}", f"={long}"]


def of_angles(rng: Rng) -> list[str]:
    """How many corners a figure has whose angles add up to so much."""
    corners = int(rng.integers(5, 13))
    return [f"(n-2)×180°={(corners - 2) * 180}°", f"n-2={corners - 2}", f"n={corners}"]


def discounted(rng: Rng) -> list[str]:
    """What is left of an amount less some per cent, or what it grows to."""
    whole, share = 20 * int(rng.integers(2, 30)), 5 * int(rng.integers(1, 12))
    more = rng.random() < 0.4
    sign, factor = ("+", 100 + share) if more else ("-", 100 - share)
    return [f"{whole}×(1{sign}{share}%)", f"={whole}×{factor / 100:g}", f"={whole * factor / 100:g}"]


def two_unknowns(rng: Rng) -> list[str]:
    """Two equations under a brace, numbered now and then, and their solution under another."""
    (first, second), x, y = system(rng)
    if rng.random() < 0.5:
        first, second = f"{first}   (1)", f"{second}   (2)"
    return [f"{OPENS}{first}", f"{GOES_ON}{second}", f"{OPENS}x={x}", f"{GOES_ON}y={y}"]


WAYS: tuple[Callable[[Rng], list[str]], ...] = (
    below_zero,
    below_zero,
    nested,
    factored,
    function_value,
    between_points,
    of_angles,
    discounted,
    two_unknowns,
)


def bracketed(rng: Rng) -> list[str]:
    """Any of these workings."""
    return WAYS[int(rng.integers(0, len(WAYS)))](rng)
