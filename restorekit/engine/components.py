"""Importing this module registers every component that a config may name, mmengine's own included."""

from mmengine import evaluator, hooks, model, optim, runner, visualization  # noqa: F401

from restorekit import datasets, inferencers, losses, metrics, networks  # noqa: F401
from restorekit.engine import adversarial_model, conv_muon, restoration_model, train_loop  # noqa: F401
from restorekit.engine import hooks as own_hooks  # noqa: F401
