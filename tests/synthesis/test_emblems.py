import cv2
import numpy as np
import pytest

from restorekit.synthesis import emblems
from restorekit.synthesis.emblems import EMBLEMS, draw_emblem
from restorekit.synthesis.pages import generator


@pytest.mark.parametrize("emblem", EMBLEMS)
def test_every_kind_has_shape_and_gaps_and_varies(emblem):
    shapes = [emblem(generator(seed, 77)) for seed in range(25)]
    shares = [(shape > 127).mean() for shape in shapes]
    assert all(shape.shape == (emblems.GRID, emblems.GRID) and shape.dtype == np.uint8 for shape in shapes)
    assert min(shares) > 0.01 and max(shares) < 0.95
    assert len({shape.tobytes() for shape in shapes}) > 20


@pytest.mark.parametrize("side", [12, 60, 400])
def test_an_emblem_fills_its_square_in_one_way(side):
    for seed in range(30):
        emblem = draw_emblem(generator(seed, 77), side)
        assert emblem.shape == (side, side)
        rows, columns = np.flatnonzero(emblem.any(1)), np.flatnonzero(emblem.any(0))
        assert max(np.ptp(rows), np.ptp(columns)) >= side - 2
        middle = (rows[0] + rows[-1] + 1) / 2, (columns[0] + columns[-1] + 1) / 2
        assert np.abs(np.subtract(middle, side / 2)).max() <= 1.5


def test_blades_are_alike_all_around():
    for seed in range(20):
        shape = emblems._blades(generator(seed, 77)).astype(int)
        turns = [np.abs(shape - np.rot90(shape, 2)).mean(), *_thirds(shape)]
        assert min(turns) < 12, seed


def _thirds(shape):
    """How a shape differs from itself, turned by a third, a fifth and a seventh of the circle."""
    middle = (emblems.GRID / 2 - 0.5,) * 2
    for parts in (3, 5, 7):
        turn = cv2.getRotationMatrix2D(middle, 360 / parts, 1)
        turned = cv2.warpAffine(shape.astype(np.uint8), turn, shape.shape).astype(int)
        yield np.abs(shape - turned).mean()
