"""What a training says where memory or disk do not suffice."""

import errno
import itertools
import os

import pytest
import torch
from mmengine.visualization import Visualizer

from restorekit.engine.training import train
from restorekit.networks import ResidualUNet


@pytest.mark.parametrize(
    "stage, mend", [("train", "iteration 1: halve train_dataloader.batch_size"), ("val", "tiles, such as")]
)
def test_memory_that_does_not_suffice_is_told_with_the_mend(tiny_config, tmp_path, monkeypatch, stage, mend):
    def refuse(self, *_, **__):
        if self.training == (stage == "train") and next(steps) > 0:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB.")
        return run(self, *_, **__)

    steps = itertools.count()
    run = ResidualUNet.forward
    monkeypatch.setattr(ResidualUNet, "forward", refuse)
    with pytest.raises(ValueError, match=rf"out of memory after .*{mend}.*\(--resume\).* allocate 2 GiB"):
        train(str(tiny_config), work_dir=str(tmp_path / "work"))


def test_a_disk_that_fills_up_is_told_with_the_work_folder(tiny_config, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Visualizer, "add_image", refuse)
    work = tmp_path / "work"
    with pytest.raises(OSError, match=f"cannot write {work}: the disk is full; free space"):
        train(str(tiny_config), work_dir=str(work))
