"""Line art of school books."""

from restorekit.synthesis.icons import THINGS
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import line_art
from restorekit.synthesis.printing.sheets import new_sheet


def test_icons_show_things_and_none_is_a_sign(monkeypatch):
    among = []
    real = line_art.draw_icon
    monkeypatch.setattr(line_art, "draw_icon", lambda rng, side, of: among.append(of) or real(rng, side, of))
    sheet = new_sheet(generator(0, 16), 100, 100, "en")
    for seed in range(20):
        line_art._icon(sheet, generator(seed, 4), 24)
    assert len(among) == 20 and all(of is THINGS for of in among)
