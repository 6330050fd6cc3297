import io
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

from restorekit import cli
from restorekit.images import to_tensor
from restorekit.version import __version__


def test_the_package_runs_as_a_module():
    command = [sys.executable, "-m", "restorekit", "--version"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, f"restorekit {__version__}\n")


@pytest.mark.parametrize("argv", [["--help"], []])
def test_help_lists_the_commands(argv, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(argv)
    assert stop.value.code == 0
    out = capsys.readouterr().out
    assert all(name in out for name in (*cli.COMMANDS, "tools/train.py", "tools/test.py"))


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_each_command_has_help_with_examples(name, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main([name, "--help"])
    assert stop.value.code == 0
    assert f"restorekit {name}" in capsys.readouterr().out


def test_an_unknown_command_is_refused(capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["earse"])
    assert stop.value.code == 2


@pytest.mark.parametrize(
    "error, code, words",
    [
        (ValueError("bad value"), 2, "error: bad value"),
        (KeyError("no network"), 2, "error: no network"),
        (FileNotFoundError("gone"), 2, "error: gone"),
        (ImportError("no module"), 2, "error: no module"),
        (AssertionError("must be in (0, 1)"), 2, "error: must be in (0, 1)"),
        (OSError(28, "cannot write a: the disk is full"), 2, "error: cannot write a: the disk is full"),
        (FileNotFoundError(2, "No such file or directory", "a"), 2, "error: No such file or directory: a"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_errors_become_one_line_and_an_exit_code(error, code, words, capsys):
    with cli.report_errors() as outcome:
        raise error
    assert outcome.code == code
    assert capsys.readouterr().err.strip() == words


@pytest.mark.parametrize(
    "fault, words",
    [
        (lambda: {}["targt"], r"error: targt \(KeyError at .*test_cli.py:\d+; RESTOREKIT_TRACEBACK=1 shows"),
        (lambda: "a" in None, r"error: argument of type .* \(TypeError at .*test_cli.py:\d+; "),
        (lambda: nn.Conv2d(3, 4, 1, groups=2), "error: in_channels must be divisible by groups$"),
        (lambda: Path("/nowhere/a").read_bytes(), r"error: No such file or directory: /nowhere/a$"),
    ],
)
def test_an_error_without_words_of_its_own_has_its_place(fault, words, capsys):
    with cli.report_errors():
        fault()
    assert re.match(words, capsys.readouterr().err.strip())


class Broken(Dataset):
    """A dataset whose samples cannot be read."""

    def __init__(self, fault):
        self.fault = fault

    def __len__(self):
        return 1

    def __getitem__(self, index):
        return self.fault()


def damaged():
    try:
        return {}["cause"]
    except KeyError as error:
        raise ValueError("a.jpg is damaged.\n  Remove it") from error


@pytest.mark.parametrize(
    "fault, words",
    [
        (damaged, r"error: a.jpg is damaged.\n  Remove it$"),
        (lambda: {}["targt"], r"error: 'targt' \(KeyError at .*test_cli.py:\d+; RESTOREKIT_TRACEBACK=1"),
    ],
)
def test_an_error_of_a_data_loaders_worker_is_told_as_any_other(fault, words, capsys):
    with cli.report_errors():
        next(iter(DataLoader(Broken(fault), num_workers=1, multiprocessing_context="fork")))
    assert re.match(words, capsys.readouterr().err.strip())


def told(fault, in_worker, capsys):
    """What is told of a fault, here or in a data loader's worker."""
    loader = DataLoader(Broken(fault), num_workers=1, multiprocessing_context="fork")
    with cli.report_errors() as outcome:
        next(iter(loader)) if in_worker else fault()
    assert outcome.code == 2
    return capsys.readouterr().err.strip()


def said_nothing():
    raise ValueError


@pytest.mark.parametrize(
    "fault, words",
    [
        (said_nothing, r"ValueError at .*test_cli\.py:\d+; RESTOREKIT_TRACEBACK=1 shows how it came there"),
        (lambda: json.loads("{"), r"Expecting property name .*: line 1 column 2 \(char 1\).*"),
        (lambda: np.empty(2**50), r"Unable to allocate .* \(\w*MemoryError at .*test_cli\.py:\d+; .*\)"),
    ],
)
@pytest.mark.parametrize("in_worker", [False, True])
def test_an_error_without_words_or_of_a_type_that_torch_cannot_make_is_one_line_too(
    fault, words, in_worker, capsys
):
    assert re.fullmatch(f"error: {words}", told(fault, in_worker, capsys))


def test_standard_output_escapes_names_that_it_cannot_encode(monkeypatch):
    output = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(output, encoding="ascii"))
    with cli.report_errors() as outcome:
        print("试.png \udcff")
    sys.stdout.flush()
    assert (outcome.code, output.getvalue()) == (0, b"\\u8bd5.png \\udcff\n")


def test_nothing_goes_to_standard_output_where_standard_error_is_closed(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stderr", None)
    assert cli.main(["erase", "nowhere.png", "-o", "-"]) == 2
    assert capsys.readouterr().out == ""


def test_what_cannot_be_told_ends_no_work(monkeypatch):
    class Gone(io.StringIO):
        def write(self, text):
            raise OSError(5, "Input/output error")

        def flush(self):
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(sys, "stderr", Gone())
    with cli.report_errors() as outcome:
        print("1 of 6 pages", file=sys.stderr, flush=True)
        outcome.code = 1
    assert outcome.code == 1
    with cli.report_errors() as outcome:
        raise ValueError("bad value")
    assert outcome.code == 2 and isinstance(sys.stderr, Gone)


def test_the_traceback_is_there_for_those_who_ask(monkeypatch):
    monkeypatch.setenv("RESTOREKIT_TRACEBACK", "1")
    with pytest.raises(ValueError), cli.report_errors():
        raise ValueError("bad value")


def test_defects_of_our_own_are_not_dressed_up():
    with pytest.raises(AttributeError), cli.report_errors():
        to_tensor(None)


class NoSuperInit(nn.Module):
    def __init__(self):
        self.layer = nn.Identity()


@pytest.mark.parametrize(
    "fault, name",
    [(NoSuperInit, "AttributeError"), (lambda: torch.ones(2) @ torch.ones(3), "RuntimeError")],
)
@pytest.mark.parametrize("in_worker", [False, True])
def test_an_error_of_any_type_in_a_plugin_is_one_line_with_the_place_in_the_plugin(
    fault, name, in_worker, capsys
):
    assert re.fullmatch(
        rf"error: .+ \({name} at .*test_cli.py:\d+; RESTOREKIT_TRACEBACK=1 shows how it came there\)",
        told(fault, in_worker, capsys),
    )
