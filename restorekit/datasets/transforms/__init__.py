"""Paired transforms: each takes and returns a sample, and treats image, target and mask alike."""

from restorekit.datasets.transforms.invert_mask import InvertMask
from restorekit.datasets.transforms.mask_from_pair import MaskFromPair
from restorekit.datasets.transforms.random_crop import RandomCrop
from restorekit.datasets.transforms.random_flip import RandomFlip
from restorekit.datasets.transforms.random_rotation import RandomRotation
from restorekit.datasets.transforms.to_tensors import ToTensors

__all__ = ["InvertMask", "MaskFromPair", "RandomCrop", "RandomFlip", "RandomRotation", "ToTensors"]
