"""Letters keep their shape in every hand."""

import numpy as np
import pytest

from restorekit.synthesis.letters import FORMS, OTHERWISE, STROKES, letter


@pytest.mark.parametrize("character", list(STROKES))
def test_every_letter_keeps_its_shape_with_every_writer(character):
    for style in range(20):
        strokes, advance = letter(character, style // FORMS, style % FORMS)
        assert strokes
        assert all(len(stroke) >= 2 for stroke in strokes)
        points = np.concatenate(strokes)
        assert -0.2 < points[:, 0].min() < points[:, 0].max() < advance < 1.2
        assert -1.3 < points[:, 1].min() < points[:, 1].max() < 0.6


def test_a_writer_forms_a_letter_in_a_few_ways_and_leaves_accents_out():
    first, second = letter("g", 3), letter("g", 3)
    assert all(np.array_equal(a, b) for a, b in zip(first[0], second[0], strict=True))
    nearby = np.abs(np.concatenate(letter("g", 3, 1)[0]) - np.concatenate(first[0])).max()
    assert 0 < nearby < np.abs(np.concatenate(letter("g", 4)[0]) - np.concatenate(first[0])).max()
    assert letter("é", 3)[1] == letter("e", 3)[1]
    assert not np.array_equal(letter("g", 4)[0][0], first[0][0])
    assert letter("中", 0) == ((), 0.0)


@pytest.mark.parametrize("character", list(OTHERWISE))
def test_every_other_writer_forms_some_figures_otherwise(character):
    shapes = [[len(stroke) for stroke in letter(character, style)[0]] for style in range(6)]
    assert shapes[0] == shapes[2] == shapes[4] != shapes[1]
    assert shapes[1] == shapes[3] == shapes[5]
