import runpy
from pathlib import Path

import pytest
import torch

from restorekit.conversion import text_detector
from restorekit.networks import ResidualUNet
from restorekit.registry import NETWORKS
from restorekit.weights_folder import load_weights_folder, save_weights_folder

main = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "guide.py"))["main"]
CONFIG = {"type": "ResidualUNet", "widths": [4, 4, 8, 8], "blocks": 1, "patch": 4}


def folder(path, config):
    torch.manual_seed(0)
    network = ResidualUNet(**{key: value for key, value in config.items() if key != "type"})
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.05)
    save_weights_folder(
        path, network=config, inferencer=None, state_dict=network.state_dict(), task="watermark", card=""
    )
    return network


@pytest.fixture
def detector(monkeypatch):
    """A detector whose first bias is 7."""

    def read(path, backbone, neck):
        torch.nn.init.constant_(backbone.stem1.bias, 7.0)

    monkeypatch.setattr(text_detector, "read_text_detector", read)


@pytest.mark.parametrize("patch", [2, 4])
def test_guided_weights_restore_as_before_and_hold_the_detector(tmp_path, capsys, detector, patch):
    plain = folder(tmp_path / "plain", CONFIG | {"patch": patch})
    assert main([str(tmp_path / "plain"), str(tmp_path / "guided"), "--detector", "det.onnx"]) == 0
    assert "guided by det.onnx" in capsys.readouterr().out
    guided, config = load_weights_folder(tmp_path / "guided")
    assert config["network"] == CONFIG | {"type": "TextGuidedUNet", "patch": patch}
    assert torch.all(guided.backbone.stem1.bias == 7)
    image = torch.rand(1, 3, 32, 64)
    assert torch.equal(guided(image).image, plain(image).image)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (
            {"type": "AverageNetwork", "networks": [CONFIG, CONFIG]},
            "AverageNetwork; only a ResidualUNet",
        ),
        (CONFIG | {"patch": 1}, "patch be 2 or 4"),
        (CONFIG | {"widths": [4, 4]}, "widths must name at least 4 levels"),
    ],
)
def test_other_networks_are_refused_by_name(tmp_path, capsys, detector, config, message):
    state = NETWORKS.build(config).state_dict()
    save_weights_folder(
        tmp_path / "plain", network=config, inferencer=None, state_dict=state, task="watermark", card=""
    )
    assert main([str(tmp_path / "plain"), str(tmp_path / "guided"), "--detector", "det.onnx"]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "guided").exists()


def test_a_missing_detector_is_told_by_name(tmp_path, capsys):
    folder(tmp_path / "plain", CONFIG)
    assert main([str(tmp_path / "plain"), str(tmp_path / "guided"), "--detector", "missing.onnx"]) == 2
    assert "missing.onnx not found" in capsys.readouterr().err
    assert not (tmp_path / "guided").exists()
