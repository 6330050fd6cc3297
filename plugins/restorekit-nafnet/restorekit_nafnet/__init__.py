"""NAFNet for restorekit. Importing this module registers it."""

from restorekit_nafnet.nafnet import NAFNet

__all__ = ["NAFNet"]
