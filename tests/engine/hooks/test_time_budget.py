from types import SimpleNamespace

import pytest
import torch
from mmengine.logging import MessageHub

from restorekit.engine.hooks import TimeBudgetHook, time_budget
from restorekit.engine.hooks.time_budget import rate_factor
from restorekit.engine.training import train


def test_rates_rise_and_fall_by_the_share_of_the_time():
    assert [rate_factor(share, 0.2) for share in (0.0, 0.1, 0.2)] == [0.0, 0.5, 1.0]
    assert rate_factor(0.6, 0.2) == pytest.approx(0.5)
    assert rate_factor(1.0, 0.2) == rate_factor(1.5, 0.2) == 0.0
    assert rate_factor(0.0, 0.0) == 1.0


@pytest.mark.parametrize("arguments", [{"minutes": 0}, {"minutes": -1}, {"minutes": 1, "warmup": 1}])
def test_no_time_is_an_error(arguments):
    with pytest.raises(ValueError, match="minutes above 0"):
        TimeBudgetHook(**arguments)


def iterations(monkeypatch, *, minutes, seconds_each, spent=0.0, most=1000, first=0, validating=0.0):
    """Run the hook as a loop does on a clock of its own: the iterations done and the rate of each."""
    clock = [50.0]
    monkeypatch.setattr(time_budget.time, "monotonic", lambda: clock[0])
    hub = MessageHub("test_time_budget")
    hub.update_info(time_budget.USED, spent)
    loop = SimpleNamespace(_max_iters=most)
    group = {"lr": 2.0}
    runner = SimpleNamespace(
        message_hub=hub,
        iter=first,
        max_iters=most,
        train_loop=loop,
        optim_wrapper=SimpleNamespace(param_groups=[group]),
    )
    hook, rates = TimeBudgetHook(minutes=minutes, warmup=0.0), []
    hook.before_train(runner)
    hub.update_info(time_budget.VALIDATING, validating)
    while runner.iter < loop._max_iters:
        hook.before_train_iter(runner, runner.iter)
        rates.append(group["lr"])
        clock[0] += seconds_each
        runner.iter += 1
    return runner.iter - first, rates, hub.get_info(time_budget.USED)


def test_the_training_ends_with_its_time_whatever_a_step_takes(monkeypatch):
    count, rates, used = iterations(monkeypatch, minutes=2, seconds_each=3)
    assert count == pytest.approx(40, abs=1)
    assert rates[0] == 2.0 and rates[20] == pytest.approx(1.0) and rates[-1] < 0.02
    assert used == pytest.approx(120, abs=4)
    assert iterations(monkeypatch, minutes=2, seconds_each=7)[0] == pytest.approx(17, abs=1)


def test_a_resumed_training_has_what_is_left(monkeypatch):
    count, rates, _ = iterations(monkeypatch, minutes=2, seconds_each=3, spent=60.0, first=500)
    assert count == pytest.approx(20, abs=1)
    assert rates[0] == pytest.approx(1.0)


def test_the_last_validation_is_in_the_time_too(monkeypatch):
    count, rates, _ = iterations(monkeypatch, minutes=2, seconds_each=3, validating=30.0)
    assert count == pytest.approx(30, abs=1)
    assert rates[15] == pytest.approx(1.0) and rates[-1] < 0.02
    assert iterations(monkeypatch, minutes=2, seconds_each=3, validating=1e6)[0] == pytest.approx(20, abs=1)


def test_a_validation_is_timed_and_another_run_s_is_forgotten(monkeypatch):
    clock = iter((5.0, 12.0))
    monkeypatch.setattr(time_budget.time, "monotonic", lambda: next(clock))
    hub, hook = MessageHub("test_time_of_validation"), TimeBudgetHook(minutes=2)
    runner = SimpleNamespace(
        message_hub=hub, iter=0, max_iters=9, optim_wrapper=SimpleNamespace(param_groups=[])
    )
    hook.before_val_epoch(runner)
    hook.after_val_epoch(runner)
    assert hub.get_info(time_budget.VALIDATING) == 7.0
    monkeypatch.setattr(time_budget.time, "monotonic", lambda: 0.0)
    hook.before_train(runner)
    assert hub.get_info(time_budget.VALIDATING) == 0.0


def test_all_processes_go_by_the_clock_of_the_first(monkeypatch):
    monkeypatch.setattr(time_budget, "broadcast", lambda clock: clock.mul_(2))  # its time runs twice as fast
    count, _, used = iterations(monkeypatch, minutes=2, seconds_each=3)
    assert count == pytest.approx(20, abs=1)
    assert used == pytest.approx(120, abs=7)


def test_max_iters_stays_a_bound(monkeypatch):
    assert iterations(monkeypatch, minutes=2, seconds_each=3, most=7)[0] == 7


@pytest.mark.parametrize(
    ("done", "used", "warned"), [(7, 30.0, True), (7, 120.0, False), (6, 30.0, False), (0, 30.0, False)]
)
def test_a_bound_that_came_before_the_time_was_up_is_told(done, used, warned):
    hub = MessageHub("test_time_left")
    hub.update_info(time_budget.USED, used)
    hook, told = TimeBudgetHook(minutes=2), []
    hook.first, hook.most = 0, 7 if done else 0
    logger = SimpleNamespace(warning=told.append)
    hook.after_train(SimpleNamespace(iter=done, message_hub=hub, logger=logger))
    assert ["max_iters=7 ended the training after 25% of its minutes" in line for line in told] == [
        True
    ] * warned


@pytest.mark.parametrize(
    ("done", "end", "most", "used"), [(3, 10, 20, 7.0), (9, 10, 20, 120.0), (9, 10, 10, 7.0)]
)
def test_the_time_counts_as_used_up_after_the_last_iteration_that_it_allows(done, end, most, used):
    hub = MessageHub("test_time_used")
    hub.update_info(time_budget.USED, 7.0)
    hook = TimeBudgetHook(minutes=2)
    hook.most = most
    hook.after_train_iter(SimpleNamespace(iter=done, max_iters=end, message_hub=hub), done)
    assert hub.get_info(time_budget.USED) == used


def test_a_training_keeps_its_last_checkpoint_and_the_time_it_took(tiny_config, tmp_path):
    work = tmp_path / "work"
    budget = dict(work_dir=str(work), minutes=0.03, options={"train_cfg.max_iters": 100_000})
    train(str(tiny_config), **budget)
    newest = max(work.glob("iter_*.pth"), key=lambda path: path.stat().st_mtime)
    checkpoint = torch.load(newest, weights_only=True)
    assert checkpoint["message_hub"]["runtime_info"][time_budget.USED] == pytest.approx(1.8)
    assert (work / "best" / "model.safetensors").is_file()
    group, before = checkpoint["optimizer"]["param_groups"][0], checkpoint["meta"]["iter"] - 1
    assert checkpoint["message_hub"]["log_scalars"]["train/lr"]["log_history"][-1] == group["lr"]
    # the last step began with no more than a usual step's time left
    share = max(0.02, 1 - 1 / max(1, before))
    assert group["lr"] <= 1.001 * group["initial_lr"] * time_budget.rate_factor(share, 0.02)
    with pytest.raises(ValueError, match=r"went by minutes, .*: give minutes \(--minutes\)"):
        train(str(tiny_config), work_dir=str(work), resume=True)
    train(str(tiny_config), resume=True, **budget)  # there is no time left
    assert max(work.glob("iter_*.pth"), key=lambda path: path.stat().st_mtime) == newest
