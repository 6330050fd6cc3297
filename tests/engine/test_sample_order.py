"""Which samples a training draws, in which order, and that it goes on with them."""

import pytest
import torch

from restorekit.datasets import EndlessSamples
from restorekit.engine.training import train

STEPS = {"train_cfg.max_iters": 3, "train_cfg.val_interval": 3}


@pytest.fixture
def order(tiny_config, tmp_path, monkeypatch):
    """``order(options) -> names``: what a training with ``options`` draws."""
    drawn, draw = [], EndlessSamples.__getitem__

    def noted(self, index):
        sample = draw(self, index)
        drawn.append((sample["name"], sample["image"].sum().item()))
        return sample

    monkeypatch.setattr(EndlessSamples, "__getitem__", noted)

    def train_so(folder, options, **more):
        drawn.clear()
        train(str(tiny_config), work_dir=str(tmp_path / folder), options=STEPS | options, **more)
        return [*drawn]

    return train_so


def test_a_training_s_seed_is_that_of_its_samples_and_their_order(order):
    first, again, other = (
        order(f"{place}", {"randomness.seed": seed}) for place, seed in enumerate((3, 3, 4))
    )
    assert first == again and [name for name, _ in first] != [name for name, _ in other]
    assert order("named", {"randomness.seed": 4, "train_dataloader.dataset.seed": 3}) == first


@pytest.mark.parametrize("seed", [None, 5])
def test_a_resumed_training_goes_on_with_the_seed_that_it_began_with(order, tmp_path, seed):
    began = order("work", {"randomness.seed": seed, "train_cfg.max_iters": 1})
    seed = torch.load(tmp_path / "work" / "iter_1.pth", weights_only=True)["meta"]["seed"]
    rest = order("work", {"randomness.seed": None}, resume=True)
    assert began + rest == order("whole", {"randomness.seed": seed})
    assert len({name for name, _ in began + rest[:1]}) == 3  # each of three pages once in a pass
