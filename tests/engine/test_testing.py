import json
import re
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from mmengine.evaluator import BaseMetric

from restorekit import load_restorer
from restorekit.engine.config import load_config
from restorekit.engine.testing import file_hash, load_network
from restorekit.engine.testing import test as run_test
from restorekit.networks import ResidualUNet
from restorekit.registry import METRICS, NETWORKS
from restorekit.weights_folder import save_weights_folder
from tests.conftest import write_pairs

NETWORK = {"type": "ResidualUNet", "widths": [4, 8], "blocks": 1}
INFERENCER = {
    "type": "Chain",
    "inferencers": [
        {"type": "Tiled", "tile": 32, "margin": 8},
        {"type": "FlipAverage", "directions": "h"},
    ],
}


def folder_of(path, seed, scale=0.05):
    torch.manual_seed(seed)
    network = ResidualUNet(widths=(4, 8), blocks=1)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=scale)
    return save_weights_folder(
        path,
        network=NETWORK,
        inferencer=INFERENCER,
        state_dict=network.state_dict(),
        task="handwriting",
        card="",
    )


def test_pages_that_are_not_scored_are_told(tiny_config, tmp_path, capsys):
    weights = str(folder_of(tmp_path / "weights", 0))
    run_test(str(tiny_config), [weights])
    assert "not scored: 3 pages left for training; holdout='all' (--holdout all)" in capsys.readouterr().out
    run_test(str(tiny_config), [weights], holdout="all")
    assert "not scored" not in capsys.readouterr().out


def test_the_worst_pages_are_told_by_their_pictures(tiny_config, tmp_path, capsys):
    data = str(write_pairs(tmp_path / "many", 6))
    weights = [str(folder_of(tmp_path / "weights", 0))]
    run_test(str(tiny_config), weights, data=data, holdout="all", out=str(tmp_path / "out"))
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("worst by psnr: ")]
    assert len([Path(name) for name in re.findall(r"\S+\.jpg", line) if Path(name).is_file()]) == 5


def test_weights_that_are_not_there_are_told_with_those_that_are(tiny_config):
    with pytest.raises(
        FileNotFoundError, match="it is not there; did you mean 'handwriting'.* WORK_DIR/best"
    ):
        run_test(str(tiny_config), ["handwritin"])


def test_the_tool_and_the_python_api_give_the_same_pixels(tiny_config, pairs, tmp_path):
    weights = folder_of(tmp_path / "weights", 0)
    results = run_test(str(tiny_config), [str(weights)], out=str(tmp_path / "out"))
    (name,) = results["images"]
    page = cv2.imread(str(pairs / "images" / f"{name}.png"))[..., ::-1]
    by_api = load_restorer(weights, precision="fp32")(np.ascontiguousarray(page))
    by_tool = cv2.imread(str(tmp_path / "out" / "restored" / f"{name}.png"))[..., ::-1]
    assert not np.array_equal(by_api, page)
    np.testing.assert_array_equal(by_api, by_tool)
    assert (tmp_path / "out" / "compare" / f"{name}.jpg").is_file()


def test_nothing_is_written_but_what_was_asked_for(tiny_config, tmp_path, monkeypatch):
    weights = folder_of(tmp_path / "weights", 0)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    run_test(str(tiny_config), [str(weights)])
    assert list(tmp_path.glob("here/*")) == []
    run_test(str(tiny_config), [str(weights)], out="out")
    assert {path.name for path in tmp_path.glob("here/out/*")} == {"results.json", "restored", "compare"}


def test_results_are_stamped(tiny_config, tmp_path):
    weights = folder_of(tmp_path / "weights", 0)
    run_test(str(tiny_config), [str(weights)], out=str(tmp_path / "out"), protocol="published")
    results = json.loads((tmp_path / "out" / "results.json").read_text())
    assert results["protocol"] == "published"
    assert results["weights"][0]["sha256"] == file_hash(str(weights / "model.safetensors"))
    assert len(results["config_sha256"]) == 16
    assert {"restorekit", "torch", "mmengine"} <= set(results["versions"])
    assert results["mean"]["psnr"] == pytest.approx(next(iter(results["images"].values()))["psnr"])


def test_two_weights_are_averaged(tiny_config, tmp_path):
    one, two = folder_of(tmp_path / "one", 1), folder_of(tmp_path / "two", 2)
    options = dict(tile=0, tta="none")
    for name, weights in {"one": [one], "two": [two], "both": [one, two]}.items():
        run_test(str(tiny_config), [str(w) for w in weights], out=str(tmp_path / f"out_{name}"), **options)
    pages = [
        cv2.imread(str(next((tmp_path / f"out_{name}" / "restored").iterdir()))).astype(float)
        for name in ("one", "two", "both")
    ]
    assert np.abs(pages[0] - pages[1]).max() > 2
    assert np.abs((pages[0] + pages[1]) / 2 - pages[2]).max() <= 1  # each was rounded by itself


def test_tiles_and_flips_of_the_command_line_reach_the_model(tiny_config, tmp_path):
    weights = str(folder_of(tmp_path / "weights", 0))
    results = run_test(str(tiny_config), [weights], tile=24, margin=4, tta="hv")
    assert results["inferencer"]["inferencers"] == [
        {"type": "Tiled", "tile": 24, "margin": 4},
        {"type": "FlipAverage", "directions": "hv"},
    ]


def averaging(config):
    """A config of one network, as one that averages it with a narrower one; and the weights of both."""
    narrow = {**NETWORK, "widths": [2, 4]}
    network = {"type": "AverageNetwork", "networks": [NETWORK, narrow], "_delete_": True}
    paths = []
    for index, member in enumerate((NETWORK, narrow)):
        torch.manual_seed(index)
        state = NETWORKS.build(member).state_dict()
        state = {f"network.{key}": torch.randn_like(value) / 10 for key, value in state.items()}
        paths.append(str(config.with_name(f"{index}.pth")))
        torch.save({"state_dict": state}, paths[-1])
    return {"model.network": network}, paths


def test_checkpoints_take_the_networks_of_their_place_in_an_average(tiny_config):
    options, paths = averaging(tiny_config)
    network = load_network(load_config(tiny_config, options), paths)
    for index, member in enumerate(network.networks):
        state = torch.load(paths[index], weights_only=True)["state_dict"]
        assert torch.equal(member.stem.weight, state["network.stem.weight"])
    with pytest.raises(ValueError, match="1.pth does not fit"):
        load_network(load_config(tiny_config, options), paths[::-1])
    with pytest.raises(ValueError, match=r"averages 2 networks: give the weights of each.*got 3"):
        load_network(load_config(tiny_config, options), [*paths, paths[0]])


class Brightness(BaseMetric):
    """The mean of all that was restored."""

    def process(self, data_batch, data_samples):
        self.results += [float(page[:3].mean()) for page in data_samples]

    def compute_metrics(self, results):
        return {"brightness": sum(results) / len(results)}


@pytest.fixture
def brightness():
    METRICS.register_module(module=Brightness)
    yield
    METRICS.module_dict.pop("Brightness")


def test_a_metric_of_ones_own_stands_beside_the_scores(tiny_config, tmp_path, brightness, capsys):
    own = [dict(type="Brightness"), dict(type="PageMetrics", names=["psnr"])]
    weights = str(folder_of(tmp_path / "weights", 0))
    results = run_test(str(tiny_config), [weights], options={"test_evaluator": own}, protocol="published")
    assert results["protocol"] == "published" and list(results["mean"]) == ["psnr"]
    (brightness,) = results["other"].values()
    assert 0 < brightness < 1 and f"brightness: {brightness}" in capsys.readouterr().out


def test_a_test_without_the_scores_of_pages_is_refused_at_once(tiny_config, brightness):
    own = dict(type="Brightness", _delete_=True)
    with pytest.raises(ValueError, match="test_evaluator has no PageMetrics"):
        run_test(str(tiny_config), ["nowhere"], options={"test_evaluator": own})


def test_a_folder_that_cannot_be_made_is_named_with_the_mend(tiny_config, tmp_path):
    weights = folder_of(tmp_path / "weights", 0)
    (tmp_path / "out").touch()
    with pytest.raises(OSError, match=r"cannot write .*out.restored: a part of its path is a file"):
        run_test(str(tiny_config), [str(weights)], out=str(tmp_path / "out"))


def test_a_config_that_says_nothing_of_a_test_is_named(tmp_path):
    (tmp_path / "x.py").write_text("model = dict()")
    with pytest.raises(ValueError, match="x.py: test_dataloader is None; expected a dict"):
        run_test(str(tmp_path / "x.py"), ["nowhere"])


@pytest.mark.parametrize("content", [b"", b"no weights", b"\x80\x04cos\nsystem\n(S'true'\ntR."])
def test_damaged_weights_are_named(tiny_config, tmp_path, content):
    path = tmp_path / "iter_1.pth"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="iter_1.pth is damaged"):
        run_test(str(tiny_config), [str(path)])
