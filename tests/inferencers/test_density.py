import numpy as np
import pytest
import torch

from restorekit.inferencers.density import (
    coloured_paper,
    darkness_of,
    densities,
    off_grey,
    transmittance,
)

PAPER = 200, 180, 160


@pytest.fixture
def page():
    """Coloured paper of 64 by 96 px with a spot of 4 by 2 px."""
    levels = np.full((64, 96, 3), PAPER, np.uint8)
    levels[40:44, 50:52] = 100, 45, 40
    return levels


def read(levels):
    return lambda rows, columns: torch.from_numpy(levels[rows[0] : rows[-1] + 1]).permute(2, 0, 1)[None] / 255


def test_paper_is_that_of_each_channel(page):
    paper = coloured_paper(read(page), (64, 96))
    assert paper.shape == (1, 3, 8, 12)
    torch.testing.assert_close(paper, torch.tensor(PAPER)[None, :, None, None].expand_as(paper) / 255)


def test_a_grey_page_has_no_coloured_paper(page):
    grey = np.repeat(page[..., :1], 3, 2)
    assert coloured_paper(read(grey), (64, 96)) is None and densities(grey, grey[..., 0] < 150) is None
    grey[0, 0, 0] += 1
    assert coloured_paper(read(grey), (64, 96)) is not None


def test_light_gets_through_to_the_paper_between_a_64th_and_all_of_it():
    page, paper = torch.tensor([[99, 0, 255, 49]]) / 255, torch.tensor([[199, 255, 100, 199]]) / 255
    assert transmittance(page, paper).tolist() == [pytest.approx([0.5, 1 / 64, 1, 0.25])]


def test_grey_has_no_colour_and_red_and_blue_lie_apart():
    assert off_grey(torch.ones(3, 2))[0].tolist() == [0, 0] and off_grey(np.ones(3)) == (0, 0)
    assert off_grey((1, 0, 0)) == pytest.approx((np.sqrt(2 / 3), 0))
    assert off_grey((0, 0, 1)) == pytest.approx((-np.sqrt(1 / 6), -np.sqrt(1 / 2)))


@pytest.mark.parametrize("rows", [8, 16, 56, 4096])
def test_densities_are_those_of_some_pixels_row_by_row(page, monkeypatch, rows):
    monkeypatch.setattr("restorekit.inferencers.resizing.ROWS", rows)
    where = np.zeros((64, 96), bool)
    where[40:44, 50:52] = where[63, 95] = True
    found = densities(page, where)
    assert found.shape == (3, 9) and found.dtype == np.float32
    spot = -np.log([101 / 201, 46 / 181, 41 / 161])
    np.testing.assert_allclose(found, np.stack(8 * [spot] + [np.zeros(3)], 1), atol=1e-5)


@pytest.mark.parametrize("height", [1, 113])
def test_the_last_rows_that_are_read_may_be_a_single_one(monkeypatch, height):
    monkeypatch.setattr("restorekit.inferencers.resizing.ROWS", 112)
    page = np.full((height, 96, 3), PAPER, np.uint8)
    where = np.zeros((height, 96), bool)
    where[-1, 3] = True
    np.testing.assert_allclose(densities(page, where), np.zeros((3, 1)), atol=1e-6)


PRINTED = 50
"""Level: print that takes away three quarters of the light of paper of 200."""


@pytest.fixture
def printed():
    """Print of 40 by 20 px."""
    levels = np.full((256, 256, 3), 200, np.uint8)
    levels[100:120, 40:80] = PRINTED
    return levels


def test_darkness_is_the_share_of_the_papers_light(printed):
    darkness = darkness_of(printed)
    assert darkness.dtype == np.float32
    np.testing.assert_allclose(darkness[100:120, 40:80], 0.75, atol=1e-6)
    np.testing.assert_allclose(darkness[:90], 0, atol=1e-6)


@pytest.mark.parametrize("height", [1, 113])
def test_the_last_rows_that_are_read_may_be_a_single_one_for_darkness(printed, monkeypatch, height):
    monkeypatch.setattr("restorekit.inferencers.resizing.ROWS", 112)
    cut = printed[-height:]
    cut[-1] = PRINTED
    np.testing.assert_allclose(darkness_of(cut)[-1], 0.75 if height > 1 else 0, atol=1e-6)


def test_paper_is_never_darker_than_40_levels(printed):
    np.testing.assert_allclose(darkness_of(np.full_like(printed, 20)), 0.5, atol=1e-6)
    np.testing.assert_allclose(darkness_of(np.full_like(printed, 41)), 0, atol=1e-6)
