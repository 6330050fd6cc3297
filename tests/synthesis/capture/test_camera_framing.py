"""What of a page a camera or a scanner sees, and how much beside it."""

import numpy as np
import pytest

from restorekit.synthesis.capture import camera, shots
from restorekit.synthesis.capture.lighting import BY_HAND
from restorekit.synthesis.pages import generator


def test_a_scan_is_hardly_moved_and_a_photo_stays_near():
    for look, most in (("scan", 30), ("photo", 200)):
        x, y = camera.warp_map(generator(4, 34), 400, 300, look)
        assert x.shape == y.shape == (400, 300)
        assert np.abs(x - np.arange(300)[None]).max() < most
        assert np.abs(y - np.arange(400)[:, None]).max() < most


def test_who_holds_a_phone_turns_the_page_more_than_a_scanner():
    moved = {}
    for look in shots.LOOKS:
        maps = [camera.warp_map(generator(seed, 34), 90, 60, look) for seed in range(40)]
        maps = [x for x, _ in maps if x[45, -1] - x[45, 0] > 0.92 * 59]  # those of whole pages
        moved[look] = np.mean([np.abs(x - np.arange(60)[None]).mean() for x in maps])
    assert min(moved[look] for look in BY_HAND) > 2 * max(moved["scan"], moved["copy"])


def test_apps_cut_off_what_is_around_the_page():
    around = {}
    for look in ("photo", "app", "bleach"):
        maps = [camera.warp_map(generator(seed, 44), 90, 60, look)[0] for seed in range(200)]
        around[look] = np.mean([((x < -2) | (x > 61)).mean() > 0.02 for x in maps])
    assert max(around["app"], around["bleach"]) < 0.5 * around["photo"]


def test_some_pictures_show_a_part_of_a_page_alone():
    for look in ("photo", "scan", "copy"):
        maps = [camera.warp_map(generator(seed, 61), 90, 60, look) for seed in range(200)]
        wide = np.array([x[45, -1] - x[45, 0] for x, _ in maps]) / 59
        close = wide < 0.9
        assert close.mean() == pytest.approx(camera.CLOSE.get(look, 0.0), abs=0.09) and wide.min() > 0.5
        inside = [x.min() > -9 and x.max() < 68 and y.min() > -14 and y.max() < 104 for x, y in maps]
        assert np.mean(np.array(inside)[close]) > 0.8 if close.any() else look == "copy"


def test_some_scans_and_copies_show_a_strip_beside_the_page():
    for look in ("scan", "copy"):
        maps = [camera.warp_map(generator(seed, 63), 90, 60, look) for seed in range(300)]
        off = [max(-x.min(), x.max() - 59, -y.min(), y.max() - 89) for x, y in maps]
        strips = [one for one in off if one > 2.5]
        assert 0.2 * camera.MISLAID[look] < len(strips) / 300 < camera.MISLAID[look] + 0.02
        assert max(off) < 0.1 * 60 + 2.5
