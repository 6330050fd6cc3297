import builtins
import io
import os
import pickle
import re
import warnings
from collections import OrderedDict

import numpy as np
import pytest
import torch

from restorekit.conversion.reading import read_paddle, read_torch

READERS = {"torch": read_torch, "paddle": read_paddle}


class Runs:
    """Unpickling it calls a function."""

    def __init__(self, function, *arguments) -> None:
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def save(path, value, how: str) -> None:
    if how == "torch":
        torch.save(value, path)
    elif how == "torch-legacy":
        torch.save(value, path, _use_new_zipfile_serialization=False)
    else:
        path.write_bytes(pickle.dumps(value, protocol=int(how)))


@pytest.mark.parametrize("how", ["torch", "torch-legacy"])
@pytest.mark.parametrize("under_key", [False, True])
@pytest.mark.parametrize("prefix", ["", "module."])
def test_torch_files_bare_nested_and_data_parallel(tmp_path, how: str, under_key: bool, prefix: str) -> None:
    state = OrderedDict(
        {f"{prefix}a.weight": torch.arange(6.0).reshape(2, 3), f"{prefix}a.n": torch.tensor(3)}
    )
    save(tmp_path / "x.pth", {"state_dict": state, "epoch": 4} if under_key else state, how)
    arrays = read_torch(tmp_path / "x.pth")
    assert list(arrays) == ["a.weight", "a.n"]
    np.testing.assert_array_equal(arrays["a.weight"], [[0, 1, 2], [3, 4, 5]])
    assert arrays["a.weight"].dtype == np.float32


def test_torch_file_with_numpy_beside_its_tensors(tmp_path) -> None:
    state = {"a": torch.ones(2), "b": np.arange(3.0)}
    save(tmp_path / "x.pth", {"state_dict": state, "best": np.float64(3)}, "torch")
    arrays = read_torch(tmp_path / "x.pth")
    np.testing.assert_array_equal(arrays["b"], [0, 1, 2])


def test_half_precision_and_cut_views_come_out_whole(tmp_path) -> None:
    save(tmp_path / "x.pth", {"a": torch.arange(8, dtype=torch.bfloat16)[::2]}, "torch")
    np.testing.assert_array_equal(read_torch(tmp_path / "x.pth")["a"], [0, 2, 4, 6])


def test_bfloat16_of_paddle_comes_out_as_the_numbers_that_it_holds(tmp_path) -> None:
    values = torch.tensor([[1.0, -2.5], [0.15625, 3e-30]]).bfloat16()
    bits = values.view(torch.int16).numpy().astype("<u2")
    save(tmp_path / "x.pdparams", {"a.weight": bits, "b.bias": np.asfortranarray(bits)}, "4")
    arrays = read_paddle(tmp_path / "x.pdparams")
    np.testing.assert_array_equal(arrays["a.weight"], values.float().numpy())
    np.testing.assert_array_equal(arrays["b.bias"], values.float().numpy())


@pytest.mark.parametrize("protocol", ["2", "3", "4"])
def test_paddle_files(tmp_path, protocol: str) -> None:
    state = {
        "a.weight": np.arange(6, dtype=np.float32).reshape(2, 3),
        "a._mean": np.array([1.5], np.float64),
        "StructuredToParameterName@@": {"a.weight": "conv2d_0.w_0"},
    }
    save(tmp_path / "x.pdparams", state, protocol)
    arrays = read_paddle(tmp_path / "x.pdparams")
    assert list(arrays) == ["a.weight", "a._mean"]
    np.testing.assert_array_equal(arrays["a.weight"], [[0, 1, 2], [3, 4, 5]])
    assert arrays["a._mean"].dtype == np.float32


def written_with(module: bytes, content: bytes) -> bytes:
    """A small pickle as a numpy would write it whose builders live in ``module``; without frames."""
    if content[2:3] == pickle.FRAME:
        content = content[:2] + content[11:]

    def named(found: re.Match) -> bytes:
        return (b"\x8c" + bytes([len(module)]) if found[1] else b"") + module

    return re.sub(rb"(\x8c.)?numpy\._?core\.multiarray", named, content, flags=re.DOTALL)


@pytest.mark.parametrize("module", [b"numpy.core.multiarray", b"numpy._core.multiarray"])
@pytest.mark.parametrize("protocol", [2, 3, 4])
def test_arrays_of_every_layout_and_of_both_numpys(tmp_path, module: bytes, protocol: int) -> None:
    numbers = np.arange(6).reshape(2, 3)
    state = {
        kind: numbers.astype(kind)
        for kind in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u4", "u8", ">f4", ">i8", "?")
    }
    state |= {
        "fortran": np.asfortranarray(numbers, np.float32),
        "big fortran": np.asfortranarray(numbers, ">f8"),
        "view": np.arange(24, dtype=np.float32).reshape(4, 6)[::2, ::-2],
        "0-d": np.array(7, np.float32),
        "empty": np.zeros((0, 3), np.float32),
        "scalar": np.float64(1.5),
        "big scalar": np.dtype(">i4").type(3),
    }
    (tmp_path / "x").write_bytes(written_with(module, pickle.dumps(state, protocol=protocol)))
    assert module in (tmp_path / "x").read_bytes()
    arrays = read_paddle(tmp_path / "x")
    assert list(arrays) == list(state)
    for name, array in arrays.items():
        assert array.dtype == np.float32 and array.flags.c_contiguous and array.flags.writeable
        np.testing.assert_array_equal(array, state[name].astype(np.float32), strict=True)


def test_numpy_of_every_layout_in_a_torch_file(tmp_path) -> None:
    numbers = np.arange(6.0).reshape(2, 3)
    state = {
        "f": np.asfortranarray(numbers),
        "b": numbers.astype(">f4"),
        "empty": numbers[:0],
        "s": numbers[0, 1],
    }
    save(tmp_path / "x", state, "torch")
    for name, array in read_torch(tmp_path / "x").items():
        np.testing.assert_array_equal(array, state[name].astype(np.float32), strict=True)


class Lies:
    """Unpickling it builds something of numpy with a state that numpy would believe."""

    def __init__(self, function, arguments, state=None) -> None:
        self.reduced = (function, arguments) if state is None else (function, arguments, state)

    def __reduce__(self):
        return self.reduced


RECONSTRUCT, SCALAR = np.zeros(0).__reduce__()[0], np.float32(0).__reduce__()[0]
OBJECT_WITHOUT_FLAGS = Lies(np.dtype, ("O8", False, True), (4, "|", None, None, None, 8, 8, 0, None))
FLOAT = Lies(np.dtype, ("f4", False, True), (3, "<", None, None, None, -1, -1, 0))


@pytest.mark.parametrize("how", ["torch", "torch-legacy", "2", "4"])
@pytest.mark.parametrize(
    ("value", "message"),
    [
        (Lies(SCALAR, (OBJECT_WITHOUT_FLAGS, b"@AAAAA\0\0")), "its type is |O8"),
        (
            Lies(
                RECONSTRUCT, (np.ndarray, (0,), b"b"), (1, (1,), OBJECT_WITHOUT_FLAGS, False, b"@AAAAA\0\0")
            ),
            "its type is |O8",
        ),
        (Lies(RECONSTRUCT, (np.ndarray, (0,), b"b"), (1, (9,), FLOAT, False, bytes(32))), "is truncated"),
        (Lies(RECONSTRUCT, (np.ndarray, (0,), b"b"), (1, (8,), FLOAT, False, 140_000_000)), "is truncated"),
        (Lies(SCALAR, (FLOAT, b"")), "is truncated"),
        (Lies(RECONSTRUCT, (np.ndarray, (10**12,), b"b")), "its type is unknown"),
        (Lies(np.ndarray, (), (1, (8,))), "is truncated"),
    ],
)
def test_what_a_file_says_of_memory_is_not_believed(tmp_path, value, message: str, how: str) -> None:
    save(tmp_path / "x", {"a": value}, how)
    with pytest.raises(ValueError, match=re.escape(message)):
        (read_torch if how.startswith("torch") else read_paddle)(tmp_path / "x")


@pytest.mark.parametrize(
    ("function", "arguments", "name"),
    [
        (os.system, ("touch {marker}",), "(posix|nt).system"),
        (builtins.eval, ("open('{marker}', 'w')",), r"((builtins|__builtin__)\.)?eval"),
        (io.open, ("{marker}", "w"), "(_io|io).open"),
        (np.load, ("{marker}",), "numpy.load"),
        (getattr, (np.ndarray, "tofile"), r"((builtins|__builtin__)\.)?getattr"),
    ],
)
@pytest.mark.parametrize("how", ["torch", "torch-legacy", "2", "4"])
def test_a_pickle_that_would_run_code_names_what_it_would_run(
    tmp_path, function, arguments, name: str, how: str
) -> None:
    marker = tmp_path / "marker"
    filled = [a.format(marker=marker) if isinstance(a, str) else a for a in arguments]
    save(tmp_path / "x", {"a": Runs(function, *filled)}, how)
    read = read_torch if how.startswith("torch") else read_paddle
    with pytest.raises(ValueError, match=f"names {name}, .*nothing of it was executed") as caught:
        read(tmp_path / "x")
    assert "\n" not in str(caught.value)
    assert not marker.exists()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("how", ["torch", "torch-legacy", "0", "2", "4", "5"])
def test_a_hostile_file_names_its_global_in_any_protocol(tmp_path, reader: str, how: str) -> None:
    marker = tmp_path / "marker"
    save(tmp_path / "x", {"a": Runs(os.system, f"touch {marker}")}, how)
    # torch's old format opens with a number, which is all that the Paddle reader looks at
    number_first = reader == "paddle" and how == "torch-legacy"
    expected = "holds a int" if number_first else "names (posix|nt).system"
    with warnings.catch_warnings(record=True) as warned, pytest.raises(ValueError, match=expected):
        warnings.simplefilter("always")
        READERS[reader](tmp_path / "x")
    assert not warned  # each would be a line beside the error's
    assert not marker.exists()


def test_a_whole_pickled_model_is_refused_by_name(tmp_path) -> None:
    torch.save(torch.nn.Linear(1, 1), tmp_path / "x.pth")
    with pytest.raises(ValueError, match="names torch.nn.modules.linear.Linear, .*plain state dict"):
        read_torch(tmp_path / "x.pth")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "content", [b"", b"just some text\n", b"# notes\nepoch 3: 38.1 dB\n", bytes(range(256)), b"PK\x03\x04"]
)
def test_other_content_is_no_weight_file(tmp_path, reader: str, content: bytes) -> None:
    (tmp_path / "x.pth").write_bytes(content)
    with pytest.raises(ValueError, match=r"x\.pth is no .* file, or is truncated") as caught:
        READERS[reader](tmp_path / "x.pth")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("how", ["torch", "torch-legacy", "4"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_file_says_so(tmp_path, how: str, share: float) -> None:
    value = torch.rand(64, 64) if how.startswith("torch") else np.random.rand(64, 64)
    save(tmp_path / "x", {"a": value}, how)
    whole = (tmp_path / "x").read_bytes()
    (tmp_path / "x").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ValueError, match="or is truncated"):
        (read_torch if how.startswith("torch") else read_paddle)(tmp_path / "x")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([1, 2], "holds a list, not a dict of weights"),
        ({}, "holds an empty dict, not a dict of weights"),
        ({"net": {"a": np.ones(1)}, "epoch": 3}, "top-level keys are 'net', 'epoch' and 'net' holds a dict"),
        ({3: np.ones(1)}, "3 holds a NumpyArray"),
        ({"a": np.array([1.0, np.nan])}, "a must hold finite numbers"),
        ({"a": np.array(["x"])}, "a must hold finite numbers; its type is <U1"),
    ],
)
def test_a_dict_of_something_else_says_what_it_holds(tmp_path, value, message: str) -> None:
    save(tmp_path / "x", value, "4")
    with pytest.raises(ValueError, match=message):
        read_paddle(tmp_path / "x")


def test_a_paddle_file_given_as_pytorch_gets_no_advice_to_switch_safety_off(tmp_path) -> None:
    save(tmp_path / "x", {"a": np.ones(3)}, "4")
    with pytest.raises(ValueError, match="is no PyTorch .pth file, or is truncated$"):
        read_torch(tmp_path / "x")


@pytest.mark.parametrize("reader", READERS)
def test_no_file(tmp_path, reader: str) -> None:
    with pytest.raises(IsADirectoryError, match="is a folder; name the authors' file"):
        READERS[reader](tmp_path)
    with pytest.raises(FileNotFoundError, match="no such file: .*nowhere"):
        READERS[reader](tmp_path / "nowhere")
