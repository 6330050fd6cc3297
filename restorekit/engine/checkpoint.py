"""Checkpoints that are whole, and load without unpickling code.

mmengine's checkpoints hold objects that ``torch.load(weights_only=True)`` refuses, and text that resuming
executes. ``plain_checkpoint`` turns one into tensors, numbers and strings; ``SafeCheckpointHook`` calls it
before each save. ``register_safe_files`` replaces mmengine's loaders with one that reads such files, and
safetensors, and nothing from elsewhere; and has mmengine write files that appear whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import torch
from mmengine.fileio import LocalBackend, register_backend
from mmengine.logging import HistoryBuffer
from mmengine.runner.checkpoint import CheckpointLoader

from restorekit.atomic import write_whole
from restorekit.weights_folder import STATE, find_weights, read_config, read_state

NETWORK_PREFIX = "network."
SCHEDULE_PROGRESS = {
    *("last_step", "_global_step", "_last_value", "base_values"),
    *("best", "num_bad_epochs", "cooldown_counter"),  # of ReduceOnPlateauLR
}


def plain_checkpoint(checkpoint: dict) -> None:
    """Make a checkpoint of mmengine's plain, in place."""
    meta = checkpoint.get("meta", {})
    meta.pop("cfg", None)
    meta.pop("config", None)
    if "message_hub" in checkpoint:
        checkpoint["message_hub"] = _plain(checkpoint["message_hub"])
    checkpoint["meta"] = _plain(meta)


def restore_checkpoint(checkpoint: dict) -> None:
    """Undo ``plain_checkpoint`` for what mmengine wants back, in place.

    Of schedulers only how far they are is taken: what they do is the config's to say.
    """
    saved = checkpoint.get("param_schedulers", [])
    for scheduler in chain.from_iterable(saved.values()) if isinstance(saved, Mapping) else saved:
        for key in scheduler.keys() - SCHEDULE_PROGRESS:
            del scheduler[key]
    checkpoint.get("meta", {}).pop("cfg", None)
    checkpoint.get("meta", {}).pop("config", None)
    scalars = checkpoint.get("message_hub", {}).get("log_scalars", {})
    for name, buffer in scalars.items():
        if isinstance(buffer, Mapping) and "log_history" in buffer:
            scalars[name] = HistoryBuffer(
                buffer["log_history"].numpy(), buffer["count_history"].numpy(), buffer["max_length"]
            )


def _plain(value: Any) -> Any:
    if isinstance(value, HistoryBuffer):
        history, counts = value.data
        return {
            "log_history": torch.as_tensor(np.asarray(history, dtype=np.float64)),
            "count_history": torch.as_tensor(np.asarray(counts, dtype=np.int64)),
            "max_length": value.max_length,
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return torch.as_tensor(value)
    if value is None or isinstance(value, (bool, int, float, str, torch.Tensor)):
        return value
    return str(value)


def load_checkpoint(filename: str, map_location: Any = None) -> dict:
    """Read a checkpoint, a weights folder or the safetensors in one, as ``{'state_dict': ...}``.

    Everything comes to the CPU. Models and optimisers take their share to their own devices; mmengine's log
    belongs here, and is of float64, which not all devices have.

    Args:
        filename: where it is, or the name of weights that ship.
        map_location: given by mmengine, not used.

    Raises:
        ValueError: a remote address, or a file that is no plain checkpoint.
        FileNotFoundError: nothing there.
    """
    if re.match(r"^[A-Za-z][A-Za-z0-9+.-]+:(//)?", filename) and not Path(filename).exists():
        raise ValueError(
            f"{filename} is a remote address; weights load from files only. Download it yourself, then name"
            " the file."
        )
    path = find_weights(filename)
    if not path.is_file():
        read_config(path)  # says what a folder without weights lacks, or what is near
        path = path / STATE
    if path.suffix == ".safetensors":
        return {"state_dict": {NETWORK_PREFIX + k: v for k, v in read_state(path).items()}, "meta": {}}
    try:
        checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch has many for a file that is cut short
        reason = (str(error) or type(error).__name__).partition("\n")[0].partition(". ")[0]
        raise ValueError(
            f"{path} is damaged, or no checkpoint of restorekit: {reason}. Move it away, and resuming"
            " (--resume) goes on from the one before. Weights of other authors: restorekit convert."
        ) from error
    if not isinstance(checkpoint, dict) or "state_dict" not in checkpoint:
        raise ValueError(
            f"{path} is no checkpoint of restorekit: it has no state_dict. Weights of other authors:"
            " restorekit convert."
        )
    return checkpoint


class WholeFiles(LocalBackend):
    """mmengine's local files, by ``atomic_file``: who is killed while saving leaves no half checkpoint."""

    def put(self, obj: bytes, filepath: str | Path) -> None:
        """Write ``obj``."""
        write_whole(filepath, obj)


def register_safe_files() -> None:
    """Make ``load_checkpoint`` the only loader that mmengine has, and ``WholeFiles`` how it writes."""
    for prefix in list(CheckpointLoader._schemes):
        CheckpointLoader.register_scheme(prefix, load_checkpoint, force=True)
    register_backend("local", WholeFiles, prefixes="", force=True)


def latest_checkpoint(work_dir: str | Path) -> Path | None:
    """The checkpoint of the most iterations in ``work_dir``, or None.

    mmengine's ``last_checkpoint`` file holds an absolute path, which is wrong once the folder was copied.
    """
    numbered = {
        int(match[1]): path
        for path in Path(work_dir).glob("iter_*.pth")
        if (match := re.fullmatch(r"iter_(\d+)\.pth", path.name))
    }
    return numbered[max(numbered)] if numbered else None
