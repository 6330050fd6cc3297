"""Weights as they travel: a folder that needs nothing beside it.

``model.safetensors`` holds the network's state, ``config.json`` how to build and run it, ``README.md`` what
it is (a model card). Loading one imports no config file and unpickles nothing. Some ship with the package,
and are known by their names.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors.torch import load_file, save
from torch import Tensor, nn

from restorekit import inferencers, networks  # noqa: F401  (registers what a folder may name)
from restorekit.atomic import explaining, make_folder, write_whole
from restorekit.registry import NETWORKS, did_you_mean
from restorekit.version import __version__

FORMAT = 1
STATE, CONFIG, CARD = "model.safetensors", "config.json", "README.md"
SHIPPED = Path(__file__).parent / "weights"


def shipped_weights() -> dict[str, Path]:
    """The weights folders that ship with the package, by name."""
    return {path.parent.name: path.parent for path in sorted(SHIPPED.glob(f"*/{CONFIG}"))}


def find_weights(weights: str | os.PathLike) -> Path:
    """Where weights are: a shipped folder for its name (``"handwriting"``), else the path itself.

    Only a ``str`` is a name, and ``./handwriting`` is a folder of one's own.
    The ``model.safetensors`` in a weights folder stands for the folder.
    """
    path = Path(weights)
    if isinstance(weights, str) and weights in shipped_weights():
        return shipped_weights()[weights]
    return path.parent if path.name == STATE and (path.parent / CONFIG).exists() else path


def save_weights_folder(
    folder: str | os.PathLike,
    *,
    network: Mapping[str, Any],
    inferencer: Mapping[str, Any] | None,
    state_dict: Mapping[str, Tensor],
    task: str,
    card: str,
) -> Path:
    """Write a weights folder, whole or not at all; one that is there, or that a link leads to, is replaced.

    Any other folder that is there is left alone, unless it is empty.

    Args:
        folder: where to; its parents are made.
        network: the network's config, ``{"type": ..., ...}``.
        inferencer: the inferencer's config; None predicts the whole image at once.
        state_dict: the network's state.
        task: what the weights are for, e.g. ``"handwriting"``.
        card: the model card, Markdown.

    Returns:
        The folder.

    Raises:
        FileExistsError: ``folder`` is there, and is no weights folder.
        OSError: it cannot be written; the message names it and the mend.
    """
    folder = Path(os.path.realpath(folder))
    _check_replaceable(folder)
    make_folder(folder.parent)
    config = {
        "format": FORMAT,
        "restorekit": __version__,
        "task": task,
        "network": network,
        "inferencer": inferencer,
    }
    tensors = {key: value.detach().cpu().contiguous() for key, value in state_dict.items()}
    with explaining(folder):
        new = folder.with_name(f".{folder.name}-{secrets.token_hex(8)}")
        new.mkdir()  # with the user's permissions, where tempfile's folders are for nobody else
        try:
            write_whole(new / STATE, save(tensors))  # save_file's errors are no OSError
            write_whole(new / CONFIG, json.dumps(config, indent=2) + "\n")
            write_whole(new / CARD, card)
            _put_in_place(new, folder)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return folder


def _put_in_place(new: Path, folder: Path) -> None:
    if not folder.exists():
        new.rename(folder)
        return
    old = new.with_name(new.name + "-old")
    folder.rename(old)
    try:
        new.rename(folder)
    except BaseException:
        old.rename(folder)
        raise
    shutil.rmtree(old)


def _check_replaceable(folder: Path) -> None:
    is_weights = all((folder / name).is_file() for name in (STATE, CONFIG))
    is_empty = folder.is_dir() and not any(folder.iterdir())
    if folder.exists() and not is_weights and not is_empty:
        raise FileExistsError(
            f"{folder} is there, and is no weights folder to be replaced; name a new folder"
        )


def read_config(folder: str | os.PathLike) -> dict[str, Any]:
    """The ``config.json`` of a weights folder; its ``task`` is empty where it names none.

    Raises:
        FileNotFoundError: no such folder, or it lacks a file that a weights folder has.
        ValueError: the config is not one that this version reads.
    """
    folder = Path(folder)
    missing = [name for name in (STATE, CONFIG) if not (folder / name).is_file()]
    if missing:
        fault = f"lacks {' and '.join(missing)}" if folder.is_dir() else "is a file"
        raise FileNotFoundError(
            f"{folder} is no weights folder: it {fault if folder.exists() else 'is not there'}"
            f"{_did_you_mean_weights(folder)} Training writes one to WORK_DIR/best,"
            " `restorekit convert` makes one from other authors' weights. With the package come:"
            f" {', '.join(shipped_weights()) or 'none'}."
        )
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{folder / CONFIG} is not valid JSON: {error}") from error
    if not isinstance(config, dict) or config.get("format") != FORMAT:
        found = config.get("format") if isinstance(config, dict) else None
        raise ValueError(f"{folder / CONFIG} has format {found!r}; this version reads format {FORMAT}")
    if absent := [key for key in ("network", "inferencer") if key not in config]:
        raise ValueError(f"{folder / CONFIG} lacks {' and '.join(absent)}: it is damaged, or written by hand")
    return {"task": "", **config}


def _did_you_mean_weights(folder: Path) -> str:
    """A question for the best of the training that ``folder`` is of, or for what ships by nearly its name."""
    for path in (folder / "best", folder.parent / "best"):
        if (path / CONFIG).is_file():
            return f"; did you mean {str(path)!r}?"
    return did_you_mean(str(folder), shipped_weights())


def load_weights_folder(folder: str | os.PathLike) -> tuple[nn.Module, dict[str, Any]]:
    """The network of a weights folder, with its weights, and the folder's config.

    Raises:
        FileNotFoundError: see ``read_config``.
        KeyError: its network is of a type nobody registered (a plugin that is not installed, say).
        TypeError: its network takes no such arguments.
        ValueError: the weights do not fit the network; the message lists the keys.
    """
    config = read_config(folder)
    try:
        network = NETWORKS.build(config["network"])
    except (KeyError, TypeError, ValueError) as error:
        kind = next(kind for kind in (KeyError, TypeError, ValueError) if isinstance(error, kind))
        told = error.args[0] if error.args else "its network refuses its arguments"
        raise kind(f"{Path(folder) / CONFIG}: {told}") from error
    path = Path(folder) / STATE
    load_state(network, read_state(path), source=str(path))
    return network, config


def read_state(path: Path) -> dict[str, Tensor]:
    """The tensors in a safetensors file; a ValueError names one that is damaged."""
    try:
        return load_file(path)
    except Exception as error:
        raise ValueError(f"{path} is damaged or no safetensors file: {error}") from error


def load_state(network: nn.Module, state: Mapping[str, Tensor], *, source: str) -> None:
    """Load ``state`` into ``network``, or raise a ValueError that lists what does not fit."""
    own = network.state_dict()
    problems = [f"missing: {key}" for key in own if key not in state]
    problems += [f"not in the network: {key}" for key in state if key not in own]
    problems += [
        f"{key}: file {tuple(state[key].shape)}, network {tuple(own[key].shape)}"
        for key in own
        if key in state and own[key].shape != state[key].shape
    ]
    if problems:
        more = f"\n  … and {len(problems) - 10} more" if len(problems) > 10 else ""
        raise ValueError(
            f"{source} does not fit {type(network).__name__}:\n  " + "\n  ".join(problems[:10]) + more
        )
    network.load_state_dict(state)
