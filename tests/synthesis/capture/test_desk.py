"""Desks: boards have a grain, and what lies on a desk shades it."""

import cv2
import numpy as np
import pytest

from restorekit.synthesis.capture import desk
from restorekit.synthesis.pages import generator


@pytest.mark.parametrize("kind", list(desk.KINDS))
@pytest.mark.parametrize("size", [(8, 8), (200, 140), (90, 300)])
def test_desks_reflect_between_nothing_and_everything(monkeypatch, kind, size):
    monkeypatch.setattr(desk, "KINDS", {kind: 1.0})
    made = desk.make_desk(generator(1, 51), *size)
    assert made.shape == (*size, 3) and made.dtype == np.float32
    assert made.min() >= 0 and made.max() <= 1
    assert size == (8, 8) or made.std((0, 1)).max() > 0.003  # never one flat colour


def test_wood_has_a_grain_along_one_direction():
    for seed in range(6):
        board = desk._wood(generator(seed, 52), 300, 300).mean(-1)
        along, across = sorted(np.abs(np.diff(board, axis=axis)).mean() for axis in (0, 1))
        assert across > 2.5 * along


def test_a_page_stays_and_shades_the_desk_beside_it():
    page, wood = np.full((200, 200, 3), 0.9, np.float32), np.full((200, 200, 3), 0.5, np.float32)
    outside = np.ones((200, 200), np.float32)
    outside[40:160, 40:160] = 0
    for seed in range(6):
        laid = desk.lay_on(generator(seed, 53), page, outside, wood)
        assert np.array_equal(laid[45:155, 45:155], page[45:155, 45:155])
        assert laid[34:166, 34:166].min() < 0.96 * 0.5
        assert laid[:8, :8].min() == pytest.approx(0.5, abs=1e-3)


def test_a_lid_is_white_or_dark_and_even():
    tones = []
    for seed in range(30):
        lid = desk.make_lid(generator(seed, 3), 6, 4)
        assert lid.shape == (6, 4, 3) and np.ptp(lid.reshape(-1, 3), axis=0).max() == 0
        tones.append(lid.mean())
    assert min(tones) < 0.13 and max(tones) > 0.7 and not any(0.13 < tone < 0.69 for tone in tones)


def test_an_edge_between_two_pixels_is_as_far_between_them_and_nowhere_brighter_than_both_sides():
    page, wood = np.full((60, 60, 3), 0.9, np.float32), np.full((60, 60, 3), 0.3, np.float32)
    for seed in range(8):
        rows = []
        for share in (0.0, 0.25, 0.5, 0.75):
            outside = np.zeros((60, 60), np.float32)
            outside[31:], outside[30] = 1, share
            rows.append(desk.lay_on(generator(seed, 53), page, outside, wood)[30, 30, 0])
        assert rows == sorted(rows, reverse=True) and rows[0] - rows[-1] > 0.1
        laid = desk.lay_on(generator(seed, 53), page, outside, wood)[:, 30, 0]
        assert laid[32:35].min() < laid[45:].min(), "the shadow is deepest where the sheet touches the desk"
        assert laid.max() < 0.96


def test_a_hole_has_a_rim_that_shades_what_is_seen_through_it_on_one_side():
    down, across = np.mgrid[-50:50, -60:60].astype(np.float32)
    holes = np.clip(20.5 - np.hypot(down, across), 0, 1)
    page, wood = np.full((100, 120, 3), 0.8, np.float32), np.full((100, 120, 3), 0.5, np.float32)
    turns = np.arctan2(down, across)
    within, rim = (np.hypot(down, across) > 17) & (holes == 1), (np.hypot(down, across) < 23) & (holes == 0)
    for seed in range(8):
        seen = desk.pierce(generator(seed, 4), page, holes, wood, 0.0)[..., 0]
        middle, darkest = seen[50, 60], turns[within][seen[within].argmin()]
        assert middle == pytest.approx(0.5, abs=0.02) and seen[within].min() < middle - 0.03
        opposite = np.cos(turns - darkest) < -0.7
        assert seen[within & opposite].mean() > middle - 0.01
        assert np.ptp(seen[rim]) > 0.01 and np.allclose(seen[:10], 0.8, atol=1e-4)


def test_through_a_hole_the_next_sheet_is_seen_and_what_is_printed_on_it():
    down, across = np.mgrid[-50:50, -30:390].astype(np.float32)
    holes = np.clip(12.5 - np.hypot(down, across), 0, 1)
    page, wood = np.full((100, 420, 3), 0.8, np.float32), np.full((100, 420, 3), 0.1, np.float32)
    page[:, 45:90:9] = page[:, 46:90:9] = 0.0
    for seed in range(6):
        leaf = desk.pierce(generator(seed, 4), page, holes, wood, 1.0)
        seen = leaf[50, 24:37, 0]
        assert seen.min() < 0.2 and 0.5 < seen.max() < 0.8
        assert np.allclose(leaf[:, 100:], page[:, 100:])


def test_sheets_stick_out_from_below_a_page_by_a_millimetre_or_so():
    page, wood = np.full((210, 210, 3), 0.9, np.float32), np.full((210, 210, 3), 0.3, np.float32)
    outside = np.ones((210, 210), np.float32)
    outside[50:160, 50:160] = 0
    seen = []
    for seed in range(12):
        below = desk.heap(generator(seed, 55), page, outside, wood)[..., 0]
        seen.append(np.mean((below > 0.6) & (outside == 1)) * below.size / 440)
        assert np.allclose(below[:20], 0.3, atol=1e-3) and below.max() < 1
    assert np.mean(np.array(seen) > 0.05) > 0.3 and max(seen) < 4


def test_most_plain_desks_have_no_speckle():
    rough = []
    for seed in range(40):
        plane = desk._plain(generator(seed, 71), 200, 200).mean(-1)
        rough.append((plane - cv2.blur(plane, (9, 9))).std() / plane.mean())
    assert np.median(rough) < 0.015 and max(rough) < 0.07
