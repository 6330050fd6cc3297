"""Validation and test predict as the config's ``inferencer`` says."""

from __future__ import annotations

from mmengine.hooks import Hook
from mmengine.runner import Runner

from restorekit.engine.launching import unwrapped_model
from restorekit.networks import fold_spectral_norm
from restorekit.registry import HOOKS


@HOOKS.register_module()
class TiledInferenceHook(Hook):
    """Gives the model the inferencer of the config's top-level key ``inferencer``.

    ``load_restorer`` and ``tools/test.py --tile --margin --tta`` go by the same key: there is one source of
    truth for how a page is predicted.
    """

    def _set_inferencer(self, runner: Runner) -> None:
        unwrapped_model(runner).set_inferencer(runner.cfg.get("inferencer"))

    def before_val(self, runner: Runner) -> None:
        """Before validation."""
        self._set_inferencer(runner)

    def before_test(self, runner: Runner) -> None:
        """Before test, where weights no longer change: their spectral norms are folded away too."""
        self._set_inferencer(runner)
        fold_spectral_norm(runner.model)
