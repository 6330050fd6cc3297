"""Reads other people's weight files without executing anything that stands in them.

PyTorch's ``.pth`` and Paddle's ``.pdparams`` are pickles, and a pickle may name any function to call. Here
it may name what builds tensors and numpy arrays, and nothing else.
"""

from __future__ import annotations

import io
import pickle
import re
import warnings
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

LEGACY_PICKLES = 5  # torch before 1.6 wrote a magic number, a version, the machine, the data and its keys
PADDLE_NAMES = "StructuredToParameterName@@"
_NUMPY_KINDS = ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?")
# numpy's own pickles name these; where they live differs between its versions
_RECONSTRUCT, _SCALAR = np.zeros(0).__reduce__()[0], np.float32(0).__reduce__()[0]
_NUMPY_BUILDERS = {
    f"numpy.{core}.multiarray.{name}": function
    for core in ("core", "_core")
    for name, function in (("_reconstruct", _RECONSTRUCT), ("scalar", _SCALAR))
}


class _ArrayUnpickler(pickle.Unpickler):
    """Unpickles dicts of numpy arrays; any other global is refused by name."""

    def find_class(self, module: str, name: str) -> Any:
        allowed: dict[str, Any] = {
            **_NUMPY_BUILDERS,
            "numpy.ndarray": np.ndarray,
            "numpy.dtype": np.dtype,
            "collections.OrderedDict": OrderedDict,
            # how protocol 2 spells bytes
            "_codecs.encode": lambda text, _encoding: text.encode("latin1"),
        }
        try:
            return allowed[f"{module}.{name}"]
        except KeyError:
            raise pickle.UnpicklingError(f"refused global {module}.{name}") from None


def _unpickle_arrays(path: Path) -> Any:
    with path.open("rb") as file:
        return _ArrayUnpickler(file).load()


def _unpickle_tensors(path: Path) -> Any:
    numpy_types = [np.ndarray, np.dtype, *(type(np.dtype(kind)) for kind in _NUMPY_KINDS)]
    named = [(function, name) for name, function in _NUMPY_BUILDERS.items()]
    with warnings.catch_warnings(), torch.serialization.safe_globals([*numpy_types, *named]):
        warnings.simplefilter("ignore")  # torch remarks on a pickle's protocol before it refuses it
        return torch.load(path, map_location="cpu", weights_only=True)


class _Inert:
    """Stands for everything that a tensor's pickle may name."""

    def __init__(self, *_arguments: Any) -> None:
        pass


class _ForeignGlobalFinder(pickle.Unpickler):
    """Builds nothing; stops at the first global that is no part of tensors and arrays."""

    def find_class(self, module: str, name: str) -> Any:
        full = f"{module}.{name}"
        ours = full in _NUMPY_BUILDERS or full in ("numpy.ndarray", "numpy.dtype", "collections.OrderedDict")
        if ours or module == "torch._utils" or (module == "torch" and name.endswith("Storage")):
            return _Inert
        raise pickle.UnpicklingError(f"refused global {full}")

    def persistent_load(self, _identifier: Any) -> Any:
        return _Inert()


def _foreign_global(path: Path, error: Exception) -> str | None:
    """The global that ``error`` is about, or that torch met in a pickle protocol it does not follow."""
    named = re.search(r"(?:refused global|GLOBAL) ([\w.]+)", str(error))
    if named:
        return named[1]
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            member = next((name for name in archive.namelist() if name.endswith("data.pkl")), None)
            content = b"" if member is None else archive.read(member)
    stream = io.BytesIO(content)
    for _ in range(LEGACY_PICKLES):
        try:
            _ForeignGlobalFinder(stream).load()
        except Exception as reason:
            named = re.match(r"refused global ([\w.]+)", str(reason))
            return named[1] if named else None
    return None


def _explain(path: Path, kind: str, error: Exception) -> ValueError:
    refused = _foreign_global(path, error)
    if refused:
        return ValueError(
            f"{path} names {refused}, which is no part of a weight file; nothing of it was executed."
            " It may be a whole pickled model or a hostile file: ask its author for a plain state dict"
        )
    # the unpicklers' own words are about opcodes, and torch's advise to load unsafely: they stay in the cause
    return ValueError(f"{path} is no {kind} file, or is truncated")


def _unwrap(loaded: Any, path: Path) -> dict[str, np.ndarray]:
    """The state dict in what a file held: bare or under ``state_dict``, DataParallel's prefix removed."""
    if isinstance(loaded, dict) and isinstance(loaded.get("state_dict"), dict):
        loaded = loaded["state_dict"]
    if not isinstance(loaded, dict) or not loaded:
        raise ValueError(f"{path} holds a {type(loaded).__name__}, not a dict of weights")
    state = {key: value for key, value in loaded.items() if key != PADDLE_NAMES}
    for key, value in state.items():
        if not isinstance(key, str) or not isinstance(value, Tensor | np.ndarray):
            keys = ", ".join(map(repr, list(state)[:8]))
            raise ValueError(
                f"{path} must hold arrays by name, bare or under 'state_dict'; its top-level keys are {keys}"
                f" and {key!r} holds a {type(value).__name__}"
            )
    if state and all(key.startswith("module.") for key in state):
        state = {key.removeprefix("module."): value for key, value in state.items()}
    arrays = {
        key: value.detach().float().numpy() if isinstance(value, Tensor) else value
        for key, value in state.items()
    }
    for key, array in arrays.items():
        if array.dtype.kind not in "fiub" or not np.isfinite(array).all():
            raise ValueError(f"{path}: {key} must hold finite numbers; its type is {array.dtype}")
    return {key: np.ascontiguousarray(array, dtype=np.float32) for key, array in arrays.items()}


def _read(path: Path, kind: str, unpickle: Callable[[Path], Any]) -> dict[str, np.ndarray]:
    if not path.is_file():
        raise FileNotFoundError(f"no such file: {path}")
    try:
        loaded = unpickle(path)
    except Exception as error:  # garbage can end an unpickler with nearly any error
        raise _explain(path, kind, error) from error
    return _unwrap(loaded, path)


def read_torch(path: Path) -> dict[str, np.ndarray]:
    """The float32 arrays of a PyTorch ``.pth``, by name.

    Raises:
        FileNotFoundError: no such file.
        ValueError: no such format, truncated, not a dict of finite arrays, or a pickle that names something
            other than tensors and arrays; the message has the name. Nothing in it was executed.
    """
    return _read(path, "PyTorch .pth", _unpickle_tensors)


def read_paddle(path: Path) -> dict[str, np.ndarray]:
    """The float32 arrays of a Paddle ``.pdparams``, by name, without Paddle.

    Raises:
        FileNotFoundError: see ``read_torch``.
        ValueError: see ``read_torch``.
    """
    return _read(path, "Paddle .pdparams", _unpickle_arrays)
