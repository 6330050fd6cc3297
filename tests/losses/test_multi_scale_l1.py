import pytest
import torch

from restorekit.losses import MultiScaleL1Loss
from restorekit.types import Restoration


def batch_of_ink_on_the_left(height: int, width: int) -> dict:
    mask = torch.zeros(1, 1, height, width)
    mask[..., : width // 2] = 1
    return {"target": torch.ones(1, 3, height, width), "mask": mask}


@pytest.mark.parametrize(("scale", "expected"), [(1, 4.4), (2, 3.5), (4, 2.9)])
def test_weights_follow_the_size_of_the_coarse_page(scale: int, expected: float) -> None:
    output = Restoration(torch.zeros(1, 3, 8, 16), None, (torch.zeros(1, 3, 8 // scale, 16 // scale),))
    value = MultiScaleL1Loss()(output, batch_of_ink_on_the_left(8, 16))
    assert value.item() == pytest.approx(expected)


def test_sums_the_scales_in_any_order() -> None:
    pages = (torch.zeros(1, 3, 2, 4), torch.zeros(1, 3, 8, 16), torch.zeros(1, 3, 4, 8))
    output = Restoration(torch.zeros(1, 3, 8, 16), None, pages)
    value = MultiScaleL1Loss()(output, batch_of_ink_on_the_left(8, 16))
    assert value.item() == pytest.approx(4.4 + 3.5 + 2.9)


def test_the_target_is_resized_by_nearest() -> None:
    target = torch.tensor([0.5, 9, 0.25, 9]).reshape(1, 1, 1, 4).expand(1, 3, 2, 4)
    output = Restoration(torch.zeros(1, 3, 2, 4), None, (torch.zeros(1, 3, 1, 2),))
    value = MultiScaleL1Loss(half=(1.0, 1.0))(output, {"target": target, "mask": torch.zeros(1, 1, 2, 4)})
    assert value.item() == pytest.approx((0.5 + 0.25) / 2)


def test_another_size_is_an_error() -> None:
    output = Restoration(torch.zeros(1, 3, 8, 16), None, (torch.zeros(1, 3, 1, 2),))
    with pytest.raises(ValueError, match="quarter size of the 8x16 target; got one of 1x2"):
        MultiScaleL1Loss()(output, batch_of_ink_on_the_left(8, 16))


def test_a_weight_must_be_a_pair() -> None:
    with pytest.raises(ValueError, match="half must be a pair .* got 6.0"):
        MultiScaleL1Loss(half=6.0)
