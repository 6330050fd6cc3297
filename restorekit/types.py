"""The few types that every part of restorekit shares, and whether batches and networks keep to theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypedDict

import torch
from torch import Tensor, nn

ROUNDING = 1e-3
"""How far a batch's floats may lie outside [0, 1]: interpolation's share."""

Predict = Callable[[Tensor], Tensor]
"""Image in, image out, at the same height and width.

In: float RGB ``(N, 3, H, W)`` in [0, 1]. Out: ``(N, 3 + M, H, W)`` in [0, 1]; the first three channels
are the restored image, and where the network predicts a mask (``M = 1``) the fourth is the probability
that a pixel is ink. Whatever wraps a ``Predict`` (tiles, flips) treats all channels alike.
"""


class Restoration(NamedTuple):
    """What a network returns, before anything is clamped.

    Attributes:
        image: ``(N, 3, H, W)`` restored image.
        mask_logits: ``(N, 1, H, W)`` logits of "this pixel is ink, to be erased", or None.
        coarse: earlier or smaller estimates ``(N, 3, h, w)``, in the order in which they were made.
        iterations: the earlier passes, oldest first, of a network that restores in several; this one is
            the last.
    """

    image: Tensor
    mask_logits: Tensor | None = None
    coarse: tuple[Tensor, ...] = ()
    iterations: tuple[Restoration, ...] = ()


class Batch(TypedDict):
    """What a network is trained on and scored by. A data loader yields it so, or with bytes for floats.

    Attributes:
        image: ``(N, 3, H, W)`` float32 RGB in [0, 1].
        target: as ``image``, without the ink.
        mask: ``(N, 1, H, W)`` float32 in [0, 1], where 1 is ink (to be erased).
        name: the pages' names.
    """

    image: Tensor
    target: Tensor
    mask: Tensor
    name: list[str]


def check_batch(batch: Any) -> None:
    """Raise where what a data loader yields is no ``Batch``, whose floats may be bytes (plugins/README.md).

    Raises:
        TypeError: another type, key or shape.
        ValueError: floats out of [0, 1].
    """
    keys = Batch.__annotations__.keys()
    if not isinstance(batch, Mapping) or batch.keys() != keys:
        given = ", ".join(batch) if isinstance(batch, Mapping) else described(batch)
        raise TypeError(
            f"a batch has {', '.join(keys)} and nothing else; this one is: {given}. A dataset's samples are"
            " such dicts once its pipeline has ended with MaskFromPair and ToTensors"
        )
    image = batch["image"]
    if not isinstance(image, Tensor):
        raise TypeError(
            f"a batch's image is {described(image)}; expected a tensor (N, 3, H, W): give the data loader"
            " collate_fn=dict(type='collate_samples'), and its samples a tensor image"
        )
    for key, channels in (("image", 3), ("target", 3), ("mask", 1)):
        _check_planes(key, batch[key], (len(image), channels, *image.shape[2:]))
    if not (isinstance(batch["name"], (list, tuple)) and all(isinstance(one, str) for one in batch["name"])):
        raise TypeError(f"a batch's name is {described(batch['name'])}; expected a string for each page")


def _check_planes(key: str, planes: Any, shape: tuple[int, ...]) -> None:
    if not isinstance(planes, Tensor) or planes.ndim != 4 or planes.shape != shape:
        layout = f"(N, {shape[1]}, H, W)" if key == "image" else f"{shape}, as its image is"
        raise TypeError(f"a batch's {key} is {described(planes)}; expected a tensor {layout}")
    if planes.dtype not in (torch.float32, torch.uint8):
        raise TypeError(f"a batch's {key} is of {planes.dtype}; expected float32 in [0, 1], or uint8")
    if planes.dtype == torch.float32:
        least, most = (value.item() for value in planes.aminmax())
        if not (least >= -ROUNDING and most <= 1 + ROUNDING):
            raise ValueError(
                f"a batch's {key} goes from {least:.3g} to {most:.3g}; expected [0, 1]: divide levels by 255"
                " or leave them uint8, subtract no mean, and clamp after noise"
            )


def check_output(network: nn.Module, output: Any, image: Tensor) -> None:
    """Raise a TypeError where a network's ``output`` of ``image`` breaks its contract (plugins/README.md)."""
    name = type(network).__name__
    if not isinstance(output, Restoration):
        raise TypeError(
            f"{name} gave {described(output)}; forward(image) must return a Restoration (restorekit.types)"
        )
    single = image[:, :1]
    for part, value, expected in (
        ("image", output.image, image),
        ("mask_logits", output.mask_logits, single),
    ):
        if value is not None and described(value) != described(expected):
            raise TypeError(
                f"{name} gave {part} as {described(value)} for an image that is {described(image)}; expected"
                f" {described(expected)}"
            )


def described(value: Any) -> str:
    """What a value is, in a message: a tensor by its shape, anything else by its type."""
    return f"a tensor {tuple(value.shape)}" if isinstance(value, Tensor) else f"a {type(value).__name__}"
