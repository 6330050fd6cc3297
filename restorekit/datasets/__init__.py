"""Datasets: from files to samples, and the transforms between them and a batch."""

from restorekit.datasets import transforms
from restorekit.datasets.collating import collate_samples
from restorekit.datasets.endless import CountingSampler, EndlessSamples
from restorekit.datasets.masks import hard_mask, soft_mask
from restorekit.datasets.mixed import MixedSamples
from restorekit.datasets.paired_images import PairedImages
from restorekit.datasets.synthetic_pages import SyntheticPages

__all__ = [
    "CountingSampler",
    "EndlessSamples",
    "MixedSamples",
    "PairedImages",
    "SyntheticPages",
    "collate_samples",
    "hard_mask",
    "soft_mask",
    "transforms",
]
