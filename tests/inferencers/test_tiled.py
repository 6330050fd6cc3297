import itertools

import pytest
import torch
from torch import nn

from restorekit.inferencers import Tiled
from restorekit.inferencers.functional import pad_reflect

SIZES = [(1, 1), (1, 7), (5, 1), (2, 3), (13, 17), (32, 32), (31, 64), (70, 45)]
TILINGS = [(1, 0), (8, 0), (8, 3), (16, 5), (33, 16), (512, 106)]


def image_of(height, width, batch=1):
    return torch.rand(batch, 3, height, width, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize(
    "size, tiling, blend, extend",
    list(itertools.product(SIZES, TILINGS, ["centre", "feather"], ["reflect", "none"])),
)
def test_identity_comes_back_bit_for_bit(size, tiling, blend, extend):
    image = image_of(*size, batch=2)
    tile, margin = tiling
    tiled = Tiled(tile=tile, margin=margin, batch_size=3, blend=blend, extend=extend)
    result = tiled(lambda x: x, image)
    assert torch.equal(result, image)


@pytest.mark.parametrize("blend, margin", [("centre", 3), ("feather", 6)])
@pytest.mark.parametrize("batch_size", [1, 4])
def test_tiles_equal_the_whole_page_where_the_margin_covers_the_receptive_field(blend, margin, batch_size):
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(3, 4, 5, padding=2), nn.Tanh(), nn.Conv2d(4, 4, 3, padding=1))
    image = image_of(61, 83)
    whole = network(pad_reflect(image, 3, 3, 3, 3))[..., 3:-3, 3:-3]  # it sees 2 + 1 px
    with torch.no_grad():
        tiled = Tiled(tile=20, margin=margin, batch_size=batch_size, blend=blend)(network, image)
    torch.testing.assert_close(tiled, whole, rtol=0, atol=1e-5)


@pytest.mark.parametrize("blend, margin", [("centre", 3), ("feather", 6)])
@pytest.mark.parametrize("batch_size", [1, 4])
def test_tiles_that_end_at_the_edges_equal_the_page_as_it_is(blend, margin, batch_size):
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(3, 4, 5, padding=2), nn.Tanh(), nn.Conv2d(4, 4, 3, padding=1))
    image = image_of(61, 83)
    with torch.no_grad():
        whole = network(image)
        tiled = Tiled(tile=20, margin=margin, batch_size=batch_size, blend=blend, extend="none")(
            network, image
        )
    torch.testing.assert_close(tiled, whole, rtol=0, atol=1e-5)


def test_a_margin_too_small_is_seen():
    """The test above can fail: one px less of margin changes the result."""
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(3, 4, 5, padding=2), nn.Tanh(), nn.Conv2d(4, 3, 3, padding=1))
    image = image_of(61, 83)
    with torch.no_grad():
        whole = Tiled(tile=200, margin=2)(network, image)
        tiled = Tiled(tile=20, margin=2)(network, image)
    assert (tiled - whole).abs().max() > 1e-3


def test_feather_fades_between_tiles_that_disagree():
    calls = itertools.count()
    tiled = Tiled(tile=16, margin=4, batch_size=1, blend="feather")
    result = tiled(lambda x: torch.full_like(x, float(next(calls))), torch.zeros(1, 3, 4, 16))
    row = result[0, 0, 0]  # tiles of 16 at a step of 8 fade over 2 px on either side of column 8
    assert row[:6].eq(0).all() and row[10:].eq(1).all()
    assert torch.allclose(row[6:10], torch.tensor([0.2, 0.4, 0.6, 0.8]))


def test_every_tile_of_a_large_page_has_the_tile_size_and_batches_are_full():
    shapes = []

    def predict(x):
        shapes.append(tuple(x.shape))
        return x

    Tiled(tile=24, margin=6, batch_size=5)(predict, image_of(40, 40))
    assert shapes == [(5, 3, 24, 24), (5, 3, 24, 24), (5, 3, 24, 24), (1, 3, 24, 24)]


@pytest.mark.parametrize(
    "arguments, words",
    [
        (
            dict(tile=20, margin=10),
            r"got tile=20, margin=10: give a larger tile \(--tile\), or a smaller margin",
        ),
        (dict(tile=20, margin=-1), "tile must exceed twice the margin"),
        (dict(tile=20, margin=2, batch_size=0), "batch_size must be at least 1"),
        (dict(tile=20, margin=2, blend="cosine"), "'centre' or 'feather'; got 'cosine'"),
        (dict(tile=20, margin=2, extend="wrap"), "'reflect' or 'none'; got 'wrap'"),
    ],
)
def test_wrong_tiles_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        Tiled(**arguments)
