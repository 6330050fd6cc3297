"""The metrics of whole pages, for validation and test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from mmengine.evaluator import BaseMetric
from torch import Tensor

from restorekit.images import to_array, unit_range
from restorekit.metrics.page import Page, check_names, mean_scores, score_page
from restorekit.registry import METRICS
from restorekit.types import Batch

Protocol = Literal["honest", "published"]


@METRICS.register_module()
class PageMetrics(BaseMetric):
    """Score each restored page at 8 bits, and report the mean over pages.

    Attributes:
        pages: after an evaluation, one dict a page: its ``name`` and its scores, nan where it has none.

    Args:
        names: the metrics wanted (see ``restorekit.metrics.page.PROTOCOLS``); None for all that the
            batch and the network allow (without a predicted mask there is no ``mask_iou``).
        protocol: ``"honest"`` or ``"published"``.

    Raises:
        ValueError: no such metric or protocol; the message has the near match.
    """

    def __init__(self, *, names: Sequence[str] | None = None, protocol: Protocol = "honest") -> None:
        super().__init__(collect_device="gpu", prefix="none")  # on CPUs too: by messages, not by files
        self.prefix = None  # mmengine warns of an absent prefix at construction alone
        check_names(names or (), protocol)
        self.names = list(names) if names is not None else None
        self.protocol = protocol
        self.pages: list[dict[str, Any]] = []

    def process(self, data_batch: Batch, data_samples: Sequence[Tensor]) -> None:
        """Score one batch.

        Args:
            data_batch: ``image``, ``target`` ``(N, 3, H, W)``, ``mask`` ``(N, 1, H, W)``, ``name``, as
                the data loader gives them: in [0, 1], or bytes.
            data_samples: for each page ``(3 + M, H, W)`` in [0, 1], restored colours and, where M = 1,
                the probability of ink.
        """
        for index, restored in enumerate(data_samples):
            page = Page(
                restored=_levels(restored[:3]),
                target=_levels(data_batch["target"][index]),
                image=_levels(data_batch["image"][index]),
                mask=_plane(data_batch["mask"][index]),
                mask_probability=_plane(restored[3:4]) if restored.shape[0] > 3 else None,
            )
            name = data_batch["name"][index]
            self.results.append({"name": name, **score_page(page, self.names, self.protocol)})

    def compute_metrics(self, results: list[dict[str, Any]]) -> dict[str, float]:
        """The mean of each metric over pages; keeps the pages' own scores in ``pages``."""
        self.pages = list(results)
        return mean_scores(self.pages)


def _levels(image: Tensor) -> np.ndarray:
    """The uint8 page that would be saved; not-a-number counts as black."""
    return np.ascontiguousarray(to_array(unit_range(image).nan_to_num(0.0)))


def _plane(mask: Tensor) -> np.ndarray:
    return unit_range(mask)[0].detach().float().cpu().numpy()
