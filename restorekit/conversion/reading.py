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
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor

LEGACY_PICKLES = 5  # torch before 1.6 wrote a magic number, a version, the machine, the data and its keys
PADDLE_NAMES = "StructuredToParameterName@@"
_NUMPY_TYPES = tuple(
    order + kind
    for order in "<>|"
    for kind in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1")
)


class _NumpyType:
    """Stands for numpy's dtype, which believes what a pickle says of the memory that its numbers lie in."""

    name = "unknown"

    def __init__(self, kind: str, *_flags: Any) -> None:
        self.name = f"|{kind}"

    def __setstate__(self, state: tuple) -> None:
        self.name = f"{state[1]}{self.name[1:]}"


class NumpyArray:
    """Stands for numpy's array, and makes one of plain numbers, where the bytes are as many as these take.

    Attributes:
        dtype: as numpy writes it, such as ``<f4``.
        numbers: the array, None of any type but ``_NUMPY_TYPES``.
    """

    dtype = "unknown"
    numbers: np.ndarray | None = None

    def __setstate__(self, state: tuple) -> None:
        _version, shape, kind, is_fortran, content = state
        self._fill(kind, content, shape, "F" if is_fortran else "C")

    @classmethod
    def scalar(cls, kind: _NumpyType, content: bytes) -> NumpyArray:
        """Of no dimensions."""
        array = cls()
        array._fill(kind, content, (), "C")
        return array

    def _fill(
        self, kind: _NumpyType, content: bytes, shape: tuple[int, ...], order: Literal["C", "F"]
    ) -> None:
        self.dtype = kind.name
        if self.dtype in _NUMPY_TYPES:
            numbers = np.frombuffer(content, self.dtype)
            if self.dtype == "<u2":  # bfloat16, of which numpy knows none, as Paddle writes its bits
                numbers = (numbers.astype(np.uint32) << 16).view(np.float32)
            self.numbers = numbers.reshape(shape, order=order)


def _decoded(text: str = "", _encoding: str = "latin1") -> bytes:
    """How protocol 2 spells bytes."""
    return text.encode("latin1")


# what numpy's own pickles name; where it lives differs between the versions of numpy and Python
_STAND_INS: dict[str, Any] = {
    "numpy.ndarray": NumpyArray,
    "numpy.dtype": _NumpyType,
    **{
        f"numpy.{core}.multiarray.{name}": stand_in
        for core in ("core", "_core")
        for name, stand_in in (
            ("_reconstruct", lambda _type, _shape, _kind: NumpyArray()),
            ("scalar", NumpyArray.scalar),
        )
    },
    "_codecs.encode": _decoded,
    "__builtin__.bytes": _decoded,
    "builtins.bytes": _decoded,
}


class _ArrayUnpickler(pickle.Unpickler):
    """Unpickles dicts of stand-ins for numpy arrays; any other global is refused by name."""

    def find_class(self, module: str, name: str) -> Any:
        allowed = {**_STAND_INS, "collections.OrderedDict": OrderedDict}
        try:
            return allowed[f"{module}.{name}"]
        except KeyError:
            raise pickle.UnpicklingError(f"refused global {module}.{name}") from None


def _unpickle_arrays(path: Path) -> Any:
    with path.open("rb") as file:
        return _ArrayUnpickler(file).load()


def _unpickle_tensors(path: Path) -> Any:
    named = [(stand_in, name) for name, stand_in in _STAND_INS.items()]
    with warnings.catch_warnings(), torch.serialization.safe_globals(named):
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
        ours = full in _STAND_INS or full == "collections.OrderedDict"
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
        held = "an empty dict" if loaded == {} else f"a {type(loaded).__name__}"
        raise ValueError(f"{path} holds {held}, not a dict of weights")
    state = {key: value for key, value in loaded.items() if key != PADDLE_NAMES}
    for key, value in state.items():
        if not isinstance(key, str) or not isinstance(value, Tensor | NumpyArray):
            keys = ", ".join(map(repr, list(state)[:8]))
            raise ValueError(
                f"{path} must hold arrays by name, bare or under 'state_dict'; its top-level keys are {keys}"
                f" and {key!r} holds a {type(value).__name__}; save the weights alone into another file"
            )
    if state and all(key.startswith("module.") for key in state):
        state = {key.removeprefix("module."): value for key, value in state.items()}
    arrays = {}
    for key, value in state.items():
        numbers = value.detach().float().numpy() if isinstance(value, Tensor) else value.numbers
        if numbers is None or not np.isfinite(numbers).all():
            raise ValueError(f"{path}: {key} must hold finite numbers; its type is {value.dtype}")
        arrays[key] = np.array(numbers, np.float32, order="C")
    return arrays


def _read(path: Path, kind: str, unpickle: Callable[[Path], Any]) -> dict[str, np.ndarray]:
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder; name the authors' file")
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
        FileNotFoundError, IsADirectoryError: no such file.
        ValueError: no such format, truncated, not a dict of finite arrays, or a pickle that names something
            other than tensors and arrays; the message has the name. Nothing in it was executed.
    """
    return _read(path, "PyTorch .pth", _unpickle_tensors)


def read_paddle(path: Path) -> dict[str, np.ndarray]:
    """The float32 arrays of a Paddle ``.pdparams``, by name, without Paddle.

    Raises:
        FileNotFoundError, IsADirectoryError: see ``read_torch``.
        ValueError: see ``read_torch``.
    """
    return _read(path, "Paddle .pdparams", _unpickle_arrays)
