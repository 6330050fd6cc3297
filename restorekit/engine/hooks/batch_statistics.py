"""Several processes keep the batch norms of one network."""

from __future__ import annotations

from mmengine.dist import all_reduce_params
from mmengine.hooks import Hook
from mmengine.runner import Runner

from restorekit.engine.train_loop import Logged
from restorekit.types import Batch


class BatchStatisticsHook(Hook):
    """Gives the batch norms of all processes the mean of their running statistics after each iteration.

    Each has seen its own batches, and would validate, average and keep another network. ``train`` registers
    it, whatever the loop; no config need name it.
    """

    priority = "VERY_HIGH"  # before the average of the weights takes them in

    def after_train_iter(
        self, runner: Runner, batch_idx: int, data_batch: Batch | None = None, outputs: Logged | None = None
    ) -> None:
        """Average them, where there are several processes."""
        norms = [one for one in runner.model.modules() if getattr(one, "running_mean", None) is not None]
        all_reduce_params([one for norm in norms for one in (norm.running_mean, norm.running_var)], op="mean")
