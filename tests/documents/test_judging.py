import numpy as np
import pytest

from restorekit.documents import EraseOptions
from restorekit.documents.judging import judge

OPTIONS = EraseOptions()


@pytest.fixture
def case():
    """A page with 400 dark pixels of print and a stroke of 100; the stroke was erased."""
    before = np.full((100, 100, 3), 250, np.uint8)
    before[10:20, 10:50] = 20
    before[60:62, 20:70] = 40
    after = before.copy()
    after[60:62, 20:70] = 250
    mask = np.zeros((100, 100), np.uint8)
    mask[60:62, 20:70] = 255
    return before, after, mask


def test_a_page_that_went_well_is_not_flagged(case):
    assert judge(*case, np.zeros((100, 100), bool), OPTIONS) == ()


@pytest.mark.parametrize("channels", [2, 4])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_page_that_is_mostly_transparent_is_flagged(dtype, channels):
    page = np.zeros((10, 10, channels), dtype)
    page[:5, :, -1] = np.iinfo(dtype).max
    ink = np.zeros((10, 10), np.uint8)
    assert judge(page, page, ink, None, OPTIONS) == ()
    page[4, :, -1] = 0
    words = "60% of the page is transparent, and ink there is not seen; save it on white"
    assert judge(page, page, ink, None, OPTIONS) == (words,)


def test_print_that_changed_outside_the_ink_is_flagged(case):
    before, after, mask = case
    after[10, 10:15] = 120
    assert judge(before, after, mask, None, OPTIONS) == ()  # a hundredth of it is not much
    after[10, 10:20] = 120
    assert judge(before, after, mask, None, OPTIONS) == ("2.0% of the dark pixels outside the ink changed",)


def test_the_soft_edge_of_the_ink_is_no_print_that_changed(case):
    before, after, mask = case
    before[62:66, 20:70] = after[62:66, 20:70] = 100  # the stroke is wider than what was found of it
    after[62:66, 20:70] = 200
    assert judge(before, after, mask, None, OPTIONS) == ()
    narrow = EraseOptions(grow_px=0, fade_px=1)  # two of the four rows
    assert judge(before, after, mask, None, narrow) == ("14.3% of the dark pixels outside the ink changed",)


def test_a_change_counts_where_the_mean_of_its_channels_is_seen(case):
    before, after, mask = case
    after[10, 10:20, 0] = 75  # 55 levels of one channel, 18 of all
    assert judge(before, after, mask, None, OPTIONS) == ()
    after[10, 10:20, 0] = 85
    assert judge(before, after, mask, None, OPTIONS) == ("2.0% of the dark pixels outside the ink changed",)


def test_much_erased_is_flagged(case):
    before, after, mask = case
    mask[10:20, 10:25] = 255  # half of them, with the stroke
    assert judge(before, after, mask, None, OPTIONS) == ()
    mask[10:20, 10:26] = 255
    assert judge(before, after, mask, None, OPTIONS) == ("52% of the page's dark pixels were erased",)


def test_doubt_is_flagged_in_sixteen_bits_too(case):
    before, after, mask = case
    doubt = np.zeros((100, 100), bool)
    doubt[60:62, 20:60] = True
    deep = (before.astype(np.uint16) * 257, after.astype(np.uint16) * 257)
    assert judge(*deep, mask, doubt, OPTIONS) == ("unsure of 16% of the page's dark pixels",)


def test_doubt_of_a_few_specks_is_not_flagged(case):
    before = case[0]  # 500 dark pixels
    nothing, doubt = np.zeros((100, 100), np.uint8), np.zeros((100, 100), bool)
    doubt[10, 10:15] = True
    assert judge(before, before, nothing, doubt, OPTIONS) == ()
    doubt[10, 15] = True
    assert judge(before, before, nothing, doubt, OPTIONS) == ("unsure of 1% of the page's dark pixels",)


def test_an_empty_page_is_not_judged():
    page = np.full((100, 100), 250, np.uint8)
    page[0, 0] = 0
    assert judge(page, page, np.full_like(page, 255), None, OPTIONS) == ()
