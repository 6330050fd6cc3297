"""Stop before weights that a loss has ruined are kept."""

from __future__ import annotations

import math

import torch
from mmengine.hooks import Hook

from restorekit.registry import HOOKS


@HOOKS.register_module()
class FiniteLossHook(Hook):
    """Ends a training at the first loss that is infinite or not a number, before a checkpoint is written.

    Such a loss makes every weight not-a-number, and the checkpoints after it would replace the whole ones.
    """

    def after_train_iter(self, runner, batch_idx, data_batch=None, outputs=None) -> None:
        """Look at what the step logged.

        Raises:
            ValueError: a loss is not finite; the message names it.
        """
        values = {key: torch.as_tensor(value).item() for key, value in (outputs or {}).items()}
        broken = {key: value for key, value in values.items() if not math.isfinite(value)}
        if broken:
            what = ", ".join(f"{key} is {value}" for key, value in broken.items())
            raise ValueError(
                f"{what} in iteration {runner.iter + 1}, which ruins the weights; checkpoints and best/ are"
                " as they were before. Begin again with a lower optim_wrapper.optimizer.lr, or go on by"
                " --resume with model.precision='fp32'; a loss of your own must not divide by zero"
            )
