import os
from pathlib import Path

import pytest

from restorekit.cli import main

CHECK = ["masks", "check", "pairs"]
EVALUATE = ["evaluate", "pairs/images", "pairs/gts"]
ERASE = ["erase", "pairs/images", "-o", "out"]
SYNTHESIZE = ["synthesize", "handwriting", "--pages", "1"]
CONVERT = ["convert", "weights.pth", "--from", "pert"]
FILES = [
    (CHECK, "--json", "a.json"),
    (CHECK, "--sheet", "a.jpg"),
    (EVALUATE, "--json", "a.json"),
    (EVALUATE, "--csv", "a.csv"),
    (ERASE, "--report", "a.html"),
    (ERASE, "--json", "a.json"),
]
FOLDERS = [(ERASE, "--mask-out", "a"), (SYNTHESIZE, "-o", "a"), (CONVERT, "-o", "a")]
IN_THE_WAY = "a part of its path is a file; write elsewhere"


@pytest.fixture
def refuse(tmp_path, monkeypatch, capsys):
    """Runs a command that is to be refused before it reads a page: there are none."""
    monkeypatch.chdir(tmp_path)

    def run(command, option, value):
        with pytest.raises(SystemExit, match="2"):
            main([*command, option, value])
        output = capsys.readouterr()
        assert output.out == ""
        return output.err.splitlines()[-1]

    return run


@pytest.mark.parametrize("command, option, name", FILES + FOLDERS)
def test_standard_output_and_empty_names_are_refused(refuse, command, option, name):
    assert refuse(command, option, "-").endswith(
        "standard output (-) takes erased pages alone; give it a name"
    )
    assert refuse(command, option, "").endswith("an empty name, as a shell variable that is not set gives")
    assert not any(Path().iterdir())


@pytest.mark.parametrize("command, option, name", FILES)
def test_a_folder_in_place_of_a_file_is_refused(refuse, command, option, name):
    Path(name).mkdir()
    told = refuse(command, option, name)
    assert told.endswith(f"cannot write {name}: a folder has that name; name a file in it")


@pytest.mark.parametrize("command, option, name", FILES + FOLDERS)
def test_a_file_in_place_of_a_folder_is_refused(refuse, command, option, name):
    Path("file").touch()
    assert refuse(command, option, f"file/b/{name}").endswith(f"cannot write file/b/{name}: {IN_THE_WAY}")
    if (command, option, name) in FOLDERS:
        assert refuse(command, option, "file").endswith(f"cannot write file: {IN_THE_WAY}")


def test_a_folder_that_is_read_only_is_refused(refuse, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "is read-only for you; write elsewhere" in refuse(CHECK, "--json", "new/a.json")
    Path("masks").mkdir()
    told = refuse(ERASE, "--mask-out", "masks")
    assert told.endswith("cannot write masks: masks is read-only for you; write elsewhere")


def test_the_output_of_pages_is_refused_before_the_weights_are_read(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.png").touch()
    Path("file").touch()
    for output in ("file/out", "file/"):
        assert main(["erase", "in", "-o", output, "--weights", "none"]) == 2
        told = capsys.readouterr().err
        assert told.startswith("error: cannot write file") and told.endswith(f"{IN_THE_WAY}\n")
