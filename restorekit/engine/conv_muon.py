"""The Muon optimiser, for convolutions.

torch.optim.Muon takes matrices alone and refuses the four-dimensional weights that our networks are made of.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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
        matrices: ``(N, rows, columns)``, any scale.

    Returns:
        The same shape; singular values between 0.68 and 1.13 (Jordan et al., "Muon", 2024), those that were
        a thousandth of the Frobenius norm or less smaller.
    """
    a, b, c = QUINTIC
    upright = matrices.shape[1] > matrices.shape[2]
    wide = matrices.mT if upright else matrices
    wide = wide / (wide.norm(dim=(1, 2), keepdim=True) + 1e-7)
    wide = wide.to(autocast_dtype("auto", wide.device) or wide.dtype)
    for _ in range(ITERATIONS):
        gram = wide @ wide.mT
        wide = torch.baddbmm(wide, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), wide, beta=a)
    return (wide.mT if upright else wide).to(matrices.dtype)


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

    Raises:
        ValueError: a rate or share below 0, or a momentum outside [0, 1).
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
        together: dict[tuple, list[tuple[Tensor, dict[str, Any]]]] = defaultdict(list)
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                if group["weight_decay"]:
                    weight.mul_(1 - group["lr"] * group["weight_decay"])
                hidden = weight.ndim >= 2 and min(weight.shape[:2]) >= LEAST_SIDE
                alike = (group["momentum"], weight.shape) if hidden else (*group["betas"], group["eps"])
                together[hidden, weight.device, alike].append((weight, group))
        for (hidden, _, _), members in together.items():
            (self._muon if hidden else self._adam)(*zip(*members, strict=True))
        return loss

    def _muon(self, weights: Sequence[Tensor], groups: Sequence[dict[str, Any]]) -> None:
        """Step weights of one shape: on a GPU their many small products take far longer one by one."""
        momentum = groups[0]["momentum"]
        ahead = []
        for weight in weights:
            state = self.state[weight]
            if not state:
                state["momentum"] = torch.zeros_like(weight)
            mean = state["momentum"].lerp_(weight.grad, 1 - momentum)
            ahead.append(weight.grad.lerp(mean, momentum).flatten(1))
        size = RMS_OF_ADAM * math.sqrt(max(ahead[0].shape))
        steps = orthogonalise(torch.stack(ahead))
        for weight, step, group in zip(weights, steps, groups, strict=True):
            weight.sub_(step.view_as(weight), alpha=group["lr"] * size)

    def _adam(self, weights: Sequence[Tensor], groups: Sequence[dict[str, Any]]) -> None:
        states = [self.state[weight] for weight in weights]
        for weight, state in zip(weights, states, strict=True):
            if not state:
                state["step"], state["mean"] = 0, torch.zeros_like(weight)
                state["square"] = torch.zeros_like(weight)
            state["step"] += 1
        first, second = groups[0]["betas"]
        steps = [state["step"] for state in states]
        gradients = [weight.grad for weight in weights]
        means, squares = [state["mean"] for state in states], [state["square"] for state in states]
        # torch.optim's own way to step many tensors in few calls
        torch._foreach_lerp_(means, gradients, 1 - first)
        torch._foreach_mul_(squares, second)
        torch._foreach_addcmul_(squares, gradients, gradients, 1 - second)
        roots = torch._foreach_div(squares, [1 - second**step for step in steps])
        torch._foreach_sqrt_(roots)
        torch._foreach_add_(roots, groups[0]["eps"])
        rates = [
            -group["lr"] * group["adam_ratio"] / (1 - first**step)
            for group, step in zip(groups, steps, strict=True)
        ]
        torch._foreach_addcdiv_(weights, means, roots, rates)
