"""Hooks into mmengine's Runner."""

from restorekit.engine.hooks.batch_statistics import BatchStatisticsHook
from restorekit.engine.hooks.best_weights import BestWeightsHook
from restorekit.engine.hooks.finite_loss import FiniteLossHook
from restorekit.engine.hooks.pictures import PicturesHook
from restorekit.engine.hooks.progress import ProgressHook
from restorekit.engine.hooks.safe_checkpoint import SafeCheckpointHook
from restorekit.engine.hooks.save_pages import SavePagesHook
from restorekit.engine.hooks.tiled_inference import TiledInferenceHook
from restorekit.engine.hooks.time_budget import TimeBudgetHook

__all__ = [
    "BatchStatisticsHook",
    "BestWeightsHook",
    "FiniteLossHook",
    "PicturesHook",
    "ProgressHook",
    "SafeCheckpointHook",
    "SavePagesHook",
    "TiledInferenceHook",
    "TimeBudgetHook",
]
