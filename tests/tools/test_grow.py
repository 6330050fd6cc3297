import runpy
from pathlib import Path

import torch

from restorekit.networks import AverageNetwork, ResidualUNet
from restorekit.weights_folder import load_weights_folder, save_weights_folder

main = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "grow.py"))["main"]


def folder(path, network, config):
    save_weights_folder(
        path, network=config, inferencer=None, state_dict=network.state_dict(), task="handwriting", card=""
    )
    return str(path)


def test_the_larger_weights_restore_as_before(tmp_path, capsys):
    torch.manual_seed(0)
    network = ResidualUNet(widths=(4, 8), blocks=1)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    config = {"type": "ResidualUNet", "widths": [4, 8], "blocks": 1}
    weights = folder(tmp_path / "weights", network, config)
    assert main([weights, str(tmp_path / "larger"), "--widths", "4,8,6"]) == 0
    assert "[4, 8, 6]" in capsys.readouterr().out
    larger, config = load_weights_folder(tmp_path / "larger")
    assert config["network"]["widths"] == [4, 8, 6] and config["task"] == "handwriting"
    image = torch.rand(1, 3, 16, 24)
    assert torch.equal(larger(image).image, network(image).image)
    assert torch.equal(larger(image).mask_logits, network(image).mask_logits)


def test_other_networks_are_refused_by_name(tmp_path, capsys):
    average = AverageNetwork(networks=[ResidualUNet(widths=(4, 8), blocks=1) for _ in range(2)])
    config = {
        "type": "AverageNetwork",
        "networks": 2 * [{"type": "ResidualUNet", "widths": [4, 8], "blocks": 1}],
    }
    weights = folder(tmp_path / "weights", average, config)
    assert main([weights, str(tmp_path / "larger")]) == 2
    assert "holds AverageNetwork; only a residual U-Net can grow" in capsys.readouterr().err
    assert not (tmp_path / "larger").exists()
