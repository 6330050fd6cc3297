"""Photographs in papers: from nothing, printed as presses, printers and copiers do."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.pictures import PICTURES, WAYS, printed, put_picture
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.printing.whole_papers import papers_in
from restorekit.synthesis.texts.whole_papers import Block

LANGUAGES = ("de", "el", "en", "es", "fr", "ja", "ko", "ru", "zh")


@pytest.mark.parametrize("name", PICTURES)
def test_no_two_pictures_are_alike_and_all_have_light_and_dark(name):
    first, second = (PICTURES[name](generator(seed, 3), 90, 150) for seed in (1, 2))
    assert first.shape == (90, 150, 3) and first.dtype == np.float32 and np.isfinite(first).all()
    assert np.abs(first - second).mean() > 0.02
    assert np.quantile(first, 0.95) - np.quantile(first, 0.05) > 0.3
    assert np.array_equal(first, PICTURES[name](generator(1, 3), 90, 150))


@pytest.mark.parametrize("way", WAYS)
def test_what_is_brighter_is_printed_brighter(way):
    steps = np.repeat(np.array([0.05, 0.3, 0.6, 0.95], np.float32), 60)
    picture = np.broadcast_to(steps[None, :, None], (120, 240, 3)).copy()
    for seed in range(6):
        made = printed(generator(seed, 4), picture, 22.0, way)
        assert made.shape == (120, 240, 3) and made.dtype == np.uint8
        levels = [made[10:-10, 60 * step + 12 : 60 * step + 48].mean() for step in range(4)]
        assert levels == sorted(levels) and levels[0] < 90 and levels[3] > 195


def test_dots_and_copies_have_no_greys_over_a_wide_area():
    picture = np.full((120, 120, 3), 0.5, np.float32)
    for way, least in (("dots", 50), ("greys", 0), ("colours", 0)):
        made = printed(generator(1, 5), picture, 30.0, way)[..., 1].astype(float)
        assert (made.std() > 45) == bool(least)


def test_a_picture_stands_in_its_column_and_what_it_shows_below_it():
    for seed in range(12):
        sheet = new_sheet(generator(seed, 6), 900, 700, "en", unit=20)
        block = Block("picture", ("leaf | Figure 1: a leaf",))
        end = put_picture(sheet, generator(seed, 7), block, None, 100.0, 600.0, 50.0)
        rows, columns = np.nonzero(np.asarray(sheet.image).min(-1) < 250)
        assert rows.min() > 50 and rows.max() < end and columns.min() >= 99 and columns.max() <= 600
        assert not sheet.slots


def test_papers_name_pictures_that_there_are_and_say_what_they_show():
    blocks = [block for one in LANGUAGES for paper in papers_in(one) for block in paper.blocks]
    named = [block.lines[0].partition(" | ") for block in blocks if block.kind == "picture"]
    assert len(named) >= 15
    assert all(name in PICTURES and said for name, _, said in named)
