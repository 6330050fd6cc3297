"""Sums and their workings are right."""

import re
from fractions import Fraction

from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts import calculations


def test_workings_hold():
    for seed in range(60):
        lines = calculations.working(generator(seed, 15))
        assert re.search(r"=(\d+)$", lines[-1])
        text = "".join(lines) if lines[-1].startswith("=") else lines[-1]
        if re.fullmatch(r"[\d×÷+-]+=\d+", text):
            left, right = text.replace("×", "*").replace("÷", "//").split("=")
            assert eval(left) == int(right)  # digits and signs alone
        else:
            (letter,) = set(re.findall("[a-z]", text))
            value = int(text.split("=")[1])
            for line in lines:
                left, right = re.sub(rf"(\d){letter}", rf"\1*{letter}", line).split("=")
                assert eval(left, {letter: value}) == eval(right)


def test_every_line_of_a_sum_with_fractions_has_the_same_value():
    seen = set()
    for seed in range(80):
        lines = calculations.fraction_working(generator(seed, 15))
        terms = re.sub(r"(\d+)⁄(\d+)", r"Fraction(\1, \2)", "\n".join(lines))
        values = {
            eval(line.lstrip("=").replace("×", "*"), {"Fraction": Fraction}) for line in terms.split("\n")
        }
        assert len(values) == 1, lines
        seen |= values
    assert len(seen) > 40 and min(seen) < 0 < max(seen)


def test_terms_come_to_a_whole_number_that_is_not_below_zero():
    kinds = set()
    for seed in range(100):
        terms, result = calculations.exact_terms(generator(seed, 19))
        total = Fraction(0)
        for sign, factor, kind, above, below in terms:
            value = {"fraction": Fraction(above, below), "power": Fraction(above**below)}.get(kind)
            root = Fraction(round(above**0.5))
            value = root if value is None else value
            assert kind != "root" or root * root == above
            total += factor * value * (-1 if sign == "-" else 1)
            kinds.add(kind)
        assert total == result >= 0 and terms[0].sign == "+"
    assert kinds == {"fraction", "power", "root"}


def test_what_solves_two_equations_solves_no_other_pair():
    for seed in range(200):
        lines, x, y = calculations.system(generator(seed, 22))
        rows = []
        for line in lines:
            a, sign, b, total = re.fullmatch(r"(\d*)x([+-])(\d*)y=(-?\d+)", line).groups()
            a, b = int(a or 1), int(b or 1) * (1 if sign == "+" else -1)
            assert a * x + b * y == int(total)
            rows.append((a, b))
        assert rows[0][0] * rows[1][1] != rows[0][1] * rows[1][0]


def test_pupils_get_wrong_what_is_near_and_seldom_what_is_easy():
    got = {
        right: {calculations.miscounted(generator(seed, 9), right) for seed in range(200)}
        for right in range(150)
    }
    assert all(right not in wrong and min(wrong) >= min(1, right) for right, wrong in got.items())
    assert got[5] == {3, 4, 6, 7} and got[0] == {1, 2}
    assert {38, 36, 27, 47, 73} == got[37], "one off, ten off, or turned round"
    assert {49, 63, 48, 64, 55, 57, 46, 66} <= got[56] and 94 not in got[56]
    assert 66 in got[99] and max(got[99]) < 111 and 41 not in got[14]
    eases = [calculations.difficulty(answer) for answer in ("1", "9", "20", "60", "144", "a")]
    assert eases == sorted(eases) and eases[0] == 0.08 and eases[2] == 0.2 and eases[3:] == [1, 1, 1]


def test_what_pupils_get_who_are_nearly_right_is_a_slip_that_can_be_named():
    slips = {
        "-5": {"5"},
        "30 cm": {"30"},
        "24小时": {"24"},
        "17.76": {"1776", "177.6", "17.77"},
        "3/4": {"4/3"},
        "2/5": {"5/2", "3/5"},
        "5x+4": {"5x-4"},
        "9:00": {"10:00", "9:10"},
        "3041, 3104, 3410": {"3104, 3041, 3410", "3041, 3410, 3104"},
        "O2": {"O1", "O3"},
    }
    for right, wrong in slips.items():
        assert {calculations.slipped(generator(seed, 3), right) for seed in range(40)} == wrong
