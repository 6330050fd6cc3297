"""Stop before weights that a loss has ruined are kept."""

from __future__ import annotations

import math

import torch
from mmengine.hooks import Hook
from mmengine.runner import Runner

from restorekit.engine.train_loop import Logged
from restorekit.registry import HOOKS
from restorekit.types import Batch

MEND = (
    "checkpoints and best/ are as they were before. Begin again with a lower optim_wrapper.optimizer.lr,"
    " or resume (--resume) with model.precision='fp32'; a loss of your own must not divide by zero"
)


@HOOKS.register_module()
class FiniteLossHook(Hook):
    """Ends a training at the first loss that is infinite or not a number, before a checkpoint is written.

    Such a loss makes every weight not-a-number, and the checkpoints after it would replace the whole ones. So
    does a gradient that is not finite where the loss is: no weights are saved that are not finite.
    """

    def after_train_iter(
        self, runner: Runner, batch_idx: int, data_batch: Batch | None = None, outputs: Logged | None = None
    ) -> None:
        """Look at what the step logged.

        Raises:
            ValueError: a loss is not finite; the message names it.
        """
        values = {key: torch.as_tensor(value).item() for key, value in (outputs or {}).items()}
        broken = {key: value for key, value in values.items() if not math.isfinite(value)}
        if broken:
            what = ", ".join(f"{key} is {value}" for key, value in broken.items())
            raise ValueError(f"{what} in iteration {runner.iter + 1}, which ruins the weights; {MEND}")

    def before_save_checkpoint(self, runner: Runner, checkpoint: dict) -> None:
        """Look at the weights.

        Raises:
            ValueError: a weight is not finite; the message names one.
        """
        state = checkpoint["state_dict"]
        broken = [key for key, value in state.items() if not value.isfinite().all()]
        if broken:
            raise ValueError(
                f"{len(broken)} of {len(state)} weights are not finite after iteration {runner.iter + 1},"
                f" {broken[0]} among them, though the loss was: its gradient is not; {MEND}"
            )
