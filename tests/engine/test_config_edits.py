from pathlib import Path

import pytest

from restorekit.engine.config import load_config
from restorekit.engine.config_edits import (
    choose_pages,
    set_data_root,
    set_holdout,
    set_validation_root,
)
from restorekit.engine.data_checks import check_datasets
from restorekit.engine.testing import test as run_test
from restorekit.engine.training import train
from restorekit.registry import DATASETS
from tests.conftest import write_pairs

CONFIGS = Path(__file__).parents[2] / "configs"


def test_a_folder_of_ones_own_is_never_both_trained_and_tested_on():
    config = load_config(CONFIGS / "scene_text_erasenet.py")
    before = config.test_dataloader.dataset.subset
    set_data_root(config, "mine")
    trained, tested = config.train_dataloader.dataset.dataset, config.test_dataloader.dataset
    assert (before, tested.subset) == ("all", "val")
    assert trained.root == tested.root == "mine"
    assert trained.holdout == tested.holdout == config.val_dataloader.dataset.holdout


def test_a_folder_that_only_the_config_names_is_told_with_the_option_that_names_another(tiny_config):
    for key in ("train_dataloader.dataset", "val_dataloader", "test_dataloader"):
        config = load_config(tiny_config, {f"{key}.dataset.root": "nowhere"})
        loader = key.partition(".")[0]
        with pytest.raises(
            FileNotFoundError, match=r"there is no nowhere, .* name your folder .*\(--data DIR\)"
        ):
            choose_pages(config, (loader,), data=None, holdout=None)
        choose_pages(
            config, (loader,), data="also nowhere", holdout=None
        )  # the dataset draws what it expects


def test_the_data_root_is_set_everywhere(tiny_config):
    config = load_config(tiny_config)
    set_data_root(config, "elsewhere")
    assert config.train_dataloader.dataset.dataset.root == "elsewhere"
    assert config.val_dataloader.dataset.root == config.test_dataloader.dataset.root == "elsewhere"


def test_the_holdout_is_set_everywhere(tiny_config):
    config = load_config(tiny_config)
    for given, value in (("3", 3), ("0.2", 0.2), ("pages.txt", "pages.txt")):
        set_holdout(config, given)
        assert config.train_dataloader.dataset.dataset.holdout == value
        assert config.val_dataloader.dataset.holdout == config.test_dataloader.dataset.holdout == value
        assert config.val_dataloader.dataset.subset == config.test_dataloader.dataset.subset == "val"
    set_holdout(config, "all")
    assert config.val_dataloader.dataset.subset == config.test_dataloader.dataset.subset == "all"
    assert config.train_dataloader.dataset.dataset.subset == "train"


def test_a_folder_to_validate_on_leaves_all_others_to_train_on(tiny_config, tmp_path):
    config = load_config(tiny_config)
    set_validation_root(config, str(write_pairs(tmp_path / "val", 2)))
    assert check_datasets(config) == ("4 pages to train on, 2 pages to validate on", "")


def test_a_folder_to_validate_on_is_refused_where_pages_are_held_out_or_made(tiny_config):
    with pytest.raises(ValueError, match=r"val_data \(--val-data\) names others: give one of them"):
        train(str(tiny_config), holdout="3", val_data="val")
    made = {"val_dataloader.dataset": {"type": "SyntheticPages", "_delete_": True}}
    with pytest.raises(
        ValueError, match=r"val_data \(--val-data\) is for a val_dataloader whose dataset has"
    ):
        train(str(tiny_config), options=made, val_data="val")


@pytest.mark.parametrize("option", ["data", "holdout"])
def test_an_option_that_would_change_no_dataset_is_refused(tiny_config, option):
    made = {"type": "SyntheticPages", "_delete_": True}
    tested = {"test_dataloader.dataset": made}
    message = rf"{option} \(--{option}\) is for datasets that have a root, and none of "
    with pytest.raises(ValueError, match=f"{message}test_dataloader has one"):
        run_test(str(tiny_config), ["handwriting"], options=tested, **{option: "3"})
    both = {"train_dataloader.dataset": made, "val_dataloader.dataset": made}
    with pytest.raises(ValueError, match=f"{message}train_dataloader and val_dataloader has one"):
        train(str(tiny_config), options=both, **{option: "3"})


@pytest.fixture
def flat():
    """The config of a dataset that reads a folder and cannot hold out pages of it."""

    @DATASETS.register_module()
    class Flat:
        def __init__(self, *, root: str) -> None:
            self.root = root

    yield {"type": "Flat", "root": "there", "_delete_": True}
    DATASETS.module_dict.pop("Flat")


@pytest.mark.parametrize("holdout", ["all", "3"])
def test_a_dataset_without_a_holdout_is_told_to_take_none(tiny_config, flat, holdout):
    message = r"holdout \(--holdout\) is for .* Flat in test_dataloader does not: leave it out"
    with pytest.raises(ValueError, match=message):
        run_test(
            str(tiny_config), ["handwriting"], options={"test_dataloader.dataset": flat}, holdout=holdout
        )
    message = message.replace("test_dataloader", "val_dataloader")
    with pytest.raises(ValueError, match=message):
        train(str(tiny_config), options={"val_dataloader.dataset": flat}, holdout=holdout)


def test_a_dataset_that_is_not_used_need_not_take_a_holdout(tiny_config, flat):
    config = load_config(tiny_config, {"train_dataloader.dataset": flat})
    choose_pages(config, ("test_dataloader",), data=None, holdout="3")
    assert config.test_dataloader.dataset.holdout == 3
    assert "holdout" not in config.train_dataloader.dataset


def test_several_folders_are_trained_and_validated_on(tiny_config, tmp_path, pairs):
    more = str(write_pairs(tmp_path / "more", 6))
    config = load_config(tiny_config)
    choose_pages(config, ("train_dataloader", "val_dataloader"), data=[str(pairs), more], holdout="2")
    assert check_datasets(config) == ("6 pages to train on, 4 pages to validate on", "")
    config.train_dataloader.dataset.dataset.root = [str(pairs), "gone"]
    with pytest.raises(FileNotFoundError, match="there is no gone, where"):
        choose_pages(config, ("train_dataloader",), data=None, holdout=None)
    set_data_root(config, [more])  # what the command line gives for one
    assert config.val_dataloader.dataset.root == more
