"""Iteration-based training that resumes where it stopped, without reading the past data again."""

from __future__ import annotations

import math
from collections.abc import Sequence

from mmengine.dist import get_rank, get_world_size
from mmengine.optim import OptimWrapper, OptimWrapperDict
from mmengine.runner import IterBasedTrainLoop
from torch import Tensor, nn

from restorekit.datasets import CountingSampler
from restorekit.datasets.endless import seed_generators
from restorekit.engine.interruption import interruption_of, validate_or_cut_off
from restorekit.engine.rehearsal import rehearse_validation
from restorekit.registry import LOOPS

Logged = dict[str, Tensor]
"""What a step logs: the losses by name, and their sum."""
DRAWN = "samples_drawn"
"""The message hub's name for how many samples a training has had, of all processes together."""
VALUES_KEPT = 10_000
"""Of each logged scalar; more than any window that logs take the mean of."""


@LOOPS.register_module()
class ResumableTrainLoop(IterBasedTrainLoop):
    """mmengine's loop over a ``CountingSampler``, which a resumed run moves to its place.

    mmengine's own loop draws (and drops) every batch that was trained on before; after days of training
    that takes hours. What a network draws (dropout) depends on the seed, the iteration and the process alone.
    One page is validated before the first step, and what a resumed run goes on from where it was due: the
    validation after that checkpoint may have been cut off. It goes on with the next sample, in batches of
    another size and other processes too. Its arguments are those of ``IterBasedTrainLoop``.

    An iteration is a step of the optimiser, whatever ``optim_wrapper.accumulative_counts`` batches it takes
    (mmengine's loop calls each batch an iteration): schedulers, the EMA, checkpoints and ``max_iters`` count
    steps, and none is resumed or ends in the middle of one. The losses logged are the batches' means.
    """

    def run(self) -> nn.Module:
        """Train to ``max_iters``.

        Raises:
            ValueError: the data loader's sampler cannot be moved, or two optimisers step after different
                numbers of batches.
        """
        if not isinstance(self.dataloader.sampler, CountingSampler):
            raise ValueError(
                f"ResumableTrainLoop needs a CountingSampler over EndlessSamples or another endless dataset;"
                f" got {type(self.dataloader.sampler).__name__}. With a sampler of your own, set"
                " train_cfg.type='IterBasedTrainLoop'"
            )
        batches_each = batches_a_step(self.runner.optim_wrapper)
        for wrapper in wrappers_in(self.runner.optim_wrapper):
            wrapper.initialize_count_status(self.runner.model, 0, -1)  # no step begun, and no last batch
        self.runner.call_hook("before_train")
        if self._iter >= self._max_iters:
            self.runner.logger.warning(
                f"nothing is left to train after iteration {self._iter}: to go on, give a larger"
                " train_cfg.max_iters, or more minutes (--minutes)"
            )
        elif self.runner.val_loop is not None:
            rehearse_validation(self.runner)
        self.runner.call_hook("before_train_epoch")
        if self._iter > 0:
            self._validate_where_due()
        self.dataloader_iterator = None  # made at construction, before it was known where to start
        processes = get_world_size()
        samples_each = self.dataloader.batch_size * batches_each * processes
        drawn = self.runner.message_hub.get_info(DRAWN, self._iter * samples_each)
        self.dataloader.sampler.start = math.ceil(drawn / processes)
        batches = iter(self.dataloader)
        interruption = interruption_of(self.runner)
        interruption.stepping = True
        while self._iter < self._max_iters and not self.stop_training:
            self.runner.model.train()
            step = interruption.fetched(batches, batches_each)
            if interruption.agreed():
                break
            drawn += samples_each
            self.runner.message_hub.update_info(DRAWN, drawn)
            seed_generators(self.runner.seed, self._iter, get_rank())
            self.run_iter(step)
            self._validate_where_due()
        if interruption.agreed():
            interruption.save(self.runner)
        self.runner.call_hook("after_train_epoch")
        self.runner.call_hook("after_train")
        return self.runner.model

    def _validate_where_due(self) -> None:
        self._decide_current_val_interval()
        due = self._iter % self.val_interval == 0 or self._iter >= self._max_iters
        if self.runner.val_loop is not None and self._iter >= self.val_begin and due:
            validate_or_cut_off(self.runner)

    def run_iter(self, data_batch: Sequence[dict]) -> None:
        """Take one step by the mean gradient of all the batches in ``data_batch``; hooks see the last."""
        place = {"batch_idx": self._iter, "data_batch": data_batch[-1]}
        self.runner.call_hook("before_train_iter", **place)
        logged = [
            self.runner.model.train_step(batch, optim_wrapper=self.runner.optim_wrapper)
            for batch in data_batch
        ]
        outputs = {key: sum(each[key] for each in logged) / len(logged) for key in logged[0]}
        self.runner.call_hook("after_train_iter", **place, outputs=outputs)
        for history in self.runner.message_hub.log_scalars.values():
            history.max_length = VALUES_KEPT  # mmengine copies all of a million values at each step
        self._iter += 1


def wrappers_in(optim_wrapper: OptimWrapper | OptimWrapperDict) -> list[OptimWrapper]:
    """The wrapper of each optimiser."""
    return list(optim_wrapper.values()) if isinstance(optim_wrapper, OptimWrapperDict) else [optim_wrapper]


def batches_a_step(optim_wrapper: OptimWrapper | OptimWrapperDict) -> int:
    """How many batches' gradients a step is taken by; a ValueError where two optimisers differ in it."""
    counts = {int(wrapper._accumulative_counts) for wrapper in wrappers_in(optim_wrapper)}
    if len(counts) > 1:
        raise ValueError(
            f"the optimisers take steps by {' and '.join(map(str, sorted(counts)))} batches: give all parts"
            " of optim_wrapper the same accumulative_counts"
        )
    return counts.pop()
