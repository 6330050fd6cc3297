"""Light is even in a scan; in a photo it falls off, changes its colour and shows how the page bends."""

import numpy as np
import pytest

from restorekit.synthesis.capture import lighting
from restorekit.synthesis.capture.camera import take
from restorekit.synthesis.capture.shots import LOOKS, new_shot
from restorekit.synthesis.pages import generator


def test_light_is_even_in_a_scan_and_never_out():
    for seed in range(30):
        for look in LOOKS:
            light = lighting.light(generator(seed, 35), 64, 48, look)
            assert light.shape == (64, 48, 3) and light.dtype == np.float32
            assert 0.15 < light.min() <= light.max() < 1.6


def test_lights_are_bluish_or_yellowish_and_hardly_ever_green_or_magenta():
    tints = np.array([lighting._tint(generator(seed, 39), 1.0) for seed in range(400)])
    warmth, green = tints[:, 0] / tints[:, 2] - 1, tints[:, 1] - tints[:, [0, 2]].mean(1)
    assert np.abs(green).max() < 0.03
    assert 0 < np.median(warmth) < 0.05
    assert (np.abs(warmth) < 0.06).mean() > 0.7
    assert (warmth > 0.1).any()


def test_bends_shade_a_photo_and_an_app_evens_that_out():
    shade = np.ones((20, 16), np.float32)
    shade[:, 8:] = 0.7
    steps = {}
    for look in ("photo", "app"):
        flat, bent = (lighting.light(generator(4, 35), 160, 128, look, one) for one in (None, shade))
        share = bent / flat
        share /= share[:, :48].mean()  # cameras expose for all of a page
        assert np.allclose(share[:, :48], 1, atol=0.01)
        steps[look] = share[:, 80:].mean() ** 2.2
    assert steps["photo"] == pytest.approx(0.7, abs=0.02)
    assert steps["app"] == pytest.approx(0.91, abs=0.02)


def test_a_page_lit_half_as_much_is_three_quarters_as_bright_and_bright_on_the_whole():
    shade = np.ones((20, 16), np.float32)
    shade[:, 8:] = 0.5
    for seed in range(20):
        flat, bent = (lighting.light(generator(seed, 35), 160, 128, "photo", one) for one in (None, shade))
        assert 0.7 < bent.mean() < 0.97
        share = bent / flat
        assert share[:, 80:].mean() / share[:, :48].mean() == pytest.approx(0.5 ** (1 / 2.2), abs=0.02)


def test_light_changes_its_colour_across_a_photo():
    changes = []
    for look in ("photo", "scan"):
        lights = [lighting.light(generator(seed, 38), 64, 48, look) for seed in range(40)]
        changes.append(max(np.ptp(light[..., 0] / light[..., 2]) for light in lights))
    assert changes[0] > 0.03
    assert changes[1] < 1e-5


def test_pages_held_by_hand_lie_in_a_rooms_light():
    uneven = {
        look: np.median([np.ptp(lighting.light(generator(seed, 40), 64, 48, look)) for seed in range(40)])
        for look in LOOKS
    }
    assert min(uneven["photo"], uneven["bleach"]) > 2 * max(uneven["scan"], uneven["copy"])


def test_shadows_have_somebody_or_an_edge_that_throws_them(monkeypatch):
    for kind in lighting.CASTS:
        monkeypatch.setattr(lighting, "CASTS", {kind: 1.0})
        shares, reach = [], []
        for seed in range(40):
            shadow = lighting._shadow(generator(seed, 41), 110, 78)
            assert shadow.shape == (110, 78) and -1e-6 < shadow.min() <= shadow.max() < 1 + 1e-6
            dark = shadow > 0.5
            shares.append(dark.mean())
            reach.append(not dark.any() or dark[[0, -1]].any() or dark[:, [0, -1]].any())
        assert 0.03 < np.median(shares) < 0.6
        assert np.mean(reach) == 1, "it comes from outside the picture"


def test_in_a_shadow_the_light_has_another_colour(monkeypatch):
    shadow = np.zeros((20, 16), np.float32)
    shadow[:, :8] = 1
    monkeypatch.setattr(lighting, "_shadow", lambda *_: shadow)
    monkeypatch.setattr(
        lighting, "_lamp", lambda rng, across, down: np.linspace(1, 0.5, 16)[None].repeat(20, 0)
    )
    tints = iter([np.array([1.05, 1, 0.95], np.float32), np.array([0.97, 1, 1.03], np.float32)] * 40)
    monkeypatch.setattr(lighting, "_tint", lambda *_: next(tints))
    apart = []
    for seed in range(40):
        lit = lighting.light(generator(seed, 35), 160, 128, "photo")
        colour = lit[80, :, 0] / lit[80, :, 2]
        apart.append(colour[80] - colour[20])
        assert (colour < 1.106).all() and (colour > 0.94).all()
    dark = np.array(apart) > 0
    assert 0.2 < dark.mean() < 0.6 and (np.abs(apart) > 0.03).all()


def half_in_shade(printed, light):
    """A page with a bar of print of a level, its right half in a shade that leaves so much light."""
    page, shade = np.full((64, 96, 3), 0.9, np.float32), np.ones((16, 24), np.float32)
    page[20:44], shade[:, 12:] = printed, light
    return page, shade


def test_black_print_is_grey_and_darker_in_the_shade():
    page, shade = half_in_shade(0.0, 0.6)
    seen = []
    for seed in range(60):
        shot = new_shot(generator(seed, 42))
        if shot.look == "photo":
            plain = shot._replace(curve=0.0, shoulder=0.0, contrast=1.0, sharpen=0.0, defocus=0.0, black=0.2)
            noise = np.zeros((64, 96, 3), np.float32)
            target, _ = take(generator(seed, 43), page.copy(), None, plain, noise, shade)
            seen.append((target[32, 10:30].mean(), target[32, 70:90].mean()))
            assert shot.black >= 0.02
    lit, shaded = np.array(seen).T
    assert len(seen) > 10 and lit.min() > 15 and np.median(shaded / lit) < 0.9


def test_print_in_the_shade_is_no_darker_against_its_paper_than_in_the_light():
    page, shade = half_in_shade(0.1, 0.4)
    ratios = []
    for seed in range(60):
        shot = new_shot(generator(seed, 42))._replace(sharpen=0.0)
        if shot.look == "photo":
            noise = np.zeros((64, 96, 3), np.float32)
            target, _ = take(generator(seed, 43), page.copy(), None, shot, noise, shade)
            lit, shaded = (target[32, part].mean() / target[10, part].mean() for part in np.s_[14:30, 66:82])
            ratios.append(shaded / lit)
            assert lit < 0.5
    assert len(ratios) > 10 and min(ratios) > 0.85 and np.median(ratios) > 0.95
