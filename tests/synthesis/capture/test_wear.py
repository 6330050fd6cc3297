"""What use leaves on a page here and there."""

import cv2
import numpy as np
import pytest

from restorekit.synthesis.capture import dust, wear
from restorekit.synthesis.pages import generator

WHITE = 0.9


def worn(name, seed, height=877, width=620):
    paper = np.full((height, width, 3), WHITE, np.float32)
    wear.WAYS[name](generator(seed, 5), paper)
    return paper


@pytest.mark.parametrize("name", wear.WAYS)
def test_use_shows_in_some_places_and_leaves_the_rest_as_it_was(name):
    touched = []
    for seed in range(8):
        paper = worn(name, seed)
        assert paper.dtype == np.float32 and paper.min() >= 0 and paper.max() < 1
        assert np.array_equal(paper, worn(name, seed))
        touched.append((np.abs(paper - WHITE).max(-1) > 0.004).mean())
    assert max(touched) > 1e-4
    assert max(touched) < 0.5 and np.median(touched) < 0.2


def test_staples_are_in_the_upper_left_corner_and_creases_about_them():
    creased = 0
    for seed in range(20):
        lost = np.abs(worn("stapled", seed) - WHITE).max(-1)
        rows, columns = np.nonzero(lost > 0.2)
        assert len(rows) and rows.max() < 80 and columns.max() < 80
        assert not lost[200:].any() and not lost[:, 200:].any()
        creased += lost[:200, :200].mean() > 0.003
    assert 5 < creased < 18


def test_a_mark_on_a_drum_comes_again_with_each_turn(monkeypatch):
    marks = []
    monkeypatch.setattr(dust, "_specks", lambda _, __, places, *___: marks.append(places))
    for seed in range(30):
        marks.clear()
        dust.toner(generator(seed, 64), np.ones((1754, 1240, 3), np.float32))
        for across, down in (mark.T for mark in marks[1:]):
            assert np.ptp(across) < 10 and np.ptp(np.diff(down)) < 1e-6
            assert 63 <= np.diff(down)[0] * 210 / 1240 <= 95 and len(down) >= 3


def test_smudges_are_faint_and_have_no_edges():
    for name in ("rubbed", "dragged"):
        for seed in range(12):
            lost = cv2.GaussianBlur(WHITE - worn(name, seed)[..., 0], (0, 0), 3)
            assert 0.002 < lost.max() < 0.4
            steps = max(np.abs(np.diff(lost, axis=axis)).max() for axis in (0, 1))
            assert steps < 0.2 * lost.max() + 1e-3


def test_dust_is_denser_somewhere_and_is_of_specks():
    shares = []
    for seed in range(12):
        specks = np.abs(worn("dusty", seed) - WHITE).max(-1) > 0.05
        assert specks.mean() < 0.01
        parts = np.array(
            [[part.mean() for part in np.array_split(row, 3, 1)] for row in np.array_split(specks, 3)]
        )
        shares.append(parts.max() / max(parts.sum(), 1e-9))
    assert np.median(shares) > 2 / 9


def test_dust_is_of_unlike_sizes_and_most_of_it_is_pale():
    sizes, depths = [], []
    for seed in range(12):
        lost = 1 - worn("dusty", seed, 1754, 1240)[..., 0] / WHITE
        _, labels, stats, _ = cv2.connectedComponentsWithStats((lost > 0.02).astype(np.uint8))
        sizes += stats[1:, cv2.CC_STAT_AREA].tolist()
        depths += [float(lost[labels == one].max()) for one in range(1, min(len(stats), 40))]
    assert np.quantile(sizes, 0.9) > 4 * np.quantile(sizes, 0.2)
    assert np.median(depths) < 0.25 and max(depths) > 0.4


def test_most_pages_are_used_and_some_are_not(monkeypatch):
    kept = []
    for seed in range(60):
        paper = np.full((88, 62, 3), WHITE, np.float32)
        wear.wear(generator(seed, 6), paper)
        kept.append(bool((paper == np.float32(WHITE)).all()))
    assert 0.1 < np.mean(kept) < 0.5


def test_leaves_that_are_bound_are_not_stapled(monkeypatch):
    monkeypatch.setattr(wear, "CHANCES", {"stapled": 1.0})
    for bound in (False, True):
        paper = np.full((88, 62, 3), WHITE, np.float32)
        wear.wear(generator(1, 6), paper, bound=bound)
        assert (paper == np.float32(WHITE)).all() == bound


@pytest.mark.parametrize("size", [(64, 64), (64, 900), (900, 64)])
def test_pages_of_any_size_are_used(size):
    for name in wear.WAYS:
        for seed in range(6):
            assert np.isfinite(worn(name, seed, *size)).all()


def test_hairs_are_of_many_looks_and_paler_at_their_ends():
    longs, darks, wides = [], [], []
    for seed in range(60):
        paper = np.ones((600, 420, 3), np.float32)
        dust.hair(generator(seed, 63), paper, 4.0)
        lost = 1 - paper[..., 0]
        assert lost.max() < 0.55
        if (lost > 0.01).any():
            rows, columns = np.nonzero(lost > 0.01)
            longs.append(np.hypot(np.ptp(rows), np.ptp(columns)))
            darks.append(lost.max())
            wides.append((lost > 0.5 * lost.max()).sum() / max(longs[-1], 1))
    assert max(longs) > 60 and min(longs) < 15 and max(darks) > 0.2 and min(darks) < 0.05
    assert max(wides) > 2 * min(wides), "some are out of focus"
