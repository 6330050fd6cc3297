"""A progress bar with the time left, on a terminal."""

from __future__ import annotations

import atexit
import logging
import sys
from collections.abc import Sequence

from mmengine.dist import is_main_process
from mmengine.hooks import Hook
from mmengine.runner import Runner
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from torch import Tensor

from restorekit.engine.train_loop import Logged
from restorekit.registry import HOOKS
from restorekit.types import Batch


@HOOKS.register_module()
class ProgressHook(Hook):
    """Shows iterations (or pages), the loss, time gone and time left.

    Where the output is no terminal it stays silent; the log lines have the time left too.
    """

    priority = "VERY_LOW"

    def __init__(self) -> None:
        self.progress: Progress | None = None
        atexit.register(self._stop)  # an interrupted training gives the terminal its cursor back

    def _start(self, total: int, done: int, label: str) -> None:
        console = Console(stderr=True)
        if not (is_main_process() and console.is_terminal):
            return
        self._stop()
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console,
        )
        self.task = self.progress.add_task(label, total=total, completed=done, note="")
        self.progress.start()
        self._redirected = [
            (handler, handler.stream)
            for logger in [logging.getLogger(name) for name in list(logging.Logger.manager.loggerDict)]
            for handler in logger.handlers
            if type(handler) is logging.StreamHandler and handler.stream in (sys.__stdout__, sys.__stderr__)
        ]
        for handler, _ in self._redirected:  # log lines above the bar, not through it
            handler.setStream(sys.stderr)

    def _stop(self) -> None:
        if self.progress is not None:
            for handler, stream in self._redirected:
                handler.setStream(stream)
            self.progress.stop()
            self.progress = None

    def before_train(self, runner: Runner) -> None:
        """Start the bar."""
        self._start(runner.max_iters, runner.iter, "training")

    def after_train_iter(
        self, runner: Runner, batch_idx: int, data_batch: Batch | None = None, outputs: Logged | None = None
    ) -> None:
        """One iteration further."""
        if self.progress is not None:
            note = f"loss {float(outputs['loss']):.4f}" if outputs and "loss" in outputs else ""
            self.progress.update(self.task, total=runner.max_iters, completed=batch_idx + 1, note=note)

    def after_train(self, runner: Runner) -> None:
        """Take the bar down."""
        self._stop()

    def before_test(self, runner: Runner) -> None:
        """Start the bar over the pages."""
        self._start(len(runner.test_dataloader), 0, "testing")

    def after_test_iter(
        self,
        runner: Runner,
        batch_idx: int,
        data_batch: Batch | None = None,
        outputs: Sequence[Tensor] | None = None,
    ) -> None:
        """One page further."""
        if self.progress is not None:
            self.progress.update(self.task, completed=batch_idx + 1)

    def after_test(self, runner: Runner) -> None:
        """Take the bar down."""
        self._stop()
