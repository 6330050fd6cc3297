"""Testing weights on pairs: the scores of each page, pictures, and a stamped result file."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import mmengine
import torch
from mmengine.config import Config, ConfigDict
from mmengine.runner import Runner
from torch import nn

from restorekit.engine.checkpoint import NETWORK_PREFIX, load_checkpoint, register_safe_files
from restorekit.engine.config import FOR_TESTING, config_hash, load_config, plain_dict
from restorekit.engine.config_edits import choose_pages
from restorekit.engine.data_checks import check_not_empty
from restorekit.engine.needless_warnings import hush
from restorekit.engine.restoration_model import RestorationModel
from restorekit.inferencers.editing import edit_inferencer
from restorekit.metrics import PageMetrics
from restorekit.metrics.page_metrics import Protocol
from restorekit.metrics.report import make_report, print_scores, told_worst, write_json
from restorekit.networks import AverageNetwork
from restorekit.precision import Precision
from restorekit.registry import INFERENCERS, NETWORKS
from restorekit.weights_folder import STATE, find_weights, load_state, load_weights_folder
from restorekit.wording import counted


def test(
    config_path: str,
    weights: list[str],
    *,
    options: dict[str, Any] | None = None,
    data: str | Sequence[str] | None = None,
    holdout: str | None = None,
    tta: Literal["none", "h", "v", "hv"] | None = None,
    tile: int | None = None,
    margin: int | None = None,
    protocol: Protocol | None = None,
    precision: Precision | None = None,
    out: str | None = None,
) -> dict[str, Any]:
    """Test ``weights`` on the pages that a config's ``test_dataloader`` names.

    Args:
        config_path: a config file.
        weights: weights folders, ``.safetensors`` or checkpoints; several are averaged.
        options: config keys to override.
        data: the folder of pairs, or several; None: the config's.
        holdout: which of its pages to score, see ``set_holdout``; None: the config's.
        tta: see ``edit_inferencer``; so are ``tile`` and ``margin``.
        tile: see ``tta``.
        margin: see ``tta``.
        protocol: ``'honest'`` or ``'published'``; None: the config's.
        precision: ``'auto'``, ``'fp32'`` or ``'bf16'``; None: the config's.
        out: a folder for ``results.json``, ``restored/`` and ``compare/``.

    Returns:
        What ``results.json`` holds: ``mean`` and ``images`` (scores by name), ``other`` (what metrics beside
        ``PageMetrics`` gave), and what they were made with: protocol, config, weights and their hashes,
        inferencer, versions, seconds. It is printed as a table.
    """
    config = load_config(config_path, options, needs=FOR_TESTING)
    scores = page_metrics(config)
    choose_pages(config, ("test_dataloader",), data=data, holdout=holdout)
    if protocol is not None:
        scores.protocol = protocol
    if precision is not None:
        config.model.precision = precision
    if any(value is not None for value in (tta, tile, margin)):
        inferencer = plain_dict(config.get("inferencer"))
        config.inferencer = edited = edit_inferencer(inferencer, tta=tta, tile=tile, margin=margin)
        INFERENCERS.build(edited)  # tiles that cannot work fail here, before weights are read
    model = RestorationModel(
        network=load_network(config, weights), precision=config.model.get("precision", "auto")
    )
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:  # of mmengine's empty log
        runner = test_runner(config, model, work_dir=scratch, out=out)
        pages, report = run_test(runner, scores.get("protocol", "honest"))
    report |= stamp(config, config_path, weights)
    if out is not None:
        write_json(Path(out) / "results.json", report)
    tell(pages, report, runner.test_dataloader.dataset, out=out)
    return report


def tell(pages: list[dict[str, Any]], report: dict[str, Any], dataset: Any, *, out: str | None) -> None:
    """Print the scores, the worst pages, and how many the folder has besides, if ``dataset`` knows."""
    print_scores(pages, report["protocol"])
    pattern = "{}" if out is None else str(Path(out) / "compare" / "{}.jpg")
    if worst := told_worst(pages, pattern=pattern):
        print(worst)
    for key, value in report["other"].items():
        print(f"{key}: {value}")
    if left_out := getattr(dataset, "left_out", 0):
        print(
            f"not scored: {counted(left_out, 'page')} left for training; holdout='all' (--holdout all)"
            " scores every page"
        )


def run_test(runner: Runner, protocol: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The scores of the pages, and the report on them, which lacks what it was made with.

    Raises:
        ValueError: there are no pages.
    """
    check_not_empty(runner.test_dataloader.dataset, loader="test_dataloader")
    started = time.perf_counter()
    means = runner.test()
    pages = next(m.pages for m in runner.test_loop.evaluator.metrics if isinstance(m, PageMetrics))
    report = make_report(pages, protocol)
    report["other"] = {key: value for key, value in means.items() if key not in report["mean"]}
    report["versions"] |= {"torch": torch.__version__, "mmengine": mmengine.__version__}
    report["seconds"] = round(time.perf_counter() - started, 1)
    return pages, report


def page_metrics(config: Config) -> ConfigDict:
    """The ``PageMetrics`` among the metrics of ``test_evaluator``; a ValueError where there is none."""
    evaluator = config.test_evaluator
    for metric in evaluator if isinstance(evaluator, list) else [evaluator]:
        if metric.get("type") == "PageMetrics":
            return metric
    raise ValueError(
        "test_evaluator has no PageMetrics, which the results are made of: test_evaluator ="
        " [dict(type='PageMetrics'), dict(type='YourMetric')]"
    )


def stamp(config: Config, config_path: str, weights: list[str]) -> dict[str, Any]:
    """What a test was made with."""
    return {
        "config": str(config_path),
        "config_sha256": config_hash(config),
        "weights": [{"path": path, "sha256": file_hash(path)} for path in weights],
        "inferencer": plain_dict(config.get("inferencer")),
        "precision": config.model.get("precision", "auto"),
    }


def load_network(config: Config, weights: list[str]) -> nn.Module:
    """The network with its weights; several weights become their average.

    A weights folder brings its own network config; a bare checkpoint takes the config's network (or its
    member of the same place, where that is an average).

    Raises:
        FileNotFoundError, ValueError: weights that are not there, or do not fit; see ``load_weights_folder``.
    """
    network_config = plain_dict(config.model.network)
    members = network_config.get("networks", []) if network_config["type"] == "AverageNetwork" else []
    if members and len(weights) not in (1, len(members)):
        raise ValueError(
            f"this config averages {len(members)} networks: give the weights of each, in its order, or one"
            f" file with all of them; got {len(weights)}"
        )
    networks = []
    for index, path in enumerate(weights):
        fallback = members[index] if members and len(weights) > 1 else network_config
        networks.append(_load_one(fallback, path))
    return networks[0] if len(networks) == 1 else AverageNetwork(networks=networks)


def _load_one(network_config: dict, path: str) -> nn.Module:
    folder = find_weights(path)
    if folder.is_dir():
        return load_weights_folder(folder)[0]
    state = load_checkpoint(path)["state_dict"]
    network = NETWORKS.build(network_config)
    own = {k.removeprefix(NETWORK_PREFIX): v for k, v in state.items() if k.startswith(NETWORK_PREFIX)}
    load_state(network, own, source=path)
    return network


def test_runner(config: Config, model: nn.Module, *, work_dir: str, out: str | None) -> Runner:
    """The Runner, with nothing but what a test needs."""
    register_safe_files()
    hooks: dict[str, Any] = dict.fromkeys(("logger", "param_scheduler", "checkpoint", "sampler_seed"))
    hooks |= {"inference": {"type": "TiledInferenceHook"}, "progress": {"type": "ProgressHook"}}
    if out is not None:
        hooks["pages"] = {"type": "SavePagesHook", "folder": out}
    runner = Runner(
        model=model,
        work_dir=work_dir,
        test_dataloader=config.test_dataloader,
        test_cfg=config.test_cfg,
        test_evaluator=config.test_evaluator,
        default_hooks=hooks,
        default_scope=config.get("default_scope"),
        visualizer={"type": "Visualizer", "vis_backends": []},
        log_processor=config.get("log_processor"),
        log_level="WARNING",
        experiment_name=f"test_{time.time_ns()}",
        cfg=config,
    )
    hush(runner)
    return runner


def file_hash(path: str) -> str:
    """The SHA-256 of a weights file, or of the state in a weights folder."""
    file = find_weights(path)
    file = file / STATE if file.is_dir() else file
    return hashlib.sha256(file.read_bytes()).hexdigest()
