"""Whether all that a config says can be: its keys, components, arguments and the types of its values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import signature
from typing import Any, Literal

from mmengine import registry as mmengine_registry
from mmengine.config import Config
from mmengine.hooks import CheckpointHook, EMAHook
from mmengine.registry import Registry
from mmengine.runner import Runner
from torch.utils.data import DataLoader

from restorekit import registry as own_registry
from restorekit.declared import declared_types, fits, in_words
from restorekit.engine.schedule_checks import check_schedule
from restorekit.plugins import load_plugins
from restorekit.registry import broken_plugins, check_arguments, check_complete, did_you_mean

LOADER = declared_types(DataLoader)[0] | {
    "sampler": dict | None,
    "batch_sampler": dict | None,
    "multiprocessing_context": str | None,
    "num_batch_per_epoch": int | None,
    "batch_size": int,
    "num_workers": int,
}
SECTIONS: dict[str, dict[str, Any]] = {
    "": {key: kind for key, kind in declared_types(Runner)[0].items() if key != "cfg"}
    | {
        "inferencer": dict | None,
        "task": str,
        "work_dir": str | None,
        "param_scheduler": dict | list[dict] | None,
        "val_evaluator": dict | list[dict] | None,
        "test_evaluator": dict | list[dict] | None,
        "default_hooks": dict | None,
        "log_level": Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"],
        "launcher": Literal["none", "pytorch", "slurm", "mpi"],
        "custom_imports": dict | None,
        "find_unused_parameters": bool,
        "model_wrapper_cfg": dict | None,
        "sync_bn": Literal["torch"] | None,
        "compile": bool | dict,
    },
    "train_dataloader": LOADER,
    "val_dataloader": LOADER,
    "test_dataloader": LOADER,
    "env_cfg": {"cudnn_benchmark": bool, "mp_cfg": dict, "dist_cfg": dict, "resource_limit": int},
    "randomness": {"seed": int | None, "diff_rank_seed": bool, "deterministic": bool},
    "optim_wrapper.clip_grad": {
        "type": Literal["norm", "value"],
        "max_norm": float,
        "norm_type": float,
        "error_if_nonfinite": bool,
        "foreach": bool | None,
        "clip_value": float,
    },
    "optim_wrapper.paramwise_cfg": {
        "custom_keys": dict[str, dict],
        "bias_lr_mult": float,
        "bias_decay_mult": float,
        "norm_decay_mult": float,
        "dwconv_decay_mult": float,
        "flat_decay_mult": float,
        "dcn_offset_lr_mult": float,
        "bypass_duplicate": bool,
    },
}
"""What each dict that is no component may hold, and of what type; the config itself is the first."""
BUILDER_KEYS = {"constructor", "paramwise_cfg", "convert_to_iter_based"}
"""What mmengine takes out of ``optim_wrapper`` and schedulers before it builds the rest."""
CHECKPOINT_KEYS = {
    *("type", "_scope_"),
    *(set(signature(CheckpointHook).parameters) - {"kwargs"}),
    *(set(signature(Runner.save_checkpoint).parameters) - {"self"}),
}
"""mmengine's CheckpointHook takes any argument and passes it on at the first checkpoint."""
COUNTS = {
    "train_cfg.max_iters": 1,
    "train_cfg.val_interval": 1,
    "optim_wrapper.accumulative_counts": 1,
    "default_hooks.checkpoint.interval": 1,  # mmengine writes but the last where it is less
    **{f"{loader}_dataloader.batch_size": 1 for loader in ("train", "val", "test")},
    **{f"{loader}_dataloader.num_workers": 0 for loader in ("train", "val", "test")},
}
"""The least of each."""
MMENGINE_WRAPPERS = ("ConcatDataset", "RepeatDataset", "ClassBalancedDataset")
COLLECTIONS = ("model.losses", "default_hooks")
"""Dicts of components by names of the user's, each None or with a ``type``."""


def check_config(config: Config, *, source: str) -> None:
    """Raise for misspelled keys, types and arguments anywhere in ``config``, and for values of a wrong type.

    mmengine ignores a misspelled top-level key, and finds a misspelled argument only when it builds the
    component, which may be hours into the training.
    """
    values = config.to_dict()
    _check_sections(values, source)
    _check_values(values, source)
    _check_collections(values, source)
    for where, item in _typed_dicts(values, ""):
        kind = item["type"]
        if not (isinstance(kind, str) or callable(kind)):
            raise ValueError(f"{source}: {where}.type is {kind!r}; expected a component's name")
        constructor = None
        if where.startswith(("optim_wrapper", "param_scheduler")):
            constructor = item.get("constructor")
            item = {key: value for key, value in item.items() if key not in BUILDER_KEYS}
        if kind in MMENGINE_WRAPPERS:
            raise ValueError(
                f"{source}: {where}: mmengine's {kind} takes mmengine's own datasets alone. For several"
                " folders of pairs give PairedImages a list as root (--data DIR for each), for several"
                " datasets dict(type='MixedSamples', datasets=[...], shares=[0.7, 0.3]);"
                " EndlessSamples repeats"
            )
        if not isinstance(constructor, str | None):
            raise ValueError(f"{source}: {where}.constructor is {constructor!r}; expected a component's name")
        try:
            if constructor is not None:
                _find_anywhere(constructor)
            component = _find_anywhere(kind) if isinstance(kind, str) else kind
            check_arguments(component, item)
            if re.match(r"(model|inferencer)\b", where):  # others are given more when they are built
                check_complete(component, item)
            _check_passed_on(component, item)
        except (KeyError, TypeError) as error:
            raise type(error)(f"{source}: in {where}: {error.args[0]}") from error
        if where.startswith("param_scheduler") and component.__module__.startswith("mmengine."):
            check_schedule(item, where=f"{source}: {where}")
    _check_epochs(values, source)


def _check_epochs(config: dict, source: str) -> None:
    """Raise for what waits for the end of an epoch, as mmengine's do unless told otherwise."""
    if _section(config, "train_cfg.max_iters") is None:
        return
    for name in ("param_scheduler", "default_hooks.checkpoint"):
        for where, item in _typed_dicts(_section(config, name), name):
            by_score = "ReduceOnPlateau" in str(item["type"])
            if item.get("by_epoch", True) and not (by_score or item.get("convert_to_iter_based")):
                raise ValueError(
                    f"{source}: {where} goes by epochs, and a training of train_cfg.max_iters is one alone:"
                    " write by_epoch=False, and its numbers in iterations"
                )


def remark_on_rates(config: Config) -> str:
    """A warning where a cosine ends long before the training or after it, else ""."""
    values = config.to_dict()
    steps = _section(values, "train_cfg.max_iters")
    by_time = any("TimeBudgetHook" in str(hook) for hook in (values.get("default_hooks") or {}).values())
    if steps is None or by_time:
        return ""
    for where, item in _typed_dicts(values.get("param_scheduler"), "param_scheduler"):
        period, last = item.get("T_max"), min(steps, item.get("end") or steps) - item.get("begin", 0)
        in_epochs = item.get("convert_to_iter_based")
        if period is None or in_epochs or 0.9 * period <= last <= 1.1 * period:
            continue
        what = "rise again after it" if last > period else "will not have fallen by then"
        return (
            f"{where}.T_max={period} is not what train_cfg.max_iters={steps} takes: rates {what}. Give both"
            " (--cfg-options), or minutes (--minutes)"
        )
    return ""


def _check_passed_on(component: Any, item: dict) -> None:
    """Raise a TypeError for what a hook of mmengine's takes unseen, and passes on in the training."""
    if component is CheckpointHook:
        for key in (key for key in item if key not in CHECKPOINT_KEYS):
            raise TypeError(f"CheckpointHook has no argument {key!r}{did_you_mean(key, CHECKPOINT_KEYS)}")
    if component is EMAHook:
        own, _ = declared_types(EMAHook)
        average = _find_anywhere(item.get("ema_type", "ExponentialMovingAverage"))
        check_arguments(average, {key: value for key, value in item.items() if key not in own})


def _check_sections(config: dict, source: str) -> None:
    """Raise for misspelled keys and values of a wrong type where no component's arguments tell them."""
    for name, types in SECTIONS.items():
        place = f"{name}." if name else ""
        section = _section(config, name)
        if not isinstance(section, dict | None):
            raise ValueError(f"{source}: {name} is {section!r}; expected a dict or None")
        for key, value in (section or {}).items():
            if key not in types:
                there = f"in {name}: " if name else ""
                own = "" if name else f" A variable of your own is deleted at the config's end: del {key}"
                raise ValueError(f"{source}: {there}unknown key {key!r}{did_you_mean(key, types)}{own}")
            if not fits(value, types[key]):
                raise ValueError(f"{source}: {place}{key} is {value!r}; expected {in_words(types[key])}")


def _section(config: dict, name: str) -> Any:
    """What is at ``name``, e.g. ``optim_wrapper.clip_grad``, or None."""
    found: Any = config
    for part in filter(None, name.split(".")):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _check_values(config: dict, source: str) -> None:
    """Raise for numbers out of their range, and for what mmengine takes and does not work here."""
    for name, least in COUNTS.items():
        count = _section(config, name)
        as_float = isinstance(count, float) and "_dataloader." in name  # torch takes no 2.0 there
        if count is not None and (not fits(count, int) or count < least or as_float):
            raise ValueError(f"{source}: {name} is {count!r}; expected a whole number, {least} or more")
    seed = _section(config, "randomness.seed")
    if seed is not None and (type(seed) is not int or not 0 <= seed < 2**32):
        raise ValueError(
            f"{source}: randomness.seed is {seed!r}; expected a whole number from 0 to 2**32 - 1, or None"
        )
    if (kind := _section(config, "optim_wrapper.type")) in ("AmpOptimWrapper", "ApexOptimWrapper"):
        raise ValueError(
            f"{source}: optim_wrapper.type is {kind!r}, and here the model sets the precision of training,"
            " validation and test alike: leave it at 'OptimWrapper', with model.precision='bf16' (--amp)"
        )
    if _section(config, "default_hooks.checkpoint.max_keep_ckpts") == 1:
        raise ValueError(
            f"{source}: default_hooks.checkpoint.max_keep_ckpts=1 has the only checkpoint deleted before the"
            " next is written; keep 2 or more, or -1 for all"
        )
    for key in ("out_dir", "filename_tmpl"):
        if (place := _section(config, f"default_hooks.checkpoint.{key}")) is not None:
            raise ValueError(
                f"{source}: default_hooks.checkpoint.{key} is {place!r}, and resuming (--resume) looks for"
                " iter_N.pth in work_dir alone: leave it out, and name a work_dir (--work-dir)"
            )


def _check_collections(config: dict, source: str) -> None:
    """Raise for what is no component among components that have names."""
    for name in COLLECTIONS:
        items = _section(config, name) or {}
        if not isinstance(items, dict):
            raise ValueError(f"{source}: {name} is {items!r}; expected a dict of dicts with a 'type'")
        for key, item in items.items():
            if item is not None and not (isinstance(item, dict) and "type" in item):
                others = [other for other in items if other != key]
                raise ValueError(
                    f"{source}: {name}.{key} is {item!r}; expected a dict with a 'type', or None"
                    f"{did_you_mean(key, others)}"
                )


def _typed_dicts(value: Any, where: str) -> Iterator[tuple[str, dict]]:
    """All dicts with a ``type`` in ``value``, with their place, e.g. ``model.network``."""
    if isinstance(value, dict):
        if "type" in value and where not in SECTIONS:
            yield where, value
        for key, item in value.items():
            yield from _typed_dicts(item, f"{where}.{key}" if where else str(key))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from _typed_dicts(item, f"{where}[{index}]")


def _registries() -> list[Registry]:
    found = [r for module in (own_registry, mmengine_registry) for r in vars(module).values()]
    return [r for r in found if isinstance(r, Registry)]


def _find_anywhere(kind: str) -> Any:
    load_plugins()
    for registry in _registries():
        if kind in registry.module_dict:
            return registry.module_dict[kind]
    if kind in ("default_collate", "pseudo_collate"):
        return mmengine_registry.FUNCTIONS.get(kind)
    names = {name for registry in _registries() for name in registry.module_dict}
    raise KeyError(
        f"nothing is called {kind!r}{did_you_mean(kind, names)} A component of your own must be imported:"
        f" name its module in custom_imports.{broken_plugins()}"
    )
