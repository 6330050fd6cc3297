"""What a loss asks of a network's output, with an error that says how to mend its absence."""

from __future__ import annotations

from torch import Tensor

from restorekit.types import Restoration


def _missing(loss: str, output: str, what: str) -> ValueError:
    return ValueError(
        f"{loss} needs the network's {output}, but this network predicts no {what};"
        f" set the loss to None in the config, or train a network that predicts it"
    )


def require_mask_logits(output: Restoration, loss: str) -> Tensor:
    """``output.mask_logits``, or a ValueError that names ``loss`` and the mend."""
    if output.mask_logits is None:
        raise _missing(loss, "mask_logits", "mask")
    return output.mask_logits


def require_coarse(output: Restoration, loss: str) -> tuple[Tensor, ...]:
    """``output.coarse``, or a ValueError that names ``loss`` and the mend."""
    if not output.coarse:
        raise _missing(loss, "coarse", "coarse pages")
    return output.coarse
