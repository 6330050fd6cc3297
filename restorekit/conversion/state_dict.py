"""Turns a state dict with other authors' names into one of ours, or says exactly what does not fit."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import torch
from torch import Tensor, nn

SHOWN = 10


def _source_leaves(theirs: str, module: nn.Module) -> dict[str, tuple[str, ...]]:
    """Their tensors that make up ``module``, and the names each may have; the first is PyTorch's."""
    leaves: dict[str, tuple[str, ...]] = {}
    if theirs.endswith(".conv2d"):  # the authors' wrapper of a spectrally normalised convolution
        leaves = {name: (name,) for name in ("weight_orig", "weight_u", "weight_v")}
    else:
        leaves["weight"] = ("weight",)
    if module.bias is not None:
        leaves["bias"] = ("bias",)
    if isinstance(module, nn.BatchNorm2d):
        leaves["running_mean"] = ("running_mean", "_mean")  # the second is Paddle's
        leaves["running_var"] = ("running_var", "_variance")
    return leaves


def _shape(leaf: str, module: nn.Module) -> tuple[int, ...]:
    weight = tuple(module.weight.shape)
    if leaf in ("weight", "weight_orig"):
        return weight
    outputs = weight[1] if isinstance(module, nn.ConvTranspose2d) else weight[0]
    return (int(np.prod(weight)) // outputs,) if leaf == "weight_v" else (outputs,)


def fold(weight: np.ndarray, u: np.ndarray, v: np.ndarray, *, transposed: bool) -> np.ndarray:
    """``weight`` over its spectral norm ``u @ W @ v``, as the authors' network uses it in evaluation.

    Args:
        weight: a convolution's weight; a transposed one has its outputs on axis 1.
        u: left singular vector, one number an output.
        v: right singular vector.
        transposed: whether it is a transposed convolution's.

    Raises:
        ValueError: the norm is not a positive number.
    """
    rows = weight.swapaxes(0, 1) if transposed else weight
    sigma = float(u.astype(np.float64) @ rows.reshape(rows.shape[0], -1).astype(np.float64) @ v)
    if not np.isfinite(sigma) or sigma <= 0:
        raise ValueError(f"its spectral norm is {sigma}: the file was saved before any training step")
    return (weight / sigma).astype(np.float32)


def _listed(what: str, keys: list[str]) -> str:
    more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
    return f"{len(keys)} {what}: {', '.join(keys[:SHOWN])}{more}"


def convert_state_dict(
    state: Mapping[str, np.ndarray],
    *,
    modules: Mapping[str, str],
    network: nn.Module,
    unused: Collection[str] = (),
) -> dict[str, Tensor]:
    """The state dict of ``network`` that computes what the authors' network does in evaluation.

    Args:
        state: the authors' arrays by their names.
        modules: the authors' name of each layer → ours. Every layer of ``network`` that has weights is named.
        network: ours, with plain convolutions (``spectral_norm=False``); its weights are not read.
        unused: the authors' layers that their file holds and their network never calls.

    Returns:
        Float32 tensors by our names; spectral norms are folded into the weights.

    Raises:
        ValueError: keys are missing, left over or of another shape; they are listed.
    """
    converted: dict[str, Tensor] = {}
    missing, misshapen, bad, seen = [], [], [], set[str]()
    for theirs, ours in modules.items():
        module = network.get_submodule(ours)
        found: dict[str, np.ndarray] = {}
        for leaf, names in _source_leaves(theirs, module).items():
            key = next((f"{theirs}.{name}" for name in names if f"{theirs}.{name}" in state), None)
            if key is None:
                missing.append(f"{theirs}.{names[0]}")
                continue
            seen.add(key)
            found[leaf] = state[key]
            if found[leaf].shape != _shape(leaf, module):
                misshapen.append(f"{key} is {found[leaf].shape}, not {_shape(leaf, module)}")
        if "weight_orig" in found and not (missing or misshapen):
            arguments = (found.pop(name) for name in ("weight_orig", "weight_u", "weight_v"))
            try:
                found["weight"] = fold(*arguments, transposed=isinstance(module, nn.ConvTranspose2d))
            except ValueError as error:
                bad.append(f"{theirs}: {error}")
        converted.update({f"{ours}.{leaf}": torch.tensor(array) for leaf, array in found.items()})
        if isinstance(module, nn.BatchNorm2d):
            # a step counter that evaluation never reads; Paddle has none
            seen.add(f"{theirs}.num_batches_tracked")
            converted[f"{ours}.num_batches_tracked"] = torch.tensor(0)
    ignored = tuple(f"{layer}." for layer in unused)
    left_over = [key for key in state if key not in seen and not key.startswith(ignored or "\0")]
    problems = {"missing": missing, "left over": left_over, "misshapen": misshapen, "unusable": bad}
    if any(problems.values()):
        raise ValueError("; ".join(_listed(what, keys) for what, keys in problems.items() if keys))
    return converted
