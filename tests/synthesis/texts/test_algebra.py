"""Workings with brackets."""

import re
from math import sqrt

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts import algebra


def worth(term: str) -> float:
    """What a term of numbers comes to."""
    written = re.sub(r"√\{(.*)\}", r"sqrt(\1)", term).replace("[", "(").replace("]", ")")
    written = written.replace("%", "/100").replace("^", "**").replace("×", "*").replace("÷", "/")
    assert re.fullmatch(r"[0-9.()*/+sqrt-]+", written), term
    return float(eval(written, {"__builtins__": {}}, {"sqrt": sqrt}))


@pytest.mark.parametrize("way", [algebra.below_zero, algebra.nested, algebra.discounted])
def test_every_step_of_a_sum_is_worth_the_same(way):
    for seed in range(60):
        lines = way(generator(seed, 3))
        assert all(line.startswith("=") for line in lines[1:])
        assert "(" in lines[0]
        values = [worth(line.lstrip("=")) for line in lines]
        assert max(values) - min(values) < 1e-6, lines


def test_values_and_distances_are_right():
    for seed in range(40):
        _, put, *rest = algebra.function_value(generator(seed, 3))
        assert len({worth(part) for part in (put.split("=")[1], *(line[1:] for line in rest))}) == 1
        _, root, result = algebra.between_points(generator(seed, 4))
        assert worth(root.removeprefix("AB=")) == worth(result[1:])


def test_roots_solve_what_was_taken_apart():
    for seed in range(40):
        lines = algebra.factored(generator(seed, 3))
        first, second = (int(one) for one in re.findall(r"\(x-(\d+)\)", " ".join(lines)))
        assert f"-{first + second}x+{first * second}" in " ".join(lines)


def test_pairs_of_equations_stand_under_one_brace_and_their_solution_under_another():
    for seed in range(20):
        lines = algebra.two_unknowns(generator(seed, 3))
        assert [line[0] for line in lines] == [algebra.OPENS, algebra.GOES_ON] * 2
        x, y = (int(line.split("=")[1]) for line in lines[2:])
        for line in lines[:2]:
            text = re.sub(r"(\d)([xy])", r"\1*\2", line[1:].split(" ")[0]).replace("=", "==")
            assert eval(text, {"__builtins__": {}}, {"x": x, "y": y}), lines
