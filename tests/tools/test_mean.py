import runpy
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn.utils import parametrize

from restorekit.registry import NETWORKS
from restorekit.weights_folder import load_weights_folder, save_weights_folder

main = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "mean.py"))["main"]
SMALL = {"type": "ResidualUNet", "widths": [4, 4], "blocks": 1, "patch": 2}


def weights(folder, value, network=SMALL):
    """A weights folder whose every weight is ``value``."""
    state = {key: torch.full_like(old, value) for key, old in NETWORKS.build(network).state_dict().items()}
    save_weights_folder(folder, network=network, inferencer=None, state_dict=state, task="watermark", card="")
    return str(folder)


@pytest.mark.parametrize(
    ("asked", "expected"), [([], 2.0), (["--share", "0.25"], 1.5), (["--share", "0"], 1.0)]
)
def test_every_weight_is_the_mean(tmp_path, capsys, asked, expected):
    first, second = weights(tmp_path / "a", 1.0), weights(tmp_path / "b", 3.0)
    assert main([first, second, str(tmp_path / "mean"), *asked]) == 0
    assert "ResidualUNet" in capsys.readouterr().out
    network, config = load_weights_folder(tmp_path / "mean")
    assert config["task"] == "watermark" and config["network"] == SMALL
    assert all(
        torch.equal(value, torch.full_like(value, expected)) for value in network.state_dict().values()
    )


def test_spectral_norms_are_those_of_the_mean(tmp_path):
    config = {"type": "EraseNet", "width": 2}
    for seed in (0, 1):
        torch.manual_seed(seed)
        state = NETWORKS.build(config).state_dict()
        save_weights_folder(
            tmp_path / str(seed), network=config, inferencer=None, state_dict=state, task="", card=""
        )
    assert main([str(tmp_path / "0"), str(tmp_path / "1"), str(tmp_path / "mean")]) == 0
    network = load_weights_folder(tmp_path / "mean")[0].eval()
    normed = [module for module in network.modules() if parametrize.is_parametrized(module)]
    assert normed
    for module in normed:
        outputs = 1 if isinstance(module, nn.ConvTranspose2d) else 0
        rows = module.weight.detach().movedim(outputs, 0).flatten(1)
        assert torch.linalg.matrix_norm(rows, 2).item() == pytest.approx(1, abs=1e-3)


def test_two_networks_and_shares_out_of_range_are_refused(tmp_path, capsys):
    first = weights(tmp_path / "a", 1.0)
    second = weights(tmp_path / "b", 1.0, {**SMALL, "widths": [4, 8]})
    assert main([first, second, str(tmp_path / "mean")]) == 2
    assert "hold different networks" in capsys.readouterr().err
    assert main([first, first, str(tmp_path / "mean"), "--share", "1.5"]) == 2
    assert "--share is 1.5; expected 0 to 1" in capsys.readouterr().err
    assert not (tmp_path / "mean").exists()
