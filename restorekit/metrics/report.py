"""Scores as a table, a JSON file and a CSV file.

A page's scores are a dict of its ``name`` and one number a metric, as ``PageMetrics.pages`` holds them.
"""

from __future__ import annotations

import csv
import io
import json
import math
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from restorekit.atomic import write_whole
from restorekit.metrics.page import ERRORS, mean_scores
from restorekit.version import __version__
from restorekit.wording import counted

_DECIMALS = {
    "mse": 6,
    "psnr": 2,
    "psnr_gain": 2,
    "damage": 2,
    "residue": 2,
    "rmse": 2,
    "rmse_in_mask": 2,
    "age": 3,
}
WORST = 5
"""How many of the worst pages are told beside the table."""


def versions() -> dict[str, str]:
    """The versions on which scores depend."""
    return {
        "restorekit": __version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "opencv": cv2.__version__,
    }


def make_report(pages: Sequence[Mapping[str, Any]], protocol: str) -> dict[str, Any]:
    """What a result file holds: ``protocol``, ``versions``, ``mean``, ``images`` (name to scores).

    Raises:
        ValueError: two pages have one name.
    """
    images = {page["name"]: {key: page[key] for key in page if key != "name"} for page in pages}
    if len(images) < len(pages):
        raise ValueError("two pages have the same name, so that one would hide the other: rename one of them")
    return {
        "protocol": protocol,
        "versions": versions(),
        "mean": mean_scores(pages),
        "images": images,
    }


def write_json(path: Path, report: Mapping[str, Any]) -> None:
    """Write a report at once or not at all; nan and infinity, which JSON does not know, become null."""
    text = json.dumps(_finite(report), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    write_whole(path, text)


def write_csv(path: Path, pages: Sequence[Mapping[str, Any]], protocol: str) -> None:
    """Write one row a page, then the row ``mean``, at once or not at all; nan is an empty field."""
    mean = mean_scores(pages)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["name", "protocol", *mean])
    for row in [*pages, {"name": "mean", **mean}]:
        fields = ("" if math.isnan(row[metric]) else row[metric] for metric in mean)
        writer.writerow([row["name"], protocol, *fields])
    write_whole(path, text.getvalue())


def worst_first(pages: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The pages in the order of their first metric's scores, those without one last."""
    metric = next(iter(mean_scores(pages)), None)
    if metric is None:
        return list(pages)
    sign = -1 if metric in ERRORS else 1
    return sorted(pages, key=lambda page: (math.isnan(page[metric]), sign * page[metric]))


def told_worst(pages: Sequence[Mapping[str, Any]], *, pattern: str = "{}") -> str:
    """The worst of many pages in a line, which stands where a long table has left the screen.

    Args:
        pages: the scores of each.
        pattern: how a page is named, such as ``"out/{}.jpg"``.

    Returns:
        ``"worst by psnr: a (21.40), b (22.01)"``; "" where a glance at the table tells.
    """
    if len(pages) <= WORST:
        return ""
    metric = next(iter(mean_scores(pages)))
    worst = [
        f"{pattern.replace('{}', page['name'])} ({_shown(metric, page[metric])})"
        for page in worst_first(pages)[:WORST]
    ]
    return f"worst by {metric}: {', '.join(worst)}"


def score_table(pages: Sequence[Mapping[str, Any]], protocol: str) -> Table:
    """A table of one row a page, the worst first, and a last one for the mean."""
    mean = mean_scores(pages)
    table = Table(title=f"{counted(len(pages), 'page')}, protocol: {protocol}", show_footer=True)
    table.add_column("page", footer="mean")
    for metric, value in mean.items():
        table.add_column(metric, footer=_shown(metric, value), justify="right", no_wrap=True)
    for page in worst_first(pages):
        table.add_row(escape(page["name"]), *(_shown(metric, page[metric]) for metric in mean))
    return table


def print_scores(pages: Sequence[Mapping[str, Any]], protocol: str) -> None:
    """Print ``score_table`` unclipped, wider than the terminal if it must be."""
    table = score_table(pages, protocol)
    console = Console()
    console.width = max(console.width, Console(width=10_000).measure(table).maximum)
    console.print(table)


def _shown(metric: str, value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.{_DECIMALS.get(metric, 4)}f}"


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
