"""How fast a config trains and reads its data, and weights predict, on this machine.

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

from restorekit.api import Restorer, load_restorer
from restorekit.datasets import CountingSampler
from restorekit.engine.config import plain_dict
from restorekit.precision import has_fast_bf16
from restorekit.registry import DATASETS, MODELS, SCOPE
from restorekit.synthesis.folders import TASKS, Job, make_pair


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


def benchmark_prediction(weights: str, *, megapixels: float, rounds: int) -> dict[str, float]:
    """Seconds a megapixel of a whole restorer, as ``restorekit erase`` has it, and of its network alone.

    What steps beside the network cost depends on what is on a page, so it is a made one of their task.

    Args:
        weights: see ``load_restorer``.
        megapixels: of the page, which has A4's shape.
        rounds: see ``time_in_turn``.
    """
    restorer = load_restorer(weights)
    width = max(64, round((megapixels * 1e6 / 2**0.5) ** 0.5))
    task = restorer.task if restorer.task in TASKS else TASKS[0]
    page = make_pair(Job(task=task, height=round(width * 2**0.5), width=width), 0)[0].image
    alone = Restorer(restorer.network)
    times = time_in_turn({"all": lambda: restorer(page), "network": lambda: alone(page)}, rounds=rounds)
    area = page.shape[0] * page.shape[1] / 1e6
    return {
        "seconds_per_megapixel": times["all"] / area,
        "all_over_network": times["all"] / times["network"],
    }
