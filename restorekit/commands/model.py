"""What erases: the weights that a command is given, and how they run."""

from __future__ import annotations

import argparse
import hashlib
import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from restorekit.commands.cores import available_cores
from restorekit.version import __version__

if TYPE_CHECKING:
    from restorekit.api import Restorer

TASKS = ("handwriting", "watermark")
"""Each has weights of its name that ship."""


def add_model_arguments(model: argparse._ArgumentGroup) -> None:
    """Add the arguments that choose the weights and say how they run."""
    model.add_argument("--task", choices=TASKS, help="weights that ship (default: handwriting)")
    model.add_argument(
        "--weights", metavar="NAME", help="a weights folder of your own, or the name of one that ships"
    )
    model.add_argument(
        "--plugin",
        action="append",
        default=[],
        metavar="MODULE",
        help="import a module of your own that registers the weights' network; installed plugins need none",
    )
    model.add_argument("--tta", choices=("none", "h", "v", "hv"), help="average over flips: slower, cleaner")
    model.add_argument("--tile", type=int, metavar="PX", help="tile side; 0 for the whole page at once")
    model.add_argument("--margin", type=int, metavar="PX", help="px around each tile's centre")
    model.add_argument(
        "--device",
        default="auto",
        help="auto, cpu, cuda, cuda:N, mps ... (default: cuda where it is, else cpu)",
    )
    model.add_argument(
        "--precision", choices=("auto", "fp32", "bf16"), default="auto", help="auto: bf16 where it is fast"
    )


def import_plugins(names: list[str]) -> None:
    """Import modules that register components.

    Raises:
        ValueError: there is no such module.
    """
    for name in names:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            raise ValueError(
                f"--plugin {name}: {error}; give the module's name, without .py (modules in this folder need"
                " PYTHONPATH=.)"
            ) from error


def make_restorer(folder: Path, args: argparse.Namespace, jobs: int) -> Restorer:
    """The restorer that the arguments ask for, with the cores shared out among ``jobs``."""
    import torch

    from restorekit.api import load_restorer
    from restorekit.inferencers.editing import edit_inferencer
    from restorekit.weights_folder import read_config

    torch.set_num_threads(max(1, available_cores() // jobs))
    config = read_config(folder)
    if args.weights and args.task and config["task"] != args.task:
        raise ValueError(
            f"--weights {args.weights} are for {config['task'] or 'no named task'}, --task says"
            f" {args.task}; leave one of them out"
        )
    inferencer = None
    if any(value is not None for value in (args.tta, args.tile, args.margin)):
        own = config["inferencer"]
        inferencer = edit_inferencer(own, tta=args.tta, tile=args.tile, margin=args.margin)
    return load_restorer(folder, inferencer=inferencer, device=args.device, precision=args.precision)


def made_by(folder: Path, args: argparse.Namespace) -> str:
    """What tells the networks of two runs, and how they ran, apart."""
    from restorekit.weights_folder import CONFIG, STATE

    digest = hashlib.blake2b(digest_size=16)
    for name in (STATE, CONFIG):
        digest.update((folder / name).read_bytes())
    how = (args.tta, args.tile, args.margin, args.device, args.precision)
    return f"{__version__} {digest.hexdigest()} {how}"
