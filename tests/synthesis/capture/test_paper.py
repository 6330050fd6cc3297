"""Paper: what lies on it stays within what paper reflects, and in its place."""

import cv2
import numpy as np
import pytest

from restorekit.synthesis.capture import paper
from restorekit.synthesis.pages import generator


@pytest.mark.parametrize("seed", range(20))
def test_paper_reflects_between_nothing_and_everything(seed):
    sheet = paper.make_paper(generator(seed, 41), 120, 90)
    assert sheet.shape == (120, 90, 3) and sheet.dtype == np.float32
    assert sheet.min() >= 0 and sheet.max() <= 1
    assert np.median(sheet) > 0.6


def test_white_paper_is_bluish_or_yellowish_not_pink_or_teal(monkeypatch):
    monkeypatch.setattr(paper, "TONES", {"white": paper.TONES["white"]})
    tones = 255 * np.array(
        [np.median(paper.make_paper(generator(seed, 44), 60, 40), (0, 1)) for seed in range(60)]
    )
    assert np.abs(tones[:, 1] - tones[:, [0, 2]].mean(1)).max() < 2.5
    assert np.ptp(tones[:, 0] - tones[:, 2]) > 3


def test_the_grain_of_paper_is_fine():
    coarser = []
    for seed in range(30):
        sheet = paper.make_paper(generator(seed, 46), 700, 1240, stationery=True)[..., 1]
        near, far = (cv2.GaussianBlur(sheet, (0, 0), wide) for wide in (1, 3))
        coarser.append(np.median(np.abs(near - far)) / np.median(np.abs(sheet - near)))
    assert 0.5 < np.median(coarser) < 1 and max(coarser) < 1.8, "no blots of half a millimetre"


def test_the_grain_of_rough_paper_is_seen_and_runs_one_way(monkeypatch):
    monkeypatch.setattr(paper, "ROUGH", 1.0)
    sheets = [paper._grain(generator(seed, 47), 700, 600, smooth=True) for seed in range(12)]
    assert min(one.std() for one in sheets) > 0.003 and max(one.std() for one in sheets) < 0.013
    ways = [np.diff(one, axis=0).std() / np.diff(one, axis=1).std() for one in sheets]
    assert min(ways) < 0.7 and max(ways) > 1.4


@pytest.mark.parametrize("crushed", [0.0, 1.0])
def test_creases_shade_paper_here_and_there_alone(monkeypatch, crushed):
    monkeypatch.setattr(paper, "CRUSHED", crushed)
    shades = [paper._creases(generator(seed, 45), 280, 200) for seed in range(20)]
    for shade in shades:
        assert shade.shape == (280, 200) and shade.min() > 0.3 and shade.max() < 1.5
        assert 0.96 < np.median(shade) < 1.04
    assert np.median([np.ptp(shade) for shade in shades]) > 0.006
    flat = [(np.abs(shade - 1) < 0.003).mean() for shade in shades]
    assert (np.median(flat) > 0.9) == (not crushed), "folds leave most of a page as it was"


def test_drops_darken_most_along_their_edge_and_blue_most_of_all():
    drops = paper._drops(generator(6, 42), 300, 300)
    assert drops.max() == 1 and 0.3 < drops.min() < 0.95
    darkened = (1 - drops).reshape(-1, 3).sum(0)
    assert darkened[2] > darkened[1] > darkened[0] > 0
    assert (drops[..., 2] > 0.999).mean() > 0.3  # a few drops, not a flood


@pytest.mark.parametrize("cup", [False, True])
def test_what_has_dried_is_nearly_round_with_an_uneven_rim_that_is_darkest_outside(cup):
    down, across = (one.astype(np.float32) for one in np.mgrid[-120:120, -120:120])
    far, turn = np.hypot(down, across), np.arctan2(down, across)
    missing = []
    for seed in range(20):
        depth = paper._dried(generator(seed, 51), down, across, 100.0, 3.0, cup)
        assert min(depth.min(), 1 - depth.max()) >= 0 and not depth[far > 112].any()
        rows, columns = np.nonzero(depth > 0.3 * depth.max())
        edge = [
            far[rows, columns][np.abs(turn[rows, columns] - a) < 0.1].max(initial=0) for a in range(-3, 4)
        ]
        seen = np.array([one for one in edge if one > 80])
        assert len(seen) and np.ptp(seen) < 12, "no polygon"
        rim = [
            depth[(np.abs(far - 99) < 5) & (np.abs(turn - a) < 0.05)].mean() for a in np.arange(-3, 3, 0.2)
        ]
        assert np.ptp(rim) > 0.08
        missing.append(np.mean(np.array(rim) < 0.1))
        outer, inner = (depth[(far > low) & (far < low + 4)].mean() for low in (96, 84))
        assert outer > inner
    assert (max(missing) > 0.25) == cup, "a cup does not touch everywhere"


def test_all_rings_of_cups_on_a_page_are_of_one_size(monkeypatch):
    seen = []
    monkeypatch.setattr(
        paper,
        "_dried",
        lambda _, down, across, radius, __, cup: seen.append((radius, cup)) or 0 * down * across,
    )
    for seed in range(30):
        seen.clear()
        paper._drops(generator(seed, 54), 600, 420)
        assert len({radius for radius, cup in seen if cup}) <= 1


def test_stationery_is_white(monkeypatch):
    monkeypatch.setattr(paper, "TONES", {"white": paper.TONES["white"], "blue": ((0, 0, 200), 8, 1e6)})
    for seed in range(20):
        assert np.median(paper.make_paper(generator(seed, 46), 40, 30, stationery=True)) > 0.9
    assert np.median(paper.make_paper(generator(0, 46), 40, 30)[..., 0]) < 0.2
