import pytest
import torch

from restorekit.losses import SSIMLoss
from restorekit.types import Restoration


def test_equal_pages_have_none() -> None:
    page = torch.rand(1, 3, 16, 16)
    assert SSIMLoss()(Restoration(page), {"target": page}).item() == pytest.approx(0, abs=1e-6)


def test_flat_pages_by_hand() -> None:
    # without variance, only the luminance term (2ab + C1) / (a^2 + b^2 + C1), C1 = 0.01^2, is not 1
    dark, light = torch.full((1, 3, 16, 16), 0.2), torch.full((1, 3, 16, 16), 0.6)
    expected = 1 - (2 * 0.2 * 0.6 + 1e-4) / (0.04 + 0.36 + 1e-4)
    assert SSIMLoss()(Restoration(dark), {"target": light}).item() == pytest.approx(
        expected, abs=2e-4
    )  # flat pages: variances are rounding alone
