"""Endless random samples that come out the same however they are drawn."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from mmengine.dist import get_dist_info
from torch.utils.data import Dataset, Sampler

from restorekit.registry import DATA_SAMPLERS, DATASETS


def seed_generators(*numbers: int) -> None:
    """Seed numpy's, Python's and torch's global generators by ``numbers``, each 0 or more."""
    state = np.random.SeedSequence(numbers).generate_state(2)
    np.random.seed(state[0])
    random.seed(int(state[1]))
    torch.manual_seed(int(state[1]))


@DATASETS.register_module()
class EndlessSamples(Dataset):
    """Draw number ``k`` of an endless shuffled run through ``dataset``, with its own random numbers.

    Sample ``k`` depends on ``seed`` and ``k`` alone: not on the number of workers, nor on what was drawn
    before. So a resumed training goes on with the samples it would have seen, without drawing the past again.

    Args:
        dataset: a dataset (or its config) whose transforms draw from numpy's, Python's or torch's global
            generator.
        seed: 0 or more; another seed gives other samples in another order. A training gives its own, see
            ``randomness.seed``.

    Raises:
        ValueError: ``seed`` is below 0.
    """

    endless = True

    def __init__(self, *, dataset: dict | Dataset, seed: int = 0) -> None:
        if seed < 0:
            raise ValueError(f"seed is {seed}; expected 0 or more")
        self.dataset: Any = DATASETS.build(dataset) if isinstance(dataset, dict | None) else dataset
        self.seed = seed
        self._orders: dict[int, np.ndarray] = {}

    def _order(self, epoch: int) -> np.ndarray:
        if epoch not in self._orders:
            for old in list(self._orders)[:-1]:  # two epochs meet where workers draw ahead
                del self._orders[old]
            self._orders[epoch] = np.random.default_rng((self.seed, epoch)).permutation(len(self.dataset))
        return self._orders[epoch]

    def __len__(self) -> int:
        return len(self.dataset)

    def __getitem__(self, draw: int) -> Any:
        epoch, position = divmod(draw, len(self.dataset))
        seed_generators(self.seed, draw)
        return self.dataset[int(self._order(epoch)[position])]


@DATA_SAMPLERS.register_module()
class CountingSampler(Sampler[int]):
    """Yields ``start``, ``start + 1``, … without end, for an endless dataset; each process takes its share.

    Args:
        dataset: given by mmengine; only its length is used.
        seed: given by mmengine, not used: it is the dataset that draws by one.
        start: the first draw of this process. ``ResumableTrainLoop`` sets it.
    """

    def __init__(self, dataset: Any = None, seed: int | None = None, start: int = 0) -> None:
        self.start = start
        self._length = len(dataset) if dataset is not None else 0

    def __len__(self) -> int:
        """The dataset's pages: one pass, for those who count in epochs."""
        return self._length

    def __iter__(self) -> Iterator[int]:
        rank, world_size = get_dist_info()
        draw = self.start
        while True:
            yield draw * world_size + rank
            draw += 1
