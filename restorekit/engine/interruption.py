"""Ctrl-C and SIGTERM in a training: it ends after the step, with a checkpoint to go on from."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from types import FrameType
from typing import Any

import torch
from mmengine.dist import all_reduce, get_world_size
from mmengine.hooks import CheckpointHook, EMAHook, Hook
from mmengine.runner import Runner
from torch import Tensor

from restorekit.types import Batch

NAMES = {signal.SIGINT: "Ctrl-C", signal.SIGTERM: "SIGTERM"}
"""Who rents machines that may be taken away is told so by the second."""


class Interrupted(KeyboardInterrupt):
    """A training that ended as it was asked to; ``number`` is the signal's."""

    def __init__(self, message: str, *, number: int) -> None:
        super().__init__(message)
        self.number = number


class CutOffError(Exception):
    """A validation that is not to be finished."""


class InterruptionHook(Hook):
    """Listens to both signals while a training runs, and cuts a validation off between two pages.

    Several processes validate to the end: none may leave the others waiting for its scores. ``train``
    registers it; no config need name it.

    Attributes:
        number: the signal's that asked for the end, 0 before.
        stepping: whether there is something to save; before that a signal ends the training at once.
        ended: what to raise once all is done that a training ends with; None: it was not interrupted.
    """

    def __init__(self) -> None:
        self.number, self.stepping = 0, False
        self.ended: Interrupted | None = None
        self._before: dict[int, Any] = {}

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Take the signals while the block runs. In another thread than the main one Python has none."""
        self._process = os.getpid()
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._asked) for number in NAMES}
        try:
            yield
        finally:
            for number, handler in self._before.items():
                signal.signal(number, signal.SIG_DFL if handler is None else handler)  # None: not Python's

    def _asked(self, number: int, frame: FrameType | None) -> None:
        if os.getpid() != self._process:  # a loader's worker, which a terminal tells too
            return
        name = NAMES[signal.Signals(number)]
        if not self.stepping or (self.number and number == signal.SIGINT):
            raise Interrupted(
                f"ended by {name}; resuming (--resume) goes on from what is saved", number=number
            )
        if not self.number and hasattr(signal, "SIGCHLD"):  # workers told to end too are no fault of the step
            self._before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.number = self.number or number
        os.write(2, f"\n{name}: saving a checkpoint after this step; Ctrl-C again ends at once\n".encode())

    def fetched(self, batches: Iterator[Any], count: int) -> list[Any]:
        """The next ``count`` batches, or fewer where the end is asked for and took their workers along."""
        try:
            return list(islice(batches, count))
        except RuntimeError:
            if not self.number:
                raise
            return []

    def agreed(self) -> bool:
        """Whether the training is to end here, the same in all processes."""
        asked = torch.tensor(self.number)
        all_reduce(asked, "max")
        self.number = int(asked)
        return self.number > 0

    def after_val_iter(
        self,
        runner: Runner,
        batch_idx: int,
        data_batch: Batch | None = None,
        outputs: Sequence[Tensor] | None = None,
    ) -> None:
        """Raise ``CutOffError`` where the end was asked for."""
        if self.number and get_world_size() == 1:
            raise CutOffError

    def save(self, runner: Runner) -> None:
        """Save a checkpoint of the steps that are done, where the config's hook saves its own."""
        saved = "no checkpoint, for the config has no CheckpointHook"
        for hook in runner.hooks:
            if isinstance(hook, CheckpointHook):
                done = dict(epoch=runner.epoch, iter=runner.iter)
                hook._save_checkpoint_with_step(runner, runner.iter, meta=done)
                saved = f"{hook.last_ckpt} is saved, and resuming (--resume) goes on from there"
        name = NAMES[signal.Signals(self.number)]
        self.ended = Interrupted(f"{name} after iteration {runner.iter}: {saved}", number=self.number)


def validate_or_cut_off(runner: Runner) -> None:
    """Run the validation; where it is cut off, take the averaged weights out of the model again."""
    try:
        runner.val_loop.run()
    except CutOffError:
        for hook in runner.hooks:
            if isinstance(hook, EMAHook):
                hook.after_val_epoch(runner)


def interruption_of(runner: Runner) -> InterruptionHook:
    """The runner's hook; one that hears nothing where it has none."""
    return next((hook for hook in runner.hooks if isinstance(hook, InterruptionHook)), InterruptionHook())
