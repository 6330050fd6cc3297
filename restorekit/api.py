"""The Python API: arrays in, arrays out. It imports nothing of training."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

from restorekit.images import to_array, to_tensor
from restorekit.inferencers import Chain, predictor
from restorekit.networks import fold_spectral_norm
from restorekit.precision import autocast_dtype
from restorekit.weights_folder import STATE, load_weights_folder


class Result(NamedTuple):
    """What ``Restorer.restore`` returns.

    Attributes:
        image: the restored page, shaped and typed as the input.
        mask: ``(H, W)`` uint8, 255 where the network is sure of ink; None where it predicts no mask.
    """

    image: np.ndarray
    mask: np.ndarray | None


class Restorer:
    """A network with the way to run it.

    Args:
        network: see ``restorekit.networks``. It is put into evaluation mode, and its spectral norms are
            folded away.
        inferencer: an inferencer, its config, or None for the whole image at once.
        task: what the weights are for.
        device: ``'auto'`` (a GPU if there is one), ``'cpu'``, ``'cuda'``, ``'cuda:1'`` …
        precision: ``'auto'``, ``'fp32'`` or ``'bf16'``; see ``restorekit.precision``.
    """

    def __init__(
        self,
        network: nn.Module,
        *,
        inferencer: Any = None,
        task: str = "",
        device: str = "auto",
        precision: str = "auto",
    ) -> None:
        self.task = task
        self.device = pick_device(device)
        network = fold_spectral_norm(network).to(self.device, memory_format=torch.channels_last)
        self.network = network.requires_grad_(False)
        self.inferencer = Chain(inferencers=[] if inferencer is None else [inferencer])
        self._predict = predictor(network, autocast_dtype=autocast_dtype(precision, self.device.type))

    def __call__(self, array: np.ndarray) -> np.ndarray:
        """The restored page; see ``restore``."""
        return self.restore(array).image

    def restore(self, array: np.ndarray) -> Result:
        """Restore one page.

        Args:
            array: RGB ``(H, W, 3)``, grey ``(H, W)`` or ``(H, W, 1)``, either with alpha as the last
                channel (``(H, W, 4)``, ``(H, W, 2)``); uint8 or uint16. Alpha comes back untouched.

        Returns:
            The page, shaped and typed as it came, and the ink mask.

        Raises:
            TypeError: another dtype.
            ValueError: another shape, or no pixels.
        """
        colour, alpha = _split_alpha(check_array(array))
        grey = colour.shape[2] == 1
        rgb = np.repeat(colour, 3, axis=2) if grey else colour
        output = self.inferencer(self._predict, to_tensor(rgb))[0]
        restored = output[:3].mean(0, keepdim=True) if grey else output[:3]
        image = to_array(restored, array.dtype.type)
        if alpha is not None:
            image = np.concatenate([image, alpha], axis=2)
        mask = to_array(output[3:])[..., 0] if output.shape[0] > 3 else None
        return Result(image.reshape(array.shape), mask)


def load_restorer(
    weights: str | os.PathLike,
    *,
    inferencer: Mapping[str, Any] | None = None,
    device: str = "auto",
    precision: str = "auto",
) -> Restorer:
    """Load a restorer.

    Args:
        weights: a weights folder (``work_dirs/NAME/best``, or one made by ``restorekit convert``), or the
            ``model.safetensors`` in one.
        inferencer: run it otherwise than its config says, e.g. ``dict(type='Tiled', tile=512, margin=64)``.
        device: see ``Restorer``.
        precision: see ``Restorer``.

    Raises:
        FileNotFoundError, ValueError, KeyError: see ``restorekit.weights_folder.load_weights_folder``.

    Example:
        >>> restorer = load_restorer("work_dirs/handwrite_residual/best")  # doctest: +SKIP
        >>> clean = restorer(page)  # doctest: +SKIP
    """
    path = Path(weights)
    folder = path.parent if path.name == STATE else path
    network, config = load_weights_folder(folder)
    return Restorer(
        network,
        inferencer=config["inferencer"] if inferencer is None else inferencer,
        task=config.get("task", ""),
        device=device,
        precision=precision,
    )


def pick_device(device: str) -> torch.device:
    """``'auto'`` to a GPU if there is one; a ValueError names a device that is not there."""
    if device == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    picked = torch.device(device)
    if picked.type == "cuda" and not torch.cuda.is_available():
        raise ValueError(f"device={device!r}, but torch sees no CUDA device; use 'cpu' or 'auto'")
    return picked


def check_array(array: np.ndarray) -> np.ndarray:
    """``array`` with a channel axis, or an error that says what a page must be."""
    if not isinstance(array, np.ndarray) or array.dtype not in (np.uint8, np.uint16):
        found = array.dtype if isinstance(array, np.ndarray) else type(array).__name__
        raise TypeError(
            f"a page must be a numpy array of uint8 or uint16; got {found}."
            " For floats in [0, 1]: (page * 255).round().astype('uint8')"
        )
    shaped = array[..., None] if array.ndim == 2 else array
    if shaped.ndim != 3 or shaped.shape[2] not in (1, 2, 3, 4) or 0 in shaped.shape:
        raise ValueError(
            f"a page must have shape (H, W), (H, W, 1..4), with at least one pixel; got {array.shape}"
        )
    return shaped


def _split_alpha(array: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
    if array.shape[2] in (2, 4):
        return array[..., :-1], array[..., -1:]
    return array, None
