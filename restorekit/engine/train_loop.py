"""Iteration-based training that resumes where it stopped, without reading the past data again."""

from __future__ import annotations

from mmengine.dist import get_rank
from mmengine.runner import IterBasedTrainLoop
from torch import nn

from restorekit.datasets import CountingSampler
from restorekit.datasets.endless import seed_generators
from restorekit.engine.rehearsal import rehearse_validation
from restorekit.registry import LOOPS


@LOOPS.register_module()
class ResumableTrainLoop(IterBasedTrainLoop):
    """mmengine's loop over a ``CountingSampler``, which a resumed run moves to its place.

    mmengine's own loop draws (and drops) every batch that was trained on before; after days of training
    that takes hours. What a network draws (dropout) depends on the seed, the iteration and the process alone.
    One page is validated before the first step. Its arguments are those of ``IterBasedTrainLoop``.
    """

    def run(self) -> nn.Module:
        """Train to ``max_iters``.

        Raises:
            ValueError: the data loader's sampler cannot be moved.
        """
        if not isinstance(self.dataloader.sampler, CountingSampler):
            raise ValueError(
                f"ResumableTrainLoop needs a CountingSampler over EndlessSamples or another endless dataset;"
                f" got {type(self.dataloader.sampler).__name__}. With a sampler of your own, set"
                " train_cfg.type='IterBasedTrainLoop'"
            )
        self.runner.call_hook("before_train")
        if self.runner.val_loop is not None and self._iter < self._max_iters:
            rehearse_validation(self.runner)
        self.runner.call_hook("before_train_epoch")
        self.dataloader_iterator = None  # made at construction, before it was known where to start
        self.dataloader.sampler.start = self._iter * self.dataloader.batch_size
        batches = iter(self.dataloader)
        while self._iter < self._max_iters and not self.stop_training:
            self.runner.model.train()
            batch = next(batches)
            seed_generators(self.runner.seed, self._iter, get_rank())
            self.run_iter(batch)
            self._decide_current_val_interval()
            due = self._iter % self.val_interval == 0 or self._iter == self._max_iters
            if self.runner.val_loop is not None and self._iter >= self.val_begin and due:
                self.runner.val_loop.run()
        self.runner.call_hook("after_train_epoch")
        self.runner.call_hook("after_train")
        return self.runner.model
