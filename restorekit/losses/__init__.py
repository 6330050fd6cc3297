"""Losses: ``nn.Module``s from a ``Restoration`` and a ``Batch`` to a scalar, one file a loss.

Each has a ``weight`` that multiplies its value, computes in float32 (under autocast too), and raises a
ValueError where the network does not give what it needs. There is no base class.
"""

from restorekit.losses.charbonnier import CharbonnierLoss
from restorekit.losses.dice import DiceLoss
from restorekit.losses.l1 import L1Loss
from restorekit.losses.mask_cross_entropy import MaskCrossEntropyLoss
from restorekit.losses.multi_scale_l1 import MultiScaleL1Loss
from restorekit.losses.psnr import PSNRLoss
from restorekit.losses.region_l1 import RegionL1Loss
from restorekit.losses.ssim import SSIMLoss
from restorekit.losses.vgg import VGGLoss

__all__ = [
    "CharbonnierLoss",
    "DiceLoss",
    "L1Loss",
    "MaskCrossEntropyLoss",
    "MultiScaleL1Loss",
    "PSNRLoss",
    "RegionL1Loss",
    "SSIMLoss",
    "VGGLoss",
]
