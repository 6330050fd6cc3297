"""A stranger's network goes through training, its best weights and load_restorer, by a config alone."""

from importlib.metadata import EntryPoint
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from restorekit import load_restorer, plugins
from restorekit.api import Restorer
from restorekit.engine.config import load_config
from restorekit.engine.training import train
from restorekit.registry import NETWORKS

CONFIG = Path(__file__).resolve().parents[1] / "configs" / "handwrite_nafnet.py"
SMALL = dict(type="NAFNet", width=8, encoder_blocks=[1, 1], middle_blocks=1, decoder_blocks=[1, 1])

CHILD = """
_base_ = [{base!r}]
custom_imports = dict(imports=["restorekit_nafnet"])
experiment_name = {name!r}
model = dict(network=dict(_delete_=True, **{network!r}), precision="fp32")
train_cfg = dict(max_iters=8, val_interval=8)
param_scheduler = []
train_dataloader = dict(
    batch_size=2,
    num_workers=0,
    persistent_workers=False,
    dataset=dict(
        dataset=dict(
            cache_dir=None,
            subset="all",
            pipeline=[
                dict(type="RandomCrop", size=64, ink_bias=0.5),
                dict(type="MaskFromPair", kind="soft"),
                dict(type="ToTensors"),
            ],
        )
    ),
)
val_dataloader = dict(num_workers=0, dataset=dict(subset="all"))
inferencer = dict(inferencers=[dict(type="Tiled", tile=64, margin=8, blend="feather")])
"""


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    """Three pages of 96x96: grey paper with a printed bar, and blue lines across it."""
    for folder in ("images", "gts"):
        (tmp_path / "pairs" / folder).mkdir(parents=True)
    for index in range(3):
        page = np.full((96, 96, 3), 235, np.uint8)
        cv2.rectangle(page, (10, 20 + 10 * index), (80, 26 + 10 * index), (30, 30, 30), -1)
        cv2.imwrite(str(tmp_path / "pairs" / "gts" / f"{index}.png"), page)
        cv2.line(page, (5, 60), (90, 70 + 8 * index), (200, 60, 40), 3)
        cv2.imwrite(str(tmp_path / "pairs" / "images" / f"{index}.png"), page)
    return tmp_path / "pairs"


def error(restorer: Restorer, pairs: Path) -> float:
    """Mean absolute difference to the ground truth over all pages, in grey levels."""
    differences = []
    for path in sorted((pairs / "images").iterdir()):
        page = cv2.imread(str(path))[..., ::-1]
        target = cv2.imread(str(pairs / "gts" / path.name))[..., ::-1]
        restored = restorer(np.ascontiguousarray(page))
        differences.append(np.abs(restored.astype(float) - target).mean())
    return float(np.mean(differences))


def test_training_by_config_alone(pairs: Path, tmp_path: Path) -> None:
    config = tmp_path / "my_config.py"
    config.write_text(CHILD.format(base=str(CONFIG), name=f"nafnet_{tmp_path.name}", network=SMALL))

    work_dir = train(str(config), data=str(pairs), work_dir=str(tmp_path / "work"))

    trained = load_restorer(work_dir / "best", device="cpu", precision="fp32")
    torch.manual_seed(0)
    untrained = Restorer(NETWORKS.build(SMALL), device="cpu", precision="fp32")
    assert type(trained.network).__name__ == "NAFNet"
    assert error(trained, pairs) < 0.7 * error(untrained, pairs)

    page = np.random.default_rng(0).integers(0, 256, (50, 71, 3), dtype=np.uint8)
    result = trained.restore(page)
    assert result.image.shape == page.shape and result.image.dtype == np.uint8
    assert result.mask is not None and result.mask.shape == (50, 71)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch):
    """As after ``pip install plugins/restorekit-nafnet``, in a process that has not met NAFNet yet."""
    entry_point = EntryPoint("nafnet", "restorekit_nafnet:NAFNet", plugins.GROUP)
    network = entry_point.load()
    monkeypatch.delitem(NETWORKS.module_dict, "NAFNet")

    class Registering:
        name = "nafnet"

        @staticmethod
        def load() -> None:  # a module runs once a process; this stands for its first run
            NETWORKS.register_module(module=network)

    monkeypatch.setattr(plugins, "entry_points", lambda *, group: [Registering] * (group == plugins.GROUP))
    plugins.load_plugins.cache_clear()
    yield network
    plugins.load_plugins.cache_clear()


def test_an_installed_plugin_is_found_by_name(installed) -> None:
    assert isinstance(NETWORKS.build(SMALL), installed)


def test_an_installed_plugin_is_found_by_a_config(installed) -> None:
    """The config has no custom_imports: the entry point alone must do."""
    assert load_config(CONFIG).model.network.type == "NAFNet"
    assert isinstance(NETWORKS.build(SMALL), installed)
