"""Which metrics there are under each protocol, and the scores of a page and of many."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from restorekit.metrics import document, functional, similarity, text_removal
from restorekit.registry import did_you_mean


class Page(NamedTuple):
    """One page and what belongs to it; pages are uint8 RGB ``(H, W, 3)``, masks ``(H, W)`` in [0, 1].

    Attributes:
        restored: what a method made of the page.
        target: what it should look like.
        image: the untouched page, or None.
        mask: the true ink (above 0.5), or None.
        mask_probability: the predicted probability of ink, or None.
    """

    restored: np.ndarray
    target: np.ndarray
    image: np.ndarray | None = None
    mask: np.ndarray | None = None
    mask_probability: np.ndarray | None = None


class Metric(NamedTuple):
    """A function of one page, and the fields of ``Page`` that are its arguments, in order."""

    score: Callable[..., float]
    needs: tuple[str, ...] = ("restored", "target")


_WITH_IMAGE = ("restored", "target", "image")
_MASKS = ("mask_probability", "mask")

_COMMON = {
    "psnr": Metric(functional.psnr),
    "psnr_gain": Metric(functional.psnr_gain, _WITH_IMAGE),
    "ssim": Metric(similarity.ssim),
    "ms_ssim": Metric(similarity.ms_ssim),
    "mse": Metric(functional.mse),
    "rmse": Metric(functional.rmse),
    "age": Metric(text_removal.age),
    "damage": Metric(document.damage, _WITH_IMAGE),
    "residue": Metric(document.residue, _WITH_IMAGE),
    "rmse_in_mask": Metric(functional.rmse_in_mask, ("restored", "target", "mask")),
    "mask_iou": Metric(functional.mask_iou, _MASKS),
    "mask_f1": Metric(functional.mask_f1, _MASKS),
}

PROTOCOLS: dict[str, dict[str, Metric]] = {
    "honest": {
        **_COMMON,
        "peps": Metric(text_removal.peps),
        "pceps": Metric(text_removal.pceps),
    },
    "published": {
        **_COMMON,
        "mssim": Metric(text_removal.mssim_published),
        "peps": Metric(text_removal.peps_published),
        "pceps": Metric(text_removal.pceps_published),
    },
}
"""``honest`` (the default) and ``published``, the text-removal papers' way, in which pEPs and pCEPs are
shares of 512 x 512 and ``mssim`` is what they call MSSIM. A result says under which of them it was made."""

ERRORS = frozenset({"mse", "rmse", "age", "damage", "residue", "rmse_in_mask", "peps", "pceps"})
"""The metrics of which less is better."""


def protocol_metrics(protocol: str) -> dict[str, Metric]:
    """The metrics of a protocol by name.

    Raises:
        ValueError: no such protocol; the message has the near match.
    """
    if protocol not in PROTOCOLS:
        raise ValueError(
            f"protocol must be one of {', '.join(PROTOCOLS)}, got {protocol!r}"
            f"{did_you_mean(protocol, PROTOCOLS)}"
        )
    return PROTOCOLS[protocol]


def check_names(names: Iterable[str], protocol: str) -> None:
    """Raise for a metric that the protocol does not have.

    Raises:
        TypeError: ``names`` is one string instead of a list.
        ValueError: an unknown protocol or metric; the message has the near match.
    """
    known = protocol_metrics(protocol)
    if isinstance(names, str):
        raise TypeError(f"names must be a list of metrics, got the string {names!r}: write [{names!r}]")
    for name in names:
        if name in known:
            continue
        elsewhere = [other for other, metrics in PROTOCOLS.items() if name in metrics]
        if elsewhere:
            raise ValueError(
                f"the metric {name!r} is not part of the protocol {protocol!r} but of {elsewhere[0]!r}"
            )
        raise ValueError(
            f"no metric is called {name!r}{did_you_mean(name, known)}"
            f" The protocol {protocol!r} has: {', '.join(known)}."
        )


def score_page(page: Page, names: Sequence[str] | None = None, protocol: str = "honest") -> dict[str, float]:
    """The scores of one page.

    Args:
        page: what to score.
        names: the metrics wanted; None for all that what ``page`` holds allows.
        protocol: ``"honest"`` or ``"published"``.

    Returns:
        ``{metric: score}`` in the order asked for; nan where the page cannot have a score (for instance
        the error inside an empty mask).

    Raises:
        TypeError: a page is not uint8.
        ValueError: an unknown metric or protocol, a metric that needs what ``page`` does not hold, or
            sizes that differ.
    """
    metrics = protocol_metrics(protocol)
    if names is None:
        names = [name for name, metric in metrics.items() if not _missing(metric, page)]
    check_names(names, protocol)
    scores = {}
    for name in names:
        missing = _missing(metrics[name], page)
        if missing:
            raise ValueError(
                f"the metric {name!r} needs {' and '.join(missing)}, which this page does not have: give it,"
                " or leave the metric out"
            )
        scores[name] = float(metrics[name].score(*(getattr(page, field) for field in metrics[name].needs)))
    return scores


def _missing(metric: Metric, page: Page) -> list[str]:
    return [field for field in metric.needs if getattr(page, field) is None]


def mean_scores(pages: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The mean of each metric over pages, each page counting once and nan not at all.

    A metric that is nan on every page is nan in the mean.

    Args:
        pages: the scores of each by metric, its ``name`` among them or not.
    """
    values: dict[str, list[float]] = {}
    for page in pages:
        for name, score in page.items():
            if name != "name":
                values.setdefault(name, []).append(score)
    return {name: _mean([v for v in column if not math.isnan(v)]) for name, column in values.items()}


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values) if values else math.nan
