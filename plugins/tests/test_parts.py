"""A stranger's dataset, transform, inferencer, metric and hook work by a config alone."""

import sys
from pathlib import Path

import numpy as np
import pytest
from mmengine.visualization import Visualizer

from restorekit import load_restorer, registry
from restorekit.engine.testing import test as run_test
from restorekit.engine.training import train

CONFIGS = Path(__file__).resolve().parents[2] / "configs" / "_base_"

PARTS = """
import numpy as np
from mmengine.evaluator import BaseMetric
from mmengine.hooks import Hook
from torch.utils.data import Dataset

from restorekit.registry import DATASETS, HOOKS, INFERENCERS, METRICS, TRANSFORMS


@DATASETS.register_module()
class Dots(Dataset):
    def __init__(self, *, pipeline=()):
        self.pipeline = [TRANSFORMS.build(config) for config in pipeline]

    def __len__(self):
        return 3

    def __getitem__(self, index):
        target = np.full((40, 48, 3), 240, np.uint8)
        image = target.copy()
        image[10 * index : 10 * index + 5, 20:30] = (20, 20, 200)
        sample = {"image": image, "target": target, "name": f"dots{index}"}
        for transform in self.pipeline:
            sample = transform(sample)
        return sample


@TRANSFORMS.register_module()
class Swap:
    def __call__(self, sample):
        return {**sample, "image": sample["image"][..., ::-1].copy()}


@INFERENCERS.register_module()
class Negative:
    def __call__(self, predict, image):
        output = predict(image)
        output[:, :3] = 1 - output[:, :3]
        return output


@METRICS.register_module()
class Channels(BaseMetric):
    def process(self, data_batch, data_samples):
        self.results += [len(page) for page in data_samples]

    def compute_metrics(self, results):
        return {"channels": sum(results) / len(results)}


@HOOKS.register_module()
class Steps(Hook):
    seen = []

    def after_train_iter(self, runner, batch_idx, data_batch=None, outputs=None):
        self.seen.append((runner.iter, tuple(data_batch["image"].shape)))
"""

REGISTERED = {
    "DATASETS": "Dots",
    "TRANSFORMS": "Swap",
    "INFERENCERS": "Negative",
    "METRICS": "Channels",
    "HOOKS": "Steps",
}

CONFIG = """
_base_ = [{runtime!r}, {data!r}, {network!r}]
custom_imports = dict(imports=["strangers_parts"])
model = dict(network=dict(widths=[4, 8], blocks=1), precision="fp32")
pipeline = [dict(type="Swap"), dict(type="MaskFromPair"), dict(type="ToTensors")]
dots = dict(_delete_=True, type="Dots", pipeline=pipeline)
train_dataloader = dict(batch_size=2, num_workers=0, dataset=dict(dataset=dots))
val_dataloader = dict(num_workers=0, dataset=dots)
test_dataloader = dict(num_workers=0, dataset=dots)
val_evaluator = [dict(type="PageMetrics", names=["psnr"]), dict(type="Channels")]
test_evaluator = val_evaluator
default_hooks = dict(steps=dict(type="Steps"))
train_cfg = dict(max_iters=2, val_interval=2)
inferencer = dict(inferencers=[dict(type="Negative")])
del pipeline, dots
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "strangers_parts.py").write_text(PARTS)
    bases = {"runtime": "runtime", "data": "handwriting", "network": "residual_unet"}
    paths = {name: str(CONFIGS / f"{base}.py") for name, base in bases.items()}
    (tmp_path / "config.py").write_text(CONFIG.format(**paths))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Visualizer, "add_image", lambda *_, **__: None)
    yield str(tmp_path / "config.py")
    sys.modules.pop("strangers_parts")
    for kind, name in REGISTERED.items():
        getattr(registry, kind).module_dict.pop(name)


def test_all_parts_train_and_test(config: str, capsys: pytest.CaptureFixture) -> None:
    best = train(config) / "best"
    assert sys.modules["strangers_parts"].Steps.seen == [(0, (2, 3, 40, 48)), (1, (2, 3, 40, 48))]
    assert "| channels | 4.0000 |" in (best / "README.md").read_text()
    results = run_test(config, [str(best)])
    assert results["other"] == {"channels": 4.0} and set(results["images"]) == {"dots0", "dots1", "dots2"}
    black = np.zeros((8, 8, 3), np.uint8)
    assert load_restorer(best, device="cpu")(black).min() > 200
