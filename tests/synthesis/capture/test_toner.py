"""Print: it fades by what a machine does to all of a page, and never so far that it is lost."""

import cv2
import numpy as np
import pytest

from restorekit.synthesis.capture import toner
from restorekit.synthesis.pages import generator


def aged(rng, print_):
    return toner.age_print(print_, toner.new_press(rng, *print_.shape[:2]))


def test_bands_come_back_with_each_turn_of_the_drum_and_cross_the_page():
    for seed in range(20):
        bands = toner._bands(generator(seed, 47), 1188, 840)  # 4 pixels a millimetre
        assert bands.shape == (1188, 1) and 0.49 <= bands.min() < 0.9 and bands.max() <= 1
        assert np.abs(np.diff(bands[:, 0])).max() < 0.03, "no word fades beside another"
        low = np.nonzero((bands[1:-1] < bands[:-2]) & (bands[1:-1] <= bands[2:]) & (bands[1:-1] < 0.9))[0]
        assert len(low) >= 3 and np.ptp(np.diff(low)) <= 1 and 4 * 75 <= np.diff(low)[0] <= 4 * 95 + 1


def test_a_cartridge_that_runs_out_prints_paler_from_head_to_foot():
    for seed in range(20):
        left = toner._runs_out(generator(seed, 47), 300, 200)
        assert left.shape == (1, 200) and 0.5 <= left.min() < 0.86 and left.max() <= 1
        assert np.abs(np.diff(left)).max() < 0.03


def test_print_that_fades_towards_one_side_never_grows_stronger_that_way():
    for seed in range(20):
        fade = toner._one_sided(generator(seed, 48), 90, 70)
        assert fade.shape in ((90, 1), (1, 70))
        steps = np.diff(fade.ravel())
        assert (steps <= 0).all() or (steps >= 0).all()
        assert 0.5 <= fade.min() <= 0.85 and fade.max() == 1


def test_print_is_nowhere_paler_at_large_than_what_is_still_handed_out(monkeypatch):
    for name in ("_streaks", "_worn_folds"):
        monkeypatch.setattr(toner, name, lambda *_: np.float32(1))
    for seed in range(150):
        wide = cv2.blur(toner.print_strength(generator(seed, 55), 120, 90), (31, 31))
        assert wide.min() > 0.6 * toner.PALEST and np.median(wide) > 0.9 * toner.PALEST


def test_no_stroke_is_evenly_black_and_words_differ_a_little():
    strokes, words = [], []
    for seed in range(60):
        left = toner._grain(generator(seed, 56), 594, 420)
        coarse = cv2.blur(left, (21, 21))[::21, ::21]
        assert left.min() >= 0.4 and left.max() <= 1 and coarse.mean() > 0.85
        strokes.append((left - cv2.blur(left, (21, 21))).std())
        words.append(coarse.std())
    assert min(strokes) > 0.01 and np.median(strokes) > 0.02, "grain in all strokes of all pages"
    assert np.median(words) > 0.01 and max(words) < 0.08


def test_print_that_comes_and_goes_within_a_line_is_rare():
    rows = [cv2.blur(toner.print_strength(generator(seed, 49), 40, 620), (9, 9))[20] for seed in range(300)]
    uneven = [np.ptp(row) > 0.3 for row in rows]
    assert 0.01 < np.mean(uneven) < 0.12


def test_grain_breaks_no_rule_and_few_pages_fade():
    rule = np.full((40, 620, 3), 255, np.uint8)
    rule[20] = 0
    contrasts = [cv2.blur(1 - aged(generator(seed, 49), rule)[20:21, :, 0], (5, 1)) for seed in range(200)]
    worn = [one.min() / one.max() for one in contrasts]
    assert 0.005 < np.mean(np.array(worn) < 0.6) < 0.1 and np.median(worn) > 0.75
    bare = [toner._grain(generator(seed, 60), 200, 620).min() for seed in range(60)]
    assert min(bare) >= 0.7 * 0.7, "what is left shows at arm's length"


def test_streaks_run_along_the_page_and_between_them_print_is_whole():
    for seed in range(20):
        left = toner._streaks(generator(seed, 52), 600, 420)
        assert left.shape == (1, 420) and 0.05 <= left.min() < 0.9 and left.max() == 1
        assert 0.97 < (left == 1).mean() < 1


def test_print_flakes_off_folds_alone():
    for seed in range(20):
        left = toner._worn_folds(generator(seed, 53), 600, 420)
        across, upright = ((left < 1).any(1 - axis).mean() for axis in (0, 1))
        assert left.min() < 0.3
        assert min(across, upright) < 0.05 and max(across, upright) > 0.5, (
            "one or two lines from edge to edge"
        )


def test_worn_print_keeps_its_thinnest_lines():
    rule = np.full((40, 310, 3), 255, np.uint8)
    rule[20] = 0
    assert min((1 - aged(generator(seed, 50), rule)).max() for seed in range(150)) > 0.08


def test_a_press_does_to_a_layer_of_ink_what_it_does_to_print():
    print_ = np.full((40, 60, 3), 255, np.uint8)
    print_[18:22, 5:55] = 0
    even = np.full((40, 60), 0.8, np.float32)
    for swell in (-0.4, 0.0, 0.4):
        press = toner.Press(swell, even)
        ink = toner.age_print(print_.astype(np.float32) / 255, press)
        assert np.allclose(toner.age_print(print_, press), ink, atol=0.003)
        wide = (1 - ink[:, 30, 0]).sum() / 0.8  # rows of ink
        assert wide == pytest.approx(4 + swell, abs=0.01), "it runs, or is worn thin"


def test_most_print_is_as_strong_as_ink_beside_it_and_none_far_paler():
    fades = [np.median(toner.new_press(generator(seed, 48), 60, 60).strength) for seed in range(200)]
    assert np.mean(np.array(fades) > 0.88) > 0.85 and min(fades) > 0.5
