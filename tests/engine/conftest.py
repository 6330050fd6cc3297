"""A network that shows in which mode and with which random numbers it was run."""

import pytest
from torch import nn

from restorekit.registry import NETWORKS
from restorekit.types import Restoration


class Normed(nn.Module):
    """A network whose running statistics and random numbers change where it is run in training mode."""

    size_divisor, bounded_receptive_field = 1, True

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.BatchNorm2d(3), nn.Dropout2d(0.5), nn.Conv2d(3, 4, 3, padding=1))

    def forward(self, image):
        output = self.layers(image)
        return Restoration(output[:, :3], output[:, 3:])


@pytest.fixture
def normed():
    """The options that make a config train ``Normed``."""
    NETWORKS.register_module(module=Normed)
    yield {"model.network": {"type": "Normed", "_delete_": True}}
    NETWORKS.module_dict.pop("Normed")
