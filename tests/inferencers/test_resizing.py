import numpy as np
import pytest
import torch
from torch.nn import functional as F

from restorekit.inferencers.functional import predict_bands, reader
from restorekit.inferencers.resizing import ROWS, gathered, page_levels, resized_page, row_groups, stretched


@pytest.mark.parametrize("size", [(7, 5), (15, 11), (3, 2), (1, 1), (16, 3)])
def test_rows_are_stretched_as_torch_stretches_the_whole(size):
    image = torch.rand(2, 3, 7, 5, generator=torch.Generator().manual_seed(0))
    whole = F.interpolate(image, size=size, mode="bilinear", align_corners=False)
    torch.testing.assert_close(stretched(image, torch.arange(size[0]), size), whole)
    rows = torch.tensor([size[0] - 1, 0])
    torch.testing.assert_close(stretched(image, rows, size), whole[:, :, rows])


def test_groups_of_rows_cover_a_page_once():
    groups = list(row_groups(ROWS + 1))
    assert [first for first, _ in groups] == [0, ROWS]
    assert torch.cat([rows for _, rows in groups]).tolist() == list(range(ROWS + 1))


def test_what_is_gathered_is_the_page():
    image = torch.rand(1, 3, 50, 20, generator=torch.Generator().manual_seed(0))
    bands = predict_bands(lambda tiles: tiles, reader(image), (50, 20), tile=16, margin=2)
    assert torch.equal(gathered(bands, 50), image)


@pytest.mark.parametrize("factor, size", [(0.5, (300, 20)), (0.001, (1, 1)), (1.5, (900, 60))])
def test_a_page_is_resized_by_a_factor_and_keeps_its_tone(factor, size):
    page = resized_page(reader(torch.full((1, 3, 600, 40), 0.7)), (600, 40), factor)
    assert page.shape == (1, 3, *size)
    torch.testing.assert_close(page, torch.full_like(page, 0.7))


def test_a_page_is_held_in_steps_of_a_level_whatever_its_rows_are_read_by(monkeypatch):
    page = torch.linspace(-0.1, 1.1, 3 * 7 * 5).reshape(1, 3, 7, 5)
    expected = (255 * page[0].clamp(0, 1)).round().byte().permute(1, 2, 0).numpy()
    monkeypatch.setattr("restorekit.inferencers.resizing.ROWS", 3)
    levels = page_levels(reader(page), (7, 5))
    assert levels.dtype == np.uint8 and np.array_equal(levels, expected)
