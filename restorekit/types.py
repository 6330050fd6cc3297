"""The few types that every part of restorekit shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypedDict

from torch import Tensor

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
