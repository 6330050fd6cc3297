"""The Muon optimiser, for convolutions.

torch.optim.Muon takes matrices alone and refuses the four-dimensional weights that our networks are made of.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor

from restorekit.precision import autocast_dtype
from restorekit.registry import OPTIMIZERS

QUINTIC = (3.4445, -4.7750, 2.0315)
"""Coefficients that bring singular values towards 1 fastest (Jordan et al., 2024)."""
ITERATIONS = 5
RMS_OF_ADAM = 0.2
"""The root mean square of an Adam step in units of its rate (Liu et al., arXiv 2502.16982, section 2.2)."""
LEAST_SIDE = 16
"""Weights with fewer channels in or out, such as first and last layers', are left to Adam."""


def orthogonalise(matrices: Tensor) -> Tensor:
    """Matrices with the same singular vectors and singular values of about 1, by Newton-Schulz iteration.

    In bf16 where the machine is fast at it, as the authors run it: only the direction of a step is at stake.

    Args:
        matrices: ``(rows, columns)``, any scale.

    Returns:
        The same shape; singular values between 0.68 and 1.13 (Jordan et al., "Muon", 2024), those that were
        a thousandth of the Frobenius norm or less smaller.
    """
    a, b, c = QUINTIC
    wide = matrices if matrices.shape[0] <= matrices.shape[1] else matrices.T
    wide = (wide / (wide.norm() + 1e-7)).to(autocast_dtype("auto", wide.device.type) or wide.dtype)
    for _ in range(ITERATIONS):
        gram = wide @ wide.T
        wide = torch.addmm(wide, torch.addmm(gram, gram, gram, beta=b, alpha=c), wide, beta=a)
    return (wide if matrices.shape[0] <= matrices.shape[1] else wide.T).to(matrices.dtype)


@OPTIMIZERS.register_module()
class ConvMuon(torch.optim.Optimizer):
    """Steps of even strength in all directions of a weight: momentum, orthogonalised.

    For weights of two dimensions or more, ``(out, in, ...)`` taken as ``(out, in * ...)``, with at least
    ``LEAST_SIDE`` channels in and out. All others (biases, norms, first and last layers) are trained by
    Adam. Steps are scaled to those of Adam at the same rate (Liu et al.,
    arXiv 2502.16982, eq. 4). Source: Jordan et al., "Muon: an optimizer for hidden layers in neural
    networks", 2024.

    Args:
        params: as for any optimiser of torch.
        lr: rate of Muon's steps.
        momentum: of the gradient's running mean, with Nesterov's look ahead.
        weight_decay: share of the weight taken off at each step, times ``lr``; of both.
        adam_ratio: Adam's rate, as a share of ``lr``.
        betas: Adam's.
        eps: Adam's.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 2e-3,
        momentum: float = 0.95,
        weight_decay: float = 0.0,
        adam_ratio: float = 0.4,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
    ) -> None:
        if lr < 0 or not 0 <= momentum < 1 or weight_decay < 0 or adam_ratio < 0:
            raise ValueError(
                f"expected lr, weight_decay and adam_ratio of 0 or more and momentum in [0, 1);"
                f" got {lr}, {weight_decay}, {adam_ratio}, {momentum}"
            )
        defaults = dict(lr=lr, momentum=momentum, weight_decay=weight_decay, adam_ratio=adam_ratio)
        super().__init__(params, {**defaults, "betas": betas, "eps": eps})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        """One step; parameters without a gradient are left alone."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                if group["weight_decay"]:
                    weight.mul_(1 - group["lr"] * group["weight_decay"])
                if weight.ndim >= 2 and min(weight.shape[:2]) >= LEAST_SIDE:
                    self._muon(weight, group)
                else:
                    self._adam(weight, group)
        return loss

    def _muon(self, weight: Tensor, group: dict[str, Any]) -> None:
        state = self.state[weight]
        if not state:
            state["momentum"] = torch.zeros_like(weight)
        mean = state["momentum"].lerp_(weight.grad, 1 - group["momentum"])
        ahead = weight.grad.lerp(mean, group["momentum"]).flatten(1)
        size = RMS_OF_ADAM * math.sqrt(max(ahead.shape))
        weight.sub_(orthogonalise(ahead).view_as(weight), alpha=group["lr"] * size)

    def _adam(self, weight: Tensor, group: dict[str, Any]) -> None:
        state = self.state[weight]
        if not state:
            state["step"], state["mean"] = 0, torch.zeros_like(weight)
            state["square"] = torch.zeros_like(weight)
        state["step"] += 1
        first, second = group["betas"]
        mean = state["mean"].lerp_(weight.grad, 1 - first)
        square = state["square"].mul_(second).addcmul_(weight.grad, weight.grad, value=1 - second)
        root = (square / (1 - second ** state["step"])).sqrt_().add_(group["eps"])
        rate = group["lr"] * group["adam_ratio"] / (1 - first ** state["step"])
        weight.addcdiv_(mean, root, value=-rate)
