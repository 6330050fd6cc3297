"""Ctrl-C and SIGTERM, sent by the process to itself, or to a process of its own."""

import os
import signal

import pytest
import torch
from mmengine.hooks import Hook

from restorekit.engine import interruption
from restorekit.engine.interruption import Interrupted, InterruptionHook
from restorekit.engine.training import train
from restorekit.registry import HOOKS

WORKERS = {"train_dataloader.num_workers": 1}


class Sender(Hook):
    """Sends signals when a training is where they are wanted."""

    wanted: dict = {}

    def _send(self, place):
        for number in self.wanted.pop(place, ()):
            os.kill(os.getpid(), number)

    def after_train_iter(self, runner, batch_idx, **others):
        self._send(("step", batch_idx + 1))

    def before_val_iter(self, runner, batch_idx, **others):
        self._send(("page", runner.iter))

    def before_val(self, runner):
        self._send(("validation", runner.iter))


@pytest.fixture
def interrupted(tiny_config, tmp_path, monkeypatch):
    """``interrupted(place, signals) -> what was raised`` by a training in ``tmp_path/"work"``."""
    monkeypatch.setitem(HOOKS.module_dict, "Sender", Sender)

    def run(place, *numbers, **options):
        monkeypatch.setattr(Sender, "wanted", {place: numbers})
        options = {"default_hooks.sender": {"type": "Sender"}, "train_cfg.max_iters": 6} | options
        before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)]
        with pytest.raises(KeyboardInterrupt) as raised:
            train(str(tiny_config), work_dir=str(tmp_path / "work"), options=options)
        after = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)]
        assert before[:2] == after[:2] and signal.SIG_DFL not in after[2:]
        return raised.value

    return run


def checkpoints(folder):
    return {path.stem for path in folder.glob("iter_*.pth")}


@pytest.mark.parametrize(
    ("place", "numbers", "iteration", "name"),
    [
        (("step", 3), [signal.SIGINT], 3, "Ctrl-C"),
        (("step", 3), [signal.SIGTERM, signal.SIGTERM], 3, "SIGTERM"),  # a group is told more than once
        (("step", 3), [signal.SIGINT, signal.SIGTERM], 3, "Ctrl-C"),  # torchrun tells its processes too
        (("page", 3), [signal.SIGTERM], 3, "SIGTERM"),  # the averaged weights are in the model
        (("page", 6), [signal.SIGINT], 6, "Ctrl-C"),
    ],
)
def test_the_step_is_finished_and_resumed_bit_for_bit(
    interrupted, tiny_config, tmp_path, capfd, place, numbers, iteration, name
):
    options = WORKERS | {"train_cfg.val_interval": 3, "default_hooks.checkpoint.interval": 4}
    stop = interrupted(place, *numbers, **options)
    path = tmp_path / "work" / f"iter_{iteration}.pth"
    assert str(stop) == (
        f"{name} after iteration {iteration}: {path} is saved, and resuming (--resume) goes on from there"
    )
    assert stop.number == numbers[0] and path.is_file()
    assert f"{name}: saving a checkpoint after this step; Ctrl-C again ends" in capfd.readouterr().err
    options |= {"train_cfg.max_iters": 6}
    train(str(tiny_config), work_dir=str(tmp_path / "work"), options=options, resume=True)
    train(str(tiny_config), work_dir=str(tmp_path / "whole"), options=options)
    one, other = (
        torch.load(tmp_path / folder / "iter_6.pth", weights_only=True) for folder in ("work", "whole")
    )
    for part in ("state_dict", "ema_state_dict"):
        assert all(torch.equal(value, one[part][key]) for key, value in other[part].items())
    scores = [(tmp_path / folder / "best_score.json").read_text() for folder in ("work", "whole")]
    assert scores[0] == scores[1]


def test_a_second_ctrl_c_ends_at_once(interrupted, tmp_path):
    stop = interrupted(("step", 3), signal.SIGINT, signal.SIGINT)
    assert str(stop) == "ended by Ctrl-C; resuming (--resume) goes on from what is saved"
    assert checkpoints(tmp_path / "work") == {"iter_2"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_before_the_first_step_there_is_nothing_to_save(interrupted, tmp_path, number):
    stop = interrupted(("validation", 0), number)
    assert isinstance(stop, Interrupted) and stop.number == number
    assert checkpoints(tmp_path / "work") == set()


def test_several_processes_end_where_one_is_told_to_and_validate_to_the_end(monkeypatch):
    hook = InterruptionHook()
    assert not hook.agreed()
    monkeypatch.setattr(interruption, "all_reduce", lambda asked, op: asked.fill_(signal.SIGTERM))
    assert hook.agreed() and hook.number == signal.SIGTERM
    monkeypatch.setattr(interruption, "get_world_size", lambda: 2)
    hook.after_val_iter(None, 0)
    monkeypatch.setattr(interruption, "get_world_size", lambda: 1)
    with pytest.raises(interruption.CutOffError):
        hook.after_val_iter(None, 0)


def test_batches_whose_workers_were_told_to_end_too_are_no_fault():
    def broken():
        yield 1
        raise RuntimeError("DataLoader worker is killed by signal: Terminated.")

    hook = InterruptionHook()
    with pytest.raises(RuntimeError, match="is killed"):
        hook.fetched(broken(), 2)
    hook.number = signal.SIGTERM
    assert hook.fetched(broken(), 2) == []


def test_a_loader_s_worker_passes_over_what_a_terminal_tells_all():
    hook = InterruptionHook()
    with hook.heard():
        hook._process = 0  # as if this were another process than the one that listens
        os.kill(os.getpid(), signal.SIGINT)
    assert hook.number == 0


def test_a_handler_that_is_not_python_s_gives_way_to_the_default():
    hook = InterruptionHook()
    before = signal.getsignal(signal.SIGTERM)
    with hook.heard():
        hook._before[signal.SIGTERM] = None
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    signal.signal(signal.SIGTERM, before)
