"""EraseNet's own numbers, where the reference folder is at hand."""

import json

import numpy as np
import pytest
import torch

from restorekit.losses import MaskCrossEntropyLoss, MultiScaleL1Loss, RegionL1Loss
from restorekit.losses.functional import dice, gram_matrix
from restorekit.types import Restoration
from tests.conftest import REFERENCE


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="no reference folder (set RESTOREKIT_REFERENCE)")
def test_losses_equal_erasenets() -> None:
    with np.load(REFERENCE / "losses.npz") as file:
        arrays = {name: torch.from_numpy(file[name]) for name in file}
    expected = json.loads((REFERENCE / "losses.json").read_text())
    mask = 1 - arrays["background"]
    pages = tuple(arrays[f"coarse_{size}"] for size in ("quarter", "half", "full"))
    output = Restoration(arrays["image"], arrays["mask_logits"], pages)
    batch = {"target": arrays["target"], "mask": mask}
    three_masks = {"mask": mask.expand(-1, 3, -1, -1)}
    grams = [gram_matrix(arrays[name]) for name in ("image", "target")]
    ours = {
        "dice_on_logits": dice(torch.sigmoid(output.mask_logits), three_masks["mask"]),
        "hole_l1": RegionL1Loss(ink_weight=1.0, background_weight=0.0)(output, batch),
        "valid_l1": RegionL1Loss(ink_weight=0.0, background_weight=1.0)(output, batch),
        "erasenet_hole_valid": RegionL1Loss()(output, batch),
        "erasenet_multi_scale": MultiScaleL1Loss()(output, batch),
        "bce_of_sigmoid": MaskCrossEntropyLoss()(output, three_masks),
        "gram_l1": (grams[0] - grams[1]).abs().mean(),
    }
    for name, value in ours.items():
        assert value.item() == pytest.approx(expected[name], abs=1e-5), name
