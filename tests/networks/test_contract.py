"""One contract, run over every registered network."""

import pytest
import torch

from restorekit.networks import (
    PERT,
    AverageNetwork,
    EraseNet,
    NonLocalEraseNet,
    ResidualUNet,
    TextGuidedUNet,
)
from restorekit.registry import NETWORKS
from restorekit.testing import NETWORK_CHECKS

FACTORIES = {
    "EraseNet": lambda: EraseNet(width=4),
    "NonLocalEraseNet": lambda: NonLocalEraseNet(width=4, refiner_width=8),
    "NonLocalEraseNet-textbook": lambda: NonLocalEraseNet(width=4, refiner_width=8, attention="textbook"),
    "PERT": lambda: PERT(width=4, iterations=2),
    "ResidualUNet": lambda: ResidualUNet(widths=(4, 8, 8), blocks=1),
    "TextGuidedUNet": lambda: TextGuidedUNet(widths=(4, 4, 8, 8), blocks=1),
    "AverageNetwork": lambda: AverageNetwork(
        networks=[ResidualUNet(widths=(4, 8), blocks=1), ResidualUNet(widths=(4, 4, 8), blocks=1)]
    ),
}


@pytest.fixture(autouse=True)
def _one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.mark.parametrize("name", FACTORIES)
@pytest.mark.parametrize("check", NETWORK_CHECKS, ids=lambda check: check.__name__)
def test_contract(check, name: str) -> None:
    check(FACTORIES[name])


def test_every_registered_network_is_under_the_contract() -> None:
    tested = {name.split("-")[0] for name in FACTORIES}
    ours = {name for name, kind in NETWORKS.module_dict.items() if kind.__module__.startswith("restorekit.")}
    assert ours == tested
