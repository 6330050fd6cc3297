import pytest
import torch
from torch import Tensor, nn

from restorekit.networks import AverageNetwork
from restorekit.types import Restoration


class Constant(nn.Module):
    bounded_receptive_field = True

    def __init__(self, value: float, logit: float | None, divisor: int = 1) -> None:
        super().__init__()
        self.value, self.logit, self.size_divisor = value, logit, divisor

    def forward(self, image: Tensor) -> Restoration:
        logits = None if self.logit is None else torch.full_like(image[:, :1], self.logit)
        return Restoration(torch.full_like(image, self.value), logits)


def test_is_the_mean_of_the_clamped_members() -> None:
    page = torch.zeros(1, 3, 2, 2)
    output = AverageNetwork(networks=[Constant(1.5, 2.0), Constant(-1.0, -4.0), Constant(0.5, None)])(page)
    torch.testing.assert_close(output.image, torch.full_like(page, 0.5))
    torch.testing.assert_close(output.mask_logits, torch.full((1, 1, 2, 2), -1.0))


def test_no_member_with_a_mask_gives_none() -> None:
    page = torch.zeros(1, 3, 2, 2)
    assert AverageNetwork(networks=[Constant(0, None), Constant(1, None)])(page).mask_logits is None


def test_size_divisor_suits_every_member() -> None:
    assert AverageNetwork(networks=[Constant(0, None, 6), Constant(0, None, 4)]).size_divisor == 12


def test_is_bounded_only_if_every_member_is() -> None:
    unbounded = Constant(0, None)
    unbounded.bounded_receptive_field = False
    assert AverageNetwork(networks=[Constant(0, None), Constant(1, None)]).bounded_receptive_field
    assert not AverageNetwork(networks=[Constant(0, None), unbounded]).bounded_receptive_field


def test_builds_members_from_configs() -> None:
    small = {"type": "ResidualUNet", "widths": (4, 4), "blocks": 1}
    page = torch.rand(1, 3, 4, 4)
    torch.testing.assert_close(AverageNetwork(networks=[small, small])(page).image, page)


def test_one_member_is_refused() -> None:
    with pytest.raises(ValueError, match="two or more networks; got 1"):
        AverageNetwork(networks=[Constant(0, None)])
