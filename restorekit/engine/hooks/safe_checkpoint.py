"""Checkpoints without code in them; see ``restorekit.engine.checkpoint``."""

from __future__ import annotations

from mmengine.hooks import Hook
from mmengine.runner import Runner

from restorekit.engine.checkpoint import plain_checkpoint, restore_checkpoint
from restorekit.engine.resuming import (
    check_minutes,
    check_pages,
    check_resumed,
    check_schedules,
    hush_lost_gradients,
    make_up_steps,
    optimizers_of,
    pages_of,
)
from restorekit.registry import HOOKS


@HOOKS.register_module()
class SafeCheckpointHook(Hook):
    """Makes checkpoints plain after all other hooks put their share in, and restores them on loading."""

    priority = "LOWEST"

    def before_save_checkpoint(self, runner: Runner, checkpoint: dict) -> None:
        """Take out what only unpickling could bring back; put in by what and on which pages is trained."""
        checkpoint["meta"]["optimizers"] = optimizers_of(runner)
        checkpoint["meta"]["pages"] = pages_of(runner.cfg)
        plain_checkpoint(checkpoint)

    def after_load_checkpoint(self, runner: Runner, checkpoint: dict) -> None:
        """Rebuild what mmengine wants back; see ``restorekit.engine.resuming`` for refusals and warnings."""
        if runner._resume:
            hush_lost_gradients(runner)
            check_minutes(runner, checkpoint)
            remarks = (
                check_resumed(runner, checkpoint),
                check_schedules(runner, checkpoint),
                check_pages(runner.cfg, checkpoint),
            )
            for remark in filter(None, remarks):
                runner.logger.warning(remark)
        restore_checkpoint(checkpoint)

    def before_train(self, runner: Runner) -> None:
        """Have schedulers go on that had ended with the training."""
        make_up_steps(runner)
