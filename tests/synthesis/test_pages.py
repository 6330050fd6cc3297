"""A page and its ground truth differ by ink, and by nothing else."""

import cv2
import numpy as np
import pytest

from restorekit.synthesis import Pair, make_handwriting_pair, pages
from restorekit.synthesis.capture import camera, shots
from restorekit.synthesis.capture.other_side import show_through
from restorekit.synthesis.capture.toner import Press
from restorekit.synthesis.handwriting.writing import write_on
from restorekit.synthesis.pages import NO_INK, VISIBLE, changed, generator, ink_of, render_sheet

SIZE = {"height": 256, "width": 224}


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return [make_handwriting_pair(seed, **SIZE) for seed in range(14)]


def taken(seed: int) -> tuple[Pair, np.ndarray, np.ndarray]:
    """An uncompressed pair of a flat page, with the page's ink; the camera stands straight above."""
    rng = generator(seed, 1)
    page, sheet = render_sheet(rng, **SIZE)
    ink = ink_of(rng, write_on(sheet, rng))
    shot = shots.new_shot(rng)._replace(look="scan", blur=0.3, defocus=0.0, shaken=0.0, sharpen=0.0, jpeg=0)
    noise = camera.sensor_noise(rng, page.shape[0], page.shape[1], shot)
    target, image = camera.take(rng, page, ink, shot, noise)
    return Pair(image, target, changed(image, target)), ink, noise


def test_shapes_and_types(pairs):
    for image, target, mask in pairs:
        assert image.shape == target.shape == (256, 224, 3)
        assert mask.shape == (256, 224)
        assert image.dtype == target.dtype == mask.dtype == np.uint8
        assert set(np.unique(mask)) <= {0, 255}


def test_same_seed_same_bytes_other_seed_other_page(pairs):
    again = make_handwriting_pair(3, **SIZE)
    assert all(np.array_equal(a, b) for a, b in zip(again, pairs[3], strict=True))
    assert not np.array_equal(pairs[3].target, pairs[4].target)


def test_pages_differ_only_where_there_is_ink():
    written = 0
    for seed in range(1, 7):
        pair, ink, _ = taken(seed)
        # The blur of 0.3 reaches one pixel; beyond it the two images are one.
        reach = np.ones((5, 5), np.uint8)
        inked = cv2.dilate((ink.min(-1) < 1).astype(np.uint8), reach).astype(bool)
        assert np.array_equal(pair.image[~inked], pair.target[~inked])
        written += inked.any()
    assert written > 3


def test_what_was_pressed_into_the_other_side_is_denser_than_it_was_there(monkeypatch):
    sheet = pages.print_sheet(generator(1, 1), 200, 150)
    monkeypatch.setattr(pages, "print_sheet", lambda *_: sheet)
    monkeypatch.setattr(pages, "FILLED_BEHIND", 1.0)
    monkeypatch.setattr(pages, "ink_of", lambda *_: np.full((200, 150, 3), 0.5, np.float32))
    back, _ = pages._other_side(generator(1, 2), sheet, "")
    shown = np.asarray(sheet.image) == 255
    assert (back[shown] < 0.4).all() and (back >= 0).all()


@pytest.mark.parametrize("seed", range(3))
def test_mask_is_where_the_images_differ(seed):
    pair, _, _ = taken(seed)
    difference = np.abs(pair.image.astype(int) - pair.target).mean(-1)
    assert np.array_equal(pair.mask == 255, difference > VISIBLE)


def test_ink_darkens(pairs):
    """White in the mask is ink: there the input is darker than the ground truth."""
    inked = [pair for pair in pairs if (pair.mask > 0).mean() > 0.005]
    assert len(inked) > 4
    for pair in inked:
        where = pair.mask > 0
        assert pair.image[where].mean() < pair.target[where].mean() - VISIBLE


def test_outside_the_mask_only_compression_shows(pairs):
    for pair in pairs:
        far = cv2.dilate(pair.mask, np.ones((17, 17), np.uint8)) == 0
        if far.any():
            difference = np.abs(pair.image.astype(float) - pair.target)[far]
            assert difference.mean() < 6


def test_ink_mostly_fades_where_print_does(monkeypatch):
    faint = np.full((256, 224), 0.5, np.float32)
    changes = []
    monkeypatch.setattr(pages, "NO_INK", 0.0)
    monkeypatch.setattr(pages, "APP_MARKED", 0.0)
    for copied in (0.0, 1.0):
        monkeypatch.setattr(pages, "COPIED", copied)
        monkeypatch.setattr(pages, "new_press", lambda *_: Press(0.0, faint))
        monkeypatch.setattr(
            pages, "photograph", lambda rng, page, ink, _: (Pair(ink, ink, ink), shots.new_shot(rng))
        )
        monkeypatch.setattr(camera, "compress", lambda image, _: image)
        changes.append([1 - make_handwriting_pair(seed, **SIZE).image for seed in range(5)])
    assert np.median([fresh.max() for fresh in changes[0]]) > 0.2
    for fresh, copy in zip(*changes, strict=True):
        np.testing.assert_allclose(copy, 0.5 * fresh, atol=1e-6)


def test_share_of_ink(pairs):
    shares = np.array([(pair.mask > 0).mean() for pair in pairs])
    assert shares.max() < 0.5
    assert 0.004 < np.mean(shares) < 0.15  # on pages this small every third or fourth has none


def test_pages_without_ink_are_as_they_were(monkeypatch):
    monkeypatch.setattr(pages, "NO_INK", 1.0)
    assert not any(make_handwriting_pair(seed, height=200, width=160).mask.any() for seed in range(8))


def test_share_of_pages_without_ink():
    assert 0.05 <= NO_INK <= 0.1


def test_a_page_of_the_users_own_is_written_on():
    own = np.full((400, 300, 3), 255, np.uint8)
    own[100:120, 40:260] = 0
    pair = make_handwriting_pair(1, **SIZE, page=own)
    assert pair.target.shape == (256, 224, 3)
    assert pair.target.min() < 100 < pair.target.max()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"seed": -1}, "seed is -1; expected 0 or more"),
        ({"seed": 0, "height": 20}, "height is 20 pixels; expected 64 to 10000"),
        ({"seed": 0, "width": 20000}, "width is 20000 pixels; expected 64 to 10000"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        make_handwriting_pair(**arguments)


def test_the_other_side_shows_mirrored_and_faint():
    paper, back = np.ones((40, 60, 3), np.float32), np.ones((40, 60, 3), np.float32)
    back[:, :10] = 0
    seen = [show_through(generator(seed), paper, back) for seed in range(12)]
    assert all(one[20, 2].mean() == 1 for one in seen)
    strokes = [one[20, 57].mean() for one in seen]  # in patches: here more than there
    assert 0.8 < min(strokes) < 0.98 and max(strokes) < 1


@pytest.mark.parametrize("side", [-1, 1])
def test_a_books_next_page_is_this_ones_far_side(monkeypatch, side):
    x, y = np.meshgrid(np.arange(200, dtype=np.float32), np.arange(280, dtype=np.float32))
    x += side * 20  # a tenth of the picture lies beyond the page
    for share, inside in ((0.0, False), (1.0, True)):
        monkeypatch.setattr(pages, "BOOK", share)
        map_x, map_y, shade = pages._bent(generator(3, 41), x, y)
        edge = map_x[:, 2] if side < 0 else map_x[:, -3]
        assert ((edge >= 0) & (edge <= 199)).all() == inside
        if inside:
            assert np.median(edge) > 150 if side < 0 else np.median(edge) < 50
            assert abs(int(shade.mean(0).argmin()) - (5 if side < 0 else 44)) <= 3


@pytest.mark.parametrize("side", [-1, 1])
def test_a_books_next_page_has_other_rows_beside_this_ones_and_no_seam(monkeypatch, side):
    x, y = np.meshgrid(np.arange(200, dtype=np.float32), np.arange(280, dtype=np.float32))
    x += side * 20
    monkeypatch.setattr(pages, "BOOK", 1.0)
    rows = []
    for further in (0.0, 0.04):
        monkeypatch.setattr(pages, "FURTHER", (further, further))
        rows.append(pages._bent(generator(3, 41), x, y)[1])
    near, far = (2, -3) if side < 0 else (-3, 2)
    moved = np.abs(rows[1] - rows[0])
    assert moved[40:-40, near] == pytest.approx(0.04 * 280, abs=0.01) and not moved[:, far].any()
    assert np.abs(np.diff(rows[1][40:-40, near])).max() < 3


def test_changed_pixels_differ_by_over_ten_levels_in_the_mean():
    target = np.full((1, 4, 3), 200, np.uint8)
    image = target.copy()
    image[0, 1:] = [(190, 190, 190), (189, 190, 190), (0, 0, 0)]
    assert changed(image, target).tolist() == [[0, 0, 255, 255]]


def test_some_documents_below_watermarks_are_written_on(monkeypatch):
    clean, written = [], []
    for share, found in ((0.0, clean), (1.0, written)):
        monkeypatch.setattr(pages, "WRITTEN", share)
        found += [pages.render_document(generator(seed, 40), 300, 240) for seed in range(6)]
    assert all((two <= one).all() for one, two in zip(clean, written, strict=True))
    assert sum((two < 0.9 * one).any() for one, two in zip(clean, written, strict=True)) > 3


@pytest.mark.parametrize("look", ["photo", "scan"])
def test_through_a_hole_one_sees_what_the_page_lies_on_and_no_ink(monkeypatch, look):
    new_shot, seen = shots.new_shot, []
    plain = {"blur": 0.3, "noise": 0.0, "contrast": 1.0, "curve": 0.0, "sharpen": 0.0, "shoulder": 0.0}
    plain |= {"defocus": 0.0, "shaken": 0.0, "black": 0.0}
    monkeypatch.setattr(shots, "new_shot", lambda rng: new_shot(rng)._replace(look=look, **plain))
    monkeypatch.setattr(
        camera, "warp_map", lambda rng, h, w, _: np.meshgrid(*map(np.float32, (range(w), range(h))))
    )
    monkeypatch.setattr(pages, "LEAVES", 0.0)
    monkeypatch.setattr(pages, "ON_GLASS", 0.0)
    monkeypatch.setattr(pages, "_bent", lambda _, x, y: (x, y, None))
    for name in ("make_desk", "make_lid"):
        below = np.full((200, 150, 3), (0.1, 0.2, 0.4), np.float32)
        monkeypatch.setattr(pages, name, lambda *_, below=below, name=name: seen.append(name) or below)
    holes = np.zeros((200, 150), np.float32)
    holes[80:120, 20:60] = 1
    page = np.full((200, 150, 3), 0.9, np.float32)
    pair, _ = pages.photograph(generator(3, 3), page, np.full_like(page, 0.3), holes)
    red, _, blue = pair.target[90:110, 30:50].mean((0, 1))
    assert blue > 1.5 * red and pair.target[20, 100].min() > 90
    assert not pair.mask[84:116, 24:56].any() and pair.mask[20, 100]
    assert seen == ["make_desk" if look == "photo" else "make_lid"]


def test_lines_bend_where_a_book_rises_from_the_glass():
    x, y = np.meshgrid(*map(np.float32, (range(300), range(400))))
    bends = []
    for seed in range(12):
        _, rows, _ = pages._pressed(generator(seed, 5), x, y)
        bends.append(np.ptp(rows[30]))
        assert min(np.abs(rows - y)[:, one].max() for one in (0, -1)) < 0.5, "they are straight far from it"
    assert np.median(bends) > 1


def test_nearly_half_of_the_sheets_are_printed_on_both_sides(monkeypatch):
    backs = []
    monkeypatch.setattr(
        pages, "_other_side", lambda _, sheet, __: backs.append(1) or (np.asarray(sheet.image) / 255, None)
    )
    for seed in range(60):
        pages.render_sheet(generator(seed, 8), 100, 80)
    assert 17 <= len(backs) <= 37


@pytest.mark.parametrize(("kind", "count"), [("form", 0), ("paper", 6)])
def test_forms_have_nothing_on_their_other_side(monkeypatch, kind, count):
    backs, print_sheet = [], pages.print_sheet

    def printed(*args):
        sheet = print_sheet(*args)
        sheet.kind = kind
        return sheet

    monkeypatch.setattr(pages, "TWO_SIDED", 1.0)
    monkeypatch.setattr(pages, "print_sheet", printed)
    monkeypatch.setattr(
        pages, "_other_side", lambda _, sheet, __: backs.append(1) or (np.asarray(sheet.image) / 255, None)
    )
    for seed in range(6):
        pages.render_sheet(generator(seed, 9), 100, 80)
    assert len(backs) == count


def test_a_book_on_a_scanners_glass_is_dark_along_its_spine(monkeypatch):
    new_shot, falls = shots.new_shot, {}
    monkeypatch.setattr(shots, "new_shot", lambda rng: new_shot(rng)._replace(look="scan"))
    for share in (0.0, 1.0):
        monkeypatch.setattr(pages, "ON_GLASS", share)
        targets = [
            pages.photograph(generator(seed, 42), np.full((260, 200, 3), 0.9, np.float32), None)[0].target
            for seed in range(8)
        ]
        columns = [target[60:200, 6:-6].mean((0, 2)) for target in targets]
        falls[share] = np.median([np.median(one) - min(one[:5].mean(), one[-5:].mean()) for one in columns])
    assert falls[0.0] < 5 and falls[1.0] > 20


def test_letters_are_not_fat_where_rules_are_worn_away(monkeypatch):
    press = pages.new_press(generator(1, 2), 420, 300)._replace(swell=0.4)
    monkeypatch.setattr(pages, "new_press", lambda *_: press)
    swells = set()
    for seed in range(40):
        _, sheet, used = pages._render(generator(seed, 8), 420, 300, "")
        assert used.swell == (0.0 if sheet.plan.wear else 0.4)
        swells.add(used.swell)
    assert len(swells) == 2
