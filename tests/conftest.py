"""Fixtures that several test files share: tiny pairs and a tiny config on the real base configs."""

import os
from pathlib import Path

import cv2
import numpy as np
import pytest

CONFIGS = Path(__file__).parents[1] / "configs"
REFERENCE = Path(os.environ.get("RESTOREKIT_REFERENCE") or Path(__file__).parents[2] / "shared" / "reference")
"""The authors' own numbers, where they are at hand."""

TINY = """
_base_ = [{runtime!r}, {data!r}, {network!r}]
model = dict(network=dict(widths=[4, 8], blocks=1), precision="fp32")
train_dataloader = dict(
    batch_size=2, num_workers=0,
    dataset=dict(dataset=dict(root={root!r}, holdout=1, cache_dir=None)),
)
train_dataloader["dataset"]["dataset"]["pipeline"] = [
    dict(type="RandomCrop", size=32, ink_bias=0.5),
    dict(type="RandomFlip", probability=0.5),
    dict(type="MaskFromPair", kind="soft"),
    dict(type="ToTensors"),
]
val_dataloader = dict(num_workers=0, dataset=dict(root={root!r}, holdout=1))
test_dataloader = dict(num_workers=0, dataset=dict(root={root!r}, holdout=1))
train_cfg = dict(max_iters=4, val_interval=4)
optim_wrapper = dict(optimizer=dict(lr=1e-3))
default_hooks = dict(
    checkpoint=dict(interval=2, max_keep_ckpts=5), logger=dict(interval=1), pictures=dict(pages=1, size=32)
)
val_evaluator = dict(names=["psnr", "residue"])
test_evaluator = dict(names=["psnr", "residue", "mask_iou"])
inferencer = dict(
    type="Chain",
    inferencers=[dict(type="Tiled", tile=32, margin=8), dict(type="FlipAverage", directions="h")],
)
"""


def draw_pair(seed: int, height: int = 56, width: int = 72) -> tuple[np.ndarray, np.ndarray]:
    """A page with print and blue strokes, and the same page without the strokes (RGB)."""
    rng = np.random.default_rng(seed)
    target = np.full((height, width, 3), 245, np.uint8)
    cv2.putText(target, "abc", (4, 20), cv2.FONT_HERSHEY_PLAIN, 1.0, (20, 20, 20), 1)
    image = target.copy()
    points = rng.integers(0, (width, height), (4, 2))
    cv2.polylines(image, [points.reshape(-1, 1, 2)], False, (30, 30, 200), 2)
    return image, target


def write_pairs(root: Path, count: int) -> Path:
    """``root/images`` and ``root/gts`` with ``count`` tiny pages."""
    for folder in ("images", "gts"):
        (root / folder).mkdir(parents=True)
    for index in range(count):
        for folder, rgb in zip(("images", "gts"), draw_pair(index), strict=True):
            cv2.imwrite(str(root / folder / f"page{index}.png"), rgb[..., ::-1])
    return root


@pytest.fixture(scope="session")
def pairs(tmp_path_factory) -> Path:
    """A folder of four tiny pairs."""
    return write_pairs(tmp_path_factory.mktemp("pairs"), 4)


@pytest.fixture
def tiny_config(tmp_path, pairs) -> Path:
    """A config that trains four iterations of a tiny network on ``pairs``, in a second."""
    bases = {name: str(CONFIGS / "_base_" / f"{file}.py") for name, file in BASES.items()}
    path = tmp_path / "tiny.py"
    path.write_text(TINY.format(root=str(pairs), **bases))
    return path


BASES = {"runtime": "runtime", "data": "handwriting", "network": "residual_unet"}
