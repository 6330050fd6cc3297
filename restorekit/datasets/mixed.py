"""Endless random samples of several datasets, each with its share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from torch.utils.data import Dataset

from restorekit.datasets.endless import EndlessSamples
from restorekit.registry import DATASETS

BLOCK = 100
"""Of so many draws each dataset has its share exactly, in random order."""


@DATASETS.register_module()
class MixedSamples(Dataset):
    """Draw number ``k`` of an endless mixture, such as 70 % pairs of one's own and 30 % made pages.

    The draws of each dataset are those of ``EndlessSamples`` over it, none left out, or where it is endless
    itself (it has a true ``endless``, as ``SyntheticPages`` does) its items in order. Sample ``k`` depends on
    ``seed`` and ``k`` alone, as there. It stands where ``EndlessSamples`` does.

    Args:
        datasets: datasets, or their configs. Their samples must suit one batch: one size, all bytes or none.
        shares: of each, to the percent, together 1.
        seed: 0 or more; another seed gives other samples in another order. A training gives its own, see
            ``randomness.seed``.

    Raises:
        ValueError: ``seed`` is below 0; or not each dataset has a share of 0.01 or more, together 1.
    """

    endless = True

    def __init__(self, *, datasets: Sequence[dict | Dataset], shares: Sequence[float], seed: int = 0) -> None:
        self._counts = np.diff(np.rint(BLOCK * np.cumsum([0, *shares]))).astype(int)
        together = abs(sum(shares) - 1) < 1 / BLOCK
        if len(shares) != len(datasets) or not together or any(count < 1 for count in self._counts):
            raise ValueError(
                f"shares is {list(shares)} for {len(datasets)} datasets; expected one of 0.01 or more for"
                " each, together 1, such as [0.7, 0.3]"
            )
        parts = [DATASETS.build(one) if isinstance(one, dict | None) else one for one in datasets]
        self.datasets: list[Any] = [
            part if getattr(part, "endless", False) else EndlessSamples(dataset=part, seed=seed)
            for part in parts
        ]
        self.seed = seed

    def __len__(self) -> int:
        return sum(map(len, self.datasets))

    def __getitem__(self, draw: int) -> Any:
        block, position = divmod(draw, BLOCK)
        pattern = np.repeat(np.arange(len(self.datasets)), self._counts)
        order = np.random.default_rng((self.seed, block, BLOCK)).permutation(pattern)
        part = order[position]
        own = block * self._counts[part] + np.count_nonzero(order[:position] == part)
        return self.datasets[part][int(own)]
