"""Config files, read and checked before anything is built."""

from __future__ import annotations

import hashlib
import json
import traceback
from collections.abc import Iterator, Sequence
from inspect import signature
from pathlib import Path
from typing import Any

from mmengine import registry as mmengine_registry
from mmengine.config import Config, ConfigDict, DictAction
from mmengine.hooks import CheckpointHook
from mmengine.registry import Registry
from mmengine.runner import Runner
from torch.utils.data import DataLoader

from restorekit import registry as own_registry
from restorekit.plugins import load_plugins
from restorekit.registry import broken_plugins, check_arguments, did_you_mean

OWN_KEYS = {"inferencer", "task"}
RUNNER_KEYS = {
    *("model", "work_dir", "train_dataloader", "val_dataloader", "test_dataloader", "train_cfg", "val_cfg"),
    *("test_cfg", "auto_scale_lr", "optim_wrapper", "param_scheduler", "val_evaluator", "test_evaluator"),
    *("default_hooks", "custom_hooks", "data_preprocessor", "load_from", "resume", "launcher", "env_cfg"),
    *("log_processor", "log_level", "visualizer", "default_scope", "randomness", "experiment_name"),
    *("custom_imports", "find_unused_parameters", "model_wrapper_cfg", "sync_bn", "compile"),
    *("activation_checkpointing", "efficient_conv_bn_eval"),
}
KNOWN_KEYS = OWN_KEYS | RUNNER_KEYS
LOADER_KEYS = (set(signature(DataLoader).parameters) - {"self"}) | {"num_batch_per_epoch"}
PLAIN_KEYS = {
    "train_dataloader": LOADER_KEYS,
    "val_dataloader": LOADER_KEYS,
    "test_dataloader": LOADER_KEYS,
    "env_cfg": {"cudnn_benchmark", "mp_cfg", "dist_cfg", "resource_limit"},
    "randomness": {"seed", "diff_rank_seed", "deterministic"},
}
"""What a dict without a ``type`` may hold."""
CONSTRUCTOR_KEYS = {"constructor", "paramwise_cfg"}
"""What mmengine takes out of ``optim_wrapper`` before it builds the rest."""
PARAMWISE_KEYS = {
    *("custom_keys", "bias_lr_mult", "bias_decay_mult", "norm_decay_mult", "dwconv_decay_mult"),
    *("flat_decay_mult", "dcn_offset_lr_mult", "bypass_duplicate"),
}
CHECKPOINT_KEYS = {
    *("type", "_scope_"),
    *(set(signature(CheckpointHook).parameters) - {"kwargs"}),
    *(set(signature(Runner.save_checkpoint).parameters) - {"self"}),
}
"""mmengine's CheckpointHook takes any argument and passes it on at the first checkpoint."""
FOR_TRAINING = ("model", "train_dataloader", "train_cfg", "optim_wrapper", "default_hooks")
FOR_TESTING = ("model", "test_dataloader", "test_cfg", "test_evaluator")
COUNTS = ("train_cfg.max_iters", "train_cfg.val_interval", "optim_wrapper.accumulative_counts")
LOADER_COUNTS = {"batch_size": ("samples", 1), "num_workers": ("processes", 0)}
"""What they count, and how many are the least."""
COLLECTIONS = ("model.losses", "default_hooks")
"""Dicts of components by names of the user's, each None or with a ``type``."""


def parse_options(options: list[str] | None) -> dict[str, Any]:
    """``["optim_wrapper.optimizer.lr=1e-5"]`` to a dict; a ValueError says how one is written."""
    parsed = {}
    for option in options or []:
        key, separator, value = option.partition("=")
        if not separator or not key:
            raise ValueError(f"--cfg-options takes key=value, e.g. train_cfg.max_iters=1000; got {option!r}")
        parsed[key] = DictAction._parse_iterable(value)
    return parsed


def load_config(
    path: str | Path, options: dict[str, Any] | None = None, *, needs: Sequence[str] = ()
) -> Config:
    """Read a config file, merge ``options`` into it, and check it.

    Args:
        path: the file.
        options: config keys to override.
        needs: the top-level keys that it must have, such as ``FOR_TRAINING``.

    Raises:
        FileNotFoundError: no such file; the message names the near ones.
        ValueError: an unknown or missing top-level key, a value out of range, or a config that does not run.
        ImportError: a module of ``custom_imports`` cannot be imported; the message says why.
        KeyError, TypeError: a component or an argument that does not exist, with the nearest that does.
    """
    import restorekit.engine.components  # noqa: F401  (registers what a config may name)

    path = Path(path)
    if not path.is_file():
        near = sorted(p.stem for p in path.parent.glob("*.py")) if path.parent.is_dir() else []
        there = f" In {path.parent}: {', '.join(near)}." if near else ""
        raise FileNotFoundError(f"there is no config {path}{did_you_mean(path.stem, near)}{there}")
    try:
        # yapf's formatting of the config, which mmengine asks for five times, takes seconds each
        config = Config.fromfile(path, format_python_code=False)
    except SyntaxError as error:
        known = error.filename if Path(error.filename or "").is_file() else None  # mmengine parses bare text
        there = known or f"{path}, or a file of its _base_,"
        raise ValueError(f"{there} is not valid Python: {error}") from error
    except ImportError as error:  # mmengine's, over its "Failed to import NAME", over what Python said
        failed = error.__cause__ or error
        reason = failed.__context__ or failed
        raise ImportError(
            f"{path}: custom_imports: {failed}: {reason} (modules in this folder need PYTHONPATH=.)"
        ) from reason
    except Exception as error:  # a config is a program, and so are the modules that it imports
        last = traceback.extract_tb(error.__traceback__)[-1]
        raise ValueError(
            f"{path} cannot be read: {type(error).__name__}: {error} ({last.filename}:{last.lineno})"
        ) from error
    try:
        config.merge_from_dict(options or {})
    except AttributeError as error:  # mmengine's, which merges dicts alone into the elements of a list
        raise ValueError(
            f"{path}: --cfg-options cannot replace or leave out one element of a list, or set a key in None:"
            " write the whole list, or change an element's keys, such as pipeline.0.size=256"
        ) from error
    for key in needs:
        if not isinstance(config.get(key), (dict, list)):
            raise ValueError(
                f"{path}: {key} is {config.get(key)!r}; expected a dict, such as the configs in"
                " configs/_base_ have: name them in _base_"
            )
    check_config(config, source=str(path))
    return config


def check_config(config: Config, *, source: str) -> None:
    """Raise for misspelled keys, types and arguments anywhere in ``config``.

    mmengine ignores a misspelled top-level key, and finds a misspelled argument only when it builds the
    component, which may be hours into the training.
    """
    for key in config:
        if key not in KNOWN_KEYS:
            raise ValueError(f"{source}: unknown key {key!r}{did_you_mean(key, KNOWN_KEYS)}")
    _check_plain_dicts(config, source)
    for where, item in _typed_dicts(config.to_dict(), ""):
        if where == "optim_wrapper":
            item = {key: value for key, value in item.items() if key not in CONSTRUCTOR_KEYS}
        try:
            check_arguments(_find_anywhere(item["type"]), item)
        except (KeyError, TypeError) as error:
            raise type(error)(f"{source}: in {where}: {error.args[0]}") from error


def _check_plain_dicts(config: Config, source: str) -> None:
    """Raise for misspelled keys where no component's arguments tell them."""
    for name, known in PLAIN_KEYS.items():
        value = config.get(name, {})
        if value is None and name.endswith("_dataloader"):  # nothing to validate or test on
            continue
        if not isinstance(value, dict):
            raise ValueError(f"{source}: {name} is {value!r}; expected a dict")
        for key in value:
            if key not in known:
                raise ValueError(f"{source}: in {name}: unknown key {key!r}{did_you_mean(key, known)}")
            if value[key] is None and name == "env_cfg":
                raise ValueError(f"{source}: env_cfg.{key} is None: leave it out for its default")
        for key, (what, least) in LOADER_COUNTS.items():
            count = value.get(key, least)
            if type(count) is not int or count < least:
                raise ValueError(
                    f"{source}: {name}.{key} is {count!r}; expected a number of {what}, {least} or more"
                )
    seed = config.get("randomness", {}).get("seed")
    if seed is not None and (type(seed) is not int or not 0 <= seed < 2**32):
        raise ValueError(
            f"{source}: randomness.seed is {seed!r}; expected a whole number from 0 to 2**32 - 1, or None"
        )
    for name in COUNTS:
        section, key = name.split(".")
        count = (config.get(section) or {}).get(key, 1)
        if not isinstance(count, (int, float)) or count < 1 or not float(count).is_integer():
            raise ValueError(f"{source}: {name} is {count!r}; expected a whole number, 1 or more")
    for key in (config.get("optim_wrapper") or {}).get("paramwise_cfg") or {}:
        if key not in PARAMWISE_KEYS:
            where = "optim_wrapper.paramwise_cfg"
            raise ValueError(f"{source}: in {where}: unknown key {key!r}{did_you_mean(key, PARAMWISE_KEYS)}")
    for name in COLLECTIONS:
        items: Any = config
        for part in name.split("."):
            items = items.get(part) or {}
        if not isinstance(items, dict):
            raise ValueError(f"{source}: {name} is {items!r}; expected a dict of dicts with a 'type'")
        for key, item in items.items():
            if item is not None and not (isinstance(item, dict) and "type" in item):
                others = [other for other in items if other != key]
                raise ValueError(
                    f"{source}: {name}.{key} is {plain_dict(item)!r}; expected a dict with a 'type', or None"
                    f"{did_you_mean(key, others)}"
                )
    checkpoint = (config.get("default_hooks") or {}).get("checkpoint") or {}
    for key in checkpoint if checkpoint.get("type") == "CheckpointHook" else ():
        if key not in CHECKPOINT_KEYS:
            where = "default_hooks.checkpoint"
            raise ValueError(f"{source}: in {where}: unknown key {key!r}{did_you_mean(key, CHECKPOINT_KEYS)}")
    if checkpoint.get("max_keep_ckpts") == 1:
        raise ValueError(
            f"{source}: default_hooks.checkpoint.max_keep_ckpts=1 has the only checkpoint deleted before the"
            " next is written; keep 2 or more, or -1 for all"
        )


def _typed_dicts(value: Any, where: str) -> Iterator[tuple[str, dict]]:
    """All dicts with a string ``type`` in ``value``, with their place, e.g. ``model.network``."""
    if isinstance(value, dict):
        if isinstance(value.get("type"), str) and where not in ("visualizer",):
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


def plain_dict(value: Any) -> Any:
    """A config value as plain dicts, lists and scalars, fit for JSON."""
    if isinstance(value, ConfigDict):
        value = value.to_dict()
    if isinstance(value, dict):
        return {key: plain_dict(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_dict(item) for item in value]
    return value


def config_hash(config: Config) -> str:
    """The first 16 hex digits of the SHA-256 of the resolved config."""
    text = json.dumps(plain_dict(config.to_dict()), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
