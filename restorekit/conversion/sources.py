"""Whose weights can be converted, and what becomes of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor

from restorekit import networks  # noqa: F401  (registers them)
from restorekit.conversion.layouts import ERASENET, NONLOCAL_ERASENET, NONLOCAL_ERASENET_UNUSED, PERT
from restorekit.conversion.reading import read_paddle, read_torch
from restorekit.conversion.state_dict import convert_state_dict
from restorekit.registry import NETWORKS

CONTEST_INFERENCER = {
    "type": "Chain",
    "inferencers": [
        {"type": "Tiled", "tile": 512, "margin": 106},
        {"type": "FlipAverage", "directions": "h"},
    ],
}


Reader = Callable[[Path], dict[str, np.ndarray]]


@dataclass(frozen=True)
class Source:
    """One authors' network.

    Attributes:
        title: whose it is, for the card.
        network: our network's config, with plain convolutions.
        modules: the authors' layer names → ours.
        read: reads their file to arrays by name.
        task: what they trained it for.
        inferencer: how they ran it; None is the whole image.
        unused: layers that their file holds and their network never calls.
    """

    title: str
    network: Mapping[str, Any]
    modules: Mapping[str, str]
    read: Reader
    task: str
    inferencer: Mapping[str, Any] | None = None
    unused: tuple[str, ...] = ()


_PLAIN = {"spectral_norm": False, "mask_channels": 3}

SOURCES = {
    "erasenet": Source(
        title='EraseNet (Liu et al., "EraseNet: End-to-End Text Removal in the Wild", IEEE TIP 2020)',
        network={"type": "EraseNet", **_PLAIN},
        modules=ERASENET,
        read=read_torch,
        task="scene-text",
    ),
    "pert": Source(
        title='PERT (Wang et al., "What is the Real Need for Scene Text Removal?", IEEE TIP 2023)',
        network={"type": "PERT", **_PLAIN},
        modules=PERT,
        read=read_torch,
        task="scene-text",
    ),
    "contest-erasenet": Source(
        title="the first-place contest entry's model one (EraseNet's generator, trained with Paddle)",
        network={"type": "EraseNet", **_PLAIN},
        modules=ERASENET,
        read=read_paddle,
        task="handwriting",
        inferencer=CONTEST_INFERENCER,
    ),
    "contest-nonlocal": Source(
        title="the first-place contest entry's model two (Non-Local refinement, trained with Paddle)",
        network={"type": "NonLocalEraseNet", "attention": "contest", **_PLAIN},
        modules=NONLOCAL_ERASENET,
        read=read_paddle,
        task="handwriting",
        inferencer=CONTEST_INFERENCER,
        unused=NONLOCAL_ERASENET_UNUSED,
    ),
}


def _resembling(state: Mapping[str, np.ndarray], read: Reader, other_than: str) -> str:
    """A hint at the source that ``state``, which ``read`` gave, is of, unless that was asked for."""
    layers = {key.rpartition(".")[0] for key in state}
    for name, source in SOURCES.items():
        known = source.read is read and layers - set(source.unused) == set(source.modules)
        if known and name != other_than:
            return f"; its layers are those of source {name} (--from)"
    return ""


def _read(path: Path, source: str) -> dict[str, np.ndarray]:
    try:
        return SOURCES[source].read(path)
    except ValueError as error:
        hint = ""
        for read in {other.read for other in SOURCES.values()} - {SOURCES[source].read}:
            with suppress(ValueError):
                hint = _resembling(read(path), read, source)
        raise ValueError(f"{error}{hint}") from error


def convert_weights(path: str | os.PathLike, *, source: str) -> dict[str, Tensor]:
    """Read an authors' file as the state dict of ``SOURCES[source].network``.

    Args:
        path: a ``.pth`` (plain or DataParallel, bare or under ``state_dict``) or a ``.pdparams``.
        source: a key of ``SOURCES``.

    Returns:
        Float32 tensors by our names; spectral norms are folded into the weights.

    Raises:
        FileNotFoundError, IsADirectoryError: no such file.
        ValueError: an unknown source, a file that cannot be read safely, or keys that do not fit; the
            message names the source that they are of, or lists them.
    """
    if source not in SOURCES:
        raise ValueError(f"source must be one of {', '.join(SOURCES)}; got {source!r}")
    kind = SOURCES[source]
    state = _read(Path(path), source)
    network = NETWORKS.build(dict(kind.network))
    try:
        return convert_state_dict(state, modules=kind.modules, network=network, unused=kind.unused)
    except ValueError as error:
        hint = _resembling(state, kind.read, source)
        raise ValueError(f"{path} holds no {source} weights{hint or f': {error}'}") from error
