"""A sheet's rules, and where they are."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import signs
from restorekit.synthesis.printing.line_breaks import wrap
from restorekit.synthesis.printing.sheets import Ruling, new_sheet, put_text, text_width

LINED = Ruling(60, 660, 80, 850, 45)


def test_a_point_moves_onto_the_nearest_rules_that_there_are():
    assert LINED.nearest(101, 130) == (101, 125)
    assert LINED._replace(loose=True).nearest(101, 130) == (101, 130)
    squared = LINED._replace(pitch=40, square=20, column=7)
    assert squared.nearest(101, 132) == (107, 140)
    assert squared.nearest(1, 61) == (7, 60)


def test_a_page_with_a_title_begins_with_the_first_question():
    first = {True: set(), False: set()}
    for opened in first:
        for seed in range(30):
            sheet = new_sheet(generator(1, 1), 100, 100, "en", unit=16)
            sheet.opened = opened
            first[opened].add(sheet.next_question(generator(seed, 2)))
            assert sheet.next_question(generator(seed, 3)) == sheet.questions
    assert first[True] == {1} and len(first[False]) > 10


def test_no_line_begins_with_a_question_mark():
    kind = new_sheet(generator(3, 16), 100, 300, "fr", unit=20).body
    text = "Combien font 20% de 220 ?"
    for width in range(60, 400, 7):
        lines = wrap(text, kind, width, "fr")
        assert " ".join(lines) == text
        assert not any(line.startswith("?") for line in lines)


def test_the_first_line_of_a_paragraph_alone_is_shorter_by_its_indent():
    kind = new_sheet(generator(3, 16), 100, 300, "zh", unit=20).body
    text, each = "的一是中国" * 20, text_width("的", new_sheet(generator(3, 16), 9, 9, "zh", unit=20).body)
    lines = wrap(text, kind, 10.5 * each, "zh", 2 * each)
    assert [len(line) for line in lines] == [8, *[10] * 9, 2]


def test_a_stop_at_the_end_of_a_line_keeps_within_its_column():
    kind = new_sheet(generator(3, 16), 100, 300, "zh", unit=20).body
    for width in range(160, 300, 3):
        lines = wrap("的一是中，" * 20, kind, width, "zh")
        assert "".join(lines) == "的一是中，" * 20 and not any(line.startswith("，") for line in lines)
        for line in lines:
            assert text_width(line, kind) - 0.5 * kind.size * line.endswith("，") <= width


def test_figures_of_chemical_formulas_are_small_and_stand_low():
    sheet = new_sheet(generator(3, 16), 100, 400, "en", unit=40)
    end = put_text(sheet, 20, 50, "H2", sheet.body)
    assert end < 20 + text_width("H", sheet.body) + 0.8 * text_width("2", sheet.body)
    assert end == pytest.approx(20 + text_width("H2", sheet.body))
    letter, figure = 20 + text_width("H", sheet.body), end
    dark = np.asarray(sheet.image)[..., 0] < 128
    rows = np.nonzero(dark[:, round(letter) + 1 : round(figure)].any(1))[0]
    assert rows.max() > 51 and rows.max() - rows.min() < 0.8 * np.ptp(np.nonzero(dark[:, :40].any(1))[0])
    assert text_width("A2", sheet.body) == pytest.approx(
        text_width("A", sheet.body) + text_width("2", sheet.body), abs=1
    ), "no other letter's"
    path = sheet.body.path
    assert signs.runs("是CO2。", path)[:2] == ["是CO", "₂"] and signs.runs("CO2.", path) == ["CO", "₂", "."]
    assert signs.runs("H2.5", path) == ["H2.5"]
