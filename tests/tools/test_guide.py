import runpy
from pathlib import Path

import pytest
import torch

from restorekit.conversion import text_detector
from restorekit.networks import AverageNetwork, ResidualUNet
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


def test_guided_weights_restore_as_before_and_hold_the_detector(tmp_path, capsys, detector):
    plain = folder(tmp_path / "plain", CONFIG)
    assert main([str(tmp_path / "plain"), str(tmp_path / "guided"), "--detector", "det.onnx"]) == 0
    assert "guided by det.onnx" in capsys.readouterr().out
    guided, config = load_weights_folder(tmp_path / "guided")
    assert config["network"] == {"type": "TextGuidedUNet", "widths": [4, 4, 8, 8], "blocks": 1}
    assert torch.all(guided.backbone.stem1.bias == 7)
    image = torch.rand(1, 3, 32, 64)
    assert torch.equal(guided(image).image, plain(image).image)


def test_a_member_of_a_mean_is_guided_by_its_number(tmp_path, capsys, detector):
    folder(tmp_path / "one", CONFIG)
    two = [load_weights_folder(tmp_path / "one")[0] for _ in range(2)]
    torch.nn.init.ones_(two[1].mask.bias)
    mean = AverageNetwork(networks=two)
    network = {"type": "AverageNetwork", "networks": [CONFIG, CONFIG]}
    save_weights_folder(
        tmp_path / "mean",
        network=network,
        inferencer=None,
        state_dict=mean.state_dict(),
        task="watermark",
        card="",
    )
    call = [str(tmp_path / "mean"), str(tmp_path / "guided"), "--detector", "det.onnx"]
    for wrong in ([], ["--member", "0"], ["--member", "3"]):
        assert main([*call, *wrong]) == 2
        assert "is a mean of 2 networks; --member takes 1 to 2" in capsys.readouterr().err
    for number, member in enumerate(two, 1):
        assert main([*call, "--member", str(number)]) == 0
        guided, _ = load_weights_folder(tmp_path / "guided")
        assert torch.equal(guided.mask.bias, member.mask.bias)


@pytest.mark.parametrize(("patch", "detector_file"), [(2, "det.onnx"), (4, "missing.onnx")])
def test_other_networks_and_missing_detectors_are_refused_by_name(tmp_path, capsys, patch, detector_file):
    folder(tmp_path / "plain", CONFIG | {"patch": patch})
    assert main([str(tmp_path / "plain"), str(tmp_path / "guided"), "--detector", detector_file]) == 2
    expected = "ResidualUNet of 2x2 pixels" if patch == 2 else "missing.onnx not found"
    assert expected in capsys.readouterr().err
    assert not (tmp_path / "guided").exists()
