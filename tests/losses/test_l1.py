import pytest
import torch

from restorekit.losses import L1Loss
from restorekit.types import Restoration


def test_by_hand() -> None:
    output = Restoration(torch.tensor([0.0, 0.5, 1.0]).reshape(1, 3, 1, 1))
    target = torch.tensor([0.25, 0.5, 0.0]).reshape(1, 3, 1, 1)
    assert L1Loss()(output, {"target": target}).item() == pytest.approx(1.25 / 3)
