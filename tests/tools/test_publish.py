import hashlib
import runpy
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from restorekit.networks import ResidualUNet
from restorekit.weights_folder import load_weights_folder, save_weights_folder

main = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "publish.py"))["main"]


@pytest.fixture()
def trained(tmp_path):
    torch.manual_seed(0)
    network = ResidualUNet(widths=(4, 8), blocks=1)
    config = {"type": "ResidualUNet", "widths": [4, 8], "blocks": 1}
    (tmp_path / "card.md").write_text("# Mine\n", encoding="utf-8")
    (tmp_path / "picture.jpg").write_bytes(b"jpg")

    def save():
        return save_weights_folder(
            tmp_path / "best",
            network=config,
            inferencer=dict(type="Tiled", tile=64, margin=8),
            state_dict=network.state_dict(),
            task="watermark",
            card="old",
        )

    save()
    return network, save


def publish(folder, *options):
    return main([str(folder / "best"), str(folder / "out"), "--card", str(folder / "card.md"), *options])


def test_the_folder_is_half_as_large_and_has_its_card_and_pictures(trained, tmp_path, capsys):
    assert publish(tmp_path, "--pictures", str(tmp_path / "picture.jpg")) == 0
    out = tmp_path / "out"
    loaded, config = load_weights_folder(out)
    for key, value in trained[0].state_dict().items():
        assert torch.equal(loaded.state_dict()[key], value.half().float())
    assert {value.dtype for value in load_file(out / "model.safetensors").values()} == {torch.float16}
    assert config["task"] == "watermark" and config["inferencer"] == dict(type="Tiled", tile=64, margin=8)
    assert (out / "README.md").read_text() == "# Mine\n" and (out / "picture.jpg").read_bytes() == b"jpg"
    digest = hashlib.sha256((out / "model.safetensors").read_bytes()).hexdigest()
    assert capsys.readouterr().out == f"{out}: sha256 {digest}\n"


def test_full_precision_stays(trained, tmp_path):
    assert publish(tmp_path, "--fp32") == 0
    loaded, _ = load_weights_folder(tmp_path / "out")
    assert all(torch.equal(loaded.state_dict()[k], v) for k, v in trained[0].state_dict().items())


def test_a_weight_too_large_for_half_precision_is_refused(trained, tmp_path, capsys):
    network, save = trained
    network.stem.weight.data[0, 0, 0, 0] = 1e6
    save()
    assert publish(tmp_path) == 2
    assert "stem.weight does not fit half precision; use --fp32" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
