from pathlib import Path

import pytest

from restorekit.engine.config import load_config
from restorekit.engine.config_edits import edit_inferencer, set_data_root, set_holdout
from restorekit.registry import INFERENCERS

CONFIGS = Path(__file__).parents[2] / "configs"


def test_a_folder_of_ones_own_is_never_both_trained_and_tested_on():
    config = load_config(CONFIGS / "scene_text_erasenet.py")
    before = config.test_dataloader.dataset.subset
    set_data_root(config, "mine")
    trained, tested = config.train_dataloader.dataset.dataset, config.test_dataloader.dataset
    assert (before, tested.subset) == ("all", "val")
    assert trained.root == tested.root == "mine"
    assert trained.holdout == tested.holdout == config.val_dataloader.dataset.holdout


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


TILED = {"type": "Tiled", "tile": 512, "margin": 106}
WHOLE = {"type": "WholeOrTiled", "whole_below": 1280, "multiple": 16, "tile": 1024, "margin": 64}
FLIP = {"type": "FlipAverage", "directions": "h"}
OUTER = {"type": "PageWhole"}


@pytest.fixture(autouse=True)
def page_whole(monkeypatch):
    """Somebody's inferencer that sees a page whole, so that it stands before tiles."""
    around = type("PageWhole", (), {"around": None})
    monkeypatch.setitem(INFERENCERS.module_dict, "PageWhole", around)


@pytest.mark.parametrize(
    "before, edits, after",
    [
        (None, {}, []),
        (TILED, {}, [TILED]),
        ({"type": "Chain", "inferencers": [TILED, FLIP]}, {"tta": "none"}, [TILED]),
        (TILED, {"tta": "v"}, [TILED, {**FLIP, "directions": "v"}]),
        (
            {"type": "Chain", "inferencers": [TILED, FLIP]},
            {"tile": 256},
            [{**TILED, "tile": 256}, FLIP],
        ),
        (
            {**WHOLE, "extend": "none", "blend": "feather", "batch_size": 3},
            {"tile": 256},
            [dict(type="Tiled", tile=256, margin=64, extend="none", blend="feather", batch_size=3)],
        ),
        (FLIP, {"tile": 256, "margin": 8}, [{**TILED, "tile": 256, "margin": 8}, FLIP]),
        (TILED, {"margin": 8}, [{**TILED, "margin": 8}]),
        ({"type": "Chain", "inferencers": [TILED, FLIP]}, {"tile": 0}, [FLIP]),
        ({"type": "Chain", "inferencers": [OUTER, TILED]}, {"tta": "h"}, [OUTER, TILED, FLIP]),
        ({"type": "Chain", "inferencers": [OUTER, FLIP]}, {"tile": 512, "margin": 106}, [OUTER, TILED, FLIP]),
    ],
)
def test_the_inferencer_is_edited(before, edits, after):
    assert edit_inferencer(before, **edits) == {"type": "Chain", "inferencers": after}


def test_a_margin_without_tiles_is_refused():
    with pytest.raises(ValueError, match="--margin needs tiles"):
        edit_inferencer(None, margin=8)
