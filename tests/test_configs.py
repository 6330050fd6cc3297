from pathlib import Path

import pytest

from restorekit.engine.config import load_config, plain_dict
from restorekit.engine.config_checks import remark_on_rates
from restorekit.registry import INFERENCERS, LOSSES, NETWORKS
from restorekit.weights_folder import find_weights, load_weights_folder

CONFIGS = sorted((Path(__file__).parents[1] / "configs").glob("*.py"))


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_a_config_loads_and_its_parts_build(path):
    config = load_config(path)
    network = NETWORKS.build(plain_dict(config.model.network))
    assert network.size_divisor >= 1
    for loss in config.model.get("losses", {}).values():
        if loss is not None and loss.type == "VGGLoss":  # its weights are the user's to give
            with pytest.raises(ValueError, match=r"vgg_weights=PATH, .* model\.losses\.vgg=None"):
                LOSSES.build(plain_dict(loss))
            continue
        assert loss is None or LOSSES.build(plain_dict(loss))
    assert callable(INFERENCERS.build(plain_dict(config.inferencer)))
    assert config.task in ("handwriting", "watermark", "scene-text")
    assert remark_on_rates(config) == ""


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_a_config_opens_with_purpose_command_and_expectation(path):
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    text = "\n".join(head)
    assert f"configs/{path.name}" in text
    assert "python tools/" in text
    assert "Expect" in text


def test_the_tasks_differ_by_data_and_inferencer_alone():
    handwriting, watermark = (
        plain_dict(load_config(CONFIGS[0].parent / f"{task}_stage1.py").to_dict())
        for task in ("handwrite", "watermark")
    )
    differing = {key for key in handwriting if handwriting[key] != watermark[key]}
    assert differing == {"task", "train_dataloader", "val_dataloader", "test_dataloader", "inferencer"}


def test_stage_two_is_stage_one_with_l1_alone_and_a_tenth_of_the_rate():
    one, two = (load_config(CONFIGS[0].parent / f"handwrite_stage{n}.py") for n in (1, 2))
    assert one.model.losses.dice is not None and two.model.losses.dice is None
    assert two.optim_wrapper.optimizer.lr == pytest.approx(one.optim_wrapper.optimizer.lr / 10)
    assert two.load_from == "work_dirs/handwrite_stage1/best"


@pytest.mark.parametrize(
    ("config", "weights"),
    [
        ("handwrite_finetune", "handwriting"),
        ("handwrite_text_guided", "handwriting"),
        ("watermark_finetune", "watermark"),
        ("watermark_text_guided", "watermark"),
    ],
)
def test_what_ships_can_be_trained_on(config, weights):
    wanted = load_config(CONFIGS[0].parent / f"{config}.py").model.network
    network, _ = load_weights_folder(find_weights(weights))
    NETWORKS.build(plain_dict(wanted)).load_state_dict(network.state_dict())
