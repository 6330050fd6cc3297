"""Validation tried before a training, and not hours into it."""

from __future__ import annotations

import time
from datetime import timedelta

import torch
from mmengine.dist import get_world_size
from mmengine.runner import Runner

from restorekit.wording import counted

VALIDATING = "seconds_of_validation"
"""The message hub's name for how long a validation takes; what begins by "val" mmengine prints as a score."""


def rehearse_validation(runner: Runner) -> None:
    """Restore and score the first validation page, so that what cannot work fails at once.

    That is an inferencer that does not fit the network, a metric, a part of a plugin's. The scores are thrown
    away; hooks may look at them in ``after_rehearsal(runner, metrics)``. How long a validation will take is
    logged, and kept as ``VALIDATING``: with large pages it may be longer than the training between two.
    """
    runner.logger.info("validating one page, to see that it works")
    started = time.monotonic()
    loop = runner.val_loop
    runner.call_hook("before_val")
    runner.model.eval()
    batch = loop.dataloader.collate_fn([loop.dataloader.dataset[0]])
    with torch.no_grad():
        outputs = runner.model.val_step(batch)
    loop.evaluator.process(data_samples=outputs, data_batch=batch)
    runner.call_hook("after_rehearsal", metrics=loop.evaluator.evaluate(1))
    runner.call_hook("after_val")  # or mmengine forgets that it trains
    seconds, pages = time.monotonic() - started, len(loop.dataloader.dataset)
    together = seconds * pages / get_world_size()
    runner.message_hub.update_info(VALIDATING, together)
    told = timedelta(seconds=round(together))
    runner.logger.info(f"it took {seconds:.1f} s; {counted(pages, 'page')} will take some {told}")
