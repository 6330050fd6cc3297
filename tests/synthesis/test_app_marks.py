"""What apps write into photographs: the same in target and input, small, and readable."""

import numpy as np
import pytest

from restorekit.synthesis import crops, pages
from restorekit.synthesis.app_marks import KINDS, draw_app_mark, lay_app_mark
from restorekit.synthesis.pages import generator
from restorekit.synthesis.pool import PagePool, Sources


def test_all_pictures_bear_the_same_in_a_corner():
    grey = np.full((400, 300, 3), 170, np.uint8)
    for seed in range(30):
        one, other = lay_app_mark(generator(seed, 1), (grey, grey.copy()))
        assert (one == other).all() and (grey == 170).all()
        rows = np.nonzero((one != grey).any((1, 2)))[0]
        assert 4 < len(rows) < 60 and rows.min() > 300
        assert one.max() > 180, "readable"


def test_a_piece_of_a_photograph_may_bear_it_anywhere():
    grey, tops = np.full((256, 256, 3), 170, np.uint8), []
    for seed in range(30):
        (one,) = lay_app_mark(generator(seed, 2), (grey,), 1240)
        tops.append(np.nonzero((one != grey).any((1, 2)))[0].min())
    assert min(tops) < 60 and max(tops) > 150


@pytest.mark.parametrize("kind", KINDS)
def test_letters_of_every_kind_stand_on_nothing(monkeypatch, kind):
    monkeypatch.setattr("restorekit.synthesis.app_marks.choose", lambda *_: kind)
    for seed in range(8):
        mask, _ = draw_app_mark(generator(seed, 3), 20)
        assert mask.dtype == np.uint8 and 25 < mask.shape[0] < 80
        assert 0.03 < (mask > 127).mean() < 0.6


def test_some_photographs_have_one_and_it_is_no_ink(monkeypatch, tmp_path):
    monkeypatch.setattr(pages, "APP_MARKED", 1.0)
    monkeypatch.setattr(pages, "NO_INK", 1.0)
    laid = []

    def lay(rng, pictures, whole=0):
        laid.append(whole)
        return lay_app_mark(rng, pictures, whole)

    monkeypatch.setattr(pages, "lay_app_mark", lay)
    for seed in range(12):
        assert not pages.make_handwriting_pair(seed, height=200, width=160).mask.any()
    monkeypatch.setattr(crops, "APP_MARKED", 1.0)
    monkeypatch.setattr(crops, "lay_app_mark", lay)
    pool = PagePool(
        task="handwriting", seed=1, size=1, height=300, width=240, sources=Sources(), cache=str(tmp_path)
    )
    for index in range(16):
        crops.handwriting_crop(pool, 1, index, 64)
    assert set(laid) == {0, 240}
