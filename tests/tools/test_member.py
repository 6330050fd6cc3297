import runpy
from pathlib import Path

import pytest
import torch

from restorekit.registry import NETWORKS
from restorekit.weights_folder import load_weights_folder, save_weights_folder

main = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "member.py"))["main"]
SMALL = {"type": "ResidualUNet", "widths": [4, 4], "blocks": 1, "patch": 2}
LARGE = {"type": "ResidualUNet", "widths": [4, 8], "blocks": 1, "patch": 2}
MEAN = {"type": "AverageNetwork", "networks": [SMALL, LARGE]}


@pytest.fixture
def several(tmp_path):
    """A network beside a mean of two, every weight another."""
    config = {"type": "AverageNetwork", "networks": [LARGE, MEAN]}
    torch.manual_seed(0)
    network = NETWORKS.build(config)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter)
    state = network.state_dict()
    save_weights_folder(
        tmp_path / "several", network=config, inferencer=None, state_dict=state, task="watermark", card=""
    )
    return tmp_path / "several", state


@pytest.mark.parametrize(
    ("member", "config"),
    [
        ("networks.0", LARGE),
        ("networks.1", MEAN),
        ("networks.1.networks.0", SMALL),
        ("networks.1.networks.1", LARGE),
    ],
)
def test_a_member_has_its_own_weights_and_config(several, tmp_path, capsys, member, config):
    folder, state = several
    assert main([str(folder), str(tmp_path / "one"), "--member", member]) == 0
    assert f"{config['type']}, {member} of" in capsys.readouterr().out
    taken, found = load_weights_folder(tmp_path / "one")
    assert (found["network"], found["task"]) == (config, "watermark")
    assert all(torch.equal(value, state[f"{member}.{key}"]) for key, value in taken.state_dict().items())


def test_without_a_folder_the_members_are_listed(several, capsys):
    assert main([str(several[0])]) == 0
    assert capsys.readouterr().out == (
        "networks.0 (ResidualUNet), networks.1 (AverageNetwork), networks.1.networks.0 (ResidualUNet),"
        " networks.1.networks.1 (ResidualUNet)\n"
    )


def test_a_member_to_take_needs_a_folder(several, capsys):
    assert main([str(several[0]), "--member", "networks.0"]) == 2
    assert "--member networks.0 needs a folder to go to" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "told"), [(["--member", "networks.3"], "has no member networks.3"), ([], "needs a --member")]
)
def test_members_are_listed_where_none_fits(several, tmp_path, capsys, asked, told):
    assert main([str(several[0]), str(tmp_path / "one"), *asked]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert (
        "networks.0 (ResidualUNet), networks.1 (AverageNetwork), networks.1.networks.0 (ResidualUNet)"
        in error
    )
    assert not (tmp_path / "one").exists()


def test_a_single_network_is_named(tmp_path, capsys):
    assert main(["handwriting", str(tmp_path / "one"), "--member", "networks.1"]) == 2
    assert "handwriting holds one network, TextGuidedUNet: there is none" in capsys.readouterr().err
