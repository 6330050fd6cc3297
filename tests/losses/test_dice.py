import pytest
import torch

from restorekit.losses import DiceLoss
from restorekit.types import Restoration


def test_takes_the_sigmoid_of_the_logits() -> None:
    output = Restoration(torch.zeros(1, 3, 1, 1), torch.zeros(1, 1, 1, 1))
    value = DiceLoss()(output, {"mask": torch.ones(1, 1, 1, 1)})
    assert value.item() == pytest.approx(1 - 2 * 0.5 / (0.25 + 1 + 0.002), abs=1e-6)


def test_is_the_mean_over_iterations() -> None:
    right = Restoration(torch.zeros(1, 3, 1, 1), torch.full((1, 1, 1, 1), 50.0))
    wrong = right._replace(mask_logits=-right.mask_logits)
    batch = {"mask": torch.ones(1, 1, 1, 1)}
    one_of_three = DiceLoss()(right._replace(iterations=(wrong, right)), batch)
    expected = (1 + 2 * (1 - 2 / 2.002)) / 3
    assert one_of_three.item() == pytest.approx(expected, abs=1e-5)
