"""Line art of school books."""

import numpy as np
import pytest

from restorekit.synthesis.icons import THINGS
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import line_art
from restorekit.synthesis.printing.sheets import new_sheet


@pytest.mark.parametrize("art", ["", "solid", "shaded", "hatched"])
def test_things_beside_each_other_are_of_one_kind_and_no_two_are_alike(monkeypatch, art):
    among = []
    real = line_art.draw_icon
    monkeypatch.setattr(line_art, "draw_icon", lambda rng, side, of: among.append(*of) or real(rng, side, of))
    sheet = new_sheet(generator(0, 16), 100, 100, "en")
    sheet.plan = sheet.plan._replace(art=art)
    kinds, drawn = set(), 0
    for seed in range(60):
        among.clear()
        things = line_art.drawings(sheet, generator(seed, 4), 30, 3)
        assert all(len(np.unique(thing)) > 8 for thing in things), "lines have grey edges"
        assert len({thing.tobytes() for thing in things}) == 3 and {one.size for one in things} == {(30, 30)}
        own = {kind for kind, numbers in THINGS.items() if set(among) <= set(numbers)}
        assert len(own) == 1 and len(set(among)) == len(among) >= 2
        kinds |= own
        drawn += 3 - len(among)
    assert kinds == set(THINGS) and (drawn > 3) == (art != "solid")
    line_art.drawings(sheet, generator(1, 4), 30, 2, "fruit")
    assert set(among[-2:]) <= set(THINGS["fruit"])


def test_lines_are_heavier_away_from_the_light_and_finer_within():
    disc = np.hypot(*(np.mgrid[:120, :120] - 60)) < 50
    hole = np.hypot(*(np.mgrid[:120, :120] - 60)) < 20
    lines = line_art._contours(np.where(disc & ~hole, 255, 0).astype(np.uint8), 8) > 127
    along = np.diagonal(lines).astype(int)  # from the upper left to the lower right
    starts, ends = (np.nonzero(np.diff(along) == step)[0] for step in (1, -1))
    upper, first, second, lower = (ends - starts).tolist()
    assert first < upper < lower and second < upper


@pytest.mark.parametrize("tone", [line_art._shade, lambda icon: line_art._hatch(icon, 6)])
def test_a_thing_is_dark_on_the_side_away_from_the_light_and_nowhere_beside_it(tone):
    disc = np.where(np.hypot(*(np.mgrid[:120, :120] - 60)) < 50, 255, 0).astype(np.uint8)
    made = tone(disc)
    assert not made[disc == 0].any()
    down, across = np.mgrid[:120, :120]
    lower = down + across > 120
    assert made[lower].sum(dtype=int) > 1.5 * made[~lower].sum(dtype=int)
