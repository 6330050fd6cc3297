import pytest
import torch

from restorekit.losses import RegionL1Loss
from restorekit.types import Restoration


def test_defaults_are_erasenets() -> None:
    output = Restoration(torch.zeros(1, 3, 1, 4))
    batch = {"target": torch.ones(1, 3, 1, 4), "mask": torch.tensor([1.0, 0, 0, 0]).reshape(1, 1, 1, 4)}
    assert RegionL1Loss()(output, batch).item() == pytest.approx((10 + 3 * 2) / 4)


def test_one_plus_k_times_the_mask() -> None:
    torch.manual_seed(0)
    image, target, mask = torch.rand(1, 3, 4, 4), torch.rand(1, 3, 4, 4), torch.rand(1, 1, 4, 4)
    value = RegionL1Loss(ink_weight=5.0, background_weight=1.0)(
        Restoration(image), {"target": target, "mask": mask}
    )
    expected = ((1 + 4 * mask) * (image - target).abs()).mean()
    assert value.item() == pytest.approx(expected.item(), rel=1e-6)


def test_dark_pixels_outside_the_mask_weigh_more() -> None:
    target = torch.tensor([1.0, 0.25, 0.25]).reshape(1, 1, 1, 3).repeat(1, 3, 1, 1)  # paper, print, ink
    target[:, 0] += 0.5  # the lowest channel counts: coloured print is print
    batch = {"target": target, "mask": torch.tensor([0.0, 0, 1]).reshape(1, 1, 1, 3)}
    loss = RegionL1Loss(ink_weight=2.0, background_weight=1.0, print_weight=4.0)
    assert loss(Restoration(target + 1), batch).item() == pytest.approx((1 + (1 + 4 * 0.75) + 2) / 3)
