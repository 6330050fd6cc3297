"""Networks: ``nn.Module``s from an image to a ``Restoration``.

A network has ``size_divisor: int`` (the sides it takes are multiples of it), ``bounded_receptive_field:
bool`` (False: its result changes with the tile size) and ``forward(image) -> Restoration``. There is no
base class.
"""

from restorekit.networks.average import AverageNetwork
from restorekit.networks.blocks import fold_spectral_norm
from restorekit.networks.erase_net import EraseNet, NonLocalEraseNet
from restorekit.networks.patch_discriminator import PatchDiscriminator
from restorekit.networks.pert import PERT
from restorekit.networks.residual_unet import ResidualUNet
from restorekit.networks.text_guided_unet import TextGuidedUNet

__all__ = [
    "PERT",
    "AverageNetwork",
    "EraseNet",
    "NonLocalEraseNet",
    "PatchDiscriminator",
    "ResidualUNet",
    "TextGuidedUNet",
    "fold_spectral_norm",
]
