import math

import pytest
import torch

from restorekit.losses import MaskCrossEntropyLoss
from restorekit.types import Restoration


def test_by_hand_with_a_soft_mask() -> None:
    logits = torch.tensor([math.log(3.0), 0.0]).reshape(1, 1, 1, 2)  # probabilities 3/4 and 1/2
    mask = torch.tensor([1.0, 0.25]).reshape(1, 1, 1, 2)
    value = MaskCrossEntropyLoss()(Restoration(torch.zeros(1, 3, 1, 2), logits), {"mask": mask})
    assert value.item() == pytest.approx((-math.log(0.75) + math.log(2)) / 2, abs=1e-6)
