"""Sheets to learn to write on: what is traced is print, and what goes on is asked for."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import tracing
from restorekit.synthesis.printing.sheets import new_sheet


def traced(seed, language):
    sheet = new_sheet(generator(seed, 21), 877, 620, language, unit=16)
    tracing.tracing(sheet, generator(seed, 22))
    return sheet


@pytest.mark.parametrize("language", ["en", "ru", "el", "de"])
def test_rows_go_on_with_the_word_they_begin_with(language):
    for seed in range(3):
        lines = [slot for slot in traced(seed, language).slots if slot.kind == "line"]
        assert len(lines) > 4
        for slot in lines:
            said = slot.hint.split(" ")
            assert len(said) >= 2 and len(set(said)) == 1
            assert slot.right - slot.left > 0.15 * 620


@pytest.mark.parametrize("language", ["zh", "ja", "ko"])
def test_a_row_of_squares_asks_for_one_character(language):
    for seed in range(3):
        rows = {}
        for slot in traced(seed, language).slots:
            if slot.kind == "cell":
                rows.setdefault(slot.top, set()).add(slot.hint)
        assert len(rows) > 4
        assert all(len(hints) == 1 and len(*hints) == 1 for hints in rows.values())


def test_dots_lie_within_strokes_and_apart_and_outlines_around_them():
    solid = np.zeros((90, 160), np.uint8)
    solid[40:50, 20:140] = 255
    dots = tracing.dotted(solid, 12)
    columns = np.flatnonzero(dots.max(0) > 127)
    runs = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    assert 8 <= len(runs) <= 11 and not dots[:38].any() and not dots[53:].any()
    outline = tracing.outlined(solid, 2)
    assert not outline[44:46, 22:138].any()
    assert outline[40, 20:140].all() and outline[49, 20:140].all()
