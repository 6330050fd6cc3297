"""What the command line changes in a config: the data, and which pages are held out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mmengine.config import Config, DictAction

from restorekit.declared import declared_types
from restorekit.registry import DATASETS, find


def choose_pages(
    config: Config,
    loaders: Sequence[str],
    *,
    data: str | Sequence[str] | None,
    holdout: str | None,
    val_data: str | None = None,
) -> None:
    """Make ``config`` read ``data`` and ``val_data`` and hold out ``holdout``, where they are given.

    Args:
        config: changed in place.
        loaders: the keys of the loaders that are used.
        data: see ``set_data_root``.
        holdout: see ``set_holdout``.
        val_data: see ``set_validation_root``.

    Raises:
        ValueError: one is given, and no dataset of ``loaders`` reads a folder, or one cannot hold out pages.
        FileNotFoundError: ``data`` is None, and the folder that the config names is not there.
    """
    given = [name for name, value in (("data", data), ("holdout", holdout)) if value is not None]
    if given and not any(key in loaders for key, _ in folder_datasets(config)):
        raise ValueError(
            f"{given[0]} (--{given[0]}) is for datasets that have a root, and none of"
            f" {' and '.join(loaders)} has one: name the pages in the config, or by options (--cfg-options),"
            f" {loaders[-1]}.dataset.ARGUMENT=VALUE"
        )
    if data is not None:
        set_data_root(config, data)
    if holdout is not None:
        for key, dataset in folder_datasets(config):
            if key in loaders and not holds_out(dataset):
                raise ValueError(
                    "holdout (--holdout) is for datasets that take holdout and subset, as PairedImages does;"
                    f" {dataset['type']} in {key} does not: leave it out, and name the pages by what it takes"
                )
        set_holdout(config, holdout)
    if val_data is not None:
        set_validation_root(config, val_data)
    for key, dataset in folder_datasets(config):
        is_given = data is not None or dataset["root"] == val_data  # the dataset draws what it expects there
        missing = [root for root in roots_of(dataset) if not Path(root).expanduser().exists()]
        if key in loaders and not is_given and missing:
            raise FileNotFoundError(
                f"there is no {missing[0]}, where this config looks for pairs: name your folder of them"
                " (--data DIR); README.md draws one under 'Train on your pairs'"
            )


def set_data_root(config: Config, root: str | Sequence[str]) -> None:
    """Make every dataset of ``config`` that reads a folder read ``root``, a folder or several.

    Where pages were tested on that lay in a folder of their own, those held out of ``root`` are now.

    Raises:
        ValueError: several datasets are trained on, each with folders of its own.
    """
    datasets = list(folder_datasets(config))
    roots = [roots_of(dataset) for key, dataset in datasets if key == "train_dataloader"]
    if any(others != roots[0] for others in roots):
        raise ValueError(
            "data (--data) is for configs that train on one dataset of pairs, and this one mixes"
            f" {len(roots)}, of {' and '.join(', '.join(one) for one in roots)}: name the folders in it"
        )
    holdouts = [dataset.get("holdout") for key, dataset in datasets if key == "train_dataloader"]
    for key, dataset in datasets:
        elsewhere = bool(roots) and roots_of(dataset) not in roots
        if key != "train_dataloader" and elsewhere and holdouts[0] is not None:
            dataset["subset"], dataset["holdout"] = "val", holdouts[0]
        dataset["root"] = root if isinstance(root, str) or len(root) > 1 else root[0]


def set_validation_root(config: Config, root: str) -> None:
    """Make ``config`` validate on every page of the folder ``root``, and train on every page of its own.

    Raises:
        ValueError: it validates on no folder.
    """
    datasets = [(key, dataset) for key, dataset in folder_datasets(config) if key != "test_dataloader"]
    if "val_dataloader" not in dict(datasets):
        raise ValueError(
            "val_data (--val-data) is for a val_dataloader whose dataset has a root, and this one has none"
        )
    for key, dataset in datasets:
        if key == "val_dataloader":
            dataset["root"] = root
        if holds_out(dataset):
            dataset["subset"] = "all"


def set_holdout(config: Config, holdout: str) -> None:
    """Choose which pages of its folder ``config`` keeps for validation and test, the same for all datasets.

    Args:
        config: changed in place.
        holdout: a count, a share in (0, 1), a text file with one stem a line, or ``"all"``: validate and
            test on every page, those trained on among them.
    """
    value = DictAction._parse_int_float_bool(holdout)
    for key, dataset in folder_datasets(config):
        if not holds_out(dataset):
            continue
        if holdout != "all":
            dataset["holdout"] = value
        if key != "train_dataloader":
            dataset["subset"] = "all" if holdout == "all" else "val"


def holds_out(dataset: dict[str, Any]) -> bool:
    """Whether the dataset that this configures can keep pages for validation."""
    takes, takes_others = declared_types(find(dataset["type"], DATASETS))
    return takes_others or {"holdout", "subset"} <= takes.keys()


def roots_of(dataset: dict[str, Any]) -> list[str]:
    """The folders that the dataset that this configures reads."""
    return [dataset["root"]] if isinstance(dataset["root"], str) else list(dataset["root"])


def folder_datasets(config: Config) -> Iterator[tuple[str, Any]]:
    """Every dataset that reads a folder, under the key of its loader."""
    for key in ("train_dataloader", "val_dataloader", "test_dataloader"):
        for dataset in _within((config.get(key) or {}).get("dataset")):
            if "root" in dataset:
                yield key, dataset


def _within(dataset: Any) -> Iterator[dict[str, Any]]:
    """The dataset that this configures, and those that it is made of."""
    if isinstance(dataset, dict):
        yield dataset
        for inner in (dataset.get("dataset"), *(dataset.get("datasets") or ())):
            yield from _within(inner)
