"""Authors' weights in small: rule-filled by the authors' names, for networks of any width."""

import zlib
from collections.abc import Callable

import numpy as np
import pytest
from torch import nn

from restorekit.conversion import SOURCES
from restorekit.networks import PERT, EraseNet, NonLocalEraseNet

SMALL = {
    "erasenet": lambda: EraseNet(width=4, spectral_norm=False, mask_channels=3),
    "pert": lambda: PERT(width=4, spectral_norm=False, mask_channels=3),
    "contest-erasenet": lambda: EraseNet(width=4, spectral_norm=False, mask_channels=3),
    "contest-nonlocal": lambda: NonLocalEraseNet(
        width=4, refiner_width=8, spectral_norm=False, mask_channels=3
    ),
}


def array(name: str, shape: tuple[int, ...]) -> np.ndarray:
    random = np.random.RandomState(zlib.crc32(name.encode()))
    leaf = name.rpartition(".")[2]
    if leaf in ("weight", "weight_orig") and len(shape) > 1:
        return random.normal(0, np.prod(shape[1:]) ** -0.5, shape).astype(np.float32)
    low, high = (-0.1, 0.1) if leaf in ("bias", "running_mean", "_mean") else (0.8, 1.2)
    return random.uniform(low, high, shape).astype(np.float32)


def authors_state(source: str, network: nn.Module) -> dict[str, np.ndarray]:
    """What the authors' file would hold if their network had the widths of ``network``."""
    paddle = source.startswith("contest")
    state = {}
    for theirs, ours in SOURCES[source].modules.items():
        module = network.get_submodule(ours)
        shapes = {name: tuple(p.shape) for name, p in module.named_parameters()}
        if isinstance(module, nn.BatchNorm2d):
            names = ("_mean", "_variance") if paddle else ("running_mean", "running_var")
            shapes |= dict.fromkeys(names, tuple(module.bias.shape))
        if theirs.endswith(".conv2d"):
            shapes["weight_orig"] = shapes.pop("weight")
        state |= {f"{theirs}.{leaf}": array(f"{theirs}.{leaf}", shape) for leaf, shape in shapes.items()}
        if isinstance(module, nn.BatchNorm2d) and not paddle:
            state[f"{theirs}.num_batches_tracked"] = np.array(7)
        if theirs.endswith(".conv2d"):
            weight = state[f"{theirs}.weight_orig"]
            rows = weight.swapaxes(0, 1) if isinstance(module, nn.ConvTranspose2d) else weight
            u, _, v = np.linalg.svd(rows.reshape(rows.shape[0], -1), full_matrices=False)
            state |= {f"{theirs}.weight_u": u[:, 0].copy(), f"{theirs}.weight_v": v[0].copy()}
    for layer in SOURCES[source].unused:
        state |= {f"{layer}.weight": np.zeros((4, 4, 1, 1)), f"{layer}.bias": np.zeros(4)}
    return state


@pytest.fixture
def small_network() -> Callable[[str], nn.Module]:
    return lambda source: SMALL[source]().eval()


@pytest.fixture
def small_state(small_network) -> Callable[[str], dict[str, np.ndarray]]:
    return lambda source: authors_state(source, small_network(source))


@pytest.fixture
def full_state() -> Callable[[str], dict[str, np.ndarray]]:
    """As ``small_state``, for the authors' own widths."""
    from restorekit.registry import NETWORKS

    return lambda source: authors_state(source, NETWORKS.build(dict(SOURCES[source].network)))
