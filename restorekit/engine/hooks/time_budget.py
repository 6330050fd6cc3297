"""Train for so many minutes, whatever the machine does in them."""

from __future__ import annotations

import math
import time
from typing import Any

import torch
from mmengine.dist import broadcast
from mmengine.hooks import Hook
from mmengine.runner import Runner

from restorekit.engine.rehearsal import VALIDATING
from restorekit.engine.resuming import USED
from restorekit.engine.train_loop import Logged, wrappers_in
from restorekit.registry import HOOKS
from restorekit.types import Batch


@HOOKS.register_module()
class TimeBudgetHook(Hook):
    """Ends the training when its time is up, the rates fallen to zero by then.

    For machines that are lent or rented by the hour: how many iterations fit is not known before. The rates
    follow the time used instead of a scheduler, up in the first share of it and down a cosine in the rest
    (Loshchilov and Hutter, ICLR 2017, eq. 5; that the fall should fit the budget: Li et al., ICLR 2020). The
    time is that of all runs of a resumed training; loading and validating count, and for the validation at
    the end as much is kept back as the last one took, or as was told before the first, though no more than
    half. ``train_cfg.max_iters`` stays an upper bound.

    Args:
        minutes: the budget.
        warmup: the share of it in which the rates rise.

    Raises:
        ValueError: no time, or a share out of range.
    """

    priority = "HIGHEST"  # before mmengine's own reads the rates for the log

    def __init__(self, *, minutes: float, warmup: float = 0.02) -> None:
        if not (minutes > 0 and 0 <= warmup < 1):
            raise ValueError(
                f"expected minutes above 0 and a warmup in [0, 1); got minutes={minutes}, warmup={warmup}"
            )
        self.seconds, self.warmup = 60 * minutes, warmup

    def before_train(self, runner: Runner) -> None:
        """Start the clock."""
        self.spent = float(runner.message_hub.get_info(USED, 0.0))
        self.started, self.first, self.most = time.monotonic(), runner.iter, runner.max_iters
        runner.message_hub.update_info(VALIDATING, 0.0)  # another run's pages took another time
        for group in _groups(runner):
            group.setdefault("initial_lr", group["lr"])
        if self.spent >= self.seconds:
            runner.train_loop._max_iters = runner.iter

    def before_train_iter(self, runner: Runner, batch_idx: int, data_batch: Batch | None = None) -> None:
        """Set the rates, and the iteration to end after as it looks by now."""
        validating = runner.message_hub.get_info(VALIDATING, 0.0)
        clock = torch.tensor([time.monotonic() - self.started, validating], dtype=torch.float64)
        broadcast(clock)  # the first process's, or rates and ends would drift apart
        here, validating = clock.tolist()
        used, budget = self.spent + here, self.seconds - min(validating, self.seconds / 2)
        runner.message_hub.update_info(USED, used)
        factor = rate_factor(used / budget, self.warmup)
        for group in _groups(runner):
            group["lr"] = group["initial_lr"] * factor
        done = runner.iter - self.first
        left = math.ceil(max(0.0, budget - used) / here * done) if done else 2
        runner.train_loop._max_iters = min(self.most, runner.iter + max(1, left))

    def after_train_iter(
        self, runner: Runner, batch_idx: int, data_batch: Batch | None = None, outputs: Logged | None = None
    ) -> None:
        """After the last iteration, say in its checkpoint that the time is used up."""
        if runner.iter + 1 == runner.max_iters < self.most:
            runner.message_hub.update_info(USED, self.seconds)

    def before_val_epoch(self, runner: Runner) -> None:
        """Start the clock of a validation."""
        self.validation_started = time.monotonic()

    def after_val_epoch(self, runner: Runner, metrics: dict[str, Any] | None = None) -> None:
        """Keep as much time for the last validation as this one took."""
        runner.message_hub.update_info(VALIDATING, time.monotonic() - self.validation_started)

    def after_train(self, runner: Runner) -> None:
        """Warn where ``max_iters`` came first."""
        share = runner.message_hub.get_info(USED, 0.0) / self.seconds
        if runner.iter == self.most > self.first and share < 1:
            runner.logger.warning(
                f"train_cfg.max_iters={self.most} ended the training after {share:.0%} of its minutes, its"
                " rates not yet at zero: resume it (--resume) with a larger one to use the rest"
            )


def rate_factor(share: float, warmup: float) -> float:
    """What the rates are multiplied by when ``share`` of the time is used."""
    if share < warmup:
        return share / warmup
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (share - warmup) / (1 - warmup))))


def _groups(runner: Runner) -> list[dict]:
    return [group for wrapper in wrappers_in(runner.optim_wrapper) for group in wrapper.param_groups]
