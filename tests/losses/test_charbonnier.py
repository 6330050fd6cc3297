import pytest
import torch

from restorekit.losses import CharbonnierLoss
from restorekit.types import Restoration


def test_is_epsilon_at_zero_error() -> None:
    page = torch.full((1, 3, 2, 2), 0.5)
    assert CharbonnierLoss(epsilon=0.01)(Restoration(page), {"target": page}).item() == pytest.approx(0.01)


def test_epsilon_must_be_positive() -> None:
    with pytest.raises(ValueError, match="epsilon must be positive"):
        CharbonnierLoss(epsilon=0.0)
