import numpy as np
import torch

from restorekit.inferencers.blend_refiner import MARGIN, TILE, BlendRefiner, refine
from restorekit.inferencers.blending import Blend

BLEND = Blend(0.5, np.array([0.9, 0.8, 0.1], np.float32))


def excited(seed=0):
    """A refiner whose head says something."""
    torch.manual_seed(seed)
    refiner = BlendRefiner(widths=(8, 12)).requires_grad_(False)
    torch.nn.init.normal_(refiner.head.weight, 0, 0.02)
    return refiner


def pictures(height, width, marked=True):
    """The five pictures that ``refine`` takes, of noise, marked all over or nowhere."""
    rng = np.random.default_rng(0)
    image, restored, settled = rng.random((3, height, width, 3), dtype=np.float32)
    cover = rng.random((height, width), dtype=np.float32)
    return image, restored, settled, np.full((height, width), float(marked), np.float32), cover


def whole(refiner, planes):
    return np.concatenate([rows for _, rows in refine(refiner, planes, BLEND)])


def test_before_it_is_trained_it_changes_nothing():
    planes = pictures(50, 61)
    np.testing.assert_array_equal(whole(BlendRefiner(), planes), planes[2])


def test_tiles_change_nothing():
    height, width = TILE + 100, TILE + 38
    refiner, planes = excited(), pictures(height, width)
    at_once = refiner(
        torch.from_numpy(np.dstack(planes)).permute(2, 0, 1)[None, :, :, : width // 4 * 4],
        torch.tensor(BLEND.opacity).view(1, 1, 1, 1),
        torch.from_numpy(BLEND.colour).view(1, 3, 1, 1),
    ).clamp(0, 1)
    tiled = whole(refiner, planes)
    assert tiled.shape == (height, width, 3)
    assert abs(tiled - planes[2]).max() > 0.01
    seen = at_once[0].permute(1, 2, 0).numpy()[:, : width - 2 * MARGIN]
    np.testing.assert_allclose(tiled[:, : width - 2 * MARGIN], seen, atol=1e-5)


def test_it_sees_no_further_than_the_margin():
    refiner = excited().requires_grad_(True)
    planes = torch.rand(1, 11, 160, 160, requires_grad=True)
    refiner(planes, torch.tensor(0.5).view(1, 1, 1, 1), torch.rand(1, 3, 1, 1))[0, :, 80, 80].sum().backward()
    rows, columns = (planes.grad[0].abs().sum(0) > 0).nonzero().T
    reach = max(int((line - 80).abs().max()) for line in (rows, columns))
    assert 20 < reach <= MARGIN


def test_what_is_far_from_a_mark_stays_bit_for_bit():
    image, restored, settled, _, cover = pictures(90, 120)
    seen = np.zeros((90, 120), np.float32)
    seen[40, 60] = 0.2
    changed = (whole(excited(), (image, restored, settled, seen, cover)) != settled).any(2)
    rows, columns = np.nonzero(changed)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (37, 43, 57, 63)


def test_tiles_without_a_mark_are_not_looked_at():
    planes = pictures(40, 40, marked=False)
    refiner = excited()
    refiner.forward = None  # would fail
    np.testing.assert_array_equal(whole(refiner, planes), planes[2])
