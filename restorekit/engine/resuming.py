"""What a resumed training has from its checkpoint, whatever the config says by now."""

from __future__ import annotations

import logging
import warnings
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

from mmengine.config import Config
from mmengine.optim import OptimWrapper
from mmengine.runner import Runner

from restorekit.engine.checkpoint import SCHEDULE_PROGRESS
from restorekit.engine.config_edits import folder_datasets, roots_of
from restorekit.engine.train_loop import ResumableTrainLoop, wrappers_in
from restorekit.registry import HOOKS

USED = "time_budget_seconds"
"""The message hub's name for the seconds that a training with ``TimeBudgetHook`` has used."""
PAGES = ("root", "subset", "holdout", "seed")
"""The arguments of a dataset that say which pages of which folder it takes."""


def check_resumed(runner: Runner, checkpoint: dict) -> str:
    """See whether the config's optimiser can go on from a checkpoint, and what it would change.

    Args:
        runner: with its optimisers as built from the config. They are given the checkpoint's state, as the
            runner does next.
        checkpoint: what it resumes from.

    Returns:
        A warning that names the settings that the config has and the checkpoint has otherwise, else "".

    Raises:
        ValueError: the checkpoint is of another optimiser.
    """
    wrappers = wrappers_in(runner.optim_wrapper)
    wanted = [_settings(wrapper) for wrapper in wrappers]
    needed = [set(wrapper.optimizer.defaults) for wrapper in wrappers]  # before loading, which may add some
    kinds = optimizers_of(runner)
    before = checkpoint["meta"].get("optimizers", kinds)
    try:
        runner.optim_wrapper.load_state_dict(checkpoint["optimizer"])
        fits = before == kinds and all(
            names <= group.keys()
            for names, wrapper in zip(needed, wrappers, strict=True)
            for group in wrapper.param_groups
        )
    except (ValueError, KeyError, AssertionError):  # other groups of weights, or two optimisers for one
        fits = False
    if not fits:
        what = f"has {' and '.join(kinds)}" if kinds != before else "groups the weights otherwise"
        raise ValueError(
            f"the checkpoint is of {' and '.join(before)}, and this config {what}. Go on with the"
            " optim_wrapper that it was trained with, or start from its weights: load_from=WORK_DIR/best and"
            " another work_dir (--work-dir)"
        )
    told = [
        f"{key}={other[key]!r}, not {value!r}"
        for one, other in zip(wanted, map(_settings, wrappers), strict=True)
        for key, value in one.items()
        if key in other and other[key] != value
    ]
    if not told:
        return ""
    return (
        f"the optimiser goes on as it began, with {'; '.join(dict.fromkeys(told))}. To change that, start"
        " from its weights: load_from=WORK_DIR/best and another work_dir (--work-dir)"
    )


def check_minutes(runner: Runner, checkpoint: dict) -> None:
    """Raise a ValueError where rates have followed the minutes, and would stay where these left them."""
    by_minutes = USED in checkpoint.get("message_hub", {}).get("runtime_info", {})
    if by_minutes and not any(isinstance(hook, HOOKS.get("TimeBudgetHook")) for hook in runner.hooks):
        raise ValueError(
            "the training went by minutes, and its rates have fallen with them: give minutes (--minutes),"
            " with those used so far, or start from its weights: load_from=WORK_DIR/best and another work_dir"
            " (--work-dir)"
        )


def optimizers_of(runner: Runner) -> list[str]:
    """The types of the optimisers: ``["Adam"]``."""
    return [type(wrapper.optimizer).__name__ for wrapper in wrappers_in(runner.optim_wrapper)]


def pages_of(config: Config) -> dict[str, Any]:
    """What says which pages are trained and validated on: ``{"train_dataloader holdout": 0.075, ...}``.

    Of the second dataset of a mixture it is ``"train_dataloader 2 holdout"``.
    """
    told: dict[str, Any] = {}
    met: Counter[str] = Counter()
    for loader, dataset in folder_datasets(config):
        met[loader] += 1
        place = loader if met[loader] == 1 else f"{loader} {met[loader]}"
        values = {name: dataset[name] for name in PAGES if name in dataset} | {"root": _resolved(dataset)}
        if loader != "test_dataloader":
            told |= {f"{place} {name}": value for name, value in values.items()}
    return told


def _resolved(dataset: dict[str, Any]) -> str | list[str]:
    one, *more = [str(Path(root).resolve()) for root in roots_of(dataset)]
    return [one, *more] if more else one


def check_pages(config: Config, checkpoint: dict) -> str:
    """See whether a resumed training goes on with the pages that it began with; a warning if not, else ""."""
    before = checkpoint["meta"].get("pages", {})
    told = [
        f"{key}={value!r}, not {before[key]!r}"
        for key, value in pages_of(config).items()
        if key in before and before[key] != value
    ]
    if not told:
        return ""
    return (
        f"the training goes on with other pages: {'; '.join(told)}. Where those validated on were trained on"
        " before, their scores are too good"
    )


def check_schedules(runner: Runner, checkpoint: dict) -> str:
    """See whether rates go on as they began; a warning if not, else "". The checkpoint is as it was saved."""
    pairs = zip(_flat(runner.param_schedulers), _flat(checkpoint.get("param_schedulers")), strict=False)
    told = [
        f"{key}={value!r}, not {before[key]!r}"
        for scheduler, before in pairs
        for key, value in scheduler.state_dict().items()
        if key not in SCHEDULE_PROGRESS | {"end"} and before.get(key, value) != value
    ]
    if not told:
        return ""
    return (
        f"rates go on from where they are by another schedule ({'; '.join(told)}), and where they have fallen"
        " to its end they stay there. To have them begin anew, start from the weights:"
        " load_from=WORK_DIR/best and another work_dir (--work-dir)"
    )


def hush_lost_gradients(runner: Runner) -> None:
    """Keep back mmengine's warning that a resumed run lost gradients: our iterations are whole steps."""
    if isinstance(runner.train_loop, ResumableTrainLoop):
        runner.logger.addFilter(_tells_no_lost_gradients)


def _tells_no_lost_gradients(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("Resumed iteration number is not divisible")


def make_up_steps(runner: Runner) -> None:
    """Bring schedulers to where the training is, if they ended before and the config has them go on.

    mmengine ends one, unless told otherwise, with the ``max_iters`` that a training began with.
    """
    for scheduler in _flat(runner.param_schedulers):
        now = scheduler._global_step
        if not scheduler.by_epoch and scheduler.begin <= now < scheduler.end:
            for step in range(scheduler.begin + scheduler.last_step + 1, now + 1):
                scheduler._global_step = step - 1
                with warnings.catch_warnings():
                    warnings.filterwarnings("ignore", "Detected call of `scheduler.step")  # it was stepped
                    scheduler.step()


def _flat(schedulers: dict[str, list] | list | None) -> list:
    """Schedulers, or their states, of one optimiser or of several by name."""
    return [*chain.from_iterable(schedulers.values())] if isinstance(schedulers, dict) else schedulers or []


def _settings(wrapper: OptimWrapper) -> dict[str, Any]:
    """The settings of the first group of weights, its rate as it was before any scheduler."""
    group = dict(wrapper.param_groups[0])
    rate = group.pop("initial_lr", group["lr"])
    return {key: value for key, value in (group | {"lr": rate}).items() if key != "params"}
