"""Importing this module registers every component that a config may name, mmengine's own included."""

from mmengine import evaluator, hooks, model, optim, runner, visualization  # noqa: F401

from restorekit import datasets, inferencers, losses, metrics, networks  # noqa: F401
from restorekit.engine import (  # noqa: F401
    adversarial_model,
    averaged_weights,
    conv_muon,
    restoration_model,
    train_loop,
)
from restorekit.engine import hooks as own_hooks  # noqa: F401
