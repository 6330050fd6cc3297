"""Keep the best weights as a folder that is ready to use."""

from __future__ import annotations

import json
from numbers import Real
from pathlib import Path
from typing import Any

from mmengine.dist import is_main_process
from mmengine.hooks import Hook
from mmengine.runner import Runner

from restorekit.atomic import write_whole
from restorekit.engine.config import plain_dict
from restorekit.engine.launching import unwrapped_model
from restorekit.metrics.page import ERRORS
from restorekit.registry import HOOKS
from restorekit.weights_folder import save_weights_folder

CARD = """# {name}

Trained by `{name}` to iteration {iteration}; the best {metric} so far.

| metric | validation |
| --- | --- |
{rows}

Use: `restorekit.load_restorer(PATH)`, or `load_from = PATH` in a config, where PATH is that of this folder.
"""


@HOOKS.register_module()
class BestWeightsHook(Hook):
    """Writes ``WORK_DIR/best``, a weights folder, whenever validation improves.

    It runs before the EMA hook takes its averaged weights out again, so the averaged weights are kept.

    Args:
        metric: the validation metric to go by; higher is better.

    Raises:
        ValueError: ``metric`` is one of ``ERRORS``, whose highest value is the worst.
    """

    priority = "ABOVE_NORMAL"

    def __init__(self, *, metric: str = "psnr") -> None:
        if metric in ERRORS:
            raise ValueError(
                f"BestWeightsHook keeps the weights of the highest {metric}, which are the worst: name a"
                " metric of which more is better, such as psnr"
            )
        self.metric = metric
        self.best = float("-inf")

    def before_train(self, runner: Runner) -> None:
        """Go on from the best that the work folder holds: only what is better replaces it."""
        if runner.val_loop is None:
            runner.logger.warning(
                "without validation there will be no best/, the weights that load_restorer takes: resuming"
                " (--resume) with val_dataloader, val_cfg and val_evaluator writes it, at the end too"
            )
        path = Path(runner.work_dir) / "best_score.json"
        if not (path.is_file() and (path.parent / "best").is_dir()):
            return
        try:
            self.best = float(json.loads(path.read_text(encoding="utf-8"))[self.metric])
        except (ValueError, KeyError, TypeError):
            runner.logger.warning(
                f"{path} holds no {self.metric}: the next validation counts as the best so far"
            )

    def after_rehearsal(self, runner: Runner, metrics: dict[str, Any]) -> None:
        """Raise a ValueError where validation does not give ``metric``, or no number for it."""
        if self.metric not in metrics:
            raise ValueError(
                f"BestWeightsHook goes by {self.metric!r}, but validation gives {sorted(metrics)};"
                " name one of these, or add it to val_evaluator"
            )
        if not isinstance(value := metrics[self.metric], Real):
            raise ValueError(f"BestWeightsHook goes by {self.metric!r}, a number; validation gives {value!r}")

    def after_val_epoch(self, runner: Runner, metrics: dict[str, Any]) -> None:
        """Write the folder if ``metric`` improved."""
        self.after_rehearsal(runner, metrics)
        if not metrics[self.metric] > self.best or not is_main_process():  # nan is no improvement
            return
        self.best = float(metrics[self.metric])
        folder = Path(runner.work_dir) / "best"
        model = unwrapped_model(runner)
        rows = "\n".join(f"| {key} | {_told(value)} |" for key, value in metrics.items())
        name = Path(runner.work_dir).name
        save_weights_folder(
            folder,
            network=plain_dict(runner.cfg.model.network),
            inferencer=plain_dict(runner.cfg.get("inferencer")),
            state_dict=model.network.state_dict(),
            task=runner.cfg.get("task", ""),
            card=CARD.format(name=name, iteration=runner.iter, metric=self.metric, rows=rows),
        )
        score = {self.metric: self.best, "iteration": runner.iter}
        write_whole(Path(runner.work_dir) / "best_score.json", json.dumps(score))
        runner.logger.info(f"best {self.metric} so far: {self.best:.4f}; weights in {folder}")


def _told(value: Any) -> str:
    """A metric of a card; those beside the one to go by may be anything."""
    return f"{value:.4f}" if isinstance(value, Real) else str(value)
