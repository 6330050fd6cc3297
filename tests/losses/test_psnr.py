import pytest
import torch

from restorekit.losses import PSNRLoss
from restorekit.types import Restoration


def test_a_perfect_image_has_the_loss_of_epsilon() -> None:
    page = torch.rand(2, 3, 4, 4)
    assert PSNRLoss(epsilon=1e-8)(Restoration(page), {"target": page}).item() == pytest.approx(-80, abs=1e-3)


def test_epsilon_must_be_positive() -> None:
    with pytest.raises(ValueError, match="epsilon must be positive"):
        PSNRLoss(epsilon=0.0)
