"""Config files, read and checked before anything is built."""

from __future__ import annotations

import ast
import difflib
import hashlib
import json
import traceback
from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

from mmengine.config import Config, ConfigDict, DictAction

from restorekit.engine.config_checks import check_config

FOR_TRAINING = ("model", "train_dataloader", "train_cfg", "optim_wrapper", "default_hooks")
FOR_TESTING = ("model", "test_dataloader", "test_cfg", "test_evaluator")


def parse_options(options: list[str] | None) -> dict[str, Any]:
    """``["optim_wrapper.optimizer.lr=1e-5"]`` to a dict; a ValueError says how one is written."""
    parsed = {}
    for option in options or []:
        key, separator, value = option.partition("=")
        if not separator or not key:
            raise ValueError(f"--cfg-options takes key=value, e.g. train_cfg.max_iters=1000; got {option!r}")
        parsed[key] = _parsed(value.strip("'\""), option)
    return parsed


def _parsed(value: str, option: str) -> Any:
    """Lists, tuples and dicts as Python writes them, or a list of bare words; all else is one value."""
    if value.startswith(("[", "(", "{")):
        with suppress(ValueError, SyntaxError):
            return ast.literal_eval(value)
    elif "," not in value:
        return DictAction._parse_int_float_bool(value)  # _parse_iterable would take its spaces out
    try:
        return DictAction._parse_iterable(value)
    except (AssertionError, RecursionError) as error:
        raise ValueError(
            f"{option} (--cfg-options) cannot be read: a value is a number, a word, a list such as [1,2], or"
            " a dict such as {'type':'Tiled','tile':512}"
        ) from error


def load_config(
    path: str | Path, options: dict[str, Any] | None = None, *, needs: Sequence[str] = ()
) -> Config:
    """Read a config file, merge ``options`` into it, and check it.

    Args:
        path: the file.
        options: config keys to override.
        needs: the top-level keys that it must have, such as ``FOR_TRAINING``.

    Raises:
        FileNotFoundError: no such file; the message names a near one.
        ValueError: an unknown or missing top-level key, a value out of range, a config that does not run, or
            an option that comes too late.
        ImportError: a module of ``custom_imports`` cannot be imported; the message says why.
        KeyError, TypeError: a component or an argument that does not exist, with the nearest that does.
    """
    import restorekit.engine.components  # noqa: F401  (registers what a config may name)

    if any(key.partition(".")[0] == "custom_imports" for key in options or {}):
        raise ValueError(
            "custom_imports cannot be given by options (--cfg-options), which are read after the imports:"
            " name the modules in the config"
        )
    config = _read(Path(path))
    try:
        config.merge_from_dict(deepcopy(options or {}))  # mmengine takes "_delete_" out of what it is given
    except (AttributeError, KeyError, TypeError) as error:  # mmengine's, which merges dicts alone, into dicts
        raise ValueError(
            f"{path}: options (--cfg-options) cannot replace or leave out one element of a list, or set"
            " a key in what is no dict: write the whole list, or change an element's keys, such as"
            " pipeline.0.size=256"
            f" ({error.args[0]})"
        ) from error
    for key in needs:
        if not isinstance(config.get(key), (dict, list)):
            raise ValueError(
                f"{path}: {key} is {config.get(key)!r}; expected a dict, such as the configs in"
                " configs/_base_ have: name them in _base_"
            )
    check_config(config, source=str(path))
    return config


def _read(path: Path) -> Config:
    """A config file as it stands; errors as in ``load_config``."""
    if not path.is_file():
        raise FileNotFoundError(_no_config(path))
    try:
        read = Config.fromfile(path)
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
    # fromfile forgets format_python_code, and mmengine would have the text formatted at each checkpoint
    own = dict(cfg_text=read.text, env_variables=read.env_variables, format_python_code=False)
    return Config(read.to_dict(), filename=read.filename, **own)


def _no_config(path: Path) -> str:
    """That there is no such file, and which one may be meant, there or in ``configs``."""
    known = {file.stem: file for folder in (Path("configs"), path.parent) for file in folder.glob("*.py")}
    near = difflib.get_close_matches(path.stem, known, n=1)
    if near:
        return f"there is no config {path}; did you mean {known[near[0]]}?"
    there = f" Some are: {', '.join(sorted(known))}." if known else ""
    return f"there is no config {path}.{there}"


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
