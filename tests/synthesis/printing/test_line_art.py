"""Line art of school books."""

import numpy as np
import pytest

from restorekit.synthesis.icons import THINGS
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import line_art
from restorekit.synthesis.printing.sheets import new_sheet


@pytest.mark.parametrize("art", ["", "solid"])
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
    assert kinds == set(THINGS) and (drawn > 3) == (art == "")
    line_art.drawings(sheet, generator(1, 4), 30, 2, "fruit")
    assert set(among[-2:]) <= set(THINGS["fruit"])
