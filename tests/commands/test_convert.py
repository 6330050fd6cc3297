import os
import pickle

import numpy as np
import pytest
import torch

from restorekit import load_restorer
from restorekit.cli import main
from restorekit.conversion import SOURCES, sources
from restorekit.networks import EraseNet
from restorekit.weights_folder import load_weights_folder


@pytest.fixture
def small_sources(monkeypatch):
    """The contest's model one at width 4, so that a test takes milliseconds."""
    from dataclasses import replace

    source = SOURCES["contest-erasenet"]
    network = {**source.network, "width": 4}
    monkeypatch.setitem(sources.SOURCES, "contest-erasenet", replace(source, network=network))


def authors_file(path) -> EraseNet:
    """A network with real spectral norms, and its weights saved as the contest entry names them."""
    torch.manual_seed(0)
    network = EraseNet(width=4, mask_channels=3)
    network(torch.rand(2, 3, 64, 64))  # one power iteration, other batch statistics
    network.eval()
    state = {}
    own = network.state_dict()
    for theirs, ours in SOURCES["contest-erasenet"].modules.items():
        for leaf in ("weight", "bias", "running_mean", "running_var"):
            if f"{ours}.{leaf}" in own:
                paddle = {"running_mean": "_mean", "running_var": "_variance"}.get(leaf, leaf)
                state[f"{theirs}.{paddle}"] = own[f"{ours}.{leaf}"].numpy()
        if f"{ours}.parametrizations.weight.original" in own:
            norm = f"{ours}.parametrizations.weight"
            state[f"{theirs}.weight_orig"] = own[f"{norm}.original"].numpy()
            state[f"{theirs}.weight_u"] = own[f"{norm}.0._u"].numpy()
            state[f"{theirs}.weight_v"] = own[f"{norm}.0._v"].numpy()
    state["StructuredToParameterName@@"] = dict.fromkeys(state, "name")
    path.write_bytes(pickle.dumps(state))
    return network


@torch.no_grad()
def test_converting_gives_the_pixels_of_the_authors_network(tmp_path, small_sources, capsys) -> None:
    theirs = authors_file(tmp_path / "x.pdparams")
    folder = tmp_path / "deep" / "folder"
    arguments = ["convert", str(tmp_path / "x.pdparams"), "--from", "contest-erasenet", "-o", str(folder)]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert "task handwriting" in out
    assert out.endswith(f"try them: restorekit erase page.jpg -o clean.jpg --weights {folder}\n")
    assert sorted(p.name for p in folder.iterdir()) == ["README.md", "config.json", "model.safetensors"]

    page = torch.rand(1, 3, 64, 96)
    network, config = load_weights_folder(folder)
    expected, actual = theirs(page), network.eval()(page)
    torch.testing.assert_close(actual.image, expected.image, rtol=0, atol=1e-5)
    torch.testing.assert_close(actual.mask_logits, expected.mask_logits, rtol=0, atol=1e-5)
    assert config["inferencer"]["inferencers"][0] == {"type": "Tiled", "tile": 512, "margin": 106}

    restorer = load_restorer(folder, precision="fp32", device="cpu")
    torch.testing.assert_close(restorer.network(page).image, expected.image, rtol=0, atol=1e-5)
    assert restorer(np.full((40, 50, 3), 255, np.uint8)).shape == (40, 50, 3)
    card = (folder / "README.md").read_text()
    assert "x.pdparams" in card and "SHA-256" in card and "RGB in [0, 1]" in card


def test_a_folder_called_as_weights_that_ship_is_told_by_its_path(
    tmp_path, small_sources, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    authors_file(tmp_path / "x.pdparams")
    assert main(["convert", "x.pdparams", "--from", "contest-erasenet", "-o", "handwriting"]) == 0
    assert capsys.readouterr().out.endswith(" --weights ./handwriting\n")  # the name alone is the others'


def test_an_existing_folder_is_left_alone(tmp_path, small_sources, capsys) -> None:
    authors_file(tmp_path / "x.pdparams")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    arguments = ["convert", str(tmp_path / "x.pdparams"), "--from", "contest-erasenet"]
    assert main([*arguments, "-o", str(tmp_path / "out")]) == 2
    assert "exists already" in capsys.readouterr().err
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["mine.txt"]


class Runs:
    def __reduce__(self):
        return os.system, ("touch hostile-code-ran",)


def damage_nothing(path) -> None:
    path.unlink()


def truncate(path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


def replace_by_text(path) -> None:
    path.write_text("Download the weights from our page.\n")


def replace_by_code(path) -> None:
    path.write_bytes(pickle.dumps({"conv1.conv2d.bias": Runs()}))


def replace_by_another_network(path) -> None:
    path.write_bytes(pickle.dumps({"stem.weight": np.ones((4, 3, 3, 3), np.float32)}))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (damage_nothing, "no such file"),
        (truncate, "is truncated"),
        (replace_by_text, "is no Paddle .pdparams file"),
        (replace_by_code, "names posix.system"),
        (replace_by_another_network, "holds no contest-erasenet weights: .*missing"),
    ],
)
def test_a_bad_file_ends_in_one_line_and_writes_nothing(
    tmp_path, small_sources, capsys, monkeypatch, spoil, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "x.pth"
    authors_file(path)
    spoil(path)
    before = sorted(p.name for p in tmp_path.iterdir())
    assert main(["convert", str(path), "--from", "contest-erasenet", "-o", str(tmp_path / "a" / "b")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    import re

    assert re.search(message, captured.err), captured.err
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_a_failing_write_leaves_nothing(tmp_path, small_sources, monkeypatch, capsys) -> None:
    authors_file(tmp_path / "x.pdparams")

    def fail(*_arguments, **_keywords):
        raise OSError("no space left on device")

    monkeypatch.setattr("restorekit.weights_folder.save", fail)
    arguments = ["convert", str(tmp_path / "x.pdparams"), "--from", "contest-erasenet"]
    assert main([*arguments, "-o", str(tmp_path / "out")]) == 2
    assert "no space left" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["x.pdparams"]
