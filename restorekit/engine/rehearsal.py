"""Validation tried before a training, and not hours into it."""

from __future__ import annotations

import torch
from mmengine.runner import Runner


def rehearse_validation(runner: Runner) -> None:
    """Restore and score the first validation page, so that what cannot work fails at once.

    That is an inferencer that does not fit the network, a metric, a part of a plugin's. The scores are thrown
    away; hooks may look at them in ``after_rehearsal(runner, metrics)``.
    """
    runner.logger.info("validating one page, to see that it works")
    loop = runner.val_loop
    runner.call_hook("before_val")
    runner.model.eval()
    batch = loop.dataloader.collate_fn([loop.dataloader.dataset[0]])
    with torch.no_grad():
        outputs = runner.model.val_step(batch)
    loop.evaluator.process(data_samples=outputs, data_batch=batch)
    runner.call_hook("after_rehearsal", metrics=loop.evaluator.evaluate(1))
    runner.call_hook("after_val")  # or mmengine forgets that it trains
