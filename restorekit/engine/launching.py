"""Training in several processes, one for each GPU, or on CPUs."""

from __future__ import annotations

import os
from typing import Literal

import torch
from mmengine.config import Config
from mmengine.dist import barrier, is_distributed
from mmengine.model import is_model_wrapper
from mmengine.runner import Runner
from torch import nn
from torch.distributed import destroy_process_group, init_process_group

Launcher = Literal["pytorch", "slurm", "mpi"]
_STARTED_BY = {
    "pytorch": ("LOCAL_RANK", "torchrun --nproc-per-node 2"),
    "slurm": ("SLURM_PROCID", "srun -n 2 python"),
    "mpi": ("OMPI_COMM_WORLD_LOCAL_RANK", "mpirun -n 2 python"),
}
"""By launcher: what it sets in the environment of each process, and how it starts them."""


def set_launcher(config: Config, launcher: Launcher | None) -> None:
    """Have ``config`` train in the processes that were started, each on a GPU of its own or all on CPUs.

    Args:
        config: changed in place.
        launcher: what started the processes: ``'pytorch'`` (torchrun), ``'slurm'`` or ``'mpi'``; None:
            torchrun where it did, else what the config says.

    Raises:
        ValueError: the launcher started none, or torchrun more than there are GPUs.
    """
    if launcher is None and "TORCHELASTIC_RUN_ID" in os.environ:
        launcher = "pytorch"
    if launcher is not None:
        config.launcher = launcher
    launcher = config.get("launcher")
    variable, start = _STARTED_BY.get(launcher, (None, ""))
    if variable is not None and variable not in os.environ:
        raise ValueError(
            f"launcher={launcher!r} is for processes of {start.split()[0]}, which started none:"
            f" {start} tools/train.py CONFIG"
        )
    if launcher != "pytorch":
        return
    if torch.cuda.is_available():
        if int(os.environ["LOCAL_RANK"]) >= torch.cuda.device_count():
            raise ValueError(
                f"torchrun started more processes than there are GPUs: give --nproc-per-node"
                f" {torch.cuda.device_count()} or less"
            )
        return
    # mmengine's own way into a group and its wrapper need GPUs
    if not is_distributed():
        init_process_group("gloo")
    given = dict(config.get("model_wrapper_cfg") or {})
    if given.get("type", "MMDistributedDataParallel") == "MMDistributedDataParallel":
        unused = config.get("find_unused_parameters", False)
        wrapper = dict(device_ids=None, broadcast_buffers=False, find_unused_parameters=unused)
        config.model_wrapper_cfg = wrapper | given


def leave_processes() -> None:
    """Wait for the other processes of a training and part from them, where there are any.

    One that just exits may be aborted by threads that still listen to the others, and all are told to have
    failed.
    """
    if is_distributed():
        barrier()
        destroy_process_group()


def unwrapped_model(runner: Runner) -> nn.Module:
    """The model of a runner, without the wrapper that mmengine puts around it for several processes."""
    return runner.model.module if is_model_wrapper(runner.model) else runner.model
