"""Formulas by hand."""

import re

import numpy as np

from restorekit.synthesis.handwriting import formulas
from restorekit.synthesis.handwriting.formulas import formula, tall, with_indices, write_formula
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.letters import letter
from restorekit.synthesis.handwriting.pens import writing_pen
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import new_sheet


def writer(seed: int = 1) -> Writer:
    rng = generator(seed, 20)
    hand = new_hand(rng, "en")._replace(ink=None, climb=0.0, sit=0.0, slant=0.0, western="")
    layer = Layer(writing_pen(rng), np.zeros((200, 600), np.uint8))
    return Writer(rng, new_sheet(rng, 200, 600, "en"), hand, layer, 40.0)


def inked(text: str, seed: int = 1) -> tuple[np.ndarray, float]:
    """The rows that hold ink of a formula on row 100, and where it ends."""
    by = writer(seed)
    end = write_formula(by, text, 50, 100)
    return np.flatnonzero((by.canvas > 127).any(1)), end


def test_raised_and_lowered_characters_stand_above_and_below_the_line():
    usual, high, low = ([inked(text, seed)[0] for seed in range(8)] for text in ("x", "x^2", "x_2"))
    assert np.mean([rows.min() for rows in high]) < np.mean([rows.min() for rows in usual]) - 12
    assert np.mean([rows.max() for rows in high]) < np.mean([rows.max() for rows in usual]) + 2
    assert np.mean([rows.max() for rows in low]) > np.mean([rows.max() for rows in usual]) + 4


def test_a_fraction_has_one_number_above_the_other():
    for seed in range(6):
        by = writer(seed)
        end = write_formula(by, "[1|2]", 50, 100)
        part = by.canvas[:, 50 : int(end)] > 127
        assert part[60:84].any() and part[92:125].any()
        assert part[83:93].any(0).mean() > 0.6, "a bar at half the height of a letter, level or nearly so"


def test_a_group_is_one():
    assert formulas._group("x^{a+1}=2", 2) == ("a+1", 7)
    assert formulas._group("x^2", 2) == ("2", 3)
    assert formulas._halves("b±√{b^2}|2a") == ("b±√{b^2}", "2a")


def test_the_ends_of_formulas_tell_how_long_they_are():
    for text in ("√{x·x}", "Σ_{i=1}^n x_i", "a=[b|c]", "2H_2+O_2→2H_2O"):
        by = writer()
        end = write_formula(by, text, 50, 100)
        columns = np.flatnonzero((by.canvas > 127).any(0))
        assert abs(columns.max() - end) < 25 and 40 < columns.min() < 62


def test_what_is_worked_out_is_right():
    seen = "\n".join(formula(generator(seed, 21)) for seed in range(600)).replace(" ", "")
    sums = re.findall(r"^\[(\d+)\|(\d+)\]\+\[(\d+)\|\2\]=\[(\d+)\|\2\]$", seen, re.M)
    solved = re.findall(r"^(\d+)([a-z])\+(\d+)=(\d+)⇒\2=(\d+)$", seen, re.M)
    roots = re.findall(r"^√\{(\d+)\}=(\d+)$", seen, re.M)
    assert sums and solved and roots
    assert all(int(a) + int(b) == int(total) for a, _, b, total in sums)
    assert all(int(a) * int(x) + int(b) == int(total) for a, _, b, total, x in solved)
    assert all(int(x) ** 2 == int(square) for square, x in roots)


def test_all_formulas_are_whole_and_can_be_written():
    seen = {formula(generator(seed, 21)) for seed in range(400)}
    assert len(seen) > 150 and any(map(tall, seen)) and not all(map(tall, seen))
    for text in seen:
        for opens, closes in ("{}", "[]"):
            assert text.count(opens) == text.count(closes)
        assert not any(
            name in text for name in ("{x}", "{y}", "{n}", "{m}", "{k}", "{p}", "{s}", "{q}", "{w}")
        )
        for sign in set(text) - set("^_[](){}|√ "):
            assert sign in formulas.SIGNS or letter(sign, 1)[0], sign


def test_tall_hands_keep_clear_of_bars():
    clear = 0
    for place in range(20):
        by = writer(place)
        by.hand = by.hand._replace(stretch=(0.9, 1.4)[place % 2])
        write_formula(by, "[1|1]", 50, 100)
        below = np.flatnonzero(by.canvas.max(1) >= 90)
        clear += len(np.flatnonzero(np.diff(below) > 1)) == 2  # a number, a bar, a number, paper between
    assert clear > 10


def test_numbers_of_quantities_and_of_atoms_are_written_low_and_others_are_not():
    assert with_indices("I1=12V÷20Ω=0.6A") == "I_1=12V÷20Ω=0.6A"
    assert with_indices("R=R1+R2=6Ω+12Ω") == "R=R_1+R_2=6Ω+12Ω"
    assert [with_indices(text) for text in ("3H2O", "CO2", "O2")] == ["3H_{2}O", "CO_{2}", "O_{2}"]
    for text in ("A4", "ABC", "Ann", "2x2", "5m2", "x=3", "B", "July 2019"):
        assert with_indices(text) == text
