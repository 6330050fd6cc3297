"""What the camera does, it does to both images alike."""

import numpy as np
import pytest

from restorekit.synthesis.capture import camera, shots
from restorekit.synthesis.pages import generator


def shot_of(look: str) -> shots.Shot:
    for seed in range(200):
        shot = shots.new_shot(generator(seed, 31))
        if shot.look == look:
            return shot
    raise AssertionError(look)


@pytest.mark.parametrize("look", list(shots.LOOKS))
def test_without_ink_both_images_are_one(look):
    rng = generator(1, 32)
    page = rng.uniform(0.1, 1, (90, 70, 3)).astype(np.float32)
    shot = shot_of(look)
    noise = camera.sensor_noise(rng, 90, 70, shot)
    target, image = camera.take(rng, page, np.ones_like(page), shot, noise)
    assert np.array_equal(target, image)
    bare, also = camera.take(generator(3, 3), page, None, shot, noise)
    assert np.array_equal(bare, also)


def test_a_copy_is_black_and_white():
    rng = generator(2, 32)
    page = np.full((80, 80, 3), 0.9, np.float32)
    page[30:50, 30:50] = 0.2
    shot = shot_of("copy")
    target, _ = camera.take(rng, page, None, shot, camera.sensor_noise(rng, 80, 80, shot))
    assert target[40, 40].max() < 30
    assert target[10, 10].min() > 225
    assert np.array_equal(target[..., 0], target[..., 2])


def test_noise_has_the_strength_asked_for():
    shot = shot_of("scan")._replace(noise_cell=1.0)
    noise = camera.sensor_noise(generator(3, 32), 300, 300, shot)
    assert noise.shape == (300, 300, 3)
    assert 0.9 < noise.std() < 1.3
    assert abs(noise.mean()) < 0.04
    assert camera.darkened(noise, np.ones_like(noise), 5.0).std() == pytest.approx(
        4.5 * noise.std(), rel=1e-3
    )


def test_grain_is_weaker_in_black_and_white_than_in_between():
    shot = shot_of("photo")._replace(noise_cell=1.0, shoulder=0.6, curve=0.0)
    noise = 6 * camera.sensor_noise(generator(3, 32), 120, 120, shot)
    grain = []
    for level in (0.08, 0.5, 0.92, 1.3):
        grain.append(camera.finish(np.full((120, 120, 3), level, np.float32), noise, shot, None).std())
    black, middle, white, burnt = grain
    assert black < 0.7 * middle and white < 0.7 * middle
    assert burnt == 0


def test_grain_is_smoothed_away_on_paper_and_left_beside_print():
    shot = shot_of("photo")._replace(noise_cell=1.0, shoulder=0.0, curve=0.0, contrast=1.0)
    noise = 2 * camera.sensor_noise(generator(3, 32), 120, 120, shot)
    page = np.full((120, 120, 3), 0.8, np.float32)
    page[50:53] = 0.2
    raw, smooth = (camera.finish(page, noise, shot._replace(cored=most), None) for most in (0, 5))
    assert smooth[10:40].std() < 0.6 * raw[10:40].std()
    assert smooth[54].std() > 0.7 * raw[54].std()
    assert abs(float(smooth[51].mean()) - float(raw[51].mean())) < 6, "print stays as dark"


def test_tone_curves_never_fall_and_keep_black_and_white():
    assert np.array_equal(camera.tones(shot_of("scan")._replace(curve=0.0, shoulder=0.0)), np.arange(256))
    for seed in range(60):
        table = camera.tones(shots.new_shot(generator(seed, 33))).astype(int)
        assert table[0] == 0 and table[-1] == 255
        assert (np.diff(table) >= 0).all()


def test_blotches_are_of_colour_and_coarser_than_grain():
    shot = shot_of("photo")._replace(noise_cell=1.0)
    noise = camera.sensor_noise(generator(5, 32), 320, 320, shot)
    coarse = noise.reshape(40, 8, 40, 8, 3).mean((1, 3))
    fine = noise[::8, ::8]
    colourful = [(one - one.mean(-1, keepdims=True)).std() / one.mean(-1).std() for one in (fine, coarse)]
    assert colourful[0] < 0.5 and colourful[1] > 2 * colourful[0]


def test_exposure_keeps_the_order_of_tones_and_white():
    ramp = np.repeat(np.linspace(0, 1, 64, dtype=np.float32)[None, :, None], 3, -1).repeat(64, 0)
    for seed in range(30):
        shot = shots.new_shot(generator(seed, 33))._replace(blur=0.3, sharpen=0.0)
        out = camera.expose(ramp.copy(), shot)
        assert np.all(np.diff(out[5, :, 0]) >= -1e-6)
        assert out[5, -1, 0] > 0.9


def test_compression_keeps_red_red():
    red = np.zeros((32, 32, 3), np.uint8)
    red[..., 0] = 220
    assert np.abs(camera.compress(red, 80).astype(int) - red).max() < 12
    assert camera.compress(red, 0) is red


@pytest.mark.parametrize("seed", range(12))
def test_a_copy_keeps_print_that_is_darker_than_its_paper(seed):
    page = np.full((200, 200, 3), 0.92, np.float32)
    page[40:44, 20:180] = page[90:110, 60:70] = 0.55
    shot = shot_of("copy")
    noise = camera.sensor_noise(generator(seed, 36), 200, 200, shot) * 0.3
    target, _ = camera.take(generator(seed, 37), page, None, shot, noise)
    assert target[42, 30:170].mean() < 60
    assert target[150, 20:180].mean() > 240


@pytest.mark.parametrize("seed", range(8))
def test_a_copy_keeps_thin_print_beside_a_black_bar_or_is_none(seed):
    shot = shot_of("copy")
    noise = np.zeros((200, 200, 3), np.float32)
    for dark in (0.3, 0.75):
        page = np.full((200, 200, 3), 0.92, np.float32)
        page[20:40, 20:180] = 0.05
        page[60:180:6, 20:180] = page[61:180:6, 20:180] = dark
        target, _ = camera.take(generator(seed, 37), page, None, shot, noise)
        lines, between = target[60:180:6, 30:170], target[64:180:6, 30:170]
        assert lines.mean() < between.mean() - 5, "the print is lost"


def test_phones_blur_the_far_edge_by_up_to_half_a_millimetre():
    some = [shots.new_shot(generator(seed, 38)) for seed in range(600)]
    blurs = {look: [shot.defocus for shot in some if shot.look == look] for look in shots.LOOKS}
    assert not any(blurs["scan"]) and not any(blurs["copy"]) and not any(blurs["app"])
    for look in ("photo", "bleach"):
        assert 0.15 < np.mean(np.array(blurs[look]) > 0) < 0.6
        furthest = shots.FURTHEST if look == "photo" else shots.EVENLY
        assert 0.7 * furthest < max(blurs[look]) <= furthest


def test_a_lens_may_blur_one_side_more_than_the_other():
    stripes = np.repeat(np.tile([0.2, 0.9], 60).astype(np.float32)[None, :, None], 3, -1).repeat(60, 0)
    shot = shots.new_shot(generator(1, 33))._replace(blur=0.3, sharpen=0.0, curve=0.0, contrast=1.0)
    shot = shot._replace(focus=0.0, depth=0.0)
    out = camera.expose(stripes.copy(), shot._replace(look="photo", defocus=1.5, defocus_angle=0.0))
    swing = np.abs(np.diff(out[30, :, 0]))
    assert swing[5] > 3 * swing[-5]
    turned = camera.expose(stripes.copy(), shot._replace(look="photo", defocus=1.5, defocus_angle=np.pi))
    assert np.allclose(turned[:, ::-1], 1.1 - out, atol=0.02)


def test_the_sharpest_part_of_a_page_may_be_its_middle_with_both_edges_blurred():
    stripes = np.repeat(np.tile([0.2, 0.9], 60).astype(np.float32)[None, :, None], 3, -1).repeat(60, 0)
    shot = shots.new_shot(generator(1, 33))._replace(blur=0.3, sharpen=0.0, curve=0.0, contrast=1.0)
    shot = shot._replace(look="photo", defocus=1.5, defocus_angle=0.0, focus=0.5, depth=0.2)
    swing = np.abs(np.diff(camera.expose(stripes.copy(), shot)[30, :, 0]))
    sharp = np.abs(np.diff(camera.expose(stripes.copy(), shot._replace(defocus=0.0))[30, :, 0]))
    assert np.allclose(swing[37:82], sharp[37:82], rtol=1e-4), "as sharp as can be within the depth of field"
    assert swing[2] < 0.7 * swing[60] and swing[-3] < 0.7 * swing[60]
    blurred = camera._out_of_focus(500, 1600, shot._replace(focus=0.3, depth=0.1))
    assert blurred.dtype == np.float32 and blurred.min() == 0 and blurred.max() == pytest.approx(1, abs=0.01)
    assert blurred[:, 0] == pytest.approx(0.2 / 0.6, abs=0.01)


@pytest.mark.parametrize("look", ["photo", "bleach"])
def test_a_page_without_ink_is_developed_once(monkeypatch, look):
    developed = []
    for name in ("finish", "bleach"):
        own = getattr(camera, name)
        monkeypatch.setattr(camera, name, lambda *a, own=own, **b: developed.append(look) or own(*a, **b))
    page, noise = np.full((64, 64, 3), 0.9, np.float32), np.zeros((64, 64, 3), np.float32)
    target, image = camera.take(generator(1, 32), page, None, shot_of(look), noise)
    assert len(developed) == 1 and image is not target and np.array_equal(image, target)


def test_a_rule_between_two_rows_of_pixels_keeps_more_of_its_darkness_than_half():
    page = np.ones((40, 30, 3), np.float32)
    page[18] = 0
    across, down = np.meshgrid(np.arange(30, dtype=np.float32), np.arange(40, dtype=np.float32))
    on, between = (camera.warp(page, across, down + shift)[:, 15, 0] for shift in (0, np.float32(0.5)))
    assert on[18] == pytest.approx(0, abs=1e-3) and between[17:19] == pytest.approx(1 - 0.594, abs=0.01)
    assert min(on.min(), between.min()) >= 0 and max(on.max(), between.max()) <= 1


def test_scans_have_fringes_of_a_third_of_a_pixel_at_most():
    fringes = [abs(shots.new_shot(generator(seed, 62)).fringe) for seed in range(600)]
    assert 0.3 < max(fringes) <= shots.WIDEST < 0.4


def test_what_is_off_the_page_is_bare_of_ink_and_like_its_edge():
    page = np.full((20, 20, 3), 0.3, np.float32)
    across, down = np.meshgrid(np.arange(20, dtype=np.float32) - 30, np.arange(20, dtype=np.float32))
    assert camera.warp(page, across, down, bare=True) == pytest.approx(1.0)
    assert camera.warp(page, across, down) == pytest.approx(0.3, abs=1e-6)


def test_noise_is_stronger_in_the_dark():
    noise = np.ones((4, 6, 3), np.float32)
    page = np.linspace(0, 1, 72, dtype=np.float32).reshape(noise.shape)
    out = camera.darkened(noise, page, 1.0)
    assert np.allclose(out.ravel()[[0, -1]], (camera.DARK_NOISE, camera.WHITE_NOISE))
    assert (np.diff(out.ravel()) < 0).all() and (noise == 1).all()


def test_a_scanners_rules_are_red_on_one_side_and_blue_on_the_other():
    page = np.ones((40, 30, 3), np.float32)
    page[20] = 0
    plain = {"blur": 0.6, "contrast": 1.0, "sharpen": 0.0, "defocus": 0.0}
    shot = shots.new_shot(generator(1, 1))._replace(look="scan", **plain)
    for fringe in (-0.3, 0.0, 0.3):
        out = camera.expose(page, shot._replace(fringe=fringe))
        above, below = (float(out[row, 15, 0] - out[row, 15, 2]) for row in (19, 21))
        assert -np.sign(round(above, 3)) == np.sign(fringe) == np.sign(round(below, 3))
        assert np.allclose(out.sum(0), page.sum(0), atol=1e-3), "no light is lost"
    some = [shots.new_shot(generator(seed, 2)) for seed in range(200)]
    assert {one.look for one in some if one.fringe} == {"scan"}


@pytest.mark.parametrize("look", ["scan", "photo", "app", "bleach"])
def test_ink_has_tones_and_grain_of_its_own(look):
    levels, grains = [], []
    for seed in range(60):
        rng = generator(seed, 63)
        shot = shots.new_shot(rng)._replace(defocus=0.0)
        while shot.look != look:
            shot = shots.new_shot(rng)
        page, ink = np.full((80, 80, 3), 0.95, np.float32), np.ones((80, 80, 3), np.float32)
        page[5:12] = 0.02
        ink[30:60, 20:60] = 0.03
        noise = camera.sensor_noise(rng, 80, 80, shot)
        _, image = camera.take(rng, page, ink, shot, noise)
        within = image[36:54, 26:54].mean(-1)
        levels.append(np.median(within))
        grains.append(within.std())
    assert np.mean(np.array(levels) > 1) > 0.3, "much ink is not of level 0"
    assert np.median(grains) > 0.15


@pytest.mark.parametrize(("angle", "across", "down"), [(0.0, 5, 1), (np.pi / 2, 1, 5)])
def test_a_shaken_hand_blurs_along_its_way_alone(angle, across, down):
    track = camera._track(4.0, angle)
    assert track.sum() == pytest.approx(1) and track.shape == (5, 5)
    seen = track > 0.01
    assert (seen.any(0).sum(), seen.any(1).sum()) == (across, down)


def test_some_phones_shake_and_most_take_the_grain_away():
    some = [shots.new_shot(generator(seed, 64)) for seed in range(600)]
    shaken = [one for one in some if one.shaken]
    assert {one.look for one in shaken} == {"photo", "bleach"} and not any(one.defocus for one in shaken)
    photos = [one for one in some if one.look == "photo"]
    assert 0.06 < np.mean([one.shaken > 0 for one in photos]) < 0.2
    assert 0.4 < np.mean([one.noise < 1.3 for one in photos]) < 0.9


def test_scanners_brighten_white_paper_and_do_not_burn_it_out():
    shot = shot_of("scan")._replace(noise=0.0, curve=0.0, shoulder=0.0, contrast=1.0, sharpen=0.0)
    levels = []
    for seed in range(40):
        page = np.full((64, 64, 3), 0.94, np.float32)
        target, _ = camera.take(generator(seed, 2), page, None, shot, np.zeros_like(page))
        levels.append(float(np.median(target)))
    assert 0.3 < np.mean(np.array(levels) > 246) < 0.85 and max(levels) < 255


@pytest.mark.parametrize("look", ["app", "bleach"])
def test_white_paper_keeps_a_level_of_grain_alike_with_ink_and_without(look):
    shot = shot_of(look)._replace(noise=1.0, noise_cell=1.0, defocus=0.0, shaken=0.0)
    page, ink = np.ones((160, 120, 3), np.float32), np.ones((160, 120, 3), np.float32)
    page[90:94, 20:100] = ink[70:74, 20:90] = 0.1
    for grain, low, high in ((0.8, 0.3, 1.1), (0.0, 0.0, 0.05)):
        noise = camera.sensor_noise(generator(1, 32), 160, 120, shot)
        given = (shot._replace(grain=grain), noise)
        target, image = camera.take(generator(2, 32), page.copy(), ink.copy(), *given)
        white = target[:40].astype(float)
        assert white.mean() > 252 and low <= white.mean(-1).std() <= high
        assert np.array_equal(target[:40], image[:40])


def test_what_is_made_white_is_blurred_nowhere_and_mostly_keeps_some_grain():
    some = [shots.new_shot(generator(seed, 39)) for seed in range(400)]
    white = [shot for shot in some if shot.look in ("app", "bleach")]
    assert max(shot.defocus for shot in white) <= shots.EVENLY
    assert np.mean([shot.grain > 0 for shot in white]) == pytest.approx(shots.GRAINY, abs=0.15)
    assert all(shot.jpeg in (0, *range(*shots.FINE)) for shot in white if shot.grain)
    assert not any(shot.grain for shot in some if shot.look in ("scan", "photo", "copy"))
