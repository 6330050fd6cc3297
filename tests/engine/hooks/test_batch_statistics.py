"""What two processes make of it is tested in ``test_launching.py``."""

from types import SimpleNamespace

import pytest
import torch
from torch import nn

from restorekit.engine.hooks import batch_statistics
from restorekit.engine.hooks.batch_statistics import BatchStatisticsHook
from restorekit.engine.training import train

OWN_LOOP = {
    "train_cfg.type": "IterBasedTrainLoop",
    "train_dataloader.sampler": {"type": "InfiniteSampler", "_delete_": True},
}


def test_the_running_statistics_are_averaged_and_no_weights(monkeypatch):
    given = []
    monkeypatch.setattr(batch_statistics, "all_reduce_params", lambda params, op: given.append((params, op)))
    norms = [nn.BatchNorm2d(2), nn.BatchNorm2d(3), nn.BatchNorm2d(4, track_running_stats=False)]
    BatchStatisticsHook().after_train_iter(
        SimpleNamespace(model=nn.Sequential(*norms, nn.Conv2d(1, 1, 1))), 0
    )
    ((tensors, operation),) = given
    assert operation == "mean" and [len(tensor) for tensor in tensors] == [2, 2, 3, 3]
    assert all(
        torch.equal(a, b)
        for a, b in zip(tensors[::2], (norms[0].running_mean, norms[1].running_mean), strict=True)
    )


@pytest.mark.parametrize("options", [{}, OWN_LOOP])
def test_they_are_whatever_the_loop(tiny_config, tmp_path, normed, monkeypatch, options):
    calls = []
    monkeypatch.setattr(batch_statistics, "all_reduce_params", lambda params, op: calls.append(len(params)))
    train(str(tiny_config), work_dir=str(tmp_path / "work"), options=options | normed)
    assert calls == [2] * 4
