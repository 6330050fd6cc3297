import json
import os
from pathlib import Path

import pytest
import torch

from restorekit.networks import ResidualUNet
from restorekit.registry import NETWORKS
from restorekit.weights_folder import (
    find_weights,
    load_weights_folder,
    read_config,
    save_weights_folder,
    shipped_weights,
)

CONFIG = {"type": "ResidualUNet", "widths": [4, 8], "blocks": 1}


def write(folder, network=CONFIG, state=None, **changes):
    arguments = dict(inferencer=None, task="handwriting", card="# card\n") | changes
    state = ResidualUNet(widths=(4, 8), blocks=1).state_dict() if state is None else state
    return save_weights_folder(folder, network=network, state_dict=state, **arguments)


def test_weights_are_on_the_disk_before_they_take_the_place_of_others(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(os, "fsync", lambda handle: seen.append(os.fstat(handle).st_size > 0))
    monkeypatch.setattr("restorekit.weights_folder._put_in_place", lambda new, folder: seen.append("placed"))
    write(tmp_path / "a")
    assert seen == [True, True, True, "placed"]


def test_what_is_saved_is_loaded(tmp_path):
    torch.manual_seed(0)
    network = ResidualUNet(widths=(4, 8), blocks=1)
    write(tmp_path / "a" / "b", state=network.state_dict())
    loaded, config = load_weights_folder(tmp_path / "a" / "b")
    assert config["network"] == CONFIG and config["task"] == "handwriting"
    for key, value in network.state_dict().items():
        assert torch.equal(loaded.state_dict()[key], value)
    assert (tmp_path / "a" / "b" / "README.md").read_text() == "# card\n"
    assert len({path.stat().st_mode for path in (tmp_path / "a" / "b").iterdir()}) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mask")
@pytest.mark.parametrize(("mask", "mode"), [(0o077, 0o700), (0o002, 0o775)])
def test_a_folder_has_the_permissions_that_its_user_gives(tmp_path, mask, mode):
    before = os.umask(mask)
    try:
        folder = write(tmp_path / "w")
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == mode
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {mode & 0o666}


def test_a_folder_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path):
    write(tmp_path / "w")
    (tmp_path / "w" / "stale").touch()
    write(tmp_path / "w", card="new")
    assert (tmp_path / "w" / "README.md").read_text() == "new"
    assert not (tmp_path / "w" / "stale").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["w"]


def test_a_folder_of_other_things_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "config.json").write_text("{}")
    (tmp_path / "file").write_text("mine")
    for name in ("mine", "file", "."):
        with pytest.raises(FileExistsError, match="is there, and is no weights folder .*; name a new folder"):
            write(tmp_path / name)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["config.json", "file", "mine"]
    (tmp_path / "empty").mkdir()
    assert load_weights_folder(write(tmp_path / "empty"))[1]["task"] == "handwriting"


def test_a_failed_save_leaves_the_old_folder(tmp_path):
    write(tmp_path / "w", card="old")
    with pytest.raises(TypeError):
        write(tmp_path / "w", card="new", inferencer=object())
    assert (tmp_path / "w" / "README.md").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["w"]


def test_a_full_disk_is_told_and_leaves_the_old_folder(tmp_path):
    resource = pytest.importorskip("resource")
    write(tmp_path / "w", card="old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))  # bytes a file
    try:
        with pytest.raises(OSError, match=r"cannot write .*w: the disk is full"):
            write(tmp_path / "w", card="new")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (tmp_path / "w" / "README.md").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["w"]


def test_a_replacement_that_fails_puts_the_old_folder_back(tmp_path, monkeypatch):
    write(tmp_path / "w", card="old")
    rename = Path.rename

    def fail_for_the_new(self, target):
        if (self / "README.md").read_text() == "new":
            raise PermissionError("in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_for_the_new)
    with pytest.raises(PermissionError):
        write(tmp_path / "w", card="new")
    assert (tmp_path / "w" / "README.md").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["w"]


def test_a_link_to_a_folder_stays_one(tmp_path):
    write(tmp_path / "real", card="old")
    (tmp_path / "link").symlink_to("real")
    write(tmp_path / "link", card="new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "README.md").read_text() == "new"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "real"]


def test_a_folder_that_is_none_says_what_it_lacks(tmp_path):
    with pytest.raises(FileNotFoundError, match="lacks model.safetensors and config.json"):
        read_config(tmp_path)


def test_weights_that_are_named_wrongly_name_the_near_ones(tmp_path):
    run = tmp_path / "work_dirs" / "mine"
    write(run / "best")
    checkpoint = run / "iter_20.pth"
    checkpoint.touch()
    for given, fault in ((run, "lacks .*"), (checkpoint, "is a file"), (run / "bset", "is not there")):
        with pytest.raises(FileNotFoundError, match=f"folder: it {fault}; did you mean '{run / 'best'}'\\?"):
            read_config(given)
    with pytest.raises(FileNotFoundError, match="handwritng .* is not there; did you mean 'handwriting'"):
        read_config("handwritng")


@pytest.mark.parametrize(
    "text, words",
    [
        ("{", "not valid JSON"),
        ("[]", "format None"),
        ('{"format": 9}', "format 9"),
        ('{"format": 1}', "lacks network and inferencer"),
        ('{"format": 1, "network": {}}', "lacks inferencer"),
    ],
)
def test_a_config_that_is_none_is_named(tmp_path, text, words):
    (write(tmp_path / "w") / "config.json").write_text(text)
    with pytest.raises(ValueError, match=words):
        read_config(tmp_path / "w")


def test_weights_of_another_network_are_listed(tmp_path):
    write(tmp_path / "w", network={**CONFIG, "widths": [4, 8, 16]})
    with pytest.raises(ValueError, match=r"does not fit ResidualUNet:(.|\n)*missing: encoder.2"):
        load_weights_folder(tmp_path / "w")
    write(tmp_path / "w", network={**CONFIG, "widths": [5, 8]})
    with pytest.raises(ValueError, match=r"stem.weight: file \(4, 12, 3, 3\), network \(5, 12, 3, 3\)"):
        load_weights_folder(tmp_path / "w")


def test_a_truncated_file_is_named(tmp_path):
    path = write(tmp_path / "w") / "model.safetensors"
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(ValueError, match="model.safetensors is damaged"):
        load_weights_folder(tmp_path / "w")


@pytest.mark.parametrize(
    "network, error, words",
    [
        ({"type": "ResidualUNt"}, KeyError, "no network is called"),
        ({"type": "ResidualUNet", "wdiths": [4, 8]}, TypeError, "ResidualUNet has no argument 'wdiths'"),
        ({"type": "ResidualUNet", "widths": []}, ValueError, "widths must name"),
        (None, TypeError, "the network must be a dict"),
    ],
)
def test_a_config_of_no_network_is_named(tmp_path, network, error, words):
    folder = write(tmp_path / "w", network=network)
    with pytest.raises(error, match=rf"w/config.json: {words}"):
        load_weights_folder(folder)


class Picky:
    """Raises what has no words, or what cannot be raised again with others."""

    def __init__(self, *, text: str) -> None:
        if not text:
            raise ValueError
        json.loads(text)


@pytest.mark.parametrize(
    "text, words", [("", "its network refuses its arguments"), ("{", "Expecting property name")]
)
def test_any_error_of_a_network_is_told_with_its_config(tmp_path, monkeypatch, text, words):
    monkeypatch.setitem(NETWORKS.module_dict, "Picky", Picky)
    folder = write(tmp_path / "w", network={"type": "Picky", "text": text})
    with pytest.raises(ValueError, match=rf"w/config.json: {words}"):
        load_weights_folder(folder)


def test_a_config_without_a_task_has_none(tmp_path):
    folder = write(tmp_path / "w")
    config = json.loads((folder / "config.json").read_text())
    del config["task"]
    (folder / "config.json").write_text(json.dumps(config))
    assert read_config(folder)["task"] == ""


def test_weights_that_ship_are_found_by_name_and_all_others_by_path(tmp_path, monkeypatch):
    monkeypatch.setattr("restorekit.weights_folder.SHIPPED", tmp_path / "weights")
    write(tmp_path / "weights" / "handwriting")
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "watermark")
    write(Path("handwriting"))
    assert shipped_weights() == {"handwriting": tmp_path / "weights" / "handwriting"}
    assert find_weights("handwriting") == tmp_path / "weights" / "handwriting"
    assert find_weights(Path("handwriting") / "model.safetensors") == Path("handwriting")
    assert find_weights("./handwriting") == find_weights(Path("handwriting")) == Path("handwriting")
    assert find_weights("watermark") == Path("watermark")
    assert find_weights("checkpoint.pth") == Path("checkpoint.pth")
    for path in (Path("handwriting") / "checkpoint.pth", Path("elsewhere") / "model.safetensors"):
        assert find_weights(path) == path


def test_half_precision_weights_load_as_float(tmp_path):
    network = ResidualUNet(widths=(4, 8), blocks=1)
    write(tmp_path / "w", state={key: value.half() for key, value in network.state_dict().items()})
    loaded = load_weights_folder(tmp_path / "w")[0]
    assert {value.dtype for value in loaded.state_dict().values()} == {torch.float32}
