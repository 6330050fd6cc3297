import io
import logging
import sys
from types import SimpleNamespace

import pytest
from rich.console import Console

from restorekit.engine.hooks import ProgressHook, progress


@pytest.fixture
def terminal(monkeypatch):
    """Have the hook draw on a terminal of its own; returns what it gets."""
    file = io.StringIO()
    monkeypatch.setattr(progress, "Console", lambda **_: Console(file=file, force_terminal=True, width=200))
    return file


def test_iterations_the_loss_and_the_bound_are_shown(terminal):
    hook, runner = ProgressHook(), SimpleNamespace(max_iters=10, iter=3)
    hook.before_train(runner)
    (task,) = hook.progress.tasks
    assert (task.completed, task.total) == (3, 10)
    runner.max_iters = 8  # as a time budget moves it
    hook.after_train_iter(runner, 3, outputs={"loss": 0.25})
    assert (task.completed, task.total, task.fields["note"]) == (4, 8, "loss 0.2500")
    hook.after_train(runner)
    assert hook.progress is None and "training" in terminal.getvalue()
    hook.after_train_iter(runner, 4)  # without a bar nothing happens


def test_pages_of_a_test_are_counted(terminal):
    hook, runner = ProgressHook(), SimpleNamespace(test_dataloader=range(5))
    hook.before_test(runner)
    hook.after_test_iter(runner, 1)
    (task,) = hook.progress.tasks
    assert (task.completed, task.total) == (2, 5)
    hook.after_test(runner)
    assert hook.progress is None


def test_log_lines_stand_above_the_bar_while_there_is_one(terminal):
    handler = logging.StreamHandler(sys.__stderr__)
    logger = logging.getLogger("test_progress")
    logger.addHandler(handler)
    try:
        hook = ProgressHook()
        hook.before_train(SimpleNamespace(max_iters=10, iter=0))
        assert handler.stream is sys.stderr is not sys.__stderr__
        hook.after_train(None)
        assert handler.stream is sys.__stderr__
    finally:
        logger.removeHandler(handler)


def test_where_there_is_no_terminal_there_is_no_bar():
    hook = ProgressHook()
    hook.before_train(SimpleNamespace(max_iters=10, iter=0))
    assert hook.progress is None
