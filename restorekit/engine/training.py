"""Training from a config file."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from mmengine.config import Config
from mmengine.dist import is_distributed
from mmengine.runner import Runner
from torch import Tensor, nn

from restorekit.atomic import explained, make_folder
from restorekit.engine.allocator import keep_freed_memory
from restorekit.engine.checkpoint import (
    NETWORK_PREFIX,
    latest_checkpoint,
    load_checkpoint,
    register_safe_files,
)
from restorekit.engine.config import FOR_TRAINING, load_config
from restorekit.engine.config_checks import remark_on_rates
from restorekit.engine.config_edits import choose_pages
from restorekit.engine.data_checks import check_datasets, check_holdout, check_pairs
from restorekit.engine.hooks import BatchStatisticsHook, TimeBudgetHook
from restorekit.engine.interruption import Interrupted, InterruptionHook
from restorekit.engine.launching import Launcher, leave_processes, set_launcher, unwrapped_model
from restorekit.engine.needless_warnings import hush
from restorekit.engine.work_folder import held
from restorekit.inferencers.streaming import is_out_of_memory
from restorekit.weights_folder import find_weights

MMENGINE_HOOKS = ("runtime_info", "timer", "sampler_seed", "logger", "param_scheduler", "checkpoint")


def train(
    config_path: str,
    *,
    options: dict[str, Any] | None = None,
    data: str | Sequence[str] | None = None,
    holdout: str | None = None,
    val_data: str | None = None,
    work_dir: str | None = None,
    resume: bool = False,
    amp: bool = False,
    minutes: float | None = None,
    launcher: Launcher | None = None,
) -> Path:
    """Train as a config says.

    Args:
        config_path: a config file.
        options: config keys to override.
        data: the folder of pairs, or several, to train and validate on; None: the config's.
        holdout: which pages to validate on, see ``set_holdout``; None: the config's.
        val_data: a folder of pairs to validate on instead, all of it; None: pages held out.
        work_dir: where everything goes; the default is ``work_dirs/CONFIG_NAME``.
        resume: go on from the newest checkpoint in ``work_dir``; without one, say so and start.
        amp: train in bf16 whatever the machine (the config's default picks what the machine is fast at).
        minutes: how long to train, see ``TimeBudgetHook``; None: as many iterations as the config says.
        launcher: see ``set_launcher``.

    Returns:
        The work folder; ``best/`` in it is ready for ``load_restorer``.

    Raises:
        Interrupted: Ctrl-C or SIGTERM; the step was finished and a checkpoint saved, unless it came again.
        See ``load_config``; FileNotFoundError where weights to start from are missing, with the command
        that makes them; ValueError for data that is not as it should be, and where a training would be
        overwritten or another is at work in the folder, or a device has too little memory.
    """
    config = load_config(config_path, options, needs=FOR_TRAINING)
    choose_data(config, data=data, holdout=holdout, val_data=val_data)
    choose_pace(config, amp=amp, minutes=minutes)
    name = Path(config_path).stem
    pages, bare = check_datasets(config)
    remarks = [check_pairs(config), bare, remark_on_rates(config)]
    config.work_dir = work_dir or config.get("work_dir") or f"work_dirs/{name}"
    remarks.append(set_start(config, resume=resume, config_dir=Path(config_path).parent))
    group_is_ours = not is_distributed()
    set_launcher(config, launcher)
    make_folder(config.work_dir)
    runner = build_runner(config)
    if pages:
        runner.logger.info(pages)
    for remark in filter(None, remarks):
        runner.logger.warning(remark)
    with held(config.work_dir):
        ended = run_training(runner)
    if group_is_ours:
        leave_processes()
    if ended is not None:
        raise ended
    return Path(config.work_dir)


def choose_data(
    config: Config, *, data: str | Sequence[str] | None, holdout: str | None, val_data: str | None
) -> None:
    """Set which pages are trained and validated on; see ``train``.

    Raises:
        ValueError: what is given does not fit together, or not the config's datasets.
    """
    if holdout is not None and val_data is not None:
        raise ValueError(
            "holdout (--holdout) takes the pages to validate on out of those to train on, val_data"
            " (--val-data) names others: give one of them"
        )
    loaders = ("train_dataloader", "val_dataloader")
    choose_pages(config, loaders, data=data, holdout=holdout, val_data=val_data)
    if holdout is not None:
        check_holdout(config, holdout)


def choose_pace(config: Config, *, amp: bool, minutes: float | None) -> None:
    """Set the precision and the time that a training has; see ``train``.

    Raises:
        ValueError: there is no time.
    """
    if amp:
        config.model.precision = "bf16"
    if minutes is not None:
        TimeBudgetHook(minutes=minutes)  # checks it
        config.default_hooks.time_budget = dict(type="TimeBudgetHook", minutes=minutes)


def run_training(runner: Runner) -> Interrupted | None:
    """Train to the end, or until Ctrl-C or SIGTERM; returns what is to be raised then.

    Raises:
        ValueError: a device has too little memory; the message says what takes less.
        OSError: the disk is full; the message names the work folder where the error names no file.
    """
    interruption = InterruptionHook()
    runner.register_hook(interruption)
    try:
        with interruption.heard():
            runner.train()
        return interruption.ended
    except OSError as error:
        if error.strerror != os.strerror(errno.ENOSPC) or error.filename is not None:
            raise
        raise explained(error, Path(runner.work_dir)) from error  # TensorBoard's writer names no file
    except RuntimeError as error:
        if not is_out_of_memory(error):
            raise
        if runner.message_hub.get_info("loop_stage") == "val":
            mend = (
                "give the config's inferencer smaller tiles, such as inferencer.tile=256, or fewer at a time"
            )
        else:
            mend = (
                "halve train_dataloader.batch_size and double optim_wrapper.accumulative_counts, which makes"
                " the same steps, or train on smaller crops"
            )
        raise ValueError(
            f"out of memory after iteration {runner.iter}: {mend}; resuming (--resume) goes on from"
            f" the last checkpoint ({str(error).splitlines()[0]})"
        ) from error


def set_start(config: Config, *, resume: bool, config_dir: Path) -> str:
    """Set the checkpoint to go on from, or check the weights to start from; returns a warning, or "".

    Raises:
        ValueError: the work folder holds a training, or its weights, and is not to be resumed.
        FileNotFoundError: see ``check_start_weights``.
    """
    checkpoint = latest_checkpoint(config.work_dir)
    best = Path(config.work_dir) / "best"
    if not resume and (checkpoint or best.exists()):
        what = "best/:"
        if checkpoint:
            what = f"a training up to {checkpoint.name}: resume it (--resume), or"
        raise ValueError(
            f"{config.work_dir} holds {what} name another work_dir (--work-dir), or move it away"
        )
    if checkpoint is None:
        check_start_weights(config, config_dir=config_dir)
        kept = "; best/ stays until this training does better" if best.exists() else ""
        return f"nothing to resume in {config.work_dir}: starting from the beginning{kept}" if resume else ""
    config.load_from, config.resume = str(checkpoint), True
    return ""


def build_runner(config: Config) -> Runner:
    """The Runner of mmengine, which reads and writes its files safely."""
    register_safe_files()
    torch.backends.cudnn.benchmark_limit = 3  # by default ten ways are tried, for over a minute in a U-Net
    if torch.cuda.is_available():
        config.train_dataloader.setdefault("pin_memory", True)  # batches are copied while the GPU works
    else:
        keep_freed_memory()
    # mmengine lets a child config turn off its own hooks with None, but not others
    config.default_hooks = {
        name: hook
        for name, hook in config.default_hooks.items()
        if hook is not None or name in MMENGINE_HOOKS
    }
    if not config.train_dataloader.get("num_workers"):
        config.train_dataloader.persistent_workers = False  # torch refuses to keep none
    # mmengine names a logger by its second, and two trainings of one second would share it
    config.setdefault("experiment_name", f"{Path(config.filename or 'training').stem}_{time.time_ns()}")
    runner = Runner.from_cfg(config)
    hush(runner)
    runner.register_hook(BatchStatisticsHook())
    seed_samples(runner)
    if (compiling := runner.cfg.pop("compile", None)) not in (None, False):
        # the network alone: mmengine has the whole step compiled, and torch does that anew at each
        unwrapped_model(runner).network.compile(**({} if compiling is True else compiling))
    if config.get("load_from"):
        check_fit(unwrapped_model(runner), config.load_from, resume=bool(config.get("resume")))
    return runner


def seed_samples(runner: Runner) -> None:
    """Have training samples and their order go by the training's seed, where their dataset names none.

    That of a resumed training is the one that it began with. Which pages are held out and what made pages
    show have seeds of their own, ``PairedImages.seed`` and ``SyntheticPages.seed``.
    """
    config, seed = runner.cfg, runner.seed
    if config.get("resume") and config.get("load_from"):
        seed = load_checkpoint(config.load_from)["meta"].get("seed", seed)
    dataset = runner._train_dataloader["dataset"]
    if dataset["type"] in ("EndlessSamples", "MixedSamples"):
        dataset.setdefault("seed", seed)


def check_start_weights(config: Config, *, config_dir: Path) -> None:
    """Raise a FileNotFoundError that says how to make the weights that ``load_from`` names."""
    start = config.get("load_from")
    if not start or find_weights(start).exists():
        return
    parent = Path(start).parent.name
    first = config_dir / f"{parent}.py"
    how = (
        f"Train the stage before first: python tools/train.py {first}"
        if first.is_file()
        else "Check the path, or set load_from=None to start from nothing."
    )
    raise FileNotFoundError(f"this config starts from {start}, which is not there. {how}")


def check_fit(model: nn.Module, start: str, *, resume: bool = False) -> None:
    """Raise a ValueError where the weights in ``start`` are not this network's: mmengine only warns.

    What a loss or a discriminator adds may be missing or too much.
    """
    there = {k: v for k, v in load_checkpoint(start)["state_dict"].items() if k.startswith(NETWORK_PREFIX)}
    here = {k: v for k, v in model.state_dict().items() if k.startswith(NETWORK_PREFIX)}
    misfits = [
        f"{key.removeprefix(NETWORK_PREFIX)} ({_shape(there, key)} there, {_shape(here, key)} here)"
        for key in {**here, **there}
        if key not in there or key not in here or there[key].shape != here[key].shape
    ]
    if misfits:
        mend = (
            "Go on with the config that it was trained with, or name another work_dir (--work-dir)."
            if resume
            else "Start from weights of the same network and arguments, or from nothing with load_from=None."
        )
        raise ValueError(
            f"the weights in {start} are of another network: {len(misfits)} of its tensors do not fit"
            f" this config's, such as {', '.join(misfits[:2])}. {mend}"
        )


def _shape(state: dict[str, Tensor], key: str) -> str:
    return "x".join(map(str, state[key].shape)) or "a number" if key in state else "none"
