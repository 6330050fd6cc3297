import numpy as np
import pytest

from restorekit.documents import EraseOptions, Page, erase_page
from restorekit.documents.ink import (
    changed_pixels,
    doubt_mask,
    ink_mask,
    ink_of_colours,
    keep_print,
    soft_edge,
)

REACH = 2 + 2 * 2  # grow_px + 2 * fade_px of the defaults


def dilated(mask, reach):
    """Pixels within ``reach`` rows and columns of the mask."""
    padded = np.pad(mask, reach)
    side = 2 * reach + 1
    return np.lib.stride_tricks.sliding_window_view(padded, (side, side)).any((-1, -2))


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_outside_the_ink_the_page_keeps_every_bit(page, restore, dtype):
    page = page.astype(dtype) * (1 if dtype is np.uint8 else 257)
    erased = erase_page(restore, Page(1, page), EraseOptions())
    ink = erased.mask > 0
    outside = ~dilated(ink, REACH)
    assert ink.any() and outside.mean() > 0.3
    assert np.array_equal(erased.after[outside], page[outside])
    assert np.array_equal(erased.after[ink], restore(page)[0][ink])
    assert not np.array_equal(restore(page)[0][outside], page[outside])


def test_full_takes_the_whole_picture(page, restore):
    erased = erase_page(restore, Page(1, page), EraseOptions(full=True))
    assert np.array_equal(erased.after, restore(page)[0])


def test_the_edge_is_soft():
    ink = np.zeros((31, 31), np.uint8)
    ink[:, 15] = 255
    alpha = soft_edge(ink, grow_px=2, fade_px=2)[15]
    assert alpha[13:18].tolist() == [255] * 5  # the ink, grown by two
    assert 0 < alpha[11] < alpha[12] < 255 and 0 < alpha[19] < alpha[18] < 255
    assert not alpha[: 15 - REACH].any() and not alpha[15 + REACH + 1 :].any()
    hard = soft_edge(ink, grow_px=0, fade_px=0)
    assert np.array_equal(hard, ink)


def test_bands_change_nothing(monkeypatch, make_page, restore):
    page = make_page(300, 60)
    whole = erase_page(restore, Page(1, page), EraseOptions(only=("red",)))
    monkeypatch.setattr("restorekit.documents.ink.BAND_ROWS", 7)
    banded = erase_page(restore, Page(1, page), EraseOptions(only=("red",)))
    assert np.array_equal(whole.after, banded.after) and np.array_equal(whole.mask, banded.mask)


def test_grey_and_alpha_pages_are_mixed_too(page):
    grey = np.dstack([page[..., 0], np.full(page.shape[:2], 7, np.uint8)])
    restored = grey.copy()
    restored[..., 0] = 99
    ink = np.zeros(page.shape[:2], np.uint8)
    ink[40:44, 30:34] = 255
    keep_print(grey, restored, ink, grow_px=1, fade_px=1)
    assert (restored[41, 31] == (99, 7)).all() and (restored[..., 1] == 7).all()
    assert np.array_equal(restored[:30], grey[:30])


@pytest.mark.parametrize("scale", [1, 257])
def test_at_the_edge_both_are_mixed_as_far_as_it_has_faded(scale):
    before = np.full((1, 9), 10 * scale, np.uint8 if scale == 1 else np.uint16)
    restored = np.full_like(before, 100 * scale)
    ink = np.zeros((1, 9), np.uint8)
    ink[0, 4] = 255
    alpha = soft_edge(ink, grow_px=0, fade_px=1)[0]
    assert alpha.tolist() == [0, 0, 85, 170, 255, 170, 85, 0, 0]
    keep_print(before, restored, ink, grow_px=0, fade_px=1)
    assert (restored[0] / scale).tolist() == [10, 10, 40, 70, 100, 70, 40, 10, 10]


def test_doubt_is_from_a_quarter_to_three_quarters():
    assert doubt_mask(np.array([[63, 64, 191, 192]], np.uint8)).tolist() == [[False, True, True, False]]
    assert doubt_mask(None) is None


@pytest.mark.parametrize("colour, erased_row, kept_row", [("red", 48, 84), ("blue", 84, 48)])
def test_only_one_colour_goes(page, restore, colour, erased_row, kept_row):
    """In column 12 the red stroke lies at row 48 and the blue one at row 84."""
    erased = erase_page(restore, Page(1, page), EraseOptions(only=(colour,)))
    assert np.ptp(page[erased_row, 12].astype(int)) > 100
    assert np.ptp(erased.after[erased_row, 12].astype(int)) == 0
    rows = slice(kept_row - 4, kept_row + 6)
    assert np.array_equal(erased.after[rows], page[rows])


def test_ink_that_stays_stays_to_the_bit_where_inks_cross(page, restore):
    page[20:70, 30:33] = (20, 40, 200)  # a blue stroke across the red one
    erased = erase_page(restore, Page(1, page), EraseOptions(only=("red",)))
    blue = (page == (20, 40, 200)).all(-1)
    blue[46:56] = False  # at the crossing itself colours mix
    assert np.array_equal(erased.after[blue], page[blue])


@pytest.mark.parametrize(
    "rgb, name",
    [
        ((190, 20, 30), "red"),
        ((30, 60, 190), "blue"),
        ((20, 25, 80), "blue"),
        ((20, 120, 50), "green"),
        ((120, 30, 150), "purple"),
        ((230, 210, 60), "yellow"),
        ((230, 150, 40), "yellow"),  # a hue of 35 degrees
        ((230, 105, 40), "red"),  # of 21
        ((30, 30, 34), "black"),
        ((110, 108, 112), "black"),
    ],
)
def test_inks_are_told_by_what_they_take_from_the_paper(rgb, name):
    paper = np.full((20, 20, 3), 240, np.uint8)
    page = paper.copy()
    page[8:12] = rgb
    ink = np.zeros((20, 20), np.uint8)
    ink[8:12] = 255
    assert np.array_equal(ink_of_colours(page, paper, ink, [name]), ink)
    others = [other for other in ("black", "red", "green", "blue", "purple", "yellow") if other != name]
    assert not ink_of_colours(page, paper, ink, others).any()


def test_on_a_grey_page_all_ink_is_black():
    paper = np.full((20, 20), 240, np.uint8)
    page, ink = paper.copy(), np.zeros((20, 20), np.uint8)
    page[8:12], ink[8:12] = 90, 255
    assert np.array_equal(ink_of_colours(page, paper, ink, ["black"]), ink)
    assert not ink_of_colours(page, paper, ink, ["red", "green", "blue", "purple", "yellow"]).any()


@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 2), (2, 3, 4)])
def test_a_pixel_has_changed_where_any_channel_has(shape):
    before = np.full(shape, 9, np.uint16)
    after = before.copy()
    after.reshape(2, 3, -1)[1, 2, -1] = 10
    assert changed_pixels(before, after).tolist() == [[False] * 3, [False, False, True]]


def test_ink_is_what_is_at_least_as_likely_as_not(page):
    probability = np.full(page.shape[:2], 127, np.uint8)
    probability[3:5] = 128
    expected = np.zeros_like(probability)
    expected[3:5] = 255
    assert np.array_equal(ink_mask(page, page, probability), expected)


@pytest.mark.parametrize("scale", [1, 257])
def test_a_change_is_visible_from_over_20_levels_of_255_on(scale):
    before = np.full((1, 3), 200 * scale, np.uint8 if scale == 1 else np.uint16)
    restored = before + np.array([[19, 20, 21]], before.dtype) * before.dtype.type(scale)
    assert ink_mask(before, restored, None).tolist() == [[0, 0, 255]]


def test_without_a_mask_ink_is_what_changed_visibly(page):
    restored = page.copy()
    restored[10:12, 10:12] -= 60
    restored[30:32] -= 5
    expected = np.zeros(page.shape[:2], np.uint8)
    expected[10:12, 10:12] = 255
    assert np.array_equal(ink_mask(page, restored, None), expected)


@pytest.mark.parametrize(
    "arguments, words",
    [
        (dict(only="red"), r"only takes several names, as in \('red',\); got the text 'red'"),
        (dict(only=("pink",)), "only takes black, red, .* got 'pink'"),
        (dict(only=("red",), full=True), "exclude each other"),
        (dict(dpi=3.0), "dpi must lie between"),
        (dict(pdf_mode="none"), "pdf_mode must be one of"),
        (dict(max_megapixels=0), "must be positive"),
        (dict(max_megapixels=float("nan")), "must be positive; got nan"),
        (dict(grow_px=-1), "must not be negative"),
        (dict(fade_px=1.5), "must be whole and must not be negative; got 2 and 1.5"),
    ],
)
def test_wrong_options_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        EraseOptions(**arguments)
