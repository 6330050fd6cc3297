import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from PIL import Image
from torch.utils.data import Dataset

from restorekit.datasets.mask_files import write_masks
from restorekit.engine.config import load_config
from restorekit.engine.config_edits import set_data_root
from restorekit.engine.data_checks import check_datasets, check_holdout, check_pairs
from restorekit.engine.testing import test as run_test
from restorekit.reading import read_grey
from restorekit.registry import DATASETS
from tests.conftest import write_pairs


def test_every_page_may_be_validated_on_where_others_are_trained_on(tiny_config):
    config = load_config(tiny_config)
    config.train_dataloader.dataset.dataset = dict(type="SyntheticPages", crop=32)
    check_holdout(config, "all")


class Nothing(Dataset):
    def __len__(self):
        return 0


@pytest.mark.parametrize("loader", ["train", "val", "test"])
def test_a_dataset_without_pages_is_named(tiny_config, loader, monkeypatch):
    monkeypatch.setitem(DATASETS.module_dict, "Nothing", Nothing)
    place = {"train": "train_dataloader.dataset.dataset"}.get(loader, f"{loader}_dataloader.dataset")
    options = {place: dict(_delete_=True, type="Nothing")}
    with pytest.raises(ValueError, match=f"^{loader}_dataloader.dataset: Nothing has no pages"):
        if loader == "test":
            run_test(str(tiny_config), ["handwriting"], options=options)
        check_datasets(load_config(tiny_config, options))


@pytest.mark.parametrize(
    "fault, told, turned_over",
    [
        (lambda mask: 255 - mask, "black is ink.*masks make .*InvertMask", True),
        (lambda mask: mask // 255, "levels are 0 and 1.*computes them anew$", False),
        (lambda mask: 0 * mask, "no ink is marked.*computes them anew$", True),
        (lambda mask: 0 * mask + 255, "white covers 100% of the page.*computes them anew$", True),
    ],
)
def test_masks_that_do_not_mark_ink_in_white_are_refused(tiny_config, tmp_path, fault, told, turned_over):
    config = load_config(tiny_config)
    folder = write_pairs(tmp_path / "pairs", 4)
    set_data_root(config, str(folder))
    check_pairs(config)  # there are none
    assert write_masks(folder, kind="hard")[0] == len(list(write_masks(folder, kind="hard")[1]))
    check_pairs(config)
    for path in (folder / "masks").iterdir():
        Image.fromarray(fault(read_grey(path))).save(path)
    refused = pytest.raises(ValueError, match=rf"the masks of .* cannot be trained on \(.*{told}")
    with refused:
        check_pairs(config)
    config.train_dataloader.dataset.dataset.pipeline.insert(0, dict(type="InvertMask"))
    with nullcontext() if turned_over else refused:
        check_pairs(config)


def test_a_folder_that_another_dataset_reads_has_its_own_layout(tiny_config, tmp_path):
    config = load_config(tiny_config)
    config.train_dataloader.dataset.dataset = dict(type="Flat", root=str(tmp_path))
    assert check_pairs(config) == ""


@pytest.mark.parametrize("masks", ["masks", None])
def test_input_and_ground_truth_swapped_are_remarked_on(tiny_config, tmp_path, pairs, masks):
    config = load_config(tiny_config)
    config.train_dataloader.dataset.dataset.mask_folder = masks
    set_data_root(config, str(pairs))
    assert check_pairs(config) == ""
    folder = tmp_path / "swapped"
    shutil.copytree(pairs / "images", folder / "gts")
    shutil.copytree(pairs / "gts", folder / "images")
    for root in (str(folder), [str(pairs), str(folder)]):
        set_data_root(config, root)
        assert f"{folder}: what differs" in check_pairs(config)


def test_copies_of_the_input_for_ground_truths_are_remarked_on(tiny_config, tmp_path, pairs):
    config = load_config(tiny_config)
    folder = tmp_path / "copies"
    for name in ("images", "gts"):
        shutil.copytree(pairs / "images", folder / name)
    set_data_root(config, str(folder))
    assert "Are the ground truths copies of the input?" in check_pairs(config)


@pytest.mark.parametrize("given", [{"holdout": 2}, {"seed": 2}, {"subset": "all", "holdout": None}])
def test_pages_that_are_trained_on_are_not_validated_on(tiny_config, given):
    check_datasets(load_config(tiny_config))
    options = {f"val_dataloader.dataset.{key}": value for key, value in given.items()}
    words = r"\d pages are trained on and validated on: .*page\d.png.* as holdout \(--holdout\) does"
    with pytest.raises(ValueError, match=words):
        check_datasets(load_config(tiny_config, options))


def test_a_network_may_be_validated_on_the_very_pages_that_it_is_to_learn(tiny_config):
    parts = ("train_dataloader.dataset.dataset", "val_dataloader.dataset")
    check_datasets(load_config(tiny_config, {f"{part}.subset": "all" for part in parts}))


def test_pages_to_validate_on_that_bear_no_ink_are_remarked_on(tiny_config, tmp_path):
    folder = write_pairs(tmp_path / "pairs", 4)
    config = load_config(tiny_config)
    set_data_root(config, str(folder))
    assert check_datasets(config) == ("3 pages to train on, 1 page to validate on", "")
    name = DATASETS.build(config.val_dataloader.dataset).pages[0].name
    shutil.copy(folder / "gts" / f"{name}.png", folder / "images")
    assert f"no ink on the pages to validate on ({name}): best/" in check_datasets(config)[1]


class OfPaths(Dataset):
    """As somebody's plugin may have it."""

    def __init__(self):
        self.pages = [Path("a.png")]

    def __len__(self):
        return 1


def test_what_a_plugin_s_dataset_calls_pages_may_be_anything(tiny_config, monkeypatch):
    monkeypatch.setitem(DATASETS.module_dict, "OfPaths", OfPaths)
    options = {"val_dataloader.dataset": dict(_delete_=True, type="OfPaths")}
    assert check_datasets(load_config(tiny_config, options)) == ("3 pages to train on", "")
