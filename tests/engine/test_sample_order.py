"""Which samples a training draws, in which order, and that it goes on with them."""

import pytest
import torch

from restorekit.datasets import EndlessSamples, MixedSamples
from restorekit.engine.config import load_config, plain_dict
from restorekit.engine.config_edits import set_data_root, set_holdout
from restorekit.engine.data_checks import check_datasets, check_pairs
from restorekit.engine.resuming import pages_of
from restorekit.engine.training import train
from tests.conftest import write_pairs

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


@pytest.fixture
def mixed(tiny_config, pairs, tmp_path):
    """Options that mix the tiny pairs with those of another folder and with made pages."""
    one = plain_dict(load_config(tiny_config).train_dataloader.dataset.dataset)
    made = dict(type="SyntheticPages", crop=32, pool=2, page_height=64, page_width=64, cache=str(tmp_path))
    datasets = [
        one,
        {**one, "root": str(write_pairs(tmp_path / "more", 5)), "subset": "all", "holdout": None},
        {**made, "pipeline": [dict(type="ToTensors")]},
    ]
    mixture = dict(type="MixedSamples", datasets=datasets, shares=[0.4, 0.3, 0.3], _delete_=True)
    return {"train_dataloader.dataset": mixture}


def test_a_mixture_is_trained_on_and_resumed_bit_for_bit(tiny_config, tmp_path, mixed, monkeypatch):
    seeds = []
    make = MixedSamples.__init__
    monkeypatch.setattr(
        MixedSamples, "__init__", lambda self, **given: seeds.append(given.get("seed")) or make(self, **given)
    )
    mixed |= {"randomness.seed": 7}
    train(str(tiny_config), work_dir=str(tmp_path / "whole"), options=mixed)
    assert set(seeds) == {None, 7}  # the checks before a training build it too
    train(str(tiny_config), work_dir=str(tmp_path / "half"), options=mixed | {"train_cfg.max_iters": 2})
    train(str(tiny_config), work_dir=str(tmp_path / "half"), options=mixed, resume=True)
    whole, half = (
        torch.load(tmp_path / name / "iter_4.pth", weights_only=True)["state_dict"]
        for name in ("whole", "half")
    )
    assert all(torch.equal(value, half[key]) for key, value in whole.items())


def test_the_folders_of_a_mixture_are_checked_as_any(tiny_config, pairs, tmp_path, mixed):
    config = load_config(tiny_config, mixed)
    assert check_datasets(config) == ("8 pages to train on, 1 page to validate on", "")
    pages = pages_of(config)
    assert pages["train_dataloader root"] == str(pairs.resolve())
    assert pages["train_dataloader 2 root"] == str((tmp_path / "more").resolve())
    assert pages["val_dataloader holdout"] == 1
    with pytest.raises(ValueError, match=rf"mixes 2, of {pairs} and .*more: name the folders in it"):
        set_data_root(config, "elsewhere")
    first, second, _ = config.train_dataloader.dataset.datasets
    set_holdout(config, "2")
    assert first.holdout == second.holdout == config.val_dataloader.dataset.holdout == 2
    (tmp_path / "more" / "gts").rename(tmp_path / "more" / "clean")
    (tmp_path / "more" / "images").rename(tmp_path / "more" / "gts")
    (tmp_path / "more" / "clean").rename(tmp_path / "more" / "images")
    assert "more: what differs is drawn on the ground truth" in check_pairs(config)
    second.root = str(pairs)
    second.subset = "all"
    with pytest.raises(ValueError, match="2 pages are trained on and validated on"):
        check_datasets(config)


def test_made_pages_and_pairs_take_the_folder_of_the_command_line(tiny_config, mixed):
    mixed["train_dataloader.dataset"]["datasets"].pop(1)
    mixed["train_dataloader.dataset"]["shares"] = [0.7, 0.3]
    config = load_config(tiny_config, mixed)
    set_data_root(config, ["one", "two"])
    assert (
        config.train_dataloader.dataset.datasets[0].root
        == config.val_dataloader.dataset.root
        == ["one", "two"]
    )
