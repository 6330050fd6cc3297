"""The tools as a person runs them: train, test, use; and what they say when something is wrong."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from restorekit import load_restorer

ROOT = Path(__file__).parents[1]


def tool(name, *arguments):
    """Run a tool in this process; returns its exit code."""
    main = runpy.run_path(str(ROOT / "tools" / f"{name}.py"))["main"]
    return main([str(argument) for argument in arguments])


def test_train_test_and_use(tiny_config, pairs, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    train = [sys.executable, str(ROOT / "tools" / "train.py"), "--data", str(pairs), str(tiny_config)]
    subprocess.run(train, check=True, capture_output=True)  # as a person runs it, in a process of its own
    weights = tmp_path / "work_dirs" / "tiny" / "best"
    assert tool("test", tiny_config, weights, "--tta", "hv", "--out", "out") == 0
    shown = capsys.readouterr().out
    assert "psnr" in shown and "honest" in shown
    results = json.loads((tmp_path / "out" / "results.json").read_text())
    assert results["mean"]["psnr"] > 0
    page = np.ascontiguousarray(cv2.imread(str(pairs / "images" / "page0.png"))[..., ::-1])
    assert load_restorer(weights)(page).shape == page.shape
    checkpoint = tmp_path / "work_dirs" / "tiny" / "iter_4.pth"
    assert tool("test", tiny_config, checkpoint, "--tile", 32, "--margin", 4) == 0


@pytest.mark.parametrize(
    "name, arguments, words",
    [
        ("train", ["nowhere.py"], "there is no config nowhere.py"),
        ("train", ["CONFIG", "--cfg-options", "trian_cfg.max_iters=3"], "did you mean 'train_cfg'"),
        ("train", ["CONFIG", "--cfg-options", "nonsense"], "--cfg-options takes key=value"),
        ("train", ["CONFIG", "--data", "nowhere"], "images"),
        ("train", ["CONFIG", "--cfg-options", "load_from=nowhere/best"], "is not there"),
        ("test", ["CONFIG", "nowhere"], "nowhere"),
        ("test", ["CONFIG", "nowhere", "--tile", "10", "--margin", "5"], "tile must exceed twice the margin"),
        ("benchmark", ["training", "nowhere.py"], "there is no config"),
    ],
)
def test_a_mistake_ends_in_one_message_and_exit_code_2(
    name, arguments, words, tiny_config, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    assert tool(name, *(tiny_config if argument == "CONFIG" else argument for argument in arguments)) == 2
    shown = capsys.readouterr().err
    assert shown.startswith("error: ") and "Traceback" not in shown
    assert words in shown


@pytest.mark.parametrize("name", ["train", "test", "benchmark"])
def test_help_has_examples(name, capsys):
    with pytest.raises(SystemExit) as stop:
        tool(name, "--help")
    assert stop.value.code == 0
    assert "examples:" in capsys.readouterr().out
