"""Characters of fonts as a hand draws them."""

import numpy as np
import pytest

from restorekit.synthesis.assets import load_font
from restorekit.synthesis.handwriting.faces import _redrawn, draw_glyph
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.lines import write_line
from restorekit.synthesis.pages import generator


def test_a_letter_of_a_font_never_comes_out_the_same_and_stays_in_its_place():
    hand = new_hand(generator(5, 23), "en")._replace(unrest=0.02, aspect=1.0)
    font = load_font("hand/la_kalam_400.ttf", 60)
    left, top, right, bottom = font.getbbox("k", anchor="ls")
    drawn = []
    for seed in range(12):
        printed = np.zeros((120, 120), np.uint8)
        draw_glyph(generator(seed, 24), hand, font, "k", printed, 40.0, 90.0)
        rows, columns = np.nonzero(printed > 127)
        assert columns.mean() == pytest.approx(40 + (left + right) / 2, abs=8)
        assert rows.max() == pytest.approx(90 + bottom, abs=6)
        drawn.append(printed.astype(float))
    for first, second in zip(drawn, drawn[1:], strict=False):
        assert np.abs(first - second).sum() > 0.1 * first.sum()


def test_strokes_run_elsewhere_each_time_but_for_a_hand_at_rest(monkeypatch):
    tile = np.zeros((80, 80), np.uint8)
    tile[10:70, 38:42] = 255
    middles = []
    for seed in range(20):
        drawn = _redrawn(generator(seed, 3), tile, np.eye(2, 3), 0.05).astype(float)
        middles.append((drawn * np.arange(80)).sum(1)[14:66] / drawn.sum(1)[14:66])
    assert np.ptp(middles, axis=1).max() > 1.5, "no straight stroke stays so"
    monkeypatch.setattr("restorekit.synthesis.handwriting.faces.BENT", 0.0)
    assert np.array_equal(_redrawn(generator(0, 3), tile, np.eye(2, 3), 0.05), tile)


def test_a_wide_hand_writes_every_letter_wider():
    font, wide = load_font("hand/la_kalam_400.ttf", 60), []
    for aspect in (0.8, 1.2):
        hand = new_hand(generator(5, 23), "en")._replace(unrest=0.0, aspect=aspect)
        printed = np.zeros((120, 160), np.uint8)
        draw_glyph(generator(1, 24), hand, font, "m", printed, 40.0, 90.0)
        wide.append(np.ptp(np.flatnonzero((printed > 127).any(0))))
    assert wide[1] / wide[0] == pytest.approx(1.5, abs=0.1)


def test_a_hand_leans_nearly_the_same_from_letter_to_letter():
    hand = new_hand(generator(5, 23), "en")._replace(unrest=0.04, aspect=1.0)
    font, slants = load_font("hand/la_kalam_400.ttf", 80), []
    for seed in range(40):
        printed = np.zeros((160, 160), np.uint8)
        draw_glyph(generator(seed, 24), hand, font, "l", printed, 60.0, 120.0)
        rows, columns = np.nonzero(printed > 127)
        slants.append(-np.polyfit(rows, columns, 1)[0])
    assert 0.01 < np.std(slants) < 0.052


def test_the_stems_of_two_letters_of_a_face_stay_two():
    for face in ("shadowsintolight", "waitingforthesunrise", "indieflower", "architectsdaughter"):
        hand = new_hand(generator(5, 23), "en")._replace(
            western=f"hand/la_{face}_400.ttf", ink=None, slant=0.0
        )
        for seed in range(10):
            coverage = write_line(generator(seed, 24), hand, "ll", 48, 3).coverage
            assert np.count_nonzero(np.diff(np.flatnonzero((coverage > 127).any(0))) > 1) == 1


def test_capitals_that_look_like_others_are_drawn_in_a_shape_of_their_own():
    def area(text, face):
        hand = new_hand(generator(5, 23), "en")._replace(western=face, ink=None)
        seeds = range(1, 13)
        return np.mean([(write_line(generator(n, 24), hand, text, 48, 3).coverage > 99).sum() for n in seeds])

    drawn = [area("F", face) for face in ("", "hand/la_homemadeapple_400.ttf")]
    assert drawn[1] == pytest.approx(drawn[0], rel=0.25)
