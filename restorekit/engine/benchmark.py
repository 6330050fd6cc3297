"""How fast a config trains, reads its data and predicts on this machine.

Machines are shared and noisy, so what is compared is timed in turn within one run, and quoted as a ratio of
medians.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from statistics import median
from typing import Any

import torch
from mmengine.config import Config
from mmengine.optim import build_optim_wrapper
from mmengine.registry import DefaultScope
from torch.utils.data import DataLoader

from restorekit.datasets import CountingSampler
from restorekit.engine.config import plain_dict
from restorekit.engine.restoration_model import RestorationModel
from restorekit.precision import has_fast_bf16
from restorekit.registry import DATASETS, MODELS, NETWORKS, SCOPE


def time_in_turn(actions: dict[str, Callable[[], Any]], *, rounds: int) -> dict[str, float]:
    """Median seconds of each action over ``rounds`` turns, after one turn that does not count."""
    times: dict[str, list[float]] = {name: [] for name in actions}
    for turn in range(rounds + 1):
        for name, action in actions.items():
            start = time.perf_counter()
            action()
            if torch.cuda.is_available():
                torch.cuda.synchronize()
            if turn > 0:
                times[name].append(time.perf_counter() - start)
    return {name: median(values) for name, values in times.items()}


def random_batch(size: int, crop: int, device: str) -> dict[str, Any]:
    """A batch of noise, ink at every tenth pixel."""
    generator = torch.Generator().manual_seed(0)
    pages = torch.rand(2, size, 3, crop, crop, generator=generator)
    mask = (torch.rand(size, 1, crop, crop, generator=generator) < 0.1).float()
    planes = zip(("image", "target", "mask"), (*pages, mask), strict=True)
    return {key: value.to(device) for key, value in planes} | {"name": ["noise"] * size}


def benchmark_training(config: Config, *, crop: int, rounds: int) -> dict[str, float]:
    """Seconds of the config's training step on one batch in fp32 and in bf16, and their ratio."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    batch = random_batch(config.train_dataloader.batch_size, crop, device)
    model = MODELS.build(plain_dict(config.model)).to(device).train()
    with DefaultScope.overwrite_default_scope(SCOPE):  # as the Runner does, or ours are not found
        optim_wrapper = build_optim_wrapper(model, config.optim_wrapper)

    def step(precision: str) -> None:
        model.precision = precision
        model.train_step(batch, optim_wrapper)

    times = time_in_turn(
        {precision: partial(step, precision) for precision in ("fp32", "bf16")}, rounds=rounds
    )
    return {
        "fp32_seconds": times["fp32"],
        "bf16_seconds": times["bf16"],
        "fp32_over_bf16": times["fp32"] / times["bf16"],
        "has_fast_bf16": float(has_fast_bf16(device)),
    }


def benchmark_loading(config: Config, *, samples: int) -> dict[str, float]:
    """Training samples per second of one worker: first draws, which fill a page cache, and later ones."""
    dataset = DATASETS.build(plain_dict(config.train_dataloader.dataset))
    loader = DataLoader(dataset, 1, sampler=CountingSampler(dataset), num_workers=1, collate_fn=list)
    batches = iter(loader)
    rates = {}
    next(batches)  # the worker's start does not count
    for name in ("first_per_second", "later_per_second"):
        start = time.perf_counter()
        for _ in islice(batches, samples):
            pass
        rates[name] = samples / (time.perf_counter() - start)
    return rates


def benchmark_prediction(config: Config, *, megapixels: float) -> dict[str, float]:
    """Seconds a megapixel through the config's inferencer, and the whole page at once for comparison."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    side = max(64, int((megapixels * 1e6) ** 0.5) // 64 * 64)
    page = random_batch(1, side, device)["image"]
    model = RestorationModel(
        network=NETWORKS.build(plain_dict(config.model.network)),
        precision=config.model.get("precision", "auto"),
    ).to(device)
    model.eval()

    def predict(inferencer: Any) -> None:
        model.set_inferencer(inferencer)
        model(page, mode="predict")

    inferencer = plain_dict(config.get("inferencer"))
    times = time_in_turn(
        {"inferencer": lambda: predict(inferencer), "whole": lambda: predict(None)}, rounds=1
    )
    area = side * side / 1e6
    return {
        "seconds_per_megapixel": times["inferencer"] / area,
        "inferencer_over_whole": times["inferencer"] / times["whole"],
    }
