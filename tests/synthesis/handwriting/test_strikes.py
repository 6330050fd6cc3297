"""What is struck out, and how."""

from collections import Counter

import numpy as np
import pytest

from restorekit.synthesis.handwriting import strikes
from restorekit.synthesis.pages import generator

WORD, FIGURE = (60.0, 60.0, 160.0, 90.0), (90.0, 60.0, 106.0, 90.0)


@pytest.mark.parametrize("way", strikes.WAYS)
@pytest.mark.parametrize("box", [WORD, FIGURE])
def test_what_is_struck_out_has_ink_through_it_and_little_around_it(monkeypatch, way, box):
    monkeypatch.setattr(strikes, "WAYS", {way: 1.0})
    strikes.own_way.cache_clear()
    left, top, right, bottom = map(int, box)
    for seed in range(12):
        canvas = np.zeros((150, 220), np.uint8)
        strikes.strike_out(canvas, generator(seed, 26), box, 3.0, seed)
        inked = canvas > 127
        assert inked[top:bottom, left:right].mean() > 0.03
        assert inked[: top - 20].sum() + inked[bottom + 20 :].sum() == 0
    strikes.own_way.cache_clear()


def test_a_writer_strikes_out_in_one_way_mostly_and_others_in_others(monkeypatch):
    drawn = []
    for way in strikes.WAYS:
        monkeypatch.setitem(strikes.DRAWN, way, lambda *_, way=way: drawn.append(way))
    shares, ways = [], set()
    for style in range(40):
        drawn.clear()
        for seed in range(30):
            strikes.strike_out(np.zeros((9, 9), np.uint8), generator(seed, style), WORD, 3.0, style)
        way, count = Counter(drawn).most_common(1)[0]
        shares.append(count / 30)
        ways.add(way)
    assert ways == set(strikes.WAYS) and np.mean(shares) > strikes.KEEPS


def test_what_is_blackened_cannot_be_read():
    cover = np.zeros((150, 220), np.uint8)
    strikes.DRAWN["black"](cover, generator(3, 26), WORD, 3.0)
    loose = np.zeros((150, 220), np.uint8)
    strikes.DRAWN["line"](loose, generator(3, 26), WORD, 3.0)
    inside = slice(65, 85), slice(70, 150)
    assert (cover[inside] > 127).mean() > 0.6 > 0.3 > (loose[inside] > 127).mean()


def test_some_writers_write_over_what_is_wrong_and_most_do_not():
    shares = [
        np.mean([strikes.writes_over(generator(seed, style), style) for seed in range(40)])
        for style in range(60)
    ]
    assert 0.2 < np.mean(np.array(shares) > 0.5) < 0.55
    assert np.mean([share for share in shares if share < 0.5]) == pytest.approx(strikes.SELDOM, abs=0.05)


def test_letters_that_are_blackened_are_no_two_alike_and_hardly_seen():
    box, shapes = (90.0, 60.0, 112.0, 90.0), []
    for seed in range(40):
        canvas = np.zeros((150, 200), np.uint8)
        strikes.blacken(canvas, generator(seed, 27), box, 3.5)
        inked = canvas > 127
        assert inked[: 60 - 14].sum() + inked[90 + 14 :].sum() + inked[:, : 90 - 16].sum() < 20
        shapes.append(inked[50:100, 80:122])
    covered = np.array([shape[10:40, 10:32].mean() for shape in shapes])
    assert np.median(covered) > 0.7 and covered.std() > 0.05
    alike = [(one & two).sum() / (one | two).sum() for one, two in zip(shapes, shapes[1:], strict=False)]
    assert np.median(alike) < 0.75
