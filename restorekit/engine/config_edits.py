"""What the command line changes in a config: tiles, flips, the data and which pages are held out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from mmengine.config import Config, DictAction

from restorekit.engine.config import plain_dict
from restorekit.registry import INFERENCERS, find


def edit_inferencer(
    inferencer: Any, *, tta: str | None = None, tile: int | None = None, margin: int | None = None
) -> dict[str, Any]:
    """The inferencer config with other tiles or flips; what is None stays as it is.

    Tiles stand where there were some, else after what sees a page whole (a method ``around``); flips stand
    last.

    Args:
        inferencer: a config, or None.
        tta: ``'none'``, ``'h'``, ``'v'`` or ``'hv'``.
        tile: tile side in px; 0 predicts the whole image at once.
        margin: px around each tile's centre.

    Raises:
        ValueError: a margin without tiles.
    """
    inferencer = plain_dict(inferencer)
    chain = [] if inferencer is None else [inferencer]
    if chain and chain[0]["type"] == "Chain":
        chain = chain[0]["inferencers"]
    tiles = [item for item in chain if item["type"] in ("Tiled", "WholeOrTiled")]
    place = chain.index(tiles[0]) if tiles else len(list(takewhile(_sees_a_page, chain)))
    first, rest = chain[:place], [item for item in chain[place:] if item not in tiles]
    if tile == 0:
        tiles = []
    elif tile is not None:
        old = tiles[0] if tiles else {}
        default = old.get("margin", tile // 5)
        kept = {key: old[key] for key in ("blend", "extend", "batch_size") if key in old}
        tiles = [{"type": "Tiled", "tile": tile, "margin": default if margin is None else margin, **kept}]
    elif margin is not None:
        if not tiles:
            raise ValueError("--margin needs tiles, and this config has none: name --tile too")
        tiles = [{**tiles[0], "margin": margin}]
    if tta is not None:
        rest = [item for item in rest if item["type"] != "FlipAverage"]
        rest += [] if tta == "none" else [{"type": "FlipAverage", "directions": tta}]
    return {"type": "Chain", "inferencers": first + tiles + rest}


def _sees_a_page(inferencer: dict[str, Any]) -> bool:
    return hasattr(find(inferencer["type"], INFERENCERS), "around")


def set_data_root(config: Config, root: str) -> None:
    """Make every dataset of ``config`` that reads a folder read ``root``.

    Where pages were tested on that lay in a folder of their own, those held out of ``root`` are now.
    """
    datasets = list(folder_datasets(config))
    roots = {dataset["root"] for key, dataset in datasets if key == "train_dataloader"}
    holdouts = [dataset.get("holdout") for key, dataset in datasets if key == "train_dataloader"]
    for key, dataset in datasets:
        elsewhere = bool(roots) and dataset["root"] not in roots
        if key != "train_dataloader" and elsewhere and holdouts[0] is not None:
            dataset["subset"], dataset["holdout"] = "val", holdouts[0]
        dataset["root"] = root


def set_holdout(config: Config, holdout: str) -> None:
    """Choose which pages of its folder ``config`` keeps for validation and test, the same for all datasets.

    Args:
        config: changed in place.
        holdout: a count, a share in (0, 1), a text file with one stem a line, or ``"all"``: validate and
            test on every page, those trained on among them.
    """
    value = DictAction._parse_int_float_bool(holdout)
    for key, dataset in folder_datasets(config):
        if holdout != "all":
            dataset["holdout"] = value
        if key != "train_dataloader":
            dataset["subset"] = "all" if holdout == "all" else "val"


def folder_datasets(config: Config) -> Iterator[tuple[str, Any]]:
    """Every dataset that reads a folder, under the key of its loader."""
    for key in ("train_dataloader", "val_dataloader", "test_dataloader"):
        dataset = (config.get(key) or {}).get("dataset")
        while dataset is not None:
            if "root" in dataset:
                yield key, dataset
            dataset = dataset.get("dataset")
