"""The few types that every part of restorekit shares, and whether a network keeps to its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypedDict

from torch import Tensor, nn

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
    """What a data loader yields. Images are float RGB in [0, 1]; in ``mask``, 1 is ink (to be erased)."""

    image: Tensor
    target: Tensor
    mask: Tensor
    name: list[str]


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
