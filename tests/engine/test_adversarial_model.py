import pytest
import torch
from mmengine.optim import OptimWrapper, OptimWrapperDict
from torch import nn

from restorekit.engine.adversarial_model import PARTS, AdversarialModel, AdversarialOptimizers
from restorekit.engine.training import train
from restorekit.types import Restoration

NETWORK = {"type": "ResidualUNet", "widths": [4, 8], "blocks": 1}
ADVERSARIAL = """
_base_ = [{tiny!r}]
model = dict(type="AdversarialModel", discriminator_width=2)
optim_wrapper = dict(
    _delete_=True,
    constructor="AdversarialOptimizers",
    network=dict(optimizer=dict(type="Adam", lr=1e-3, betas=(0.5, 0.9)), clip_grad=dict(max_norm=1.0)),
    discriminator=dict(optimizer=dict(type="Adam", lr=1e-4, betas=(0.0, 0.9))),
)
train_dataloader = dict(dataset=dict(dataset=dict(pipeline=[
    dict(type="RandomCrop", size=256),
    dict(type="MaskFromPair", kind="soft"),
    dict(type="ToTensors"),
])))
"""


class Score(nn.Module):
    """A discriminator that is linear in the page's mean."""

    def __init__(self) -> None:
        super().__init__()
        self.slope = nn.Parameter(torch.tensor(2.0))

    def forward(self, image, mask):
        return self.slope * (image * mask).mean((1, 2, 3))


class Page(nn.Module):
    size_divisor, bounded_receptive_field = 1, True

    def __init__(self) -> None:
        super().__init__()
        self.level = nn.Parameter(torch.tensor(0.5))

    def forward(self, image):
        return Restoration(self.level.expand_as(image))


def model_by_hand() -> AdversarialModel:
    model = AdversarialModel(
        network=Page(), losses={"l1": {"type": "L1Loss"}}, discriminator_width=2, precision="fp32"
    )
    model.discriminator = Score()
    return model


def optimizers(model, rate: float) -> OptimWrapperDict:
    return OptimWrapperDict(
        network=OptimWrapper(torch.optim.SGD(model.network.parameters(), lr=rate)),
        discriminator=OptimWrapper(torch.optim.SGD(model.discriminator.parameters(), lr=rate)),
    )


def batch() -> dict:
    page = torch.zeros(2, 3, 4, 4)
    return {"image": page, "target": page + 0.25, "mask": torch.ones(2, 1, 4, 4), "name": ["a", "b"]}


def test_one_step_by_hand() -> None:
    model = model_by_hand()
    logged = model.train_step(batch(), optimizers(model, 0.1))
    # real 2 * 0.25, fake 2 * 0.5: hinge (1 - 0.5) + (1 + 1), slope of it -0.25 + 0.5
    assert logged["discriminator"].item() == pytest.approx(2.5)
    assert model.discriminator.slope.item() == pytest.approx(2 - 0.1 * 0.25)
    # then the network: L1 0.25 with slope 1, minus 0.1 * score by the *new* discriminator
    assert logged["loss_l1"].item() == pytest.approx(0.25)
    assert logged["loss_adversarial"].item() == pytest.approx(-0.1 * 1.975 * 0.5)
    assert logged["loss"].item() == pytest.approx(0.25 - 0.1 * 1.975 * 0.5)
    assert model.network.level.item() == pytest.approx(0.5 - 0.1 * (1 - 0.1 * 1.975))


def test_the_network_does_not_train_the_discriminator() -> None:
    model = model_by_hand()
    model.train_step(batch(), optimizers(model, 0.1))
    assert model.discriminator.slope.grad is None  # its own step cleared its gradient, and no other came


def test_it_predicts_like_a_restoration_model() -> None:
    model = AdversarialModel(network=NETWORK, discriminator_width=2).eval()
    page = torch.rand(1, 3, 5, 7)
    assert torch.equal(model(page)[:, :3], page)


def test_one_optimiser_is_not_enough() -> None:
    model = model_by_hand()
    wrapper = OptimWrapper(torch.optim.SGD(model.parameters(), lr=0.1))
    with pytest.raises(TypeError, match="two optimisers.*AdversarialOptimizers.*_delete_=True"):
        model.train_step(batch(), wrapper)


def test_optimisers_own_their_part_alone() -> None:
    model = model_by_hand()
    configs = {
        "network": {"optimizer": {"type": "SGD", "lr": 0.1}, "clip_grad": {"max_norm": 1.0}},
        "discriminator": {"optimizer": {"type": "Adam", "lr": 0.2}},
    }
    wrappers = AdversarialOptimizers(configs)(model)
    for part, rate in (("network", 0.1), ("discriminator", 0.2)):
        (group,) = wrappers[part].optimizer.param_groups
        assert group["lr"] == rate
        assert [id(p) for p in group["params"]] == [id(p) for p in getattr(model, part).parameters()]
    assert configs["network"]["optimizer"] == {"type": "SGD", "lr": 0.1}


def test_optimisers_of_other_names_are_refused() -> None:
    with pytest.raises(ValueError, match="a config for each of network, discriminator .* got generator"):
        AdversarialOptimizers({"generator": {}})


@pytest.mark.parametrize("batches", [1, 3])
def test_training_saves_and_resumes_both_parts(tiny_config, tmp_path, batches) -> None:
    config = tmp_path / "adversarial.py"
    config.write_text(ADVERSARIAL.format(tiny=str(tiny_config)))
    whole, half = tmp_path / "whole", tmp_path / "half"
    steps = {f"optim_wrapper.{part}.accumulative_counts": batches for part in PARTS}
    train(str(config), work_dir=str(whole), options=steps)
    train(str(config), work_dir=str(half), options=steps | {"train_cfg.max_iters": 2})
    train(str(config), work_dir=str(half), options=steps, resume=True)
    expected = torch.load(whole / "iter_4.pth", weights_only=True)
    resumed = torch.load(half / "iter_4.pth", weights_only=True)
    assert set(expected["optimizer"]) == {"network", "discriminator"}
    assert any(key.startswith("discriminator.") for key in expected["state_dict"])
    for key, value in expected["state_dict"].items():
        assert torch.equal(value, resumed["state_dict"][key]), key
    assert (whole / "best" / "model.safetensors").is_file()
