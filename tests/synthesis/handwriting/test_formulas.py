"""Formulas by hand."""

import cv2
import numpy as np

from restorekit.synthesis.handwriting import formulas
from restorekit.synthesis.handwriting.formulas import with_indices, write_formula, write_working
from restorekit.synthesis.handwriting.hands import new_hand
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


def test_fractions_of_workings_stand_one_number_above_the_other():
    for seed in range(12):
        by = writer(seed)
        end = write_working(by, "3⁄4", 100, 100)
        part = by.canvas[:, 90 : int(end) + 10] > 127
        assert end > 110
        assert part[:76].any() and part[102:].any()
        assert part[82:95].any(0).mean() > 0.35, "a bar at half the height of a letter"


def test_the_parts_of_a_sum_keep_clear_of_each_other():
    """Leaning letters and long bars: every sign, number and fraction has paper around it."""
    for seed in range(12):
        by = writer(seed)
        by.hand = by.hand._replace(slant=(0.5, -0.4)[seed % 2], stretch=1.2)
        write_formula(by, "[0|0]→[0|0]→0", 40, 100)
        count, _ = cv2.connectedComponents((by.canvas > 127).view(np.uint8))
        assert count - 1 >= 9, "two fractions of three strokes each, two signs, a figure"


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


def test_tall_hands_keep_clear_of_bars():
    clear = 0
    for place in range(20):
        by = writer(place)
        by.hand = by.hand._replace(stretch=(0.9, 1.4)[place % 2])
        write_formula(by, "[1|1]", 50, 100)
        below = np.flatnonzero(by.canvas.max(1) >= 90)
        clear += len(np.flatnonzero(np.diff(below) > 1)) == 2  # a number, a bar, a number, paper between
    assert clear > 15


def test_numbers_of_quantities_and_of_atoms_are_written_low_and_others_are_not():
    assert with_indices("I1=12V÷20Ω=0.6A") == "I_1=12V÷20Ω=0.6A"
    assert with_indices("R=R1+R2=6Ω+12Ω") == "R=R_1+R_2=6Ω+12Ω"
    assert [with_indices(text) for text in ("3H2O", "CO2", "O2")] == ["3H_{2}O", "CO_{2}", "O_{2}"]
    for text in ("A4", "ABC", "Ann", "2x2", "5m2", "x=3", "B", "July 2019"):
        assert with_indices(text) == text
